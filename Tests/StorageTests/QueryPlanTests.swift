import Access
import GRDB
@testable import Storage
import Synchronization
import Testing

@Suite("The query plan")
struct QueryPlanTests {
  let generated: GeneratedSite
  let site: TestStore
  let policy = GeneratedSite.policy

  init() throws {
    generated = try GeneratedSite.shared.get()
    site = generated.site
  }

  @Test(
    "of a page of tokens walks the index of its order, whichever way and from wherever",
    arguments: [
      (TokenSort.end, "tokenByEnd"), (.name, "tokenByName"), (.lastUsed, "tokenByLastUse"),
    ])
  func tokens(sort: TokenSort, index: String) throws {
    try expectWalk(of: index, at: sort == .name ? .text("checkout") : .integer(5)) {
      anchor, isDescending in
      let request = PageRequest(
        filter: TokenFilter(), sort: sort, isDescending: isDescending, anchor: anchor, limit: 10)
      return { _ = try $0.tokens(request, under: policy) }
    }
  }

  @Test(
    "of one owner's tokens walks an index of that owner in each order",
    arguments: [
      (TokenSort.end, "tokenByOwnerAndEnd"), (.name, "tokenByOwnerAndName"),
      (.lastUsed, "tokenByOwnerAndLastUse"),
    ],
    [TokenFilter(owner: "ann-0"), TokenFilter(account: Identifier("ann-0-id"))])
  func ownTokens(order: (sort: TokenSort, index: String), filter: TokenFilter) throws {
    try expectWalk(of: order.index, at: order.sort == .name ? .text("checkout") : .integer(5)) {
      anchor, isDescending in
      let request = PageRequest(
        filter: filter, sort: order.sort, isDescending: isDescending, anchor: anchor, limit: 10)
      return { _ = try $0.tokens(request, under: policy) }
    }
  }

  @Test(
    "of tokens in a common state walks the index of its order rather than gathering and sorting",
    arguments: [
      (TokenSort.end, "tokenByEnd"), (.name, "tokenByName"), (.lastUsed, "tokenByLastUse"),
    ], [TokenState.active, .expired, .suspended, .revoked])
  func tokensByState(order: (sort: TokenSort, index: String), state: TokenState) throws {
    let request = PageRequest(
      filter: TokenFilter(states: [state]), sort: order.sort, limit: 10)
    let plan = try page { _ = try $0.tokens(request, under: policy) }
    #expect(plan.uses(order.index), "\(plan.steps)")
    #expect(plan.sorts.isEmpty, "\(plan.steps)")
  }

  @Test(
    "of accounts walks the index of its order",
    arguments: [(AccountSort.login, "sqlite_autoindex_account_2"), (.name, "accountByName")])
  func accounts(sort: AccountSort, index: String) throws {
    try expectWalk(of: index, at: .text("b")) { anchor, isDescending in
      let request = PageRequest(
        filter: AccountFilter(), sort: sort, isDescending: isDescending, anchor: anchor, limit: 10)
      return { _ = try $0.accounts(request, under: policy) }
    }
  }

  @Test("of a role's accounts looks the role up, and no account that does not have it")
  func accountsOfRole() throws {
    let filter = AccountFilter(role: Identifier("member"))
    let request = PageRequest(filter: filter, sort: AccountSort.login, limit: 10)
    let plan = try page { _ = try $0.accounts(request, under: policy) }
    #expect(plan.uses("accountRoleByRole"))
    #expect(plan.scans.isEmpty, "\(plan.steps)")
    #expect(plan.sorts.isEmpty, "\(plan.steps)")
  }

  @Test(
    "of legacy keys walks the index of its order",
    arguments: [(LegacyKeySort.lastUsed, "legacyKeyByLastUse"), (.label, "legacyKeyByLabel")])
  func keys(sort: LegacyKeySort, index: String) throws {
    try expectWalk(of: index, at: sort == .label ? .text("b") : .integer(5)) {
      anchor, isDescending in
      let request = PageRequest(
        filter: LegacyKeyFilter(), sort: sort, isDescending: isDescending, anchor: anchor,
        limit: 10)
      return { _ = try $0.keys(request, under: policy) }
    }
  }

  @Test("of one owner's keys walks the index of that owner")
  func ownKeys() throws {
    try expectWalk(of: "legacyKeyByOwner", at: .integer(5)) { anchor, isDescending in
      let request = PageRequest(
        filter: LegacyKeyFilter(owner: "ann-0"), sort: LegacyKeySort.lastUsed,
        isDescending: isDescending, anchor: anchor, limit: 10)
      return { _ = try $0.keys(request, under: policy) }
    }
  }

