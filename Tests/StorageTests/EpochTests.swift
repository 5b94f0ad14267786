import GRDB
@testable import Storage
import Testing

@Suite("The epoch")
struct EpochTests {
  let queue: DatabaseQueue

  init() throws {
    queue = try DatabaseQueue()
    try queue.writeWithoutTransaction { db in
      try Schema.create(in: db)
      try db.execute(sql: SchemaSample.sql)
      try db.execute(
        sql: SchemaSample.revision(deadline: "9000") + SchemaSample.token() + SchemaSample.key())
      try db.execute(sql: "INSERT INTO brownout VALUES ('b', 'password', 1, 2, NULL)")
    }
  }

  @Test(
    "moves with every row that a decision could depend on",
    arguments: [
      "UPDATE revision SET verdict = 'confirmed', verdictAt = 3000, verdictBy = 'mira' WHERE number = 2",
      SchemaSample.account("bob"),
      "UPDATE account SET isActive = 0 WHERE login = 'ci'",
      "UPDATE account SET kind = 'person' WHERE login = 'ci'",
      "UPDATE account SET passwordHash = 'scrypt' WHERE login = 'ci'",
      "INSERT INTO accountRole VALUES ('ci', 'member')",
      "DELETE FROM accountRole WHERE account = 'mira'",
      SchemaSample.token("another", id: "t4", digest: "randomblob(32)"),
      "UPDATE token SET name = 'renamed' WHERE id = 't3'",
      "UPDATE token SET expiresAt = 8 WHERE id = 't3'",
      "UPDATE token SET suspendedAt = 8 WHERE id = 't3'",
      "UPDATE token SET wokenAt = 8 WHERE id = 't3'",
      "UPDATE token SET revokedAt = 8, revokedBy = 'mira', revokedReason = '' WHERE id = 't3'",
      "UPDATE token SET replacedAt = 8 WHERE id = 't3'",
      "UPDATE token SET holdsName = 0 WHERE id = 't3'",
      "INSERT INTO legacyKey (id, owner, label, digest) VALUES ('k3', 'ci', 'l', randomblob(32))",
      "UPDATE legacyKey SET disabledAt = 8 WHERE id = 'k2'",
      "UPDATE legacyKey SET retiredAt = 8 WHERE id = 'k2'",
      "INSERT INTO integration VALUES ('mira', '', '10.0.0.0/8', '', '2026-12-31')",
      "UPDATE integration SET networks = '::/0' WHERE account = 'ci'",
      "UPDATE integration SET reviewDate = '2027-01-01' WHERE account = 'ci'",
      "DELETE FROM integration WHERE account = 'ci'",
      "UPDATE operation SET observedLevel = 'high'",
      "UPDATE operation SET cutOver = '2027-01-01'",
      "INSERT INTO brownout VALUES ('b2', 'legacy_key', 1, 2, NULL)",
      "UPDATE brownout SET abortedAt = 1 WHERE id = 'b'",
    ])
  func moves(_ sql: String) throws {
    #expect(try epoch(after: sql) > epoch())
  }

  @Test("moves with a new revision")
  func revision() throws {
    let before = try epoch()
    #expect(try epoch(after: SchemaSample.revision(3, at: 9000)) > before)
  }

  @Test(
    "stands still while credentials are used, reviews are written and backups are made",
    arguments: [
      """
      UPDATE token SET lastUsedAt = 8, lastSource = '10.0.0.1', lastAgent = 'curl', uses = uses + 1
      WHERE id = 't3'
      """,
      "UPDATE legacyKey SET lastUsedAt = 8, lastSource = '10.0.0.1', lastAgent = 'curl'",
      "UPDATE account SET passwordUsedAt = 8, passwordSource = '10.0.0.1', passwordAgent = 'curl'",
      "INSERT INTO usage VALUES ('bearer', 't3', 1, 1)",
      "INSERT INTO review VALUES ('legacy_key:k2', 'notified', '', NULL, 'mira', 1)",
      "UPDATE site SET lastBackupAt = 8, trafficSince = 8",
      SchemaSample.audit(),
    ])
  func standsStill(_ sql: String) throws {
    #expect(try epoch(after: sql) == epoch())
  }

  /// The epoch as it is once `sql` has run; the database is left as it was.
  private func epoch(after sql: String) throws -> Int64 {
    try queue.writeWithoutTransaction { db in
      var value: Int64 = 0
      try db.inTransaction {
        try db.execute(sql: sql)
        value = try Int64.fetchOne(db, sql: "SELECT value FROM epoch") ?? 0
        return .rollback
      }
      return value
    }
  }

  private func epoch() throws -> Int64 {
    try queue.read { try Int64.fetchOne($0, sql: "SELECT value FROM epoch") ?? 0 }
  }
}
