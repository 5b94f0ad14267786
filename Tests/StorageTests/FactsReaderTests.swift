import Access
import Foundation
import GRDB
@testable import Storage
import Testing

@Suite("A reader of facts")
struct FactsReaderTests {
  let site: TestStore
  let reader: FactsReader

  init() throws {
    site = try TestStore()
    reader = try FactsReader(site.store)
  }

  @Test("stands on the same ground until somebody else changes what decides")
  func ground() throws {
    let first = try reader.ground()
    #expect(try reader.ground() == first)
    try site.store.record([Usage(.password(Identifier("mira-id")), at: TestStore.start)])
    #expect(try reader.ground().epoch == first.epoch)

    let other = try site.opened()
    try other.write(by: site.mira) { transaction in
      try transaction.setPasswordHash("scrypt", of: Identifier("mira-id"))
      return Recorded((), AuditEvent("account.password", target: "account mira"))
    }
    #expect(try reader.ground().epoch == first.epoch + 1)
  }

  @Test("sees each of many commits before whoever made it goes on")
  func eachCommit() throws {
    let other = try site.opened()
    let first = try reader.ground().epoch
    for count in 1...100 {
      try other.write(by: site.mira) { transaction in
        try transaction.setPasswordHash("scrypt \(count)", of: Identifier("mira-id"))
        return Recorded((), AuditEvent("account.password", target: "account mira"))
      }
      #expect(try reader.ground().epoch == first + Int64(count))
      #expect(try reader.ground(thoroughly: true).epoch == first + Int64(count))
    }
  }

  @Test("never lets the clock run behind what is stored")
  func clock() throws {
    site.clock.set(TestStore.start - .hours(1))
    _ = try reader.ground()
    #expect(reader.now() == TestStore.start)
    site.clock.set(TestStore.start + .hours(1))
    #expect(reader.now() == TestStore.start + .hours(1))
  }

  @Test("throws at once where the database is locked against readers")
  func busy() throws {
    // Only in a rollback journal can a writer keep readers out; a copy has one.
    let files = SiteFiles(database: site.folder + "/copy.db")
    try site.raw { try $0.execute(sql: "VACUUM INTO ?", arguments: [files.database]) }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: files.database)
    let reader = try FactsReader(try Store.open(files, readOnly: true, clock: { TestStore.start }))

    let start = ContinuousClock.now
    try DatabaseQueue(path: files.database).writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN EXCLUSIVE")
      #expect(throws: StoreError.busy(files.database)) { try reader.ground() }
      try db.execute(sql: "ROLLBACK")
    }
    #expect(ContinuousClock.now - start < WriteLock.patience)
    #expect(throws: Never.self) { try reader.ground() }
  }

  @Test("is not opened where there is no database, or a newer one")
  func unusable() throws {
    try site.raw { try $0.execute(sql: "PRAGMA user_version = 99") }
    #expect(
      throws: StoreError.newer(site.files.database, found: 99, known: Schema.version)
    ) { try FactsReader(site.store) }
  }

  @Test("D08 tells a database that is older than its checkpoints")
  func behind() throws {
    Checkpoints(path: site.files.checkpoints).append([
      AuditHead(seq: 77, hash: Array(repeating: 0, count: 32), at: TestStore.start)
    ])
    let last = try site.raw { try Int64.fetchOne($0, sql: "SELECT max(seq) FROM audit") } ?? 0
    let expected = StoreError.behind(site.files.database, last: last, seen: 77)
    #expect(throws: expected) { try FactsReader(site.store) }
    try site.raw { try $0.execute(sql: "UPDATE epoch SET value = value + 1") }
    #expect(throws: expected) { try reader.ground() }
    #expect(throws: expected) { try reader.ground() }
  }
}

@Suite("What is counted of refusals")
struct RefusalRecordingTests {
  let site: TestStore
  let group = RefusalGroup(
    caller: "token:t", kind: .bearer, source: "10.0.0.7", reason: .tokenRevoked)

  init() throws { site = try TestStore() }

  @Test("adds up in slots of ten minutes and in days, with the last request told")
  func slots() throws {
    let now = TestStore.start
    try site.store.record(
      Traffic(refusals: [
        RefusedRequests(group, at: now, count: 2, agent: "a", method: "GET", path: "/a"),
        RefusedRequests(group, at: now + .minutes(1), count: 3, agent: "b", method: "PUT"),
        RefusedRequests(group, at: now + .minutes(10), agent: "c", method: "GET", path: "/c"),
      ]))
    let rows = try site.raw { db in
      try Row.fetchAll(db, sql: "SELECT count, agent, path FROM refusal ORDER BY slot")
        .map { [$0["count"] as Int64? as Any?, $0["agent"] as String?, $0["path"] as String?] }
        .map { $0.map { $0.map { "\($0)" } ?? "" } }
    }
    #expect(rows == [["5", "b", ""], ["1", "c", "/c"]])
    let days = try site.raw { try Int64.fetchAll($0, sql: "SELECT count FROM refusalDay") }
    #expect(days == [6])
  }

  @Test("looks at no refusal but those of the group, whatever else was refused")
  func plans() throws {
    let plans = try site.plans { snapshot in _ = try snapshot.hasRefusals(group) }
    for plan in plans where plan.sql.contains("FROM slots") {
      #expect(
        plan.steps.contains {
          $0.hasPrefix("SEARCH refusal USING PRIMARY KEY (slot=? AND caller=?")
        }, "\(plan.steps)")
    }
    #expect(plans.contains { $0.sql.contains("FROM slots") })
  }

  @Test("keeps guesses until they matter no more")
  func guesses() throws {
    let guessed = GuessedLogin(login: "erp", source: IPAddress(parsing: "2001:db8::7"))
    #expect(guessed.network == "2001:db8::/64")
    var guesses = Guesses(since: TestStore.start)
    for _ in 1...10 { guesses.fail(at: TestStore.start) }
    try site.store.record(Traffic(guesses: [guessed: guesses]))
    #expect(try site.store.read { try $0.guesses() } == [guessed: guesses])
    site.clock.advance(.hours(1))
    try site.store.record(Traffic(refusals: [RefusedRequests(group, at: site.clock.now)]))
    #expect(try site.store.read { try $0.guesses() }.isEmpty)
  }
}
