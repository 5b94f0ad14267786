import Access
import Console
import TerminalKit
import Testing

@Suite("Observing, brownouts and the cut-over")
struct OperationScreensTests {
  private static let key = RefusedCaller.legacyKey(
    id: "key-1", owner: "build-bot", label: "ci-deploy")

  private static func refused(
    _ caller: RefusedCaller, _ kind: CredentialKind, _ requests: Int64, _ reason: Refusal
  ) -> CandidateRefusal {
    CandidateRefusal(
      caller: caller, kind: kind, source: "10.2.0.14", reason: reason, requests: requests,
      firstAt: SampleSite.start - .hours(3), lastAt: SampleSite.start - .minutes(4),
      agent: "curl/8.5")
  }

  /// High is observed, one window is over and one is to come, and a date is announced.
  static func site() -> SampleSite {
    var site = SampleSite.migrating()
    let now = site.now
    site.operations = Operations(
      observation: Observation(level: .high, since: now - .hours(30)),
      brownouts: [
        Brownout(
          id: Identifier("brownout-1"), kind: .legacyKey, from: now - .hours(2),
          until: now - .hours(1)),
        Brownout(
          id: Identifier("brownout-2"), kind: .password, from: now + .hours(2),
          until: now + .hours(3)),
      ],
      cutOver: CivilDate(parsing: "2027-01-31").map {
        CutOver(date: $0, announcedAt: now - .days(3))
      })
    site.observedRefusals = [
      refused(key, .legacyKey, 412, .methodRefused),
      refused(.account(login: "crm"), .password, 12, .methodRefused),
    ]
    site.brownoutFailures["brownout-1"] = [
      BrownoutFailure(refused: refused(key, .legacyKey, 36, .brownout), since: .back),
      BrownoutFailure(
        refused: refused(.unknown, .legacyKey, 3, .brownout), since: .missing),
    ]
    return site
  }

  private func console(_ keys: String, _ site: SampleSite = site()) -> ConsoleHarness {
    var console = ConsoleHarness(site, screen: .security)
    console.type(keys)
    return console
  }

  @Test("show what is observed, who would be refused, and end it")
  func observed() {
    var console = console("home down down down")
    Golden.expect(console, "security-observed")
    console.type("enter")
    Golden.expect(console, "observed")
    console.type("o")
    Golden.expect(console, "observe-stop")
    console.type("tab enter")
    #expect(console.performed == [.observe(nil)])
  }

  @Test("begin to observe the level under the cursor, after asking")
  func observe() {
    var site = Self.site()
    site.operations.observation = nil
    var console = console("down down o", site)
    Golden.expect(console, "observe")
    console.type("enter")
    #expect(console.performed.isEmpty)
    console.type("o tab enter")
    #expect(console.performed == [.observe(.maximum)])
    console.type("up up o")
    #expect(console.performed.count == 1)
  }

  @Test("offer in the warning to observe first, or to go on observing")
  func warning() {
    var site = Self.site()
    var console = console("down enter", site)
    Golden.expect(console, "warning-observed")
    #expect(console.text.contains("Keep observing"))
    console.type("tab enter")
    #expect(console.performed.isEmpty)
    #expect(console.footer.contains("High is observed as before."))

    site.operations.observation = nil
    console = self.console("down enter tab enter", site)
    #expect(console.performed == [.observe(.high)])
  }

  @Test("list the windows, plan one, and abort it after asking")
  func brownouts() {
    var console = console("b")
    Golden.expect(console, "brownouts")
    console.type("a")
    Golden.expect(console, "brownout-new")
    console.type("tab enter")
    guard case .addBrownout(let draft)? = console.performed.last else {
      Issue.record("nothing was planned")
      return
    }
    #expect(draft.kind == .legacyKey)
    #expect(draft.from == SampleSite.start + .minutes(10))
    #expect(draft.until == draft.from + .minutes(15))
    console.type("home d")
    Golden.expect(console, "brownout-abort")
    console.type("enter")
    #expect(console.performed.count == 1)
    console.type("d tab enter")
    #expect(console.performed.last == .abortBrownout(Identifier("brownout-2")))
  }

  @Test("say what is wrong with a window before it is planned")
  func wrongWindow() {
    var console = console("b a shift-tab ctrl-u '30d'")
    #expect(console.text.contains("A brownout lasts 7d at the most."))
    console.type("ctrl-u 'soon'")
    #expect(console.text.contains("Lasts: write how long, like 15m, or a time."))
    console.type("tab tab enter")
    #expect(console.performed.isEmpty)
  }

  @Test("report who failed in a window, and who came back")
  func report() {
    var console = console("b end enter")
    Golden.expect(console, "brownout")
    #expect(console.text.contains("did not come back"))
    console.type("d")
    #expect(console.footer.contains("there is nothing to abort"))
  }

  @Test("announce a day, and take it back")
  func cutOver() {
    var console = console("end up enter")
    Golden.expect(console, "cutover")
    console.type("shift-tab ctrl-u '2027-03-31' tab tab enter")
    #expect(
      console.performed == [.announceCutOver(CivilDate(parsing: "2027-03-31"))])
    console.type("enter tab tab enter")
    #expect(console.performed.last == .announceCutOver(nil))
  }

  @Test("are looked at by whoever reviews, and changed by nobody else")
  func permission() {
    var console = ConsoleHarness(Self.site().seen(by: "carol"), screen: .security)
    console.type("home down down down enter")
    #expect(console.text.contains("High observed for"))
    console.type("o")
    #expect(console.footer.contains("Manage settings"))
    console.type("esc b a")
    #expect(console.footer.contains("Manage settings"))
    #expect(console.performed.isEmpty)
  }

  @Test("are left for the tab's own screen by its key")
  func tabKey() {
    var console = console("b")
    console.type("3")
    #expect(console.text.contains("Security level"))
  }

  @Test("say what they will hold")
  func empty() {
    let console = console("b", SampleSite())
    #expect(console.words.contains("No brownout is planned or was held."))
    Golden.expect(console, "brownouts-empty", at: .usual)
  }
}
