import Access
@testable import Administration
import Storage
import Testing

@Suite("Beside the policy operators")
struct OperationTests {
  let site: TestSite
  let gate: TestGate
  let token: IssuedToken
  private let key = Presentation.legacyKey(secret("the old script's key"))
  private let unused = Presentation.legacyKey(secret("nobody's"))

  init() throws {
    site = try TestSite()
    try site.revise(.enableBearer(.standard))
    token = try site.createToken("ci")
    try site.perform(
      .importKeys(
        [
          LegacyKeyDraft(value: .plain(secret("the old script's key")), owner: login("mira"))
        ], createOwners: false))
    for name in ["crm", "scanner"] {
      try site.add(name, kind: .service, roles: ["Site Administrator"])
      try site.perform(.setPassword(login(name), secret("right password")))
    }
    try site.perform(
      .addIntegration(
        IntegrationDraft(
          login: "scanner", purpose: "Scans", networks: [try Network(parsing: "10.0.0.0/24")],
          contact: "mira", reviewDate: try #require(CivilDate(parsing: "2027-01-31")))))
    gate = try TestGate(site)
  }

  private var bearer: Presentation { .bearer(token.value) }
  private func password(of login: String) -> Presentation {
    .password(login: login, secret("right password"))
  }

  /// The same requests each time: allowed by hand and by candidate, some of one and not the other.
  @discardableResult
  private func drive() throws -> [String] {
    let reasons = [
      gate.reason(bearer), gate.reason(key), gate.reason(key, from: "10.0.0.8"),
      gate.reason(unused), gate.reason(password(of: "crm")), gate.reason(password(of: "scanner")),
      gate.reason(password(of: "scanner"), from: "192.0.2.1"),
    ]
    try gate.shared.flush()
    return reasons
  }

  private func observed() throws -> ObservationReport {
    guard case .observed(let report?) = try site.administration.answer(.observed, for: site.mira)
    else { throw OperationError.notObserving }
    return report
  }

  private func report(_ id: Identifier<Brownout>) throws -> BrownoutReport {
    guard case .brownout(let report) = try site.administration.answer(.brownout(id), for: site.mira)
    else { throw OperationError.brownoutUnknown(id.text) }
    return report
  }

  private func add(
    _ kind: CredentialKind, in delay: FiniteLifetime = .hours(1), for length: FiniteLifetime
  ) throws -> Brownout {
    let from = site.clock.now + delay
    let draft = BrownoutDraft(kind: kind, from: from, until: from + length)
    guard case .brownout(let brownout) = try site.perform(.addBrownout(draft)) else {
      throw OperationError.brownoutUnknown("")
    }
    return brownout
  }

  // MARK: - Observing

  @Test("observe a level: answers stay, and who would be refused is who then is")
  func observe() throws {
    let before = try drive()
    #expect(before.filter { $0 == "allowed" }.count == 6)
    try site.perform(.observe(.high))
    site.clock.advance(.minutes(5))
    #expect(try drive() == before)

    let found = try observed()
    #expect(found.observation.level == .high)
    #expect(found.seconds == 300)
    let wouldBe = Set(found.rows.map { "\($0.caller.text) \($0.source ?? "") \($0.reason)" })
    #expect(
      wouldBe == [
        "mira  10.0.0.7 methodRefused", "mira  10.0.0.8 methodRefused",
        "crm 10.0.0.7 methodRefused", "scanner 192.0.2.1 sourceRefused",
      ])
    #expect(found.credentials == 3)
    #expect(found.rows.allSatisfy { $0.requests == 1 && $0.agent == "curl/8" })

    try site.revise(.level(.high), confirm: .high)
    site.clock.advance(.hours(1))
    try drive()
    guard
      case .refusals(let refused) = try site.administration.answer(
        .refusals(RefusalFilter(since: site.clock.now)), for: site.mira)
    else { return }
    let are = Set(
      refused.rows.filter { $0.caller != .unknown }
        .map { "\($0.caller.text) \($0.source ?? "") \($0.reason)" })
    #expect(are == wouldBe)
    // What is in force is observed no more, and what was found stays to be compared.
    #expect(try observed().requests == 4)
  }

  @Test("begin anew with another level, and what was counted for the first is not its")
  func observeAnew() throws {
    try site.perform(.observe(.high))
    #expect(gate.reason(key) == "allowed")
    site.clock.advance(.minutes(1))
    try site.perform(.observe(.maximum))
    try gate.shared.flush()
    #expect(try observed().rows.isEmpty)
    try drive()
    #expect(try observed().credentials == 3)
    #expect(try observed().requests == 5)
    try site.perform(.observe(nil))
    #expect(try site.administration.answer(.observed, for: site.mira) == .observed(nil))
  }

  @Test("see what was observed in the plan of that level alone")
  func planned() throws {
    func plan(_ level: SecurityLevel) throws -> Impact.Observed? {
      try site.administration.plan(.level(level), for: site.mira).impact.observed
    }
    #expect(try plan(.high) == nil)
    try site.perform(.observe(.high))
    site.clock.advance(.hours(2))
    try drive()
    #expect(try plan(.high) == Impact.Observed(seconds: 7200, callers: 3, requests: 4))
    #expect(try plan(.maximum) == nil)
  }

  @Test("observe from mode legacy what enabling Bearer support at a level would do")
  func observeFromLegacy() throws {
    let site = try TestSite()
    try site.perform(
      .importKeys(
        [LegacyKeyDraft(value: .plain(secret("k")), owner: login("mira"))], createOwners: false))
    try site.perform(.observe(.high))
    let gate = try TestGate(site)
    #expect(gate.reason(.legacyKey(secret("k"))) == "allowed")
    try gate.shared.flush()
    guard case .observed(let report?) = try site.administration.answer(.observed, for: site.mira)
    else { return }
    #expect(report.requests == 1)
  }

  // MARK: - Brownouts

  @Test("refuse a method for a while, and learn who failed and who came back")
  func brownout() throws {
    let brownout = try add(.legacyKey, for: .minutes(10))
    #expect(gate.reason(key) == "allowed")
    site.clock.advance(.hours(1))
    let ruling = try #require(gate.ruling(key))
    #expect(ruling.decision.refusal == .brownout)
    #expect(ruling.retryAfter == 600)
    #expect(gate.reason(unused) == "brownout")
    #expect(gate.reason(password(of: "crm")) == "allowed")
    #expect(gate.reason(bearer) == "allowed")
    try gate.shared.flush()
    var found = try report(brownout.id)
    #expect(found.row.state == .running)
    #expect(found.failures.map(\.refused.caller.text).sorted() == ["mira ", "not known"])
    #expect(found.failures.allSatisfy { $0.since == .waiting && $0.refused.reason == .brownout })

    site.clock.advance(.minutes(10))
    found = try report(brownout.id)
    #expect(found.row.state == .over)
    // Its owner used a token meanwhile; of a stranger nothing can be known.
    #expect(
      found.failures.map(\.since).sorted { $0.rawValue < $1.rawValue } == [.bearer, .missing])
    #expect(gate.reason(key) == "allowed")
    try gate.shared.flush()
    #expect(try report(brownout.id).failures.contains { $0.since == .back })
  }

  @Test("abort a brownout, which holds from the next request on; no rollback brings it back")
  func abort() throws {
    let brownout = try add(.password, in: .minutes(1), for: .minutes(10))
    site.clock.advance(.minutes(1))
    #expect(gate.reason(password(of: "crm")) == "brownout")
    let before = try site.revise(.property(.staleAfter, "60d"))
    try site.perform(.abortBrownout(brownout.id))
    #expect(gate.reason(password(of: "crm")) == "allowed")
    #expect(throws: OperationError.brownoutEnded(brownout.id.text, .aborted)) {
      try site.perform(.abortBrownout(brownout.id))
    }
    try site.revise(.property(.staleAfter, "30d"))
    try site.revise(.rollback(to: before, policy: Policy(), levelOnly: false))
    #expect(gate.reason(password(of: "crm")) == "allowed")
  }

