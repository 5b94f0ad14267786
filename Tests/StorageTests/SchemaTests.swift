import Access
import GRDB
@testable import Storage
import Testing

@Suite("The schema")
struct SchemaTests {
  let queue: DatabaseQueue

  init() throws {
    queue = try DatabaseQueue()
    try queue.writeWithoutTransaction { db in
      try Schema.create(in: db)
      try db.execute(sql: SchemaSample.sql)
    }
  }

  @Test("says its version, and has a migration to each")
  func version() throws {
    #expect(Schema.migrations.count == Schema.version)
    #expect(try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == Schema.version)
  }

  @Test("keeps its rules over the rows of an older one, with fewer triggers")
  func olderWithRows() throws {
    let older = try DatabaseQueue()
    try older.writeWithoutTransaction { db in
      for migration in Schema.migrations.prefix(5) { try db.execute(sql: migration) }
      try db.execute(sql: "PRAGMA user_version = 5")
      try db.execute(sql: SchemaSample.sql)
      let triggers = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"
      let before = try Int.fetchOne(db, sql: triggers) ?? 0
      try Schema.migrate(db)
      #expect(try Int.fetchOne(db, sql: triggers) ?? 0 < before)
      for refused in Refused.all {
        try db.inTransaction {
          #expect(throws: DatabaseError.self, "\(refused)") { try db.execute(sql: refused.sql) }
          return .rollback
        }
      }
      try db.execute(sql: SchemaSample.token("grafana", id: "t4", digest: "randomblob(32)"))
      let total = "SELECT value FROM total WHERE name = 'token'"
      #expect(try Int.fetchOne(db, sql: total) == 3)
      let found = "SELECT count(*) FROM tokenFind WHERE tokenFind MATCH '\"afa\"'"
      #expect(try Int.fetchOne(db, sql: found) == 1)
      try db.execute(sql: SchemaSample.audit())
      let head = "SELECT seq = (SELECT max(seq) FROM audit) FROM auditHead"
      #expect(try Bool.fetchOne(db, sql: head) == true)
    }
  }

  @Test("refuses", arguments: Refused.all)
  func refuses(_ refused: Refused) throws {
    try queue.writeWithoutTransaction { db in
      let error = #expect(throws: DatabaseError.self) { try db.execute(sql: refused.sql) }
      let message = try #require(error?.message)
      #expect(error?.resultCode == .SQLITE_CONSTRAINT)
      #expect(message.contains(refused.because), "\(message)")
    }
  }

  @Test("lets through what lies just within its rules", arguments: Admitted.all)
  func admits(_ admitted: Admitted) {
    queue.writeWithoutTransaction { db in
      #expect(throws: Never.self) { try db.execute(sql: admitted.sql) }
    }
  }

  @Test("has only strict tables, so that a column holds what its type says")
  func strict() throws {
    let loose = try queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT name FROM pragma_table_list
          WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
          """)
    }
    #expect(loose.isEmpty)
  }

  @Test("has an index for every reference to another table")
  func foreignKeys() throws {
    try queue.read { db in
      let references = try Row.fetchAll(
        db,
        sql: """
          SELECT list.name AS "table", key."from" AS "column"
          FROM pragma_table_list AS list, pragma_foreign_key_list(list.name) AS key
          WHERE list.schema = 'main'
          """)
      #expect(references.count >= 5)
      for reference in references {
        let (table, column): (String, String) = (reference["table"], reference["column"])
        let plan = try Row.fetchAll(
          db, sql: "EXPLAIN QUERY PLAN SELECT 1 FROM \(table) WHERE \(column) = 'x'"
        ).map { $0["detail"] as String }
        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(table).\(column): \(plan)")
      }
    }
  }

  @Test("counts the rows of its long tables, and finds them by any three characters")
  func totalsAndFind() throws {
    try queue.read { db in
      let totals = try Row.fetchAll(db, sql: "SELECT name, value FROM total ORDER BY name")
        .map { "\($0["name"] as String) \($0["value"] as Int)" }
      #expect(totals == ["account 2", "legacyKey 1", "token 2"])
      let found = try String.fetchAll(
        db,
        sql: """
          SELECT id FROM token
          WHERE number IN (SELECT rowid FROM tokenFind WHERE tokenFind MATCH '"eck"')
          """)
      #expect(found == ["t1"])
    }
  }

  @Test("follows a renamed row in what finds it")
  func findFollows() throws {
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "UPDATE token SET name = 'grafana' WHERE id = 't1'")
      func matches(_ trigram: String) throws -> Int {
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM tokenFind WHERE tokenFind MATCH ?",
          arguments: ["\"\(trigram)\""]) ?? 0
      }
      #expect(try matches("eck") == 0)
      #expect(try matches("afa") == 1)
      try db.execute(sql: "INSERT INTO tokenFind (tokenFind) VALUES ('integrity-check')")
    }
  }
}
