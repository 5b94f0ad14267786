import Access
import Console
import TerminalKit
import Testing

@Suite("The frame around every screen")
struct GoldenTests {
  @Test("looks like this at every size", arguments: [Size.usual, .large, .small])
  func sizes(size: Size) {
    let console = ConsoleHarness(size: size, screen: .account)

    Golden.expect(console.frame, "account-\(size)")
  }

  @Test("is told apart without colours too")
  func mono() throws {
    var site = SampleSite()
    try site.revise(.level(.high), within: .minutes(10))
    let console = ConsoleHarness(site, screen: .account)

    Golden.expect(console.frame, "pending-80x24")
    Golden.expect(console.frame, "pending-80x24-mono", theme: .mono)
  }

  @Test("needs no more than ASCII where the locale has no more")
  func ascii() throws {
    var site = SampleSite()
    try site.revise(.level(.high), within: .minutes(10))
    let console = ConsoleHarness(site, screen: .account, glyphs: .ascii)

    #expect(console.text.utf8.allSatisfy { $0 < 0x80 })
    Golden.expect(console.frame, "pending-80x24-ascii")
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

    Golden.expect(console.frame, "help-\(size)")
  }

  @Test("says how much room it needs where there is too little", arguments: ["20x5", "1x1"])
  func tooSmall(size: String) {
    let sides = size.split(separator: "x").compactMap { Int($0) }
    var console = ConsoleHarness(screen: .account)
    let before = console.text

    console.resize(sides[0], sides[1])
    Golden.expect(console.frame, "too-small-\(size)")

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

    Golden.expect(console.frame, "pending-dialog-80x24")
  }
}
