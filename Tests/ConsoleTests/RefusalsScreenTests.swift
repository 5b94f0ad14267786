import Access
import Console
import TerminalKit
import Testing

@Suite("The refusals")
struct RefusalsScreenTests {
  private static var site: SampleSite {
    var site = SampleSite(SampleSite.policy(level: .high))
    let now = SampleSite.start
    site.refused = [
      RefusalRow(
        caller: .legacyKey(id: "key-1", owner: "build-bot", label: "ci-deploy"), kind: .legacyKey,
        source: "10.2.0.14", reason: .methodRefused, times: 96, lastAt: now.advanced(bySeconds: -8),
        agent: "curl/8", method: "GET", path: "/api/orders"),
      RefusalRow(
        caller: .unknown, kind: .bearer, source: "10.2.0.77", reason: .credentialInvalid,
        times: 40, lastAt: now.advanced(bySeconds: -31), method: "GET", path: "/api/orders",
        lastAccepted: .init(
          caller: .token(id: "t", owner: "bob", name: "night"), at: now - .days(1))),
      RefusalRow(
        caller: .account(login: "carol"), kind: .password, source: "10.9.1.5",
        reason: .sourceRefused, times: 9, lastAt: now - .minutes(2), method: "GET"),
      RefusalRow(
        caller: .token(id: "token-2", owner: "dave", name: "laptop"), kind: .bearer,
        source: "10.4.4.2", reason: .tokenExpired, times: 3, lastAt: now - .minutes(14)),
    ]
    return site
  }

  private func console(_ site: SampleSite = site, _ size: Size = .usual) -> ConsoleHarness {
    var console = ConsoleHarness(site, size: size)
    console.type("'!'")
    return console
  }

  @Test("are counted above every screen after its first frame, which is not read again for it")
  func countedLater() {
    func pages(_ console: ConsoleHarness) -> Int {
      console.asked.count { if case .tokens = $0 { true } else { false } }
    }
    var console = ConsoleHarness(Self.site, screen: .tokens, knowsSurroundings: false)
    #expect(!console.rows[0].contains("refused"))
    console.release()
    #expect(console.rows[0].contains("! 148 refused/1h"))
    #expect(pages(console) == 1)
    console.pass(seconds: 2)
    console.type("1 5")
    #expect(pages(console) == 1)

    // New traffic is something else.
    console.site.refused.insert(
      RefusalRow(
        caller: .unknown, kind: .bearer, source: "10.2.0.77", reason: .credentialInvalid, times: 1,
        lastAt: console.site.now), at: 0)
    console.pass(seconds: 2)
    #expect(console.rows[0].contains("! 149 refused/1h"))
    #expect(pages(console) == 2)
  }

  @Test("look like this, from the same key everywhere", arguments: [Size.usual, .large, .small])
  func golden(size: Size) {
    var console = console(Self.site, size)
    Golden.expect(console, "refusals", at: size)
    console.type("enter")
    Golden.expect(console, "refusals-ways", at: size)
  }

  @Test("lead from a report by phone to its cause with !, f and a name, and Enter")
  func threeKeys() {
    var console = console()
    console.type("f 'ci-deploy' enter enter")

    #expect(console.text.contains("This site no longer accepts legacy keys"))
    #expect(console.text.contains("Level High is in force since"))
    #expect(console.text.contains("> Make a Bearer token for build-bot"))
    #expect(!console.text.contains("not recognised"))
  }

  @Test("lead on to a token for whoever was refused, and back")
  func makeToken() {
    var console = console()
    console.type("enter enter")

    #expect(console.text.contains("build-bot"))
    console.type("esc esc esc")
    #expect(!console.text.contains("Ways out"))
  }

  @Test("lead from a brownout to where it is aborted")
  func brownout() {
    var site = OperationScreensTests.site()
    site.refused = [
      RefusalRow(
        caller: .legacyKey(id: "key-1", owner: "build-bot", label: "ci-deploy"),
        kind: .legacyKey, source: "10.2.0.14", reason: .brownout, times: 4,
        lastAt: site.now.advanced(bySeconds: -3))
    ]
    var console = console(site)
    console.type("enter")
    #expect(console.text.contains("Abort the brownout"))
    console.type("enter")
    #expect(console.text.contains("Brownouts: a method is refused"))
  }

  @Test("say where an unknown credential came from, and show nothing of it")
  func unknown() {
    var console = console()
    console.type("down")

    #expect(console.text.contains("No credential here matches"))
    #expect(console.text.contains("bob night"))
  }

  @Test("say so where there are none, and look further back")
  func none() {
    var console = console(SampleSite())

    #expect(console.text.contains("Nothing was refused in the last hour."))
    console.type("d")
    #expect(console.text.contains("Nothing was refused in the last 24 hours."))
  }

  @Test("let one try a request, which looks like this", arguments: [Size.usual, .large, .small])
  func trial(size: Size) {
    var console = console(Self.site, size)
    console.type("t")
    Golden.expect(console, "refusals-trial", at: size)
    console.type("tab tab 'nightly-key' tab tab tab tab tab enter")
    Golden.expect(console, "refusals-trial-refused", at: size)
  }

  @Test("try a request as it is typed, show nothing of its secret, and say what is missing")
  func trialVerdicts() {
    var console = console()
    console.type("t")
    #expect(console.text.contains("Write or paste what is presented"))
    console.type("tab tab 'secret-value'")
    #expect(!console.text.contains("secret-value"))
    #expect(console.text.contains("Ready."))
    console.type("tab tab tab ' x'")
    #expect(console.text.contains("From: write an address"))
    console.type("backspace backspace tab tab enter")
    #expect(console.text.contains("401, credential_invalid"))
    console.type("esc")
    #expect(console.text.contains("Ways out"))
  }

  @Test("let nobody try who may not change settings")
  func trialNotPermitted() {
    var policy = SampleSite.policy(level: .high)
    for index in policy.roles.indices where !policy.roles[index].isFixed {
      policy.roles[index].permissions.insert(.reviewMigration)
    }
    var reviewer = console(SampleSite(policy).seen(by: "dave"))
    #expect(reviewer.text.contains("Nothing was refused"))
    reviewer.type("t")
    #expect(!reviewer.text.contains("Presented"))
    #expect(reviewer.footer.contains("Your roles do not include Manage settings."))
  }

  @Test("are not for those who may not review them")
  func notPermitted() {
    let console = console(Self.site.seen(by: "dave"))

    #expect(console.text.contains("Your roles do not include Review migration"))
  }

  @Test("keep the cursor on its row while more come")
  func live() {
    var console = console()
    console.type("down down")
    console.site.refused.insert(
      RefusalRow(
        caller: .account(login: "erin"), kind: .password, source: "10.1.1.1",
        reason: .methodRefused, times: 1, lastAt: SampleSite.start), at: 0)
    console.pass(seconds: 1)

    #expect(console.text.contains("erin"))
    #expect(console.text.contains("> 2 min ago"))
  }
}
