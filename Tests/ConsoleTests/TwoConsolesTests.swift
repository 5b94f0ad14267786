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
