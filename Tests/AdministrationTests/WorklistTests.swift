import Access
@testable import Administration
import Storage
import Testing

@Suite("The worklist")
struct WorklistTests {
  let site: TestSite

  /// One of everything there can be a warning about.
  init() throws {
    site = try TestSite()
    try site.revise(.enableBearer(.standard))
    for name in ["crm", "scanner", "gone", "poor"] {
      try site.perform(
        .addAccount(
          AccountDraft(
            login: login(name), kind: .service,
            contact: name == "crm" ? "" : "mira", roles: name == "poor" ? [] : ["API Operator"])))
    }
    for name in ["crm", "scanner", "poor"] {
      try site.perform(.setPassword(login(name), secret("right password")))
    }
    try site.perform(
      .addIntegration(
        IntegrationDraft(
          login: "scanner", purpose: "Scans", networks: [try Network(parsing: "10.0.0.0/24")],
          contact: "mira", reviewDate: try #require(CivilDate(parsing: "2026-12-01")))))
    let now = site.clock.now
    try site.perform(
      .importKeys(
        [
          draft("busy", owner: "crm", usedAt: now - .hours(1)),
          draft("quiet", owner: "gone", usedAt: nil),
        ], createOwners: false))
    try site.perform(.deactivate([login("gone")]))
    _ = try site.createToken("forever", lifetime: .unlimited)
    _ = try site.createToken("short", lifetime: .finite(.days(90)))
    // Everything grows old: the window is 30 days, a notice 14, an integration's time is over.
    site.clock.advance(.days(80))
    try site.administration.store.record([
      Usage(.legacyKey(Identifier(try id(of: "busy"))), at: site.clock.now, agent: "curl/8")
    ])
  }

  private func draft(_ label: String, owner: String, usedAt: Instant?) -> LegacyKeyDraft {
    LegacyKeyDraft(
      value: .plain(secret(label)), owner: login(owner), label: label, lastUsedAt: usedAt)
  }

  private func id(of key: String) throws -> String {
    let request = PageRequest(filter: LegacyKeyFilter(), sort: LegacyKeySort.label)
    guard case .keys(let page) = try site.administration.answer(.keys(request), for: site.mira)
    else { return "" }
    return page.rows.first { $0.label == key }?.id ?? ""
  }

  private func page(
    _ filter: WarningFilter = WarningFilter(), _ anchor: Anchor = .start, limit: Int? = nil,
    isDescending: Bool = false, skipping: Int = 0
  ) throws -> Page<WarningRow> {
    var request = PageRequest(
      filter: filter, sort: WarningSort.urgency, isDescending: isDescending, anchor: anchor,
      limit: limit)
    request.skipping = skipping
    guard
      case .warnings(let page) = try site.administration.answer(.warnings(request), for: site.mira)
    else { return Page(rows: []) }
    return page
  }

  private func names(_ filter: String) throws -> [String] {
    try page(WarningFilter(parsing: filter)).rows.map(\.what)
  }

  private func total(_ filter: String) throws -> Int {
    let question = Question.warningTotal(WarningFilter(parsing: filter))
    guard case .warningTotal(let total) = try site.administration.answer(question, for: site.mira)
    else { return -1 }
    return total
  }

  @Test("names every kind, the gravest first, with when it stops and what to do")
  func kinds() throws {
    let rows = try page().rows
    let lines = rows.map { "\($0.severity) \($0.what) \($0.breaks)" }
    #expect(
      lines == [
        "stop legacy key busy high", "stop past review: scanner high",
        "look legacy key quiet high", "look password of poor high", "look password of crm high",
        "look no API access: poor now", "look left: gone now", "look no contact: crm never",
        "look one administrator: mira never",
        "soon too long: token forever policy", "soon never used: token short never",
        "soon never used: token forever never", "soon ends soon: token short policy",
      ])
    #expect(rows.allSatisfy { !$0.nextStep.isEmpty && $0.state == .new })
    #expect(Set(rows.map(\.id)).count == rows.count)
    let busy = try #require(rows.first)
    #expect(busy.evidence(window: .days(30)) == "1 use in 30d, but only 0 days observed")
    #expect(busy.agent == "curl/8")
    #expect(!rows[2].isOwnerActive)
  }

  @Test("is one list, from either end and from every row of it")
  func pages() throws {
    for filter in ["", "state:new", "breaks:high", "token", "owner:mira"] {
      let parsed = WarningFilter(parsing: filter)
      let all = try page(parsed).rows
      #expect(try total(filter) == all.count)
      for descends in [false, true] {
        let rows = descends ? all.reversed() : all
        let ids = rows.map(\.id)
        func found(_ anchor: Anchor, _ limit: Int, skipping: Int = 0) throws -> [String] {
          try page(parsed, anchor, limit: limit, isDescending: descends, skipping: skipping)
            .rows.map(\.id)
        }
        #expect(try found(.start, 3) == Array(ids.prefix(3)))
        #expect(try found(.end, 3) == Array(ids.suffix(3)))
        for (index, row) in rows.enumerated() {
          let cursor = row.cursor
          #expect(try found(.after(cursor), 4) == Array(ids.dropFirst(index + 1).prefix(4)))
          #expect(
            try found(.after(cursor), 2, skipping: 3) == Array(ids.dropFirst(index + 4).prefix(2)))
          #expect(try found(.before(cursor), 4) == Array(ids.prefix(index).suffix(4)))
          #expect(try found(.from(cursor), 4) == Array(ids.dropFirst(index).prefix(4)))
          let page = try page(parsed, .from(cursor), limit: 2, isDescending: descends)
          #expect(page.hasBefore == (index > 0))
          #expect(page.hasAfter == (index + 2 < ids.count))
        }
      }
    }
  }

  @Test("is left through where a held key leads over many rows")
  func skipping() throws {
    try site.perform(
      .importKeys(
        (0..<40).map { draft("many-\($0)", owner: "crm", usedAt: nil) }, createOwners: false))
    let all = try page().rows
    let ids = all.map(\.id)
    for (index, row) in all.enumerated() {
      let found = try page(WarningFilter(), .after(row.cursor), limit: 5, skipping: 7)
      #expect(found.rows.map(\.id) == Array(ids.dropFirst(index + 8).prefix(5)))
      #expect(found.hasAfter == (index + 13 < ids.count))
    }
  }

  @Test("is filtered by state, owner, kind, level and words; what is no value matches nothing")
  func filters() throws {
    #expect(try names("owner:gone") == ["legacy key quiet", "left: gone"])
    #expect(try names("kind:password crm") == ["password of crm"])
    #expect(try names("breaks:now") == ["no API access: poor", "left: gone"])
    #expect(try names("contact") == ["no contact: crm"])
    #expect(try names("busy") == ["legacy key busy"])
    for nothing in ["state:perhaps", "breaks:low", "kind:cookie", "id:legacy_key:none"] {
      #expect(try names(nothing).isEmpty, "\(nothing)")
      #expect(try total(nothing) == 0)
    }
    let id = try #require(try page().rows.first).id
    #expect(try names("id:\(id)") == ["legacy key busy"])
  }

  @Test("keeps a review by the warning's id, and opens it again when its time is over")
  func review() throws {
    let bob = try site.add("bob", roles: ["API Operator"])
    let rows = try page().rows
    let (busy, administrator) = (try #require(rows.first), rows[8])
    let until = try #require(CivilDate(parsing: "2027-03-01"))
    let draft = ReviewDraft(state: .postponed, note: "after the fair", until: until)
    try site.perform(.review([busy.id, administrator.id], draft), by: bob)
    let events = try site.audit().suffix(2)
    #expect(events.map(\.action) == ["migration.review", "migration.review"])
    #expect(events.map(\.after) == ["postponed until 2027-03-01", "postponed until 2027-03-01"])
    #expect(events.allSatisfy { $0.actor == "bob" && $0.reason == "after the fair" })

    let review = try #require(try page().rows.first?.review)
    #expect(review.state == .postponed && review.reviewer == "bob" && review.until == until.end)
    #expect(try total("state:open") == rows.count - 2)
    site.clock.advance(.days(30))
    #expect(try names("state:open").contains(busy.what))

    try site.perform(.review([busy.id], ReviewDraft(state: .migrated)), by: bob)
    #expect(try names("state:done") == [busy.what])
    site.clock.advance(.minutes(1))
    let key = Identifier<LegacyKey>(busy.subject)
    try site.administration.store.record([Usage(.legacyKey(key), at: site.clock.now)])
    #expect(try page().rows.first?.isUsedSinceReview == true)
  }

  @Test("refuses a review of nothing, of no day, of a day that is past, or by nobody who may")
  func refusals() throws {
    let id = try #require(try page().rows.first).id
    let past = try #require(CivilDate(parsing: "2026-01-01"))
    let cases: [([String], ReviewDraft, ReviewError)] = [
      (["legacy_key:none"], ReviewDraft(state: .notified), .unknown("legacy_key:none")),
      ([id, "nonsense"], ReviewDraft(state: .notified), .unknown("nonsense")),
      ([id], ReviewDraft(state: .postponed), .untilMissing),
      ([id], ReviewDraft(state: .postponed, until: past), .untilPast(past)),
      ([id], ReviewDraft(state: .migrated, until: past), .untilUnneeded(.migrated)),
    ]
    for (ids, draft, error) in cases {
      #expect(throws: error) { try site.perform(.review(ids, draft)) }
    }
    #expect(try page().rows.first?.review == nil)
    let eve = try site.add("eve")
    #expect(throws: AccountError.self) {
      try site.perform(.review([id], ReviewDraft(state: .notified)), by: eve)
    }
    for question in [
      Question.readiness, .warningTotal(WarningFilter()),
      .warnings(PageRequest(filter: WarningFilter(), sort: .urgency)),
    ] {
      #expect(throws: AccountError.self) { try site.administration.answer(question, for: eve) }
    }
  }

  @Test("names the token that takes a key's place, and whether that is used")
  func link() throws {
    let key = Identifier<LegacyKey>(try id(of: "busy"))
    let token = try site.createToken("successor")
    let id = Identifier<Authorization>(token.row.id)
    try site.perform(.linkKey(key, to: id))
    #expect(throws: LegacyKeyError.self) { try site.perform(.linkKey(key, to: id)) }
    #expect(throws: TokenError.self) { try site.perform(.linkKey(key, to: Identifier("none"))) }
    #expect(try page().rows.first?.replacement?.name == "successor")
    #expect(try page().rows.first?.replacement?.lastUsedAt == nil)
    try site.administration.store.record([Usage(.token(id), at: site.clock.now)])
    #expect(
      try page().rows.first?.evidence(window: .days(30)).hasSuffix(
        "replaced by token successor, in use") == true)
    try site.perform(.linkKey(key, to: nil))
    #expect(try page().rows.first?.replacement == nil)
    #expect(try site.audit().last?.action == "key.link")
  }

