import Access
import Console
import TerminalKit
import Testing

@Suite("The Authorizations screen")
struct TokensScreenTests {
  @Test("looks like this at every size", arguments: [Size.usual, .large, .small])
  func sizes(size: Size) {
    let console = ConsoleHarness(size: size, screen: .tokens)

    Golden.expect(console, "tokens", at: size)
  }

  @Test(
    "looks like this with everyone's tokens, a filter and marks", arguments: [Size.usual, .small])
  func busy(size: Size) {
    var console = ConsoleHarness(size: size, screen: .tokens)

    console.type("m f 'alice' enter space")

    Golden.expect(console, "tokens-marked", at: size)
  }

  // MARK: - Whose

  @Test("shows one's own tokens first, and everyone's on m")
  func everyones() {
    var console = ConsoleHarness(screen: .tokens)
    #expect(console.text.contains("mine 3 of 3"))
    #expect(!console.text.contains("build-bot"))

    console.type("m")
    #expect(console.text.contains("everyone's 5 of 5"))
    #expect(console.text.contains("build-bot"))

    console.type("m")
    #expect(console.text.contains("mine 3 of 3"))
  }

  @Test("shows nothing but one's own without Manage all tokens")
  func onlyMine() {
    var console = ConsoleHarness(SampleSite().seen(by: "carol"), screen: .tokens)

    console.type("m")

    #expect(console.text.contains("mine 1 of 1"))
    #expect(console.words.contains("do not include Manage all tokens"))
  }

  @Test("shows everyone's at once to whoever may only manage them")
  func onlyEveryones() {
    let console = ConsoleHarness(Self.managerSite(), screen: .tokens)

    #expect(console.text.contains("everyone's 5 of 5"))
    #expect(!console.footer.contains(" mine"))
  }

  @Test("is not there without Use REST API")
  func noTab() {
    let console = ConsoleHarness(SampleSite().seen(by: "dave"), screen: .tokens)

    #expect(!console.rows[1].contains("Tokens"))
  }

  /// A site where dave may manage all tokens, and nothing else.
  static func managerSite() -> SampleSite {
    var policy = SampleSite.policy()
    policy.roles.append(
      Role(id: Identifier("managers"), name: "Token managers", permissions: [.manageTokens]))
    var site = SampleSite(policy).seen(by: "dave")
    site.accounts = site.accounts.map { row in
      row.login == "dave" ? row.with(roles: ["Token managers"]) : row
    }
    return site
  }

  // MARK: - Nothing there

  @Test("says what it will hold and the key that fills it")
  func empty() {
    var site = SampleSite()
    site.tokens = []
    let console = ConsoleHarness(site, screen: .tokens)

    #expect(console.words.contains("Your tokens will be here. a makes one."))
  }

  @Test("names the permission where one may not make any")
  func emptyWithoutPermission() {
    var site = SampleSite().seen(by: "carol")
    site.tokens = []
    let console = ConsoleHarness(site, screen: .tokens)

    #expect(console.words.contains("do not include Create tokens. alice can grant it."))
  }

  @Test("says the way out where the mode is not bearer")
  func legacyMode() {
    var site = SampleSite(SampleSite.policy(mode: .legacy))
    site.tokens = []
    var console = ConsoleHarness(site, screen: .tokens)
    #expect(console.words.contains("No token in mode legacy yet:"))

    console.type("a")

    #expect(console.words.contains("Enter on 2 Props enables Bearer support"))
  }

  // MARK: - Rows

  @Test("shows what is hidden in a name instead of obeying it")
  func hostileName() {
    var site = SampleSite()
    site.tokens.append(.sample("evil\u{1B}]52;c;x\u{7}\u{202E}", ends: .days(1)))
    var console = ConsoleHarness(site, size: .large, screen: .tokens)

    #expect(console.text.contains("evil\\x1b]52;c;x"))
    console.type("enter")
    #expect(console.text.contains("evil\\x1b]52;c;x\\x07<U+202E>"))
  }

  @Test("copies the id of the row")
  func copy() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("end y")

    #expect(console.copied == ["token-old-laptop"])
  }

  @Test("names the command that lists the same")
  func command() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("c")
    #expect(console.text.contains("gatehouse token list"))

    console.type("esc m f 'owner:alice state:expiring' enter c")
    #expect(console.text.contains("gatehouse token list --owner alice --state expiring"))
  }

  @Test("shows all that is known of a token on Enter", arguments: [Size.usual, .small])
  func details(size: Size) {
    var console = ConsoleHarness(size: size, screen: .tokens)

    console.type("end enter")

    Golden.expect(console, "token-details", at: size)
    console.type("y esc")
    #expect(console.copied == ["token-old-laptop"])
    #expect(console.cursorRow.contains("old-laptop"))
  }

  @Test("says so where a token was changed since it was listed")
  func changedSinceListed() {
    var console = ConsoleHarness(screen: .tokens)
    console.site.tokens[0] = console.site.tokens[0].with(state: .revoked)

    console.type("enter")

    #expect(console.words.contains("Changed by somebody else since it was listed"))
    #expect(console.text.contains("State        revoked"))
  }
}
