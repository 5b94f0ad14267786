import Access
import Console
import TerminalKit
import Testing

@Suite("The overview")
struct OverviewScreenTests {
  @Test("looks like this", arguments: [Size.usual, .large, .small])
  func golden(size: Size) {
    Golden.expect(ConsoleHarness(size: size, screen: .overview), "overview", at: size)
  }

  @Test("shows a site that accepts nothing as an alarm")
  func closed() {
    let site = SampleSite(SampleSite.policy(mode: .closed))

    Golden.expect(ConsoleHarness(site, screen: .overview), "overview-closed")
  }

  @Test("is there before any answer is")
  func early() {
    var console = ConsoleHarness(screen: .account)
    console.holds = true

    console.type("1")
    #expect(console.text.contains("Reading …"))
    console.release()

    #expect(console.text.contains("5 of 8 done"))
  }

  @Test("asks for the figures only after the rest")
  func order() {
    let console = ConsoleHarness(screen: .overview)

    #expect(console.asked == [.overview, .readiness, .overviewCounts])
  }

  @Test("opens the place of a line, and there just what the line is about")
  func opening() {
    var console = ConsoleHarness(screen: .overview)

    console.type("down down down down down down")
    #expect(console.cursorRow.contains("> [x] Bearer support is on"))
    console.type("enter")

    #expect(console.state.place == .properties)
  }

  @Test("opens the list behind every number")
  func numbers() {
    var console = ConsoleHarness(screen: .overview)
    console.type("down enter")
    #expect(console.text.contains("filter “breaks:high”"))
    console.type("1 down down enter")
    #expect(console.text.contains("filter “severity:stop state:open”"))
    console.type("1 up up up right enter")
    #expect(console.state.place == .migration)
  }

  @Test("names what is observed, refused for a while, and announced")
  func operations() {
    var site = OperationScreensTests.site()
    site.overview.operations = site.operations
    let console = ConsoleHarness(site, screen: .overview)
    #expect(console.text.contains("Observing High for 1d 6h"))
    #expect(console.text.contains("Brownout of passwords in 2h"))
    #expect(console.text.contains("Cut-over on 2027-01-31"))
  }

  @Test("keeps the cursor on its line when the lines before it change")
  func identity() {
    var console = ConsoleHarness(screen: .overview)
    console.type("tab tab tab tab tab down")
    #expect(console.cursorRow.contains("> deploy-2"))

    console.site.overview.endingNext.insert(.sample("new-one", ends: .days(1)), at: 0)
    console.type("R")

    #expect(console.cursorRow.contains("> deploy-2"))
  }

  @Test("goes to another line when the one under the cursor is gone")
  func gone() {
    var console = ConsoleHarness(screen: .overview)
    console.type("tab tab tab down")

    console.site.overview.endingNext = []
    console.type("R")

    #expect(console.cursorRow.contains(">"))
  }

  @Test("shows nothing that one's roles do not include")
  func permissions() {
    var site = SampleSite().seen(by: "carol")
    site.overview.latest = []

    let console = ConsoleHarness(site, screen: .overview)

    #expect(!console.text.contains("Latest changes") || site.session.may(.viewAudit))
    #expect(!console.text.contains("7 Accounts"))
  }
}