  @Test("of the audit and of revisions walks their numbers")
  func numbered() throws {
    try expectWalk(of: nil, at: .integer(5)) { anchor, isDescending in
      let request = PageRequest(
        filter: AuditFilter(), sort: AuditSort.seq, isDescending: isDescending, anchor: anchor,
        limit: 10)
      return { _ = try $0.audit(request) }
    }
    try expectWalk(of: nil, at: .integer(5)) { anchor, isDescending in
      let request = PageRequest(
        filter: NoFilter(), sort: RevisionSort.number, isDescending: isDescending, anchor: anchor,
        limit: 10)
      return { _ = try $0.revisions(request) }
    }
  }

  @Test("of one actor's audit walks the index of that actor, and of a time on starts there")
  func auditFilters() throws {
    func plan(_ filter: AuditFilter) throws -> Plan {
      let request = PageRequest(
        filter: filter, sort: AuditSort.seq, isDescending: true, limit: 10)
      return try page { _ = try $0.audit(request) }
    }
    let ofActor = try plan(AuditFilter(actor: "mira"))
    #expect(ofActor.uses("auditByActor"))
    #expect(ofActor.sorts.isEmpty)
    let since = try plan(AuditFilter(since: TestStore.start))
    #expect(since.steps.contains("SEARCH audit USING INTEGER PRIMARY KEY (rowid>?)"))
    #expect(since.uses("auditByTime"))
    #expect(since.sorts.isEmpty)
    let ofAction = try plan(AuditFilter(action: "site"))
    #expect(ofAction.uses("auditByAction"))
    #expect(ofAction.scans.isEmpty)
  }
}

// MARK: - Finding

extension QueryPlanTests {
  @Test(
    "of words of three characters and more asks the trigram index", arguments: ["che", "check"])
  func trigrams(word: String) throws {
    let plans = [
      try page { _ = try $0.tokens(tokenRequest(word), under: policy) },
      try page { _ = try $0.accounts(accountRequest(word), under: policy) },
      try page { _ = try $0.keys(keyRequest(word), under: policy) },
    ]
    for plan in plans {
      #expect(plan.scans.allSatisfy { $0.contains("Find VIRTUAL TABLE INDEX") }, "\(plan.steps)")
      #expect(plan.steps.contains { $0.contains("USING INTEGER PRIMARY KEY (rowid=?)") })
    }
  }

  @Test(
    "of words of one or two characters asks the indexes of both columns", arguments: ["c", "ch"])
  func prefixes(word: String) throws {
    let plans = [
      (
        try page { _ = try $0.tokens(tokenRequest(word), under: policy) },
        ["tokenByName", "tokenByOwner"]
      ),
      (
        try page { _ = try $0.accounts(accountRequest(word), under: policy) },
        ["sqlite_autoindex_account_2", "accountByName"]
      ),
      (
        try page { _ = try $0.keys(keyRequest(word), under: policy) },
        ["legacyKeyByLabel", "legacyKeyByOwner"]
      ),
    ]
    for (plan, indexes) in plans {
      #expect(plan.scans.isEmpty, "\(plan.steps)")
      for index in indexes {
        #expect(plan.steps.contains { $0.contains("INDEX \(index)") }, "\(plan.steps)")
      }
    }
  }

  @Test("of words that many rows match walks the list's order, for that fills a page at once")
  func commonWords() throws {
    for word in ["c", "checkout"] {
      let plan = try page { snapshot in
        let found = try commonFind(in: snapshot).conditions(for: [word])
        #expect(!found.isSelective)
        let list = Keyset(
          select: Clause(sql: Snapshot.tokenRowSelect), conditions: found.conditions, key: "endsAt",
          tie: "number", isDescending: false, sortsMatches: found.isSelective)
        let _: Page<AuditRow> = try list.page(snapshot.db, anchor: .start, limit: 0) { _ in
          throw CancellationError()
        }
      }
      #expect(plan.uses("tokenByEnd"), "\(plan.steps)")
      #expect(plan.sorts.isEmpty, "\(plan.steps)")
    }
  }

