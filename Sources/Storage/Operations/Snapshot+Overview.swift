package import Access
import GRDB

/// What the set-up checklist is judged by.
package struct ChecklistFacts: Hashable, Sendable {
  package let hasToken: Bool
  /// Whether a token was ever used.
  package let hasTokenUse: Bool
  /// Legacy keys, not retired, that nobody has reviewed.
  package let unreviewedKeys: Int
  package let lastBackup: Instant?
}

extension Snapshot {
  package func checklistFacts() throws -> ChecklistFacts {
    let lastUse = try Int64.fetchOne(db, sql: "SELECT max(lastUsedAt) FROM token") ?? 0
    let unreviewed = try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM legacyKey
        WHERE retiredAt IS NULL AND NOT EXISTS (
          SELECT 1 FROM review
          WHERE review.id = 'legacy_key:' || legacyKey.id AND review.state <> 'new')
        """)
    let backup = try Int64.fetchOne(db, sql: "SELECT lastBackupAt FROM site")
    return ChecklistFacts(
      hasToken: try total("token") > 0, hasTokenUse: lastUse > 0, unreviewedKeys: unreviewed ?? 0,
      lastBackup: backup.map(Instant.init(milliseconds:)))
  }

  /// What exists of everything; counts a million tokens, so it is asked for apart.
  package func overviewCounts(under policy: Policy) throws -> Overview.Counts {
    func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
    return Overview.Counts(
      accounts: try total("account"), liveTokens: try liveTokens(until: nil),
      expiringTokens: try expiringTokens(under: policy),
      liveKeys: try count(
        "SELECT count(*) FROM legacyKey WHERE disabledAt IS NULL AND retiredAt IS NULL"),
      passwords: try count("SELECT count(*) FROM account WHERE passwordHash IS NOT NULL"),
      integrations: try count("SELECT count(*) FROM integration"))
  }

  /// Live tokens that end within *ExpiryNotice*.
  package func expiringTokens(under policy: Policy) throws -> Int {
    try liveTokens(until: try now() + policy.properties.expiryNotice)
  }

  private func liveTokens(until end: Instant?) throws -> Int {
    let limit = end.map { " AND expiresAt <= \($0.milliseconds)" } ?? ""
    let unindexed = end.map { " AND +expiresAt <= \($0.milliseconds)" } ?? ""
    return try Int.fetchOne(
      db,
      sql: """
        SELECT
          (SELECT count(*) FROM token
           WHERE revokedAt IS NULL AND replacedAt IS NULL AND expiresAt > :now\(limit))
          + (SELECT count(*) FROM token
             WHERE replacedAt > :now AND revokedAt IS NULL AND +expiresAt > :now\(unindexed))
        """, arguments: ["now": try now().milliseconds]) ?? 0
  }
}
