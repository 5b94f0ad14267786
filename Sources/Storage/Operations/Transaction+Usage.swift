package import Access
import GRDB

/// Requests that one credential made on one day, as they are written together.
package struct Usage: Hashable, Sendable {
  package enum Credential: Hashable, Sendable {
    case token(Identifier<Authorization>)
    case password(Identifier<Account>)
    case legacyKey(Identifier<LegacyKey>)
  }

  package let credential: Credential
  /// When the last of them came.
  package let at: Instant
  package let source: String?
  package let agent: String?
  package let count: Int64

  package init(
    _ credential: Credential, at: Instant, source: String? = nil, agent: String? = nil,
    count: Int64 = 1
  ) {
    self.credential = credential
    self.at = at
    self.source = source
    self.agent = agent
    self.count = count
  }
}

extension Transaction {
  /// Adds to the counters of a credential, and moves its last use forward.
  package func record(_ usage: Usage) throws {
    let kind: CredentialKind
    let id: String
    switch usage.credential {
    case .token(let token):
      (kind, id) = (.bearer, token.text)
      try execute(
        """
        UPDATE token SET lastUsedAt = :at, lastSource = :source, lastAgent = :agent
        WHERE id = :id AND lastUsedAt <= :at
        """, lastUse(usage, id))
      try execute("UPDATE token SET uses = uses + ? WHERE id = ?", [usage.count, id])
    case .password(let account):
      (kind, id) = (.password, account.text)
      try execute(
        """
        UPDATE account
        SET passwordUsedAt = :at, passwordSource = :source, passwordAgent = :agent
        WHERE id = :id AND passwordUsedAt <= :at
        """, lastUse(usage, id))
    case .legacyKey(let key):
      (kind, id) = (.legacyKey, key.text)
      try execute(
        """
        UPDATE legacyKey SET lastUsedAt = :at, lastSource = :source, lastAgent = :agent
        WHERE id = :id AND lastUsedAt <= :at
        """, lastUse(usage, id))
    }
    try execute(
      """
      INSERT INTO usage (kind, credential, day, count) VALUES (?, ?, ?, ?)
      ON CONFLICT (kind, credential, day) DO UPDATE SET count = count + excluded.count
      """, [kind.rawValue, id, usage.at.milliseconds / 86_400_000, usage.count])
    try execute(
      "UPDATE site SET trafficSince = ?1 WHERE trafficSince IS NULL OR trafficSince > ?1",
      [usage.at.milliseconds])
  }

  private func lastUse(_ usage: Usage, _ id: String) -> StatementArguments {
    ["at": usage.at.milliseconds, "source": usage.source, "agent": usage.agent, "id": id]
  }
}