  @Test("of a word with rare trigrams walks the order where most rows that have them have it too")
  func wordsOfRareTrigrams() throws {
    try read { snapshot in
      var find = Find(in: snapshot, table: "token", columns: ["name", "owner"])
      find.fewEnough = 0
      find.page = 1
      let isSelective = try ["checkout", "checkin", "outcheck"].map {
        try find.conditions(for: [$0]).isSelective
      }
      #expect(isSelective == [false, true, true])
      for page in [1_000_000, nil] {
        find.page = page
        #expect(try find.conditions(for: ["checkout"]).isSelective)
      }
    }
  }

  @Test("of a longer word counts each common trigram once, and then the one a letter adds")
  func commonTrigrams() throws {
    try read { snapshot in
      let counts = Mutex(0)
      snapshot.db.trace { event in
        if case .statement(let statement) = event, statement.sql.contains("MATCH") {
          counts.withLock { $0 += 1 }
        }
      }
      defer { snapshot.db.trace(options: []) }
      func counted(for word: String) throws -> Int {
        counts.withLock { $0 = 0 }
        _ = try commonFind(in: snapshot).conditions(for: [word])
        return counts.withLock { $0 }
      }
      let words = ["check", "check", "checkout", "checkout"]
      let found = try words.map { try counted(for: $0) }
      // Of each trigram that is new, and of all of a word's together.
      #expect(found == [3 + 1, 1, 3 + 1, 1])
    }
  }

  /// A snapshot that knows of no common trigrams, and tells nobody else of those it finds.
  private func read(_ body: (Snapshot) throws -> Void) throws {
    try site.store.withReader { queue in
      try queue.read { try body(Snapshot($0, now: TestStore.start, policies: site.store.policies)) }
    }
  }

  /// Finds as if every trigram were common and every word matched many rows.
  private func commonFind(in snapshot: Snapshot) -> Find {
    var find = Find(in: snapshot, table: "token", columns: ["name", "owner"])
    find.fewEnough = 0
    find.rareEnough = 0
    return find
  }

  private func tokenRequest(_ word: String) -> PageRequest<TokenFilter, TokenSort> {
    PageRequest(filter: TokenFilter(words: [word]), sort: .end, limit: 10)
  }

  private func accountRequest(_ word: String) -> PageRequest<AccountFilter, AccountSort> {
    PageRequest(filter: AccountFilter(words: [word]), sort: .name, limit: 10)
  }

  private func keyRequest(_ word: String) -> PageRequest<LegacyKeyFilter, LegacyKeySort> {
    PageRequest(filter: LegacyKeyFilter(words: [word]), sort: .lastUsed, limit: 10)
  }
}

// MARK: - Everything else

