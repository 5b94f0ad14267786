import Access
import Console
import TerminalKit
import Testing

@Suite("Undoing a change of the policy")
struct UndoTests {
  private func console(_ size: Size = .usual) throws -> ConsoleHarness {
    var site = SampleSite()
    try site.revise(.document(SampleSite.southwind(at: .high)))
    return ConsoleHarness(site, size: size, screen: .security)
  }

  @Test("offers the level alone first and the whole revision second, with its diff")
  func choice() throws {
    var console = try console()

    console.type("u")

    Golden.expect(console, "undo")
    #expect(console.performed == [], "the plan comes first")
  }

  @Test("takes back the level alone")
  func level() throws {
    var console = try console()
    console.type("u tab enter")
    Golden.expect(console, "undo-level")

    console.type("shift-tab shift-tab 'too early' tab tab tab tab enter")

    #expect(console.site.policy.level == .standard)
    #expect(console.site.policy.properties.siteName == "Southwind")
    #expect(console.footer.contains("Level is back to Standard"))
  }

  @Test("takes back the whole revision")
  func whole() throws {
    var console = try console()
    console.type("u tab tab enter")
    Golden.expect(console, "undo-whole")

    console.type("shift-tab shift-tab 'too early' tab tab tab tab enter")

    #expect(console.site.policy == SampleSite.policy())
  }

  @Test("does nothing by its key and Enter alone")
  func cancel() throws {
    var console = try console()

    console.type("u enter")

    #expect(console.performed == [])
    #expect(!console.text.contains("Undo:"))
  }

  @Test("is a matter of keeping or cancelling while the revision is pending")
  func pending() throws {
    var site = SampleSite()
    try site.revise(.level(.high), within: .minutes(10))
    var console = ConsoleHarness(site, screen: .security)

    console.type("u")

    #expect(console.text.contains("Revision 42 is pending"))
  }

  @Test("says that there is nothing before the first revision")
  func first() {
    var site = SampleSite()
    site.revisions = [
      RevisedPolicy(
        revision: Revision(
          number: 1, base: 0, author: SampleSite.name("alice"), at: site.now, reason: "",
          summary: "The first", deadline: nil, verdict: nil), policy: site.policy)
    ]
    var console = ConsoleHarness(site, screen: .security)

    console.type("u")

    #expect(console.footer.contains("there is nothing to go back to"))
  }
}

extension SampleSite {
  /// Another name and another level than the sample's.
  static func southwind(at level: SecurityLevel) -> Policy {
    var policy = policy(level: level)
    policy.properties.siteName = "Southwind"
    return policy
  }
}
