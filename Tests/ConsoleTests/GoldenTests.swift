import Access
import Console
import TerminalKit
import Testing

@Suite("The frame around every screen")
struct GoldenTests {
  @Test("looks like this at every size", arguments: [Size.usual, .large, .small])
  func sizes(size: Size) {
    let console = ConsoleHarness(size: size, screen: .account)

    Golden.expect(console, "account", at: size)
  }

  @Test("shows a pending revision")
  func banner() throws {
    var site = SampleSite()
    try site.revise(.level(.high), within: .minutes(10))
    let console = ConsoleHarness(site, screen: .account)

    Golden.expect(console, "pending")
  }

  @Test("says that the level is locked while legacy keys are native")
  func legacy() {
    let site = SampleSite(SampleSite.policy(mode: .legacy))
    let console = ConsoleHarness(site, screen: .account)

    #expect(console.rows.first?.contains("STANDARD  legacy, level locked") == true)
  }

  @Test("shows its keys on ?", arguments: [Size.usual, .small])
  func help(size: Size) {
    var console = ConsoleHarness(size: size, screen: .account)

    console.type("?")

    Golden.expect(console, "help", at: size)
  }

  @Test(
    "says how much room it needs where there is too little",
    arguments: [Size(columns: 20, rows: 5), Size(columns: 1, rows: 1)])
  func tooSmall(size: Size) {
    var console = ConsoleHarness(screen: .account)
    let before = console.text

    console.resize(size.columns, size.rows)
    Golden.expect(console, "too-small", at: size)

    console.type("down '0' enter")
    console.resize(80, 24)
    #expect(console.text == before, "nothing was lost, and no key did anything unseen")
  }

  @Test("asks before a revision is kept or taken back")
  func pending() throws {
    var site = SampleSite()
    try site.revise(.level(.high), within: .minutes(10))
    var console = ConsoleHarness(site, screen: .account)

    console.type("+")

    Golden.expect(console, "pending-dialog")
  }
}
