import Access
import Console
import TerminalKit
import Testing

@Suite("The migration")
struct MigrationScreenTests {
  static func console(_ site: SampleSite = SampleSite(), size: Size = .usual) -> ConsoleHarness {
    ConsoleHarness(site, size: size, screen: .migration)
  }

  private func reviewed(_ console: ConsoleHarness) -> ([String], ReviewDraft)? {
    guard case .review(let ids, let draft)? = console.performed.last else { return nil }
    return (ids, draft)
  }

  @Test("looks like this, the gravest first")
  func golden() { Golden.expect(Self.console(), "migration") }

  @Test("says what it will hold, and what fills it")
  func empty() {
    var site = SampleSite()
    site.warnings = []
    let console = Self.console(site)
    #expect(console.words.contains("Nothing stands in the way."))
    Golden.expect(console, "migration-empty")
  }

  @Test("shows the evidence, the next step and what was agreed")
  func details() {
    var console = Self.console()
    console.type("enter")
    #expect(console.text.contains("2412 uses in 30d, but only 6 days observed"))
    #expect(console.text.contains("Mail of Monday"))
    Golden.expect(console, "migration-warning")
    console.type("esc down down down down enter")
    #expect(console.text.contains("(left) erin"))
  }

  @Test("asks for state, note and day, beginning on Cancel")
  func dialog() {
    var console = Self.console()
    console.type("r")
    Golden.expect(console, "migration-review")
    console.type("enter")
    #expect(console.performed.isEmpty)
  }

  @Test("writes a review, and goes on to the next without one")
  func review() {
    var console = Self.console()
    console.type("down r shift-tab 'agreed with CRM' shift-tab")
    // From "notified" to "migrated".
    console.type("down space tab tab tab enter")
    #expect(reviewed(console)?.0 == ["legacy_key:id-crm-sync"])
    #expect(reviewed(console)?.1 == ReviewDraft(state: .migrated, note: "agreed with CRM"))
    #expect(console.cursorRow.contains("password of crm"))
    console.type("r tab enter")
    #expect(console.cursorRow.contains("past review: scanner"))
  }

  @Test("goes on to what stands before the row, where nothing behind it is without a review")
  func wrapsAround() {
    var console = Self.console()
    console.type("end r tab enter")
    #expect(console.cursorRow.contains("legacy key crm-sync"))
  }

  @Test("writes one review about all that are marked")
  func marked() {
    var console = Self.console()
    console.type("space space r")
    #expect(console.text.contains("Review 2 warnings"))
    console.type("tab enter")
    #expect(reviewed(console)?.0 == ["legacy_key:id-ci-deploy", "legacy_key:id-crm-sync"])
    #expect(reviewed(console)?.1.state == .notified)
  }

  @Test("wants a day for what is postponed")
  func postponed() {
    var console = Self.console()
    console.type("r shift-tab shift-tab down down down space tab tab tab tab enter")
    #expect(console.text.contains("Until: write a day that is to come"))
    #expect(console.performed.isEmpty)
  }

  @Test("says where all are reviewed")
  func allReviewed() {
    var site = SampleSite()
    site.warnings = Array(site.warnings.prefix(1))
    var console = Self.console(site)
    console.type("r tab enter")
    #expect(console.text.contains("Every warning here has a review."))
  }

  @Test(
    "is filtered by words, owner, state and level",
    arguments: [
      ("crm", 2), ("owner:carol", 1), ("state:new", 7), ("breaks:high", 6), ("state:open", 8),
    ])
  func filtering(text: String, count: Int) {
    var console = Self.console()
    console.type("f '\(text)' enter")
    #expect(console.text.contains("\(count) of 10 · filter “\(text)”"))
  }

  @Test("says what there is where a filter has another value")
  func unknownValue() {
    var console = Self.console()
    console.type("f 'breaks:soon'")
    #expect(console.words.contains("breaks:soon matches nothing."))
  }

  @Test("asks before keys are switched off, and goes elsewhere for the rest")
  func end() {
    var console = Self.console()
    console.type("d")
    Golden.expect(console, "migration-end")
    console.type("tab enter")
    #expect(console.performed == [.disableKeys([Identifier("id-ci-deploy")])])
    console.type("end d")
    #expect(console.text.contains("filter “id:id-ci-deploy”"))
  }

  @Test("names the token that takes a key's place")
  func link() {
    var console = Self.console()
    console.type("t")
    Golden.expect(console, "migration-link")
    console.type("shift-tab end ctrl-u 'token-new' tab tab enter")
    #expect(
      console.performed == [.linkKey(Identifier("id-ci-deploy"), to: Identifier("token-new"))])
    console.type("down down t")
    #expect(console.text.contains("A token takes the place of one legacy key"))
  }

  @Test("names the command that writes the list")
  func export() {
    var console = Self.console()
    console.type("f 'owner:carol' enter x")
    #expect(
      console.text.contains("gatehouse migration export --format markdown owner:carol"))
  }
}
