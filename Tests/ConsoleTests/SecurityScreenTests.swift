import Access
import Console
import TerminalKit
import Testing

@Suite("The Security screen")
struct SecurityScreenTests {
  private static let entries = [
    "standard", "high", "maximum", "observing", "passwords", "expiration", "integrations",
    "brownouts", "cut-over", "revisions",
  ]

  private func keys(to line: String) -> String {
    let place = Self.entries.firstIndex(of: line) ?? 0
    return "home " + Array(repeating: "down", count: place).joined(separator: " ")
  }

  @Test("shows beside each line what it is about", arguments: entries)
  func lines(line: String) {
    var console = ConsoleHarness(.migrating(), screen: .security)

    console.type(keys(to: line))

    Golden.expect(console, "security-\(line)")
  }

  @Test("shows who breaks at every size", arguments: [Size.large, .small])
  func sizes(size: Size) {
    var console = ConsoleHarness(.migrating(), size: size, screen: .security)

    console.type("down")

    Golden.expect(console, "security-high", at: size)
  }

  @Test("looks like this from each level in force", arguments: ["high", "maximum"])
  func inForce(level: String) throws {
    let level = try #require(SecurityLevel(rawValue: level))
    var console = ConsoleHarness(.migrating(at: level), screen: .security)
    Golden.expect(console, "security-at-\(level)")

    console.type("up")

    Golden.expect(console, "security-at-\(level)-lower")
  }

  @Test("is locked in every mode but bearer", arguments: ["legacy", "conflict", "closed"])
  func locked(mode: String) throws {
    let mode = try #require(APIMode(rawValue: mode))
    var console = ConsoleHarness(SampleSite(SampleSite.policy(mode: mode)), screen: .security)
    #expect(console.cursorRow.contains("locked"))
    Golden.expect(console, "security-\(mode)")

    console.type("down enter")

    #expect(console.text.contains("─ Enable Bearer support ─"))
    #expect(console.text.contains("(*) Standard"), "nobody goes further than that by one key")
  }

  @Test("shows what it has while the rest is still counted")
  func early() {
    var console = ConsoleHarness(.migrating(), screen: .account)
    console.holds = true

    console.type("3 down")
    #expect(console.text.contains("( ) High      counting…"))
    #expect(console.text.contains("Refuses  legacy keys, from the next request;"))
    console.release()

    #expect(console.text.contains("12 legacy keys stop"))
  }

  @Test("says of a level that cannot be counted why, and keeps the others")
  func failing() {
    var site = SampleSite.migrating()
    site.answers[.plan(.level(.high))] = .failure(FailureText("The disk cannot be read."))
    var console = ConsoleHarness(site, screen: .security)

    console.type("down")
    #expect(console.text.contains("The disk cannot be read."))
    console.type("down")

    #expect(console.text.contains("12 legacy keys stop"))
  }

  @Test("opens with Tab and Enter the credentials that a figure counts, and comes back to it")
  func figures() {
    var console = ConsoleHarness(.migrating(), screen: .security)
    console.type("down tab")
    #expect(console.cursorRow.contains("> 12 legacy keys stop"))
    #expect(console.footer.hasPrefix(" Enter open"))

    console.type("down enter")
    Golden.expect(console, "security-stopping")
    #expect(console.text.contains("1 of 13"))
    console.type("end y")
    #expect(console.copied == ["legacy_key-export-7"])
    console.type("esc")

    #expect(console.cursorRow.contains("> 1 password client stops"))
    console.type("esc")
    #expect(console.cursorRow.contains("> ( ) High"))
  }

  @Test("lets everything it says be read where it does not fit")
  func scrolling() {
    var console = ConsoleHarness(.migrating(), screen: .security)
    console.type("down")
    #expect(console.text.contains("more, Tab then Down"))
    #expect(!console.text.contains("stops with it"))

    console.type("tab end")

    #expect(console.words.contains("not listed"))
    #expect(!console.text.contains("more, Down"))
    console.type("home")
    #expect(console.cursorRow.contains("> 12 legacy keys stop"))
  }

  @Test("counts again when somebody else changed the policy")
  func changedMeanwhile() throws {
    var console = ConsoleHarness(.migrating(), screen: .security)
    console.type("down")

    try console.site.revise(.level(.high))
    console.site.stopping = []
    console.pass(seconds: 1)

    #expect(console.cursorRow.contains("> (*) High      in force"))
    #expect(console.text.contains("In force. Revision 42 by bob"))
  }

  @Test("says that a level is in force already")
  func alreadyInForce() {
    var console = ConsoleHarness(screen: .security)

    console.type("enter")

    #expect(console.footer.contains("Standard is in force already."))
  }

  @Test("shows the command of each line")
  func commands() {
    var console = ConsoleHarness(screen: .security)

    for (line, command) in [
      ("high", "gatehouse level plan high"), ("expiration", "gatehouse expiration show"),
      ("integrations", "gatehouse integration list"), ("revisions", "gatehouse revision list"),
      ("observing", "gatehouse level observed"), ("brownouts", "gatehouse brownout list"),
      ("cut-over", "gatehouse cutover show"),
    ] {
      console.type(keys(to: line) + " c")
      #expect(console.text.contains(command))
      console.type("esc")
    }
  }

  @Test("can be looked at by whoever reviews the migration, who is told whom to ask")
  func permission() {
    var console = ConsoleHarness(SampleSite.migrating().seen(by: "carol"), screen: .security)

    console.type("down enter")

    #expect(console.text.contains("Your roles do not include Manage settings."))
    #expect(!console.text.contains("Apply"))
    console.type("tab tab enter enter")
    #expect(console.performed == [])
  }
}
