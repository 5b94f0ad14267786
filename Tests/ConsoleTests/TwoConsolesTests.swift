import Access
import Console
import TerminalKit
import Testing

@Suite("Two consoles")
struct TwoConsolesTests {
  @Test("show what the other one changed within a second")
  func within() throws {
    var console = ConsoleHarness(screen: .properties)
    try console.site.revise(.property(.siteName, "Southwind"))
    #expect(console.rows[0].contains("Northwind"))

    console.pass(seconds: 1)

    #expect(console.rows[0].contains("Southwind"))
    #expect(console.text.contains("SiteName            Southwind"))
  }

  @Test("refuse the second of two changes made at the same time, with the reason")
  func collision() throws {
    var console = ConsoleHarness(screen: .properties)
    console.type("enter shift-tab ctrl-u '30m' tab tab tab enter")
    try console.site.revise(.property(.siteName, "Southwind"))

    console.type("tab enter")

    #expect(console.footer.contains("Revision 42 was saved by bob"))
    #expect(console.site.policy.properties.consoleIdleTimeout == .minutes(15))
  }

  @Test("D07: on one revision let one save, tell the other who and when, and keep its draft")
  func oneRevision() throws {
    var first = ConsoleHarness(.migrating(), screen: .security)
    var second = ConsoleHarness(first.site.seen(by: "bob"), screen: .security)
    let filled = "down enter shift-tab 'high' shift-tab shift-tab"
    first.type(filled + " 'as agreed' tab tab tab tab tab tab enter")
    #expect(first.footer.contains("Level is High"))

    second.type(filled + " 'INC-4711' tab tab tab")
    second.site.revisions = first.site.revisions
    second.type("tab tab tab enter")

    #expect(second.footer.contains("Revision 42 was saved by alice at 2026-11-23T14:31:00.000Z"))
    #expect(second.words.contains("Nothing would change"), "both wanted the same")
    #expect(second.site.revisions.count == first.site.revisions.count)
  }

  @Test("D07: let the other go on with what it wrote, over the revision that came first")
  func draftKept() throws {
    var console = ConsoleHarness(.migrating(), screen: .security)
    console.type("down enter shift-tab 'high' shift-tab ctrl-u '2h' shift-tab 'INC-4711'")
    try console.site.revise(.property(.siteName, "Southwind"))

    console.type("tab tab tab tab tab enter")
    #expect(console.footer.contains("Revision 42 was saved by bob at 2026-11-23T14:31:00.000Z"))
    console.type("pgdn pgdn")

    #expect(console.text.contains("[INC-4711"))
    #expect(console.text.contains("[2h"))
    #expect(console.text.contains("Type HIGH       [________]"))
  }

  @Test("keep what is on show while the other one changes other rows")
  func dialogStays() throws {
    var console = ConsoleHarness(screen: .properties)
    console.type("enter")
    let before = console.asked.count
    try console.site.revise(.property(.siteName, "Southwind"))

    console.pass(seconds: 1)

    #expect(
      console.asked.dropFirst(before) == [.session], "nothing refreshes under an open dialog")
  }

  @Test("drop an answer that came after a newer question")
  func staleAnswer() {
    var console = ConsoleHarness(screen: .overview)
    console.holds = true
    console.type("R")
    console.site.overview.endingNext = [.sample("newer", ends: .days(1))]
    console.type("R")
    let answered = console.asked.count

    console.release()

    #expect(console.asked.count > answered)
    #expect(console.text.contains("newer"))
  }
}
