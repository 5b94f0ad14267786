import Access
import Console
import TerminalKit
import Testing

@Suite("The accounts")
struct AccountsScreenTests {
  private func console(
    _ site: SampleSite = SampleSite(), _ size: Size = .usual, glyphs: Glyphs = .unicode
  ) -> ConsoleHarness {
    ConsoleHarness(site, size: size, screen: .accounts, glyphs: glyphs)
  }

  // MARK: - The list

  @Test("look like this", arguments: [Size.usual, .large, .small])
  func golden(size: Size) {
    Golden.expect(console(size: size), "accounts", at: size)
  }

  private func console(size: Size) -> ConsoleHarness { console(SampleSite(), size) }

  @Test("show which are marked")
  func marks() {
    var console = console()
    console.type("space down space")

    Golden.expect(console, "accounts-marked")
  }

  @Test(
    "are filtered by words, kind, state and role",
    arguments: [
      ("bob", ["bob"]), ("kind:service", ["build-bot", "crm"]), ("state:deactivated", ["erin"]),
      ("role:\"API Operator\"", ["carol"]), ("role:member state:active", ["dave"]),
      ("kind:s", []), ("state:gone role:member", []), ("role:\"nothing like it\"", []),
    ])
  func filter(text: String, logins: [String]) {
    var console = console()

    console.type("f '\(text)' enter")

    for login in console.site.accounts.map(\.login) {
      let isShown = console.rows[5..<22].contains { $0.dropFirst(2).hasPrefix(login + " ") }
      #expect(isShown == logins.contains(login), "\(login) for \(text)")
    }
  }

  @Test("with a role are listed from the matrix, blanks in its name or not")
  func fromMatrix() {
    var console = ConsoleHarness(screen: .roles)

    console.type("down enter")

    #expect(console.rows[1].contains("7 Accounts"))
    #expect(console.words.contains("filter “role:\"API Operator\"”"))
    #expect(console.cursorRow.contains("> carol"))
    Golden.expect(console, "accounts-of-role")
  }

  @Test("are sorted by name too")
  func sort() {
    var console = console()

    console.type("s down enter")

    #expect(console.words.contains("sorted by name ^"))
  }

  @Test("copy the login, and name the command that shows the account")
  func copy() {
    var console = console()

    console.type("down y")
    #expect(console.copied == ["bob"])
    console.type("c")
    #expect(console.text.contains("gatehouse account show bob"))
  }

