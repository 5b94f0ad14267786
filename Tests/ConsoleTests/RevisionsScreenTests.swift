import Access
import Console
import TerminalKit
import Testing

@Suite("The revisions")
struct RevisionsScreenTests {
  /// Six revisions: two of the sample, one cancelled, one lapsed, one kept, one pending.
  private static func site(isPending: Bool = true) throws -> SampleSite {
    var site = SampleSite()
    try site.revise(.level(.high), by: "bob", within: .minutes(10), reason: "INC-4711")
    _ = site.perform(.cancelRevision(42))
    try site.revise(.property(.siteName, "Southwind"), by: "alice", within: .minutes(1))
    site.pass(seconds: 120)
    try site.revise(.property(.staleAfter, "30d"), by: "alice", within: .minutes(1))
    _ = site.perform(.confirmRevision(44))
    if isPending { try site.revise(.level(.high), by: "bob", within: .minutes(10)) }
    return site
  }

  private func console(_ size: Size = .usual, isPending: Bool = true) throws -> ConsoleHarness {
    var console = ConsoleHarness(
      try Self.site(isPending: isPending), size: size, screen: .security)
    console.type("end enter")
    return console
  }

  @Test("are listed newest first, with how each ended", arguments: [Size.usual, .large, .small])
  func golden(size: Size) throws {
    Golden.expect(try console(size), "revisions", at: size)
  }

  @Test("show who, when, why, what changed, and what is different now")
  func details() throws {
    var console = try console()
    console.type("down down down enter")
    Golden.expect(console, "revision-42")
    console.type("esc down enter")

    Golden.expect(console, "revision-41")
  }

  @Test("show the pending one with its end")
  func pendingDetails() throws {
    var console = try console()
    console.type("enter")
    Golden.expect(console, "revision-pending")

    console.type("d")

    #expect(console.text.contains("Revision 45 is pending"))
  }

  @Test("are kept or cancelled from the list, after asking")
  func decide() throws {
    var console = try console()
    console.type("d")
    Golden.expect(console, "revision-decide")
    console.type("enter")
    #expect(console.performed == [])

    console.type("d tab tab enter")

    #expect(console.performed == [.cancelRevision(45)])
    #expect(console.text.contains("45 cancelled"))
  }

  @Test("that are not pending have nothing to keep or cancel")
  func notPending() throws {
    var console = try console()

    console.type("down d")

    #expect(console.footer.contains("Revision 44 is not pending"))
  }

  @Test("can be gone back to, the level alone or whole, with the plan shown first")
  func back() throws {
    var console = try console(isPending: false)

    console.type("down down down u")
    Golden.expect(console, "revision-back")
    console.type("tab enter")

    #expect(console.text.contains("─ Back to revision 41 ─"))
    #expect(console.text.contains("StaleAfter: 30d to 90d"))
    #expect(console.performed == [])
  }

  @Test("in force need no way back")
  func inForce() throws {
    var console = try console(isPending: false)

    console.type("u")

    #expect(console.footer.contains("Revision 44 is in force already."))
  }

  @Test("keep the cursor on its row when a newer one is saved")
  func identity() throws {
    var console = try console(isPending: false)
    console.type("down down")
    #expect(console.cursorRow.contains("42 cancelled"))

    try console.site.revise(.property(.siteName, "Eastwind"))
    console.pass(seconds: 1)

    #expect(console.text.contains("45 in force"))
    #expect(console.cursorRow.contains("42 cancelled"))
  }

  @Test("lapse on the screen when their time is up")
  func lapse() throws {
    var console = try console()

    console.pass(seconds: 600)

    #expect(console.text.contains("45 lapsed"))
    #expect(console.text.contains("44 in force"))
  }

  @Test("show their number's command, and copy it")
  func command() throws {
    var console = try console()

    console.type("y enter c")

    #expect(console.copied == ["45"])
    #expect(console.text.contains("gatehouse revision show 45"))
  }
}
