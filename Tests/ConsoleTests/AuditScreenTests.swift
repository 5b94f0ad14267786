import Access
import Console
import TerminalKit
import Testing

@Suite("The audit")
struct AuditScreenTests {
  /// A day as Administration writes it down.
  static let rows: [AuditRow] = [
    .sample(
      1, "site.init", "site Northwind", by: "system", after: "first administrator: alice",
      ago: 90 * 86_400),
    .sample(2, "account.import", "1,204 accounts", ago: 89 * 86_400),
    .sample(
      3, "account.edit", "account carol", by: "bob",
      before: "name: Carol Nunez\nmail: carol@northwind.example\nkind: person\nroles: Member",
      after: "name: Carol Núñez\nmail: carol@northwind.example\nkind: person\nroles: API Operator",
      ago: 3 * 86_400),
    .sample(
      4, "level.set", "revision 41", by: "bob",
      before: "Security level: Standard\nPasswords at High: registered",
      after: "Security level: High\nPasswords at High: all\n"
        + "Takes itself back at 2026-11-21T14:41:00.000Z",
      reason: "as agreed with the owners of crm, payroll and scanner; see INC-4711",
      ago: 2 * 86_400),
    .sample(
      5, "revision.cancel", "revision 41", before: "pending until 2026-11-21T14:41:00.000Z",
      after: "cancelled", ago: 2 * 86_400 - 300),
    .sample(
      6, "token.revoke", "token 0aGx7bQ2mT5u8YwE1rZ4kL old-laptop of alice", before: "active",
      after: "revoked",
      reason: "left behind", ago: 7200),
    .sample(
      7, "key.disable", "legacy key 7bQ2mT5u8YwE1rZ4kL0aGx old-export", by: "carol",
      before: "active",
      after: "disabled", ago: 60),
  ]

  static func site(_ rows: [AuditRow] = rows) -> SampleSite {
    var site = SampleSite()
    site.audit = rows
    return site
  }

  static func console(_ site: SampleSite = site(), size: Size = .usual) -> ConsoleHarness {
    ConsoleHarness(site, size: size, screen: .audit)
  }

  @Test("looks like this, newest first", arguments: [Size.usual, .large, .small])
  func golden(size: Size) {
    Golden.expect(Self.console(size: size), "audit", at: size)
  }

  @Test("shows a row with before and after, line by line", arguments: [Size.usual, .small])
  func row(size: Size) {
    var console = Self.console(size: size)

    console.type("/ 'account.edit' enter enter")

    Golden.expect(console, "audit-row", at: size)
    console.type("end")
    #expect(console.words.contains("- roles: Member + roles: API Operator"))
  }

