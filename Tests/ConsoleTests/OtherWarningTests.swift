import Access
import Console
import TerminalKit
import Testing

@Suite("The warning before any other change")
struct OtherWarningTests {
  private static func enable(_ mode: APIMode = .legacy, _ size: Size = .usual) -> ConsoleHarness {
    var site = SampleSite.migrating()
    site.revisions[1] = RevisedPolicy(
      revision: site.revisions[1].revision, policy: SampleSite.policy(mode: mode))
    var console = ConsoleHarness(site, size: size, screen: .security)
    console.type("enter")
    return console
  }

  @Test("looks like this for Enable Bearer support", arguments: [Size.usual, .large, .small])
  func enableBearer(size: Size) {
    Golden.expect(Self.enable(.legacy, size), "warning-bearer", at: size)
  }

  @Test("lets a level be chosen with Bearer support, and shows what that stops")
  func chosenLevel() {
    var console = Self.enable()

    console.type("tab tab tab right space")
    Golden.expect(console, "warning-bearer-high")
    console.type(
      "shift-tab shift-tab shift-tab 'high' shift-tab shift-tab 'INC' tab tab tab tab tab enter")

    #expect(console.site.policy.mode == .bearer)
    #expect(console.site.policy.level == .high)
  }

  @Test("starts at Standard with nothing but the buttons pressed")
  func standard() {
    var console = Self.enable(.closed)

    console.type("tab tab enter")

    #expect(console.site.policy.mode == .bearer)
    #expect(console.site.policy.level == .standard)
  }

  @Test("asks for a reason before bearer is left, and says what stops")
  func leaving() {
    var site = SampleSite.migrating()
    site.stopping = [
      .sample("grafana-pull", .bearer, owner: "alice", used: 1, review: .migrated)
    ]
    var console = ConsoleHarness(site, screen: .properties)

    console.type("down down enter shift-tab up space tab tab tab enter")
    Golden.expect(console, "warning-leave-bearer")
    console.type("tab tab enter")
    #expect(console.performed == [])
    console.type("esc")

    #expect(console.site.policy.mode == .bearer)
  }

  @Test("shows of a cleared cell of the matrix who is refused")
  func clearedCell() throws {
    let site = SampleSite.migrating()
    let change = PolicyChange.roles([
      .withdraw(Identifier("integrators"), .useAPI), .grant(Role.member.id, .createTokens),
    ])
    let after = try change.applied(to: site.policy)
    var console = ConsoleHarness(site, screen: .security)
    console.site.answers[.plan(change)] = .success(
      .plan(
        Plan(
          change: change, base: 41, policy: after, differences: site.policy.differences(to: after),
          impact: Impact(
            change: PolicyShift(from: site.policy, to: after), stopping: [.legacyKey: 1],
            usedWithinDay: 1, usedWithinWeek: 1, usedWithinWindow: 1, owners: ["build-bot"],
            ownerCount: 1, first: Array(site.stopping.prefix(1)), unreviewed: 1,
            observedSeconds: 6 * 86_400,
            ground: Impact.Ground(base: 41, count: 1, fingerprint: "1")))))

    console.review(change)

    Golden.expect(console, "warning-roles")
    console.type("tab tab tab enter")
    #expect(console.performed == [], "what is in use and has no review takes a reason")
  }

  @Test("of whose passwords work at High goes back to the editor on Cancel")
  func passwords() {
    var console = ConsoleHarness(.migrating(at: .high), screen: .security)
    console.type("home down down down down enter")
    Golden.expect(console, "passwords")

    console.type("shift-tab down space tab tab enter")
    Golden.expect(console, "warning-passwords")
    console.type("esc")

    #expect(console.text.contains("(*) Everyone's"))
  }
}
