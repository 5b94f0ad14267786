import Access
import Foundation
import GRDB
import Synchronization
import Testing

@testable import Storage

@Suite("D08: An audit of 200 rows")
struct AuditCheckTests {
  private static let rows: Int64 = 200
  private let site: TestStore
  /// A connection for which no trigger stands in the way.
  private let intruder: DatabaseQueue

  init() throws {
    site = try TestStore()
    for number in 2...Self.rows {
      try site.store.write(by: site.mira) { _ in
        Recorded(
          (),
          AuditEvent(
            "test.change", target: "row \(number)", before: number % 2 == 0 ? "before" : nil,
            after: number % 3 == 0 ? nil : "after", reason: number % 5 == 0 ? "because" : nil))
      }
      site.clock.advance(.minutes(1))
    }
    intruder = try DatabaseQueue(path: site.files.database)
    try intruder.write { db in
      for trigger in ["auditFollows", "auditStands", "auditStays"] {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
    }
  }

  private func fault(kept: AuditHead? = nil) throws -> AuditFault? {
    var check = AuditCheck(kept: kept)
    // In stretches that end in the middle, as a long one has them.
    while check.verdict == nil { check = try site.store.checking(check, rows: 64) }
    return check.fault
  }

  private func intrude(_ sql: String, _ arguments: StatementArguments = []) throws {
    try intruder.write { try $0.execute(sql: sql, arguments: arguments) }
  }

  /// Checks what a change is found as, and takes it back.
  private func expect(
    _ fault: AuditFault?, after body: (Database) throws -> Void,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    try intruder.write { db in
      try db.execute(
        sql: """
          CREATE TABLE kept AS SELECT * FROM audit;
          CREATE TABLE head AS SELECT * FROM auditHead;
          """)
      try body(db)
    }
    #expect(try self.fault() == fault, sourceLocation: location)
    try intrude(
      """
      DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DROP TABLE kept;
      UPDATE auditHead SET seq = (SELECT seq FROM head); DROP TABLE head;
      """)
  }

  @Test("is whole as it was written, row by row held against its checkpoint")
  func whole() throws {
    let check = try site.store.checking(AuditCheck())
    #expect(check.verdict == .success(Self.rows))
    #expect(check.compared == Int(Self.rows))
    try FileManager.default.removeItem(atPath: site.files.checkpoints)
    let alone = try site.store.checking(AuditCheck())
    #expect(alone.verdict == .success(Self.rows) && alone.compared == 0)
  }

  @Test(
    "tells every field that is altered, in every row",
    arguments: [
      "at = at + 1", "actor = actor || 'x'", "through = 'gate'", "source = ''",
      "action = 'test.other'", "target = target || 'x'",
      "before = iif(before IS NULL, '', NULL)", "after = coalesce(after, '') || ' '",
      "reason = iif(reason IS NULL, 'x', NULL)", "hash = zeroblob(32)",
      // What moves from one field into the next.
      "actor = '', source = actor || source", "target = action, action = target",
    ])
  func altered(field: String) throws {
    for seq in 1...Self.rows {
      let row = try intruder.read { db in
        try #require(
          try Row.fetchOne(db, sql: "SELECT * FROM audit WHERE seq = ?", arguments: [seq]))
      }
      try intrude("UPDATE audit SET \(field) WHERE seq = ?", [seq])
      #expect(try fault() == .altered(seq))
      try intrude("DELETE FROM audit WHERE seq = ?", [seq])
      let marks = Array(repeating: "?", count: row.count).joined(separator: ", ")
      try intrude("INSERT INTO audit VALUES (\(marks))", StatementArguments(row.databaseValues))
    }
    #expect(try fault() == nil)
  }

  @Test("tells every row that is missing, whether or not those behind it moved up")
  func missing() throws {
    for seq in 1..<Self.rows {
      try expect(.missing(seq)) { db in
        try db.execute(sql: "DELETE FROM audit WHERE seq = ?", arguments: [seq])
      }
      try expect(.altered(seq)) { db in
        try db.execute(
          sql: """
            DELETE FROM audit WHERE seq = \(seq);
            UPDATE audit SET seq = seq + 1000 WHERE seq > \(seq);
            UPDATE audit SET seq = seq - 1001 WHERE seq > 1000;
            """)
      }
    }
  }

  @Test("tells every two rows that changed places")
  func swapped() throws {
    for seq in 1..<Self.rows {
      try expect(.altered(seq)) { db in
        try db.execute(
          sql: """
            UPDATE audit SET seq = 1000 WHERE seq = \(seq);
            UPDATE audit SET seq = \(seq) WHERE seq = \(seq + 1);
            UPDATE audit SET seq = \(seq + 1) WHERE seq = 1000;
            """)
      }
    }
  }

  @Test("tells every row that was put in, also as a copy of the one before")
  func inserted() throws {
    for seq in 1...Self.rows {
      try expect(.altered(seq + 1)) { db in
        try db.execute(
          sql: """
            UPDATE audit SET seq = seq + 1000 WHERE seq > \(seq);
            UPDATE audit SET seq = seq - 999 WHERE seq > 1000;
            INSERT INTO audit SELECT \(seq + 1), at, actor, through, source, action, target, before,
              after, reason, hash FROM audit WHERE seq = \(seq);
            """)
      }
    }
  }