  @Test("shows what is JSON one member a line")
  func json() {
    let row = AuditRow.sample(
      1, "revision.apply", "revision 41", before: #"{"level":"standard","roles":["member"]}"#,
      after: #"{"level":"high","roles":["member"]}"#)
    var console = Self.console(Self.site([row]))

    console.type("enter")

    #expect(
      console.words.contains(
        #"{ - "level": "standard", + "level": "high", "roles": [ "member" ] }"#))
  }

  @Test("says where nothing was kept, or only one side")
  func oneSided() {
    var console = Self.console()

    console.type("end enter")
    #expect(console.text.contains("After (there was nothing before)"))
    #expect(console.text.contains("+ first administrator: alice"))

    console.type("N")
    #expect(console.text.contains("Nothing is kept of before or after"))

    console.resize(60, 16)
    #expect(console.words.contains("before or after: action and target say it all."))
  }

  @Test("steps from row to row within what the filter lets through")
  func neighbours() {
    var console = Self.console()
    console.type("f 'actor:bob' enter enter")
    #expect(console.text.contains("Row 4, level.set"))

    console.type("n")
    #expect(console.text.contains("Row 3, account.edit"))
    console.type("n")
    #expect(console.footer == " That is where the list ends.")
    console.type("N")
    #expect(console.text.contains("Row 4, level.set"))
  }

  @Test("scrolls a row that is longer than the screen, and a value that is wider")
  func long() {
    let lines = (1...60).map { "line \($0): " + String(repeating: "value ", count: 30) }
    let row = AuditRow.sample(
      1, "revision.apply", "revision 41", before: lines.joined(separator: "\n"), after: "gone")
    var console = Self.console(Self.site([row]), size: .small)

    console.type("enter")
    #expect(!console.text.contains("+ gone"))
    console.type("end")

    #expect(console.text.contains("+ gone"))
    console.type("home")
    #expect(console.text.contains("Row 1, revision.apply"))
  }

  @Test(
    "is filtered by words of its own",
    arguments: [
      ("actor:bob", [4, 3]), ("action:revision", [5]), ("target:old", [7, 6]),
      ("source:10.9.9.9", []), ("since:1d", [7, 6]), ("since:2026-11-22", [7, 6]),
      ("since:2026-11-21T14:33:00Z", [7, 6, 5]), ("actor:Bob level", [4]), ("KEY", [7]),
    ])
  func filtering(text: String, rows: [Int]) {
    var console = Self.console()

    console.type("f '\(text)' enter")

    let shown = Self.rows.reversed().filter { console.text.contains($0.action) }
    #expect(shown.map { Int($0.seq) } == rows)
    #expect(console.text.contains("\(rows.count) of 7 · filter “\(text)”"))
  }

  @Test("says what would be a time where since: has none")
  func since() {
    var console = Self.console()

    console.type("f 'since:yesterday'")

    #expect(console.words.contains("since:yesterday is no time. Type how long ago, like since:7d"))
    Golden.expect(console, "audit-since")
  }

  @Test("shows what another screen asked for")
  func arriving() {
    var console = ConsoleHarness(screen: .overview)

    console.type("tab tab tab tab tab tab enter")

    #expect(console.rows[1].contains("8 Audit"))
    #expect(console.text.contains("filter “action:"))
  }

  @Test("gives the command that lists or shows the same")
  func command() {
    var console = Self.console()
    console.type("f 'actor:bob since:7d crm' enter c")
    #expect(console.text.contains("gatehouse audit list --actor bob --since 7d"))

    console.type("esc ctrl-u home enter c")
    #expect(console.text.contains("gatehouse audit show 7"))
  }

  @Test("copies the number of the row")
  func copying() {
    var console = Self.console()

    console.type("down y enter y")

    #expect(console.copied == ["6", "6"])
  }

  @Test("leads from a change of the policy to the policy before it")
  func undo() throws {
    var site = Self.site()
    try site.revise(.level(.high))
    site.audit.append(
      .sample(8, "level.set", "revision 42", before: "Security level: Standard"))
    var console = Self.console(site)

    console.type("u")

    #expect(console.text.contains("Undo: back to revision 41"))
    #expect(console.text.contains("Security level: High to Standard"))
    #expect(console.performed == [], "the plan comes first")
  }

  @Test("leads from a revision that was taken back to that revision")
  func undoCancel() throws {
    var site = Self.site([.sample(1, "revision.cancel", "revision 40")])
    try site.revise(.level(.high))
    var console = Self.console(site)

    console.type("enter u")

    #expect(console.text.contains("Undo: back to revision 40"))
  }

  @Test("has nothing to undo where a row is not about the policy, or all is as it was")
  func nothingToUndo() {
    let site = Self.site([
      .sample(1, "token.revoke", "token old-laptop"), .sample(2, "revision.cancel", "revision 41"),
    ])
    var console = Self.console(site)

    console.type("u")
    #expect(console.footer == " Revision 41 is in force already.")
    console.type("down u")
    #expect(console.footer.hasPrefix(" Only a change of the policy can be taken back here"))
  }

  @Test("takes no policy back for somebody who may only look")
  func permission() {
    var console = Self.console(Self.site().seen(by: "carol"))
    console.type("down down")
    #expect(console.footer.contains("undo"), "it is there, and says why not")

    console.type("u")

    #expect(console.footer.contains("Your roles do not include Manage settings."))
  }

  @Test("keeps the cursor on its row while new ones come in")
  func growing() {
    var console = Self.console()
    console.type("down")
    let before = console.cursorRow
    console.site.audit.append(.sample(8, "token.create", "token new", ago: 0))
    console.site.lastChange += 1

    console.pass(seconds: 1)

    #expect(console.cursorRow == before)
    #expect(console.text.contains("token new"))
  }

  @Test("shows what anybody wrote without obeying it")
  func hostile() {
    let row = AuditRow.sample(
      1, "token.create", "token \u{1B}]0;x\u{7}", before: "purpose: \u{9B}2J",
      after: "purpose: \u{202E}")
    var console = Self.console(Self.site([row]))

    console.type("enter")

    #expect(console.text.contains(#"- purpose: \x9b2J"#))
    #expect(console.text.contains("+ purpose: <U+202E>"))
  }

  @Test("says what it will hold while it is empty")
  func empty() {
    let console = Self.console(Self.site([]))

    #expect(console.text.contains("Nothing was changed yet."))
  }

  @Test("is checked with a bar, stretch by stretch, to what came of it")
  func integrity() {
    var console = ConsoleHarness(Self.site(), screen: .audit)
    console.type("i")
    #expect(console.asked.contains { if case .checkAudit = $0 { true } else { false } })
    Golden.expect(console, "audit-integrity")
    console.type("enter")
    #expect(!console.text.contains("Integrity"))
  }

  @Test("names the first row that is not as it was, and what to do")
  func broken() {
    var site = Self.site()
    site.auditFault = .altered(5)
    var console = ConsoleHarness(site, screen: .audit)
    console.type("i")
    Golden.expect(console, "audit-altered")
  }
}