  @Test("says how far a level is, and a raise names who was overridden")
  func readiness() throws {
    func levels() throws -> [String] {
      guard
        case .readiness(let readiness) = try site.administration.answer(
          .readiness, for: site.mira)
      else { return [] }
      return readiness.levels.map { "\($0.level) \($0.settled)/\($0.stops) \($0.percent)%" }
    }
    #expect(try levels() == ["high 0/2 0%", "maximum 0/3 0%"])
    let crm = try #require(try page(WarningFilter(parsing: "kind:password crm")).rows.first)
    try site.perform(.review([crm.id], ReviewDraft(state: .acceptedBreak)))
    #expect(try levels() == ["high 1/2 50%", "maximum 1/3 33%"])
    try site.revise(.level(.high), confirm: .high)
    let event = try #require(try site.audit().last)
    #expect(
      event.after?.contains("Overriding 1 in use without a review: legacy key busy of crm") == true)
    #expect(try levels() == ["maximum 0/0 100%"])
  }

  @Test("shows requests of each day by kind, and the share of Bearer tokens")
  func days() throws {
    let token = try site.createToken("new")
    let now = site.clock.now
    let key = Identifier<LegacyKey>(try id(of: "busy"))
    try site.administration.store.record([
      Usage(.token(Identifier(token.row.id)), at: now, count: 30),
      Usage(.legacyKey(key), at: now, count: 9),
      Usage(.legacyKey(key), at: now - .days(3), count: 5),
      Usage(.legacyKey(key), at: now - .days(20), count: 5),
    ])
    guard
      case .readiness(let readiness) = try site.administration.answer(
        .readiness, for: site.mira)
    else { return }
    #expect(readiness.requests[.legacyKey]?.suffix(4) == [5, 0, 0, 10])
    #expect(readiness.requests[.legacyKey]?.count == Readiness.days)
    #expect(readiness.requests[.bearer]?.last == 30)
    #expect(readiness.bearerShare.suffix(4) == [0, nil, nil, 75])
  }
}
