package import Access
import Crypto
import FoundationEssentials
import GRDB

extension Store {
  /// Goes on with a check of the audit by at most so many rows, in one snapshot of the database.
  ///
  /// Each row's hash is made anew and held against its own, the row before it, its line of the
  /// checkpoints and the head that was kept elsewhere. Rows that are added meanwhile are checked, too.
  package func checking(_ check: AuditCheck, rows limit: Int = 20_000) throws -> AuditCheck {
    var check = check
    // Before the snapshot: a line is written after its row, so each of these has one in it.
    let checkpoints = Checkpoints(path: files.checkpoints)
    let length = check.length ?? checkpoints.length
    check.length = length
    var lines = CheckpointReader(checkpoints, from: check.place, until: length)
    do {
      try withReader { queue in
        try queue.snapshot { db in
          if check.total == 0 {
            check.total = try AuditChain.last(in: db)
          }
          try walk(&check, &lines, limit, db)
        }
      }
    } catch let error as AuditBroken {
      check.fault = error.fault
    } catch {
      throw StoreError.translated(error, path: files.database)
    }
    check.place = lines.place
    return check
  }

  private func walk(
    _ check: inout AuditCheck, _ lines: inout CheckpointReader, _ limit: Int, _ db: Database
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT seq, at, hash, actor, through, source, action, target, before, after, reason
        FROM audit WHERE seq > ? ORDER BY seq LIMIT ?
        """, arguments: [check.seq, limit])
    var count = 0
    while let row = try rows.next() {
      count += 1
      let seq: Int64 = try row.decode(atIndex: 0)
      guard seq == check.seq + 1 else { throw AuditBroken(fault: .missing(check.seq + 1)) }
      let hash = try Array(row.decode(Data.self, atIndex: 2))
      let texts = try (3...10).map { try row.decode(String?.self, atIndex: $0) }
      let expected = AuditChain.hash(
        previous: check.hash, seq: seq, at: try row.decode(atIndex: 1), texts: texts)
      guard hash == expected else { throw AuditBroken(fault: .altered(seq)) }
      if let seen = lines.hash(of: seq) {
        guard seen == hash else { throw AuditBroken(fault: .replaced(seq)) }
        check.compared += 1
      }
      if let kept = check.kept, kept.seq == seq, kept.hash != hash {
        throw AuditBroken(fault: .replaced(seq))
      }
      check.seq = seq
      check.hash = hash
    }
    guard count < limit else { return }
    try finish(&check, &lines, db)
  }

  /// Holds the end against what is known of it.
  private func finish(
    _ check: inout AuditCheck, _ lines: inout CheckpointReader, _ db: Database
  ) throws {
    let counted = try Int64.fetchOne(db, sql: "SELECT seq FROM auditHead") ?? 0
    if counted > check.seq { throw AuditBroken(fault: .cut(last: check.seq, seen: counted)) }
    if counted < check.seq { throw AuditBroken(fault: .altered(counted + 1)) }
    let seen = max(lines.last(), check.kept?.seq ?? 0)
    if seen > check.seq { throw AuditBroken(fault: .older(last: check.seq, seen: seen)) }
    if lines.place.isBroken { throw AuditBroken(fault: .checkpoint(line: lines.place.lines + 1)) }
    check.isFinished = true
  }
}

/// What the checkpoints say of row after row, as far as they reached when a check began.
private struct CheckpointReader {
  /// Behind the last line that was used.
  private(set) var place: AuditCheck.Place
  private var lines: Checkpoints.Lines

  init(_ checkpoints: Checkpoints, from place: AuditCheck.Place, until end: Int64) {
    self.place = place
    lines = checkpoints.lines(from: place.offset, until: end)
  }

  /// What the line of a row says, nil where it has none; rows are asked for in their order.
  mutating func hash(of seq: Int64) -> [UInt8]? {
    while let row = peek(), row.seq <= seq {
      use(row.seq)
      if row.seq == seq { return row.hash }
    }
    return nil
  }

  /// The row of the last line that can be read.
  mutating func last() -> Int64 {
    while let row = peek() { use(row.seq) }
    return place.seq
  }

  private mutating func use(_ seq: Int64) {
    lines.skip()
    place.offset = lines.position
    place.lines += 1
    place.seq = seq
  }

  private mutating func peek() -> (seq: Int64, hash: [UInt8])? {
    while !place.isBroken {
      guard let line = lines.next() else {
        // A line without its end was not written by us.
        place.isBroken = lines.hasRest
        break
      }
      if let row = AuditHead.row(in: line), row.seq > place.seq { return row }
      place.isBroken = !EndedCredential.isTold(by: String(decoding: line, as: UTF8.self))
      if !place.isBroken { use(place.seq) }
    }
    return nil
  }
}
