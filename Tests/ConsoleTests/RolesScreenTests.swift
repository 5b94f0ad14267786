import Access
import Console
import TerminalKit
import Testing

@Suite("The matrix of roles")
struct RolesScreenTests {
  private static let integrators = Identifier<Role>("integrators")

  private func console(_ size: Size = .usual, glyphs: Glyphs = .unicode) -> ConsoleHarness {
    ConsoleHarness(size: size, screen: .roles, glyphs: glyphs)
  }

  @Test("looks like this", arguments: [Size.usual, .large, .small])
  func golden(size: Size) {
    Golden.expect(console(size), "roles", at: size)
  }

  @Test(
    "shows what is staged, and how many accounts that concerns",
    arguments: [
      Size.usual, .large, .small,
    ])
  func staged(size: Size) {
    var console = console(size)

    console.type("end right space")
    #expect(console.words.contains("1 change not saved: Integrators to lose Create tokens"))
    console.type("right space up left left space")

    Golden.expect(console, "roles-staged", at: size)
    #expect(console.performed == [], "nothing changes until it is saved")
  }

  @Test("shows the policy at once and fills in who has which role")
  func counts() {
    var console = ConsoleHarness(screen: .overview)
    console.holds = true

    console.type("4")
    #expect(console.text.contains("Integrators"))
    #expect(!console.text.contains("  2\n"))
    console.release()

    #expect(console.cursorRow.hasSuffix(" 2"), "two have Site Administrator")
  }

  @Test("marks its tab while something is not saved, and keeps it elsewhere")
  func draft() {
    var console = console()
    console.type("end right space")
    #expect(console.rows[1].contains("4 Roles*"))

    console.type("1")
    #expect(console.rows[1].contains("4 Roles*"))
    console.type("4")

    #expect(console.text.contains("1 change not saved"))
  }

  @Test("takes staged steps back one by one")
  func undo() {
    var console = console()
    console.type("end right space right space")
    #expect(console.text.contains("2 changes not saved"))

    console.type("u")
    #expect(console.words.contains("1 change not saved: Integrators to lose Create tokens"))
    console.type("u")

    #expect(!console.text.contains("not saved"))
    #expect(!console.rows[1].contains("*"))
    console.type("u")
    #expect(console.footer.contains("Nothing is staged."))
  }

  @Test("has nothing to save where a cell was toggled twice")
  func twice() {
    var console = console()

    console.type("end right space space w")

    #expect(console.footer.contains("Nothing is staged."))
    #expect(!console.rows[1].contains("Roles*"))
  }

  @Test("leaves the Site Administrator as it is")
  func fixed() {
    var console = console()

    console.type("space")

    #expect(console.text.contains("Site Administrator always has every permission."))
    #expect(!console.text.contains("not saved"))
  }

  @Test(
    "shows what the changes do before it saves them",
    arguments: [
      Size.usual, .large, .small,
    ])
  func review(size: Size) {
    var console = console(size)
    console.type("end space")

    console.type("w")

    Golden.expect(console, "roles-review", at: size)
    #expect(console.performed == [])
  }

