package import Access
import GRDB

extension Transaction {
  /// Adds a revision behind the last; the schema refuses a wrong base and a second pending one.
  ///
  /// - Returns: its number.
  package func insertRevision(
    _ policy: Policy, base: Int, author: Login, reason: String, summary: String,
    deadline: Instant?
  ) throws -> Int {
    if base > 0 { try storeIdleSuspensions(under: snapshot.standing().policy, at: now) }
    let number = (try Int.fetchOne(db, sql: "SELECT max(number) FROM revision") ?? 0) + 1
    try execute(
      """
      INSERT INTO revision (number, base, author, at, reason, summary, deadline, document)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        number, base, author.text, now.milliseconds, reason, summary, deadline?.milliseconds,
        policy.documentText(base: base),
      ])
    return number
  }

  /// Keeps or cancels a pending revision.
  package func setVerdict(_ verdict: Revision.Verdict, on number: Int) throws {
    try storeIdleSuspensions(under: snapshot.standing().policy, at: now)
    let (word, at, by) =
      switch verdict {
      case .confirmed(let at, let by): ("confirmed", at, by)
      case .cancelled(let at, let by): ("cancelled", at, by)
      }
    try execute(
      "UPDATE revision SET verdict = ?, verdictAt = ?, verdictBy = ? WHERE number = ?",
      [word, at.milliseconds, by.text, number])
  }

  /// Records the end of every revision that has taken itself back since somebody last wrote.
  func settleLapses() throws {
    let lapsed = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          \(Snapshot.revisionSelect)
          WHERE verdict IS NULL AND deadline <= ?
            AND NOT EXISTS (
              SELECT 1 FROM audit
              WHERE action = 'revision.lapse' AND target = 'revision ' || revision.number)
          ORDER BY number
          """), arguments: [now.milliseconds])
    for row in lapsed {
      let ended = try snapshot.revisedPolicy(from: row)
      let deadline = ended.revision.deadline ?? now
      try storeIdleSuspensions(under: ended.policy, at: deadline)
      try append(
        AuditEvent(
          "revision.lapse", target: "revision \(ended.revision.number)",
          before: "pending until \(deadline.rfc3339)", after: "lapsed"),
        by: .system, at: now)
    }
  }

  /// Stores which tokens a policy's idle limit has put to sleep, before another takes its place.
  func storeIdleSuspensions(under policy: Policy, at instant: Instant) throws {
    guard let limit = policy.idleLimit else { return }
    try execute(
      """
      UPDATE token SET suspendedAt = \(Snapshot.lastActivity) + :limit
      WHERE suspendedAt IS NULL AND revokedAt IS NULL AND expiresAt > :now
        AND \(Snapshot.lastActivity) + :limit <= :now
      """,
      ["limit": limit.seconds * 1000, "now": instant.milliseconds])
  }
}
