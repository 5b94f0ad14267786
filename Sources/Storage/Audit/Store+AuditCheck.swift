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
        try queue.read { db in
          if check.total == 0 {
            check.total = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM audit") ?? 0
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

/// The lines of the checkpoints, one behind the other, as far as they reached when a check began.
private struct CheckpointReader {
  /// Behind the last line that was used.
  private(set) var place: AuditCheck.Place
  private let checkpoints: Checkpoints
  private let end: Int64
  /// Read, and not used yet.
  private var buffer: ArraySlice<UInt8> = []

  init(_ checkpoints: Checkpoints, from place: AuditCheck.Place, until end: Int64) {
    self.checkpoints = checkpoints
    self.place = place
    self.end = end
  }

  /// What the line of a row says, nil where it has none; rows are asked for in their order.
  mutating func hash(of seq: Int64) -> [UInt8]? {
    while let (row, length) = peek(), row.seq <= seq {
      use(row.seq, length)
      if row.seq == seq { return row.hash }
    }
    return nil
  }

  /// The row of the last line that can be read.
  mutating func last() -> Int64 {
    while let (row, length) = peek() { use(row.seq, length) }
    return place.seq
  }

  private mutating func use(_ seq: Int64, _ length: Int) {
    place.offset += Int64(length)
    place.lines += 1
    place.seq = seq
    buffer = buffer.dropFirst(length)
  }

  /// The next line and its length with its end.
  private mutating func peek() -> (row: (seq: Int64, hash: [UInt8]), length: Int)? {
    while !place.isBroken {
      if let index = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let length = index - buffer.startIndex + 1
        if let row = AuditHead.row(in: buffer[..<index]), row.seq > place.seq {
          return (row, length)
        }
        if EndedCredential.isTold(by: String(decoding: buffer[..<index], as: UTF8.self)) {
          use(place.seq, length)
          continue
        }
        place.isBroken = true
        break
      }
      let position = place.offset + Int64(buffer.count)
      let piece = checkpoints.piece(from: position, count: Int(min(end - position, 1 << 16)))
      if piece.isEmpty {
        // A line without its end was not written by us.
        place.isBroken = !buffer.isEmpty
        break
      }
      buffer = Array(buffer + piece)[...]
    }
    return nil
  }
}