  @Test("is saved as one revision, against the one it was drawn up against")
  func save() throws {
    var console = console()
    console.type("end right space right space w tab tab enter")

    let change = try #require(console.performed.first)
    guard case .revise(let policyChange, let commitment) = change else {
      Issue.record("\(change) is no revision")
      return
    }
    #expect(
      policyChange
        == .roles([
          .grant(Self.integrators, .manageTokens), .withdraw(Self.integrators, .createTokens),
        ]))
    #expect(commitment.base == 41)
    #expect(console.site.policy.role(Self.integrators)?.permissions == [.useAPI, .manageTokens])
    #expect(!console.text.contains("not saved"))
    #expect(!console.rows[1].contains("Roles*"))
  }

  @Test("can be saved with a deadline, and drops the draft then too")
  func deadline() {
    var console = console()
    console.type("end right space w tab enter")

    #expect(console.rows[2].contains("REVISION 42"))
    #expect(!console.text.contains("not saved"))
  }

  @Test(
    "adds a role, and gives it permissions before it exists",
    arguments: [
      Size.usual, .small,
    ])
  func add(size: Size) throws {
    var console = console(size)

    console.type("a")
    Golden.expect(console, "role-add", at: size)
    console.type("shift-tab 'Night shift' tab tab enter")
    #expect(console.cursorRow.contains("+Night shift"))
    console.type("right space w tab tab enter")

    let role = try #require(console.site.policy.role(named: "Night shift"))
    #expect(role.permissions == [.createTokens])
    #expect(Role.isID(role.id.text))
    #expect(!console.text.contains("not saved"))
  }

  @Test("gives two roles added in the same moment different ids")
  func addTwo() {
    var console = console()

    console.type("a shift-tab 'One' tab tab enter a shift-tab 'Two' tab tab enter")

    #expect(console.text.contains("2 changes not saved"))
  }

  @Test("takes a name that is written at once where the dialog opens, blanks and all")
  func namedAtOnce() {
    var console = ConsoleHarness(screen: .roles)

    console.type("a 'Night jobs'")
    #expect(console.cursorRow.contains("Night jobs"))
    console.type("tab tab enter")

    #expect(console.text.contains("Night jobs to be added"))
  }

  @Test("refuses a name that is taken, hidden or has a comma, and keeps it in the field")
  func names() {
    var console = console()

    console.type("a shift-tab 'member'")
    #expect(console.text.contains("There is already a role “member”."))
    console.type("ctrl-u 'a,b'")
    #expect(console.text.contains("contains a comma"))
    console.paste("\u{202E}")
    #expect(console.text.contains("[a,b<U+202E>"))
    console.type("tab tab enter")
    #expect(!console.text.contains("not saved"))
  }

  @Test("renames a role of one's own, and no other")
  func rename() {
    var console = console()
    console.type("e")
    #expect(console.text.contains("“Site Administrator” is a built-in role"))

    console.type("end e")
    Golden.expect(console, "role-rename")
    console.type("shift-tab ctrl-u 'Partners' tab tab enter")

    #expect(console.cursorRow.contains("Partners (was"))
    console.type("w tab tab enter")
    #expect(console.site.policy.role(Self.integrators)?.name == "Partners")
  }

  @Test("says who loses what before a removal is staged", arguments: [Size.usual, .small])
  func remove(size: Size) {
    var console = console(size)
    console.type("home d")
    #expect(console.text.contains("“Site Administrator” is a built-in role"))

    console.type("end d")
    Golden.expect(console, "role-remove", at: size)
    console.type("enter")
    #expect(!console.text.contains("not saved"), "the focus starts on Cancel")
    console.type("d tab enter")

    #expect(console.cursorRow.contains("-Integrators"))
    #expect(console.site.policy.role(Self.integrators) != nil)
    console.type("space")
    #expect(console.text.contains("Integrators is to be removed."))
    console.type("w tab tab enter")
    #expect(console.site.policy.role(Self.integrators) == nil)
  }

  @Test("never lets a removal of what was never saved through")
  func removeUnsaved() {
    var console = console()

    console.type("a shift-tab 'One' tab tab enter d tab enter")

    #expect(!console.text.contains("not saved"))
    #expect(!console.text.contains("One"))
  }

  @Test("gives the command that does the same")
  func command() {
    var console = console()

    console.type("end c")
    #expect(console.text.contains("gatehouse role withdraw Integrators use-api"))
    console.type("esc right right c")
    #expect(console.text.contains("gatehouse role grant Integrators manage-tokens"))
    console.type("esc up up c")
    #expect(console.text.contains("gatehouse role grant 'API Operator' manage-tokens"))
  }

  @Test("tells who was first where another console saved meanwhile, and keeps the draft")
  func overtaken() throws {
    var console = console()
    console.type("end right space")
    try console.site.revise(.property(.siteName, "Southwind"))

    console.pass(seconds: 1)

    #expect(console.words.contains("Meanwhile revision 42 by bob, 2026-11-23 14:31 UTC"))
    #expect(console.words.contains("1 change not saved: Integrators to lose Create tokens"))
    Golden.expect(console, "roles-overtaken")
    console.type("w tab tab enter")
    #expect(console.site.policy.role(Self.integrators)?.permissions == [.useAPI])
    #expect(!console.text.contains("Meanwhile"))
  }

  @Test("is refused once where the other one saved within the second, and can be saved then")
  func collision() throws {
    var console = console()
    console.type("end right space")
    try console.site.revise(.property(.siteName, "Southwind"))

    console.type("w tab tab enter")

    #expect(console.text.contains("Revision 42 was saved by bob at "))
    #expect(console.site.policy.role(Self.integrators)?.permissions == [.useAPI, .createTokens])
    console.type("esc")
    #expect(console.text.contains("1 change not saved"), "the draft is kept")
    console.type("w tab tab enter")
    #expect(console.site.policy.role(Self.integrators)?.permissions == [.useAPI])
    #expect(!console.text.contains("not saved"))
  }

  @Test("says what of a draft cannot be made any more")
  func lost() throws {
    var console = console()
    console.type("end right space up space")
    try console.site.revise(.roles([.remove(Self.integrators)]))

    console.pass(seconds: 1)

    #expect(console.text.contains("1 staged change dropped: somebody else just changed Integ"))
    #expect(console.words.contains("1 change not saved: Member to gain Create tokens"))
  }

  @Test("asks before quitting would lose a draft")
  func quit() {
    var console = console()

    console.type("end right space Q")

    #expect(console.text.contains("Not saved, and lost by quitting:"))
    #expect(console.farewell == nil)
  }

  @Test("shows hostile names as what they are")
  func hostile() throws {
    var site = SampleSite()
    var policy = site.policy
    policy.roles.append(
      Role(
        id: Identifier("evil"),
        name: "\u{1B}]52;c;x\u{07}\u{202E}abc" + String(repeating: "界", count: 40),
        permissions: []))
    site.revisions.append(
      RevisedPolicy(
        revision: Revision(
          number: 42, base: 41, author: SampleSite.name("bob"), at: site.now, reason: "",
          summary: "", deadline: nil, verdict: nil), policy: policy))
    let console = ConsoleHarness(site, screen: .roles)

    #expect(console.text.contains("\\x1b]52;c;x\\x07"))
    for row in console.rows { #expect(SafeText(row).width <= 80) }
  }

  @Test("with more roles than fit goes along with the cursor", arguments: [Size.usual, .small])
  func manyRoles(size: Size) throws {
    var site = SampleSite()
    let names = (1...20).map { "Team \($0) of the northern branch" }
    try site.revise(
      .roles(
        names.enumerated().map { .add(id: Identifier("team-\($0.offset)"), name: $0.element) }))
    var console = ConsoleHarness(site, size: size, screen: .roles)

    console.type("end space right space up space up space left space")

    #expect(console.cursorRow.contains("> Team 18"))
    #expect(console.text.contains("5 changes not saved"))
    Golden.expect(console, "roles-many", at: size)
  }

  @Test("names the accounts of several roles that gain the same once, together")
  func together() {
    var console = console()

    console.type("down right space down space")

    #expect(console.text.contains("API Operator to gain Create tokens; 3 accounts gain it in all"))
    #expect(console.text.contains("Member to gain Create tokens; 3 accounts gain it in all"))
  }
}
