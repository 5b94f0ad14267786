import Access
import GRDB
@testable import Storage
import Testing

@Suite("The counters of use")
struct UsageTests {
  let site: TestStore
  let token = Identifier<Authorization>("t")
  let key = Identifier<LegacyKey>("k")
  let now = TestStore.start

  init() throws {
    site = try TestStore()
    try site.change { transaction in
      let owner = Identifier<Account>("mira-id")
      try transaction.setPasswordHash("scrypt", of: owner)
      try transaction.insert(
        NewToken(
          authorization: Authorization(
            id: token, owner: owner, name: "t", createdAt: now, expiresAt: nil),
          digest: Array(repeating: 1, count: 32), kid: "k"))
      try transaction.insert([
        NewKey(
          key: LegacyKey(id: key, owner: owner, label: "l"), digest: Array(repeating: 2, count: 32))
      ])
    }
  }

  @Test("add up by credential and day, and keep the last use with its source and client")
  func addUp() throws {
    try site.store.record([
      Usage(.token(token), at: now, source: "10.0.0.1", agent: "curl", count: 3),
      Usage(.token(token), at: now + .minutes(1), source: "10.0.0.2", agent: "wget", count: 2),
      Usage(.token(token), at: now + .days(1), source: "10.0.0.3", agent: "ruby"),
    ])
    let row = try tokenRow()
    #expect(row.uses == 6)
    #expect(row.lastUsedAt == now + .days(1))
    #expect(row.lastSource == "10.0.0.3")
    #expect(row.lastAgent == "ruby")
    let days = try site.raw { db in
      try Row.fetchAll(db, sql: "SELECT day, count FROM usage ORDER BY day")
        .map { [$0["day"] as Int64, $0["count"]] }
    }
    let day = now.milliseconds / 86_400_000
    #expect(days == [[day, 5], [day + 1, 1]])
  }

  @Test("do not move the last use back, though a batch is told late")
  func late() throws {
    try site.store.record([Usage(.token(token), at: now, source: "new", agent: "new")])
    try site.store.record([Usage(.token(token), at: now - .days(1), source: "old", agent: "old")])
    let row = try tokenRow()
    #expect(row.lastUsedAt == now)
    #expect(row.lastSource == "new")
    #expect(row.uses == 2)
  }

  @Test("are kept for legacy keys and passwords, too")
  func otherKinds() throws {
    try site.store.record([
      Usage(.legacyKey(key), at: now - .days(2), source: "s", agent: "a", count: 7),
      Usage(.legacyKey(key), at: now - .days(31), count: 5),
      Usage(.password(Identifier("mira-id")), at: now - .days(1), source: "p"),
    ])
    let request = PageRequest(filter: LegacyKeyFilter(), sort: LegacyKeySort.label)
    let row = try #require(
      try site.store.read { try $0.keys(request, under: Policy()) }.rows.first)
    // The usage window of 30 days leaves the older ones out.
    #expect(row.uses == 7)
    #expect(row.lastUsedAt == now - .days(2))
    #expect(row.lastSource == "s")
    let used = try site.raw { db in
      try Row.fetchOne(db, sql: "SELECT passwordUsedAt, passwordSource FROM account")
    }
    #expect(used?["passwordUsedAt"] == (now - .days(1)).milliseconds)
    #expect(used?["passwordSource"] == "p")
  }

  @Test("tell neither the audit nor the epoch, and remember since when traffic was seen")
  func silent() throws {
    let (audit, epoch) = (try site.audit(), try site.epoch())
    try site.store.record([Usage(.token(token), at: now)])
    try site.store.record([Usage(.legacyKey(key), at: now - .days(3))])
    try site.store.record([Usage(.token(token), at: now + .days(1))])
    #expect(try site.audit() == audit)
    #expect(try site.epoch() == epoch)
    let since = try site.raw { try Int64.fetchOne($0, sql: "SELECT trafficSince FROM site") }
    #expect(since == (now - .days(3)).milliseconds)
    #expect(try site.store.read { try $0.checklistFacts().hasTokenUse })
  }

  @Test("are all of a batch or none")
  func batch() throws {
    #expect(throws: StoreError.self) {
      try site.store.record([
        Usage(.token(token), at: now), Usage(.token(token), at: now, count: -1),
      ])
    }
    #expect(try tokenRow().uses == 0)
    #expect(try tokenRow().lastUsedAt == nil)
  }

  private func tokenRow() throws -> TokenRow {
    let request = PageRequest(filter: TokenFilter(), sort: TokenSort.end)
    let page = try site.store.read { try $0.tokens(request, under: Policy()) }
    return try #require(page.rows.first)
  }
}