  @Test("show hostile names as what they are")
  func hostile() {
    var site = SampleSite()
    site.accounts.append(
      .sample(
        "zed", name: "\u{1B}[31m\u{202E}\u{200B}\u{FEFF}" + String(repeating: "界", count: 100),
        roles: ["Member"]))
    for size in [Size.usual, .large, .small] {
      var console = console(site, size)
      console.type("end")
      #expect(size == .small || console.text.contains("\\x1b[31m<"))
      console.type("enter")
      #expect(console.text.contains("\\x1b[31m<U+202E>"))
      for row in console.rows { #expect(SafeText(row).width <= size.columns) }
    }
  }

  // MARK: - Details

  @Test("tell all that is known of one", arguments: [Size.usual, .large, .small])
  func details(size: Size) {
    var console = console(size: size)

    console.type("end up up up enter")

    Golden.expect(console, "account-details", at: size)
    #expect(console.text.contains("Account carol") || console.text.contains("Account crm"))
  }

  @Test("are told of beside the list only as long as they are there")
  func gone() {
    var console = console(size: .large)
    console.type("down down")
    #expect(console.rows[3].hasSuffix("│ build-bot"))
    console.hold("down")
    // What stands beside the list follows a cursor that rests.
    #expect(console.rows[3].hasSuffix("│ build-bot"))
    console.type("up")
    console.site.accounts.removeAll { $0.login == "build-bot" }
    console.site.lastChange += 1
    console.pass(seconds: 1)
    #expect(console.cursorRow.contains("carol"))
    #expect(console.rows[3].hasSuffix("│ carol"))
  }

  @Test("lead to their tokens and keys, as far as one may see those")
  func holdings() {
    var console = console()

    console.type("down down enter enter")

    let isThere = Registry.places.contains(.tokens)
    #expect(isThere || console.footer.contains("Your roles do not include Tokens."))
    #expect(!isThere || console.rows[1].contains("5 Tokens"))
  }

  // MARK: - Adding and editing

  @Test("are added with roles", arguments: [Size.usual, .large, .small])
  func add(size: Size) {
    var console = console(size: size)
    console.type("a")
    Golden.expect(console, "account-add", at: size)

    console.type("tab 'Mira' tab 'Mira Okafor' tab 'mira@northwind.example' tab tab")
    console.type("'Dave' tab down down space tab space")

    #expect(console.text.contains("Ready.") || size == .small)
    if size == .usual { Golden.expect(console, "account-add-filled") }
  }

  @Test("are not added without a login, and one that is none is named")
  func noLogin() {
    var console = console()

    console.type("a")
    #expect(console.text.contains("A login is still missing."))
    console.type("tab 'two words'")
    #expect(console.text.contains("“two words” is not a login."))
    console.type("shift-tab enter shift-tab enter")
    #expect(console.performed == [])
  }

  @Test("are added by the button, and the cursor goes there")
  func added() throws {
    var console = console()

    console.type("a tab 'mira' shift-tab enter")

    let draft = AccountDraft(login: SampleSite.name("mira"))
    #expect(console.performed == [.addAccount(draft)])
    #expect(console.cursorRow.contains("> mira"))
    #expect(console.footer == " mira is added.")
  }

  @Test("keep what was typed where adding is refused, and say why in whole")
  func refused() {
    var console = console()
    console.site.refusal = FailureText(AccountError.exists(SampleSite.name("bob")))

    console.type("a tab 'bob' shift-tab enter")

    #expect(console.text.contains("[bob___"))
    #expect(console.words.contains("There is already an account “bob”. Choose another login."))
  }

  @Test("are edited with kind and roles", arguments: [Size.usual, .small])
  func edit(size: Size) {
    var console = console(size: size)

    console.type("down e")
    Golden.expect(console, "account-edit", at: size)
  }

  @Test("save only what was changed, in one change")
  func save() {
    var console = console()

    // Name, then the roles: Site Administrator off, API Operator on.
    console.type("down e tab ctrl-u 'Bob T.' tab tab tab tab space tab space")
    console.type("tab tab tab tab enter")

    #expect(
      console.performed == [
        .editAccount(
          SampleSite.name("bob"), AccountEdits(name: "Bob T.", roles: ["API Operator"]))
      ])
    #expect(console.footer == " bob is changed.")
  }

  @Test("A03: keep the last administrator, and lose nothing of what was typed")
  func lastAdministrator() {
    var console = console()
    console.site.refusal = FailureText(
      AccountError.lastAdministrator(SampleSite.name("alice"), pendingRevision: nil))

    console.type("e tab ctrl-u 'Al' tab tab tab tab space tab tab tab tab tab enter")

    #expect(console.text.contains("Nobody active would be left who can manage settings"))
    #expect(console.text.contains("[Al____"))
    Golden.expect(console, "account-edit-refused")
  }

