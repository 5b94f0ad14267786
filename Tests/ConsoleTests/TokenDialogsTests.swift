import Access
import Console
import TerminalKit
import Testing

@Suite("Making, ending and renewing tokens")
struct TokenDialogsTests {
  // MARK: - Making

  @Test("looks like this", arguments: [Size.usual, .large, .small])
  func newToken(size: Size) {
    var console = ConsoleHarness(size: size, screen: .tokens, remote: "gatehouse@ops-1")

    console.type("a tab 'ci deploy'")

    Golden.expect(console, "token-new", at: size)
  }

  @Test("at High shows the policy's lifetimes and why no token is for ever")
  func newTokenAtHigh() {
    var console = ConsoleHarness(Self.highSite(), screen: .tokens)

    console.type("a tab 'ci'")

    Golden.expect(console, "token-new-high")
    #expect(console.text.contains("switched off by your administrator"))
  }

  static func highSite() -> SampleSite {
    var policy = SampleSite.policy(level: .high)
    policy.expiration.idleLimit = .days(30)
    return SampleSite(policy)
  }

  @Test("makes what was typed, for oneself")
  func create() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("a tab 'ci' tab 'Deploys the shop' tab tab right space tab up space")
    console.type("tab tab enter")

    #expect(
      console.performed == [
        .createToken(
          TokenDraft(
            name: "ci", purpose: "Deploys the shop", scope: .read, lifetime: .days(30)))
      ])
  }

  @Test("makes one for a service account with Manage all tokens")
  func createForService() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("a tab 'ci' tab tab ctrl-u 'build-bot' tab tab tab tab enter")

    #expect(
      console.performed == [
        .createToken(TokenDraft(name: "ci", lifetime: .days(90), service: "build-bot"))
      ])
  }

  @Test("has no owner to choose without Manage all tokens")
  func noOwner() {
    var site = SampleSite().seen(by: "build-bot")
    site.contact = "alice"
    var console = ConsoleHarness(site, screen: .tokens)

    console.type("a")

    #expect(console.text.contains("New token"))
    #expect(!console.text.contains("Owner     ["))
  }

  @Test("wants an owner from whoever may only manage tokens")
  func onlyForServices() {
    var console = ConsoleHarness(TokensScreenTests.managerSite(), screen: .tokens)

    console.type("a tab 'ci'")
    #expect(console.words.contains("Owner: the login of a service account"))

    console.type("tab tab 'crm' tab tab tab tab enter")
    #expect(
      console.performed == [
        .createToken(TokenDraft(name: "ci", lifetime: .days(90), service: "crm"))
      ])
  }

  @Test("says why there is nothing to choose for an owner")
  func ownerRefused() {
    var console = ConsoleHarness(screen: .tokens)
    let error = TokenError.notAService(SampleSite.name("carol"))
    console.site.answers[.lifetimes(for: "carol")] = .failure(FailureText(error))

    console.type("a tab 'ci' tab tab ctrl-u 'carol'")

    #expect(console.words.contains("“carol” is a person."))
    #expect(console.performed.isEmpty)
  }

  @Test(
    "refuses a lifetime with its grammar, its maximum, or what is offered",
    arguments: [
      ("soon", "is not a lifetime. Write a number and a unit"),
      ("10y", "10y is longer than the 90d this account may have."),
      ("45d", "45d is not offered here. Choose one of 7d, 30d, 90d."),
      ("unlimited", "Unlimited tokens are switched off"),
    ])
  func lifetimes(typed: String, refusal: String) {
    var console = ConsoleHarness(Self.highSite(), screen: .tokens)

    console.type("a tab 'ci' tab tab tab tab tab '\(typed)'")

    if typed.count <= 8 { #expect(console.words.contains(refusal)) }
    console.type("tab enter")
    #expect(typed.count > 8 || console.performed.isEmpty)
  }

  @Test("takes a lifetime that is typed and offered")
  func typedLifetime() {
    var console = ConsoleHarness(Self.highSite(), screen: .tokens)

    console.type("a tab 'ci' tab tab tab tab tab '90d' tab enter")

    #expect(console.performed == [.createToken(TokenDraft(name: "ci", lifetime: .days(90)))])
  }

  @Test("refuses a name that cannot be seen, and keeps what was typed after a refusal")
  func names() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("a tab")
    console.paste("ci\u{202E}deploy")
    #expect(console.text.contains("U+202E"))

    console.type("ctrl-u 'ci-deploy' tab tab tab tab tab tab")
    let taken = TokenError.nameTaken("ci-deploy", owner: SampleSite.name("alice"))
    console.site.refusal = FailureText(taken)
    console.type("enter")

    #expect(console.words.contains("already has a token “ci-deploy”"))
    #expect(console.text.contains("Name      [ci-deploy__"))
  }

  // MARK: - Ending

  @Test("asks before a token is revoked, and takes a reason")
  func revoke() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("d")
    Golden.expect(console, "token-revoke")

    console.type("shift-tab 'leaked' tab tab enter")

    #expect(console.performed == [.revokeTokens([Identifier("token-ci-deploy")], reason: "leaked")])
    #expect(console.words.contains("1 token revoked"))
    #expect(console.cursorRow.contains("revoked"))
  }

  @Test(
    "wants the word for several, and names how many and which", arguments: [Size.usual, .small])
  func revokeMarked(size: Size) {
    var console = ConsoleHarness(size: size, screen: .tokens)
    console.type("m * d tab")
    Golden.expect(console, "token-revoke-marked", at: size)
    #expect(console.text.contains("Revoke 4 tokens"))

    console.type("tab 'revok' tab tab")
    #expect(console.performed.isEmpty, "the button waits for the word")

    console.type("tab 'e' tab tab enter")

    let names = ["ci-deploy", "nightly", "deploy-2", "grafana-pull"]
    #expect(
      console.performed == [.revokeTokens(names.map { Identifier("token-\($0)") }, reason: "")])
    #expect(!console.text.contains("marked"), "the marks are used up")
  }

  @Test("says how many had ended meanwhile")
  func revokeFewer() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("m * d tab tab 'revoke'")
    console.site.tokens[3] = console.site.tokens[3].with(state: .revoked)

    console.type("tab tab enter")

    #expect(console.words.contains("3 tokens revoked"))
    #expect(console.words.contains("1 had ended meanwhile"))
  }

  @Test("T07: does nothing to a row that was changed between opening and Enter")
  func changedMeanwhile() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("d")
    console.site.tokens[0] = console.site.tokens[0].with(state: .revoked)

    console.type("tab enter")

    #expect(console.performed.isEmpty)
    #expect(console.words.contains(Guidance.changedMeanwhile))
  }

  @Test("T07: does nothing to a row that is gone")
  func goneMeanwhile() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("r")
    console.site.tokens.removeFirst()

    console.type("tab enter")

    #expect(console.performed.isEmpty)
    #expect(console.words.contains("That row is gone"))
  }

  @Test("says that a token is ended already instead of asking")
  func endedAlready() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("end d")

    #expect(console.words.contains("“old-laptop” is revoked already"))
  }

  // MARK: - Renewing

  @Test("asks how long both work before a token is rotated, then shows its successor")
  func rotate() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("r")
    Golden.expect(console, "token-rotate")

    console.type("shift-tab ctrl-u '2h' tab tab enter")

    #expect(
      console.performed == [.rotateToken(Identifier("token-ci-deploy"), overlap: .hours(2))])
    #expect(console.text.contains("Shown this once"))
    #expect(console.words.contains("The old one works until this one is first used"))
  }

  @Test("refuses an overlap beyond its bounds", arguments: ["31d", "30s", "soon"])
  func overlaps(typed: String) {
    var console = ConsoleHarness(screen: .tokens)

    console.type("r shift-tab ctrl-u '\(typed)' tab tab enter")

    #expect(console.performed.isEmpty)
  }

  @Test("rotates one token at a time, and none that has ended")
  func rotateOne() {
    var console = ConsoleHarness(screen: .tokens)
    console.type("space space r")
    #expect(console.words.contains("one at a time"))

    console.type("U end r")
    #expect(console.words.contains("“old-laptop” is revoked"))
    #expect(console.performed.isEmpty)
  }

  @Test("wakes what sleeps, and the marked ones that do")
  func wake() {
    var site = SampleSite()
    site.tokens[0] = site.tokens[0].with(state: .suspended)
    var console = ConsoleHarness(site, screen: .tokens)

    console.type("* e")

    #expect(console.performed == [.wakeTokens([Identifier("token-ci-deploy")])])
    #expect(console.words.contains("1 token awake again"))

    console.type("home e")
    #expect(console.words.contains("not asleep"))
  }

  @Test("changes nothing in a console that only looks")
  func readOnly() {
    var console = ConsoleHarness(screen: .tokens, isReadOnly: true)

    console.type("d tab enter")

    #expect(console.performed.isEmpty)
    #expect(console.words.contains("only looks"))
  }
}