extension QueryPlanTests {
  @Test("of one thing by its id, login, name or digest looks at nothing else")
  func single() throws {
    let login = try Login(parsing: "ann-0")
    let id = Identifier<Account>("ann-0-id")
    let plans = try site.plans { snapshot in
      _ = try snapshot.account(login: login)
      _ = try snapshot.account(id: id)
      _ = try snapshot.passwordHash(of: id)
      _ = try snapshot.integration(of: id)
      _ = try snapshot.liveCounts(of: id, under: policy)
      _ = try snapshot.token(id: Identifier("t1"))
      _ = try snapshot.token(digest: Array(repeating: 1, count: 32))
      _ = try snapshot.tokenNamed("checkout", owner: id)
      _ = try snapshot.key(id: Identifier("k1"))
      _ = try snapshot.key(digest: Array(repeating: 2, count: 32))
      _ = try snapshot.hasKey(digest: Array(repeating: 2, count: 32))
      _ = try snapshot.revision(1)
      _ = try snapshot.activePersons(withAnyOf: [Identifier("site-administrator")])
    }
    #expect(plans.count >= 12)
    for plan in plans { #expect(plan.scans.isEmpty, "\(plan.sql): \(plan.steps)") }
  }

  @Test("of what every console asks each second reads ends of indexes and a few slots")
  func eachSecond() throws {
    let plans = try site.plans { snapshot in
      _ = try snapshot.lastChange()
      _ = try snapshot.firstActivePerson(
        withAnyOf: [Identifier("site-administrator"), Identifier("member")])
      _ = try snapshot.refusedLastHour()
      _ = try snapshot.refusalsByReason()
      _ = try snapshot.lastTraffic()
    }
    #expect(plans.contains { $0.sql.contains("acceptance") })
    for plan in plans {
      let scans = plan.scans.filter { $0 != "SCAN CONSTANT ROW" }
      #expect(scans.isEmpty, "\(plan.sql): \(plan.steps)")
    }
  }

  @Test("of a client by its id, and of revoked tokens, looks at no others")
  func gateways() throws {
    let plans = try site.plans { snapshot in
      _ = try snapshot.client(Identifier("c1"))
      _ = try snapshot.revokedTokens()
    }
    #expect(plans.count >= 2)
    for plan in plans { #expect(plan.scans.isEmpty, "\(plan.sql): \(plan.steps)") }
  }

  @Test("of what ends next walks the live tokens by their end")
  func endingNext() throws {
    for account in [nil, Identifier<Account>("ann-0-id")] {
      let plan = try page { _ = try $0.endingNext(limit: 5, account: account, under: policy) }
      #expect(plan.scans.isEmpty, "\(plan.steps)")
      #expect(plan.sorts.isEmpty, "\(plan.steps)")
    }
  }

  @Test("of the overview's figures reads no token that is not counted")
  func overview() throws {
    let plans = try site.plans { snapshot in
      _ = try snapshot.overviewCounts(under: policy)
      _ = try snapshot.checklistFacts()
    }
    for plan in plans where plan.sql.contains("FROM token") {
      let steps = plan.steps.filter { $0.contains(" token ") }
      #expect(steps.allSatisfy { $0.hasPrefix("SEARCH token USING") }, "\(plan.steps)")
      #expect(!plan.uses("tokenByEnd"), "\(plan.steps)")
    }
  }

  @Test("of what stops walks each kind's index on the last use")
  func stopping() throws {
    let first = Access.RowCursor(key: .integer(TestStore.start.milliseconds), id: "legacy_key:k1")
    let shifts = [
      (
        PolicyShift(from: .bearer(.standard), to: .bearer(.maximum)),
        ["legacyKeyByLastUse", "accountWithPassword"]
      ),
      (PolicyShift(from: .bearer(.standard), to: Policy()), ["tokenByLastUse"]),
    ]
    for (shift, indexes) in shifts {
      for anchor in [Anchor.start, .end, .after(first), .before(first), .from(first)] {
        let plan = try page { _ = try $0.stopping(shift, anchor: anchor, limit: 10) }
        for index in indexes { #expect(plan.uses(index), "\(anchor): \(plan.steps)") }
        if anchor != .start, anchor != .end {
          let scans = plan.scans.filter { !$0.contains("subquery") }
          #expect(scans.isEmpty, "\(anchor): \(plan.steps)")
        }
      }
    }
  }

  @Test(
    "of a page of warnings walks the index of each section, and sorts nothing",
    arguments: [
      (WarningKind.legacyKey, "legacyKeyByLastUse"), (.password, "accountWithPassword"),
      (.tokenExpiring, "tokenLive"), (.tokenBeyondMaximum, "tokenLive"),
      (.tokenStale, "tokenLiveByUse"),
    ])
  func warnings(kind: WarningKind, index: String) throws {
    for isDescending in [false, true] {
      let request = PageRequest(
        filter: WarningFilter(kinds: [kind]), sort: WarningSort.urgency,
        isDescending: isDescending, limit: 10)
      let plans = try site.plans { _ = try $0.warnings(request, under: policy) }
        .filter { plan in plan.steps.contains { $0.contains("review") } }
      #expect(!plans.isEmpty)
      for plan in plans {
        #expect(plan.uses(index), "\(plan.steps)")
        #expect(plan.sorts.isEmpty, "\(plan.steps)")
      }
    }
  }

  private func page(_ body: (Snapshot) throws -> Void) throws -> Plan {
    try #require(try site.pagePlan(body))
  }

  /// Expects every page to be read in the order of an index; nil is the table's own number.
  ///
  /// Those that begin at a row with this key must be found there without walking to it.
  private func expectWalk(
    of index: String?, at key: Access.RowCursor.Key,
    _ read: (Anchor, _ isDescending: Bool) -> (Snapshot) throws -> Void
  ) throws {
    let cursor = Access.RowCursor(key: key, id: "3")
    for isDescending in [false, true] {
      for anchor in [Anchor.start, .end, .after(cursor), .before(cursor), .from(cursor)] {
        let plan = try page(read(anchor, isDescending))
        if let index { #expect(plan.uses(index), "\(anchor): \(plan.steps)") }
        #expect(plan.sorts.isEmpty, "\(anchor): \(plan.steps)")
        if anchor != .start, anchor != .end {
          #expect(plan.scans.isEmpty, "\(anchor): \(plan.steps)")
        }
      }
    }
  }
}