  @Test("plan no window that is over, backwards, too long, of tokens, or beside another")
  func windows() throws {
    let now = site.clock.now
    func error(_ kind: CredentialKind, _ from: Instant, _ until: Instant) -> OperationError? {
      do {
        try site.perform(.addBrownout(BrownoutDraft(kind: kind, from: from, until: until)))
        return nil
      } catch {
        return error as? OperationError
      }
    }
    #expect(error(.bearer, now, now + .hours(1)) == .brownoutKind(.bearer))
    #expect(error(.legacyKey, now - .hours(2), now) == .brownoutOver(until: now))
    #expect(error(.legacyKey, now + .hours(2), now + .hours(1)) == .brownoutBackwards)
    #expect(error(.legacyKey, now, now + .days(8)) == .brownoutTooLong)
    let first = try add(.legacyKey, for: .hours(2))
    #expect(
      error(.legacyKey, now + .hours(2), now + .hours(4))
        == .brownoutOverlaps(first.id, from: first.from, until: first.until))
    #expect(error(.legacyKey, now + .hours(3), now + .hours(4)) == nil)
    #expect(error(.password, now + .hours(2), now + .hours(4)) == nil)
  }

  // MARK: - The cut-over date

  @Test("announce a day to callers of legacy methods, refused ones too, and to no others")
  func cutOver() throws {
    let date = try #require(CivilDate(parsing: "2027-03-31"))
    #expect(gate.ruling(key)?.notice == nil)
    try site.perform(.announceCutOver(date))
    let notice = try #require(gate.ruling(key)?.notice)
    #expect(notice.cutOver == CutOver(date: date, announcedAt: site.clock.now))
    #expect(notice.help == "http://localhost:8484/help#cut-over")
    #expect(gate.ruling(unused)?.notice == notice)
    #expect(gate.ruling(password(of: "crm"))?.notice == notice)
    #expect(gate.ruling(bearer)?.notice == nil)
    // An integration has its review date.
    #expect(gate.ruling(password(of: "scanner"))?.notice == nil)
    #expect(throws: OperationError.cutOverUnchanged(date)) {
      try site.perform(.announceCutOver(date))
    }
    #expect(throws: OperationError.cutOverPast(CivilDate(of: site.clock.now))) {
      try site.perform(.announceCutOver(CivilDate(of: site.clock.now)))
    }
    try site.perform(.announceCutOver(nil))
    #expect(gate.ruling(key)?.notice == nil)
    #expect(throws: OperationError.noCutOver) { try site.perform(.announceCutOver(nil)) }
  }

  @Test("register several integrations at once, or none of them")
  func registerSeveral() throws {
    func draft(_ login: String) throws -> IntegrationDraft {
      IntegrationDraft(
        login: login, purpose: "Until it sends a token",
        networks: [try Network(parsing: "10.0.0.7")], contact: "mira",
        reviewDate: try #require(CivilDate(parsing: "2027-01-31")))
    }
    let rows = try site.audit().count
    #expect(throws: IntegrationError.exists(login("scanner"))) {
      try site.perform(.registerIntegrations([try draft("crm"), try draft("scanner")]))
    }
    #expect(throws: IntegrationError.nobody) { try site.perform(.registerIntegrations([])) }
    #expect(try site.audit().count == rows)
    try site.perform(.registerIntegrations([try draft("crm"), try draft("mira")]))
    #expect(try site.audit().count == rows + 2)
    try site.revise(.level(.high), confirm: .high)
    #expect(gate.reason(password(of: "crm")) == "allowed")
    #expect(gate.reason(password(of: "crm"), from: "10.0.0.8") == "source_refused")
  }

  // MARK: - Who may, and what is told

  @Test("need Manage settings to act, and leave one row each")
  func permissions() throws {
    let bob = try site.add("bob", roles: ["API Operator"])
    let date = try #require(CivilDate(parsing: "2027-03-31"))
    let brownout = try add(.legacyKey, for: .minutes(10))
    let changes: [(Change, String)] = [
      (.observe(.high), "level.observe"), (.announceCutOver(date), "cutover.set"),
      (.announceCutOver(nil), "cutover.off"), (.observe(nil), "level.observe"),
      (.abortBrownout(brownout.id), "brownout.abort"),
    ]
    for (change, action) in changes {
      #expect(throws: AccountError.self) { try site.perform(change, by: bob) }
      let rows = try site.audit().count
      try site.perform(change)
      let audit = try site.audit()
      #expect(audit.count == rows + 1)
      #expect(audit.last?.action == action)
    }
    #expect(try site.administration.answer(.observed, for: bob) == .observed(nil))
    let nobody = try site.add("eve")
    for question in [Question.observed, .operations, .brownouts, .brownout(brownout.id)] {
      #expect(throws: AccountError.self) {
        try site.administration.answer(question, for: nobody)
      }
    }
  }
}