  @Test("T07: changed by somebody else meanwhile are shown anew before they are saved")
  func changedMeanwhile() {
    var console = console()
    console.type("down e tab ctrl-u 'Bob T.'")
    _ = console.site.perform(
      .editAccount(SampleSite.name("bob"), AccountEdits(mail: "bob@elsewhere.example")))

    console.type("shift-tab enter")

    #expect(console.performed == [])
    #expect(console.text.contains("Somebody else changed this account just now."))
    #expect(console.text.contains("bob@elsewhere.example"))
    #expect(console.text.contains("[Bob T.___"))
    console.type("tab enter")
    #expect(
      console.performed == [.editAccount(SampleSite.name("bob"), AccountEdits(name: "Bob T."))])
  }

  @Test("keep a role that the policy no longer has until it is taken away")
  func absentRole() {
    var site = SampleSite()
    var bob = site.account("bob")
    bob.roles = [Identifier("gone"), Role.member.id]
    site.answers[.account("bob")] = .success(
      .account(
        AccountDetails(
          account: bob, roleNames: ["Member"], permissions: [], integration: nil, liveTokens: 0,
          liveKeys: 0)))
    var console = console(site)

    console.type("down e")
    #expect(console.text.contains("[x] gone (absent)"))
    console.type("tab tab tab tab tab tab space shift-tab shift-tab shift-tab shift-tab")
    console.type("shift-tab shift-tab enter")

    #expect(
      console.performed == [
        .editAccount(
          SampleSite.name("bob"), AccountEdits(roles: ["API Operator", "Member", "gone"]))
      ])
  }

  // MARK: - Deactivating

  @Test("are deactivated after saying what stops", arguments: [Size.usual, .large, .small])
  func deactivate(size: Size) {
    var console = console(size: size)

    console.type("down down down d")
    Golden.expect(console, "account-deactivate", at: size)
    console.type("enter")
    #expect(console.performed == [], "the focus starts on Cancel")
    console.type("d tab enter")

    #expect(console.performed == [.deactivate([SampleSite.name("carol")])])
    #expect(console.footer == " 1 account deactivated, from the next request on.")
  }

  @Test("are deactivated together where they are marked, the count named")
  func marked() {
    var console = console()
    console.type("down down space space space d")
    Golden.expect(console, "account-deactivate-marked")

    console.type("tab enter")

    #expect(
      console.performed == [
        .deactivate(["build-bot", "carol", "crm"].map(SampleSite.name))
      ])
    #expect(!console.text.contains("marked"))
  }

  @Test("that are marked and were so already are left out, and counted")
  func skipped() {
    var console = console()
    console.type("end space up up space d")

    #expect(console.text.contains("1 other marked is deactivated already."))
  }

  @Test("come back with what was not revoked or expired")
  func reactivate() {
    var console = console()
    console.type("end")
    #expect(console.footer.contains("d reactivate"))

    console.type("d")
    Golden.expect(console, "account-reactivate")
    console.type("tab enter")

    #expect(console.performed == [.reactivate([SampleSite.name("erin")])])
  }

  @Test("T07: deactivated by somebody else meanwhile are not deactivated again unseen")
  func deactivatedMeanwhile() {
    var console = console()
    console.type("down down down d")
    _ = console.site.perform(.deactivate([SampleSite.name("carol")]))

    console.type("tab enter")

    #expect(console.performed == [])
    #expect(console.text.contains("Somebody else changed that row just now."))
  }

  @Test("A03: say in the dialog why the last administrator stays")
  func lastStays() {
    var console = console()
    console.site.refusal = FailureText(
      AccountError.lastAdministrator(SampleSite.name("alice"), pendingRevision: 42))

    console.type("d tab enter")

    #expect(console.text.contains("revision 42 takes itself back."))
    #expect(console.text.contains("It is your own account: this console ends"))
    Golden.expect(console, "account-deactivate-refused")
  }

  // MARK: - Passwords

  @Test("get a password, or lose theirs", arguments: [Size.usual, .small])
  func password(size: Size) {
    var console = console(size: size)
    console.type("down p")
    #expect(!console.text.contains("Remove the password"))
    console.type("esc down down p")
    Golden.expect(console, "account-password", at: size)

    console.type("tab enter")

    #expect(console.performed == [.setPassword(SampleSite.name("carol"), nil)])
    #expect(console.footer == " The password of carol is removed.")
  }

  @Test("get a password that is typed twice and never shown")
  func setPassword() {
    var console = console()

    console.type("down p tab 'longenough' tab 'longenough' tab tab enter")

    #expect(
      console.performed == [.setPassword(SampleSite.name("bob"), Secret("longenough".utf8))])
    #expect(!console.text.contains("longenough"))
  }
}