  @Test("tells a row put in with a hash that fits, for it was not counted")
  func forged() throws {
    try expect(.altered(Self.rows + 1)) { db in
      try insertFitting(Self.rows + 1, into: db)
    }
  }

  @Test("tells a tail that is cut, at every length")
  func cut() throws {
    for length in 0..<Self.rows {
      try expect(.cut(last: length, seen: Self.rows)) { db in
        try db.execute(sql: "DELETE FROM audit WHERE seq > ?", arguments: [length])
      }
      // Thoroughly: then the checkpoints know.
      try expect(.older(last: length, seen: Self.rows)) { db in
        try db.execute(sql: "DELETE FROM audit WHERE seq > ?", arguments: [length])
        try db.execute(sql: "UPDATE auditHead SET seq = ?", arguments: [length])
      }
    }
  }

  @Test("tells rows that were made anew with hashes that fit, by their checkpoints or a kept head")
  func replaced() throws {
    for seq in stride(from: 1, through: Self.rows, by: 13) {
      try expect(.replaced(seq)) { db in
        try db.execute(sql: "DELETE FROM audit WHERE seq >= ?", arguments: [seq])
        for number in seq...Self.rows { try insertFitting(number, into: db) }
      }
    }
    let kept = try #require(
      AuditHead(
        parsing: String(contentsOfFile: site.files.checkpoints, encoding: .utf8)
          .split(separator: "\n")[149]))
    #expect(kept.seq == 150)
    try FileManager.default.removeItem(atPath: site.files.checkpoints)
    #expect(try fault(kept: kept) == nil)
    try intruder.write { db in
      try db.execute(sql: "DELETE FROM audit WHERE seq >= 120")
      for number in 120...Self.rows { try insertFitting(number, into: db) }
    }
    #expect(try fault() == nil, "without anything kept elsewhere nobody can tell")
    #expect(try fault(kept: kept) == .replaced(150))
    try intrude("DELETE FROM audit WHERE seq > 140; UPDATE auditHead SET seq = 140")
    #expect(try fault(kept: kept) == .older(last: 140, seen: 150))
  }

  @Test("hands each head on after its commit, to a log outside of the site's files")
  func kept() throws {
    let site = try TestStore()
    let heads = Mutex<[AuditHead]>([])
    let clock = site.clock
    let store = try Store.open(
      site.files, readOnly: false, patience: .seconds(5), clock: { clock.now },
      keep: { new, _ in heads.withLock { $0 += new } })
    for _ in 1...2 { try site.change(through: store) { _ in } }
    #expect(throws: CancellationError.self) {
      try site.change(through: store) { _ in throw CancellationError() }
    }
    let lines = try String(contentsOfFile: site.files.checkpoints, encoding: .utf8)
      .split(separator: "\n").suffix(2)
    #expect(heads.withLock { $0.map(\.text) } == lines.map(String.init))
  }

  @Test("tells an older copy of the whole database")
  func older() throws {
    let site = try TestStore()
    let database = site.files.database
    let copy = site.folder + "/older"
    for _ in 1...3 { try site.change { _ in } }
    try site.raw { try $0.execute(sql: "VACUUM INTO '\(copy)'") }
    for _ in 1...2 { try site.change { _ in } }
    let files = FileManager.default
    for suffix in ["", "-wal", "-shm"] { try? files.removeItem(atPath: database + suffix) }
    try files.moveItem(atPath: copy, toPath: database)
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: database)

    let opened = try site.opened(readOnly: true)
    #expect(try opened.checking(AuditCheck()).fault == .older(last: 4, seen: 6))
  }

  @Test("tells a line of the checkpoints that is not as it was written, where all else is")
  func checkpoint() throws {
    let path = site.files.checkpoints
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines = text.split(separator: "\n").map(String.init)
    lines[70] = "71 what?"
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: false, encoding: .utf8)
    #expect(try fault() == .checkpoint(line: 71))
    lines[70] = lines[69]
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: false, encoding: .utf8)
    #expect(try fault() == .checkpoint(line: 71))
    try String(text.dropLast(10)).write(toFile: path, atomically: false, encoding: .utf8)
    #expect(try fault() == .checkpoint(line: 200))
    // Lines that were never written are no fault: the file may lag.
    lines.removeSubrange(50..<100)
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: false, encoding: .utf8)
    #expect(try fault() == nil)
  }

  /// Puts in a row that says something else, and whose hash fits the row before.
  private func insertFitting(_ seq: Int64, into db: Database) throws {
    let previous =
      try Data.fetchOne(db, sql: "SELECT hash FROM audit WHERE seq = ?", arguments: [seq - 1])
      ?? Data(count: 32)
    let texts: [String?] = ["eve", "command", "os:eve", "test.change", "forged", nil, nil, nil]
    let hash = AuditChain.hash(previous: Array(previous), seq: seq, at: 1, texts: texts)
    try db.execute(
      sql: "INSERT INTO audit VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [seq] + StatementArguments(texts) + [Data(hash)])
  }
}
