import Access
import Crypto
import FoundationEssentials
import GRDB

/// The hash chain over the audit's rows.
///
/// A row's hash is SHA-256 over the tag `gatehouse audit 1`, the previous row's hash (32 zero bytes
/// before the first), then each field as a big-endian 64-bit length and its bytes: seq, at in
/// milliseconds, actor, through, source, action, target, before, after, reason. Numbers are written
/// in decimal; a missing text has the length 2^64 - 1 and no bytes.
enum AuditChain {
  static let tag = "gatehouse audit 1"

  static func hash(
    previous: [UInt8], seq: Int64, at: Int64, texts: [String?]
  ) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(data: Array(tag.utf8))
    hasher.update(data: previous)
    for var text in [String(seq), String(at)] + texts {
      let length = text.map { UInt64($0.utf8.count) } ?? .max
      withUnsafeBytes(of: length.bigEndian) { hasher.update(bufferPointer: $0) }
      text?.withUTF8 { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
    return Array(hasher.finalize())
  }

  /// The number of the last row; 0 before the first.
  static func last(in db: Database) throws -> Int64 {
    try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(seq) FROM audit")) ?? 0
  }

  /// Adds a row for an event behind the last one.
  static func append(
    _ event: AuditEvent, by actor: Actor, at instant: Instant, to db: Database
  ) throws -> AuditHead {
    let last = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"))
    let seq = try (last?[cell: "seq"] as Int64? ?? 0) + 1
    let previous: [UInt8] =
      try last.map { try Array($0[cell: "hash"] as Data) } ?? Array(repeating: 0, count: 32)
    let texts: [String?] = [
      actor.login, actor.through.rawValue, actor.source, event.action, event.target, event.before,
      event.after, event.reason,
    ]
    let hash = hash(previous: previous, seq: seq, at: instant.milliseconds, texts: texts)
    try db.cachedStatement(
      sql: """
        INSERT INTO audit
          (seq, at, actor, through, source, action, target, before, after, reason, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [seq, instant.milliseconds] + StatementArguments(texts) + [Data(hash)])
    return AuditHead(seq: seq, hash: hash, at: instant)
  }
}
