package import Access
import FoundationEssentials
import GRDB

/// A token as it comes into being: all that is kept of its value is a digest.
package struct NewToken: Hashable, Sendable {
  package let authorization: Authorization
  /// 32 bytes.
  package let digest: [UInt8]
  package let kid: String
  package let predecessor: Identifier<Authorization>?

  package init(
    authorization: Authorization, digest: [UInt8], kid: String,
    predecessor: Identifier<Authorization>? = nil
  ) {
    self.authorization = authorization
    self.digest = digest
    self.kid = kid
    self.predecessor = predecessor
  }
}

extension Transaction {
  /// Adds a token as it is; one that is revoked already does not hold its name.
  package func insert(_ token: NewToken) throws {
    let authorization = token.authorization
    let revocation = authorization.revocation
    try execute(
      """
      INSERT INTO token
        (id, owner, name, purpose, scope, digest, kid, predecessor, createdAt, expiresAt,
         suspendedAt, wokenAt, revokedAt, revokedBy, revokedReason, replacedAt, holdsName,
         lastUsedAt)
      VALUES
        (?, (SELECT login FROM account WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        authorization.id.text, authorization.owner.text, authorization.name,
        authorization.purpose, authorization.scope.rawValue, Data(token.digest), token.kid,
        token.predecessor?.text, authorization.createdAt.milliseconds,
        authorization.expiresAt?.milliseconds ?? Schema.never,
        authorization.suspendedAt?.milliseconds, authorization.wokenAt?.milliseconds,
        revocation?.at.milliseconds, revocation?.by.text, revocation?.reason,
        authorization.replacedAt?.milliseconds, revocation == nil,
        authorization.lastUsedAt?.milliseconds ?? 0,
      ])
  }

  package func revoke(
    _ ids: [Identifier<Authorization>], by login: Login, reason: String
  ) throws {
    for id in ids {
      try execute(
        """
        UPDATE token SET revokedAt = ?, revokedBy = ?, revokedReason = ?, holdsName = 0
        WHERE id = ? AND revokedAt IS NULL
        """, [now.milliseconds, login.text, reason, id.text])
      note(.token(id.text))
    }
  }

  /// Revokes every token that was signed with a key and is not yet.
  ///
  /// - Returns: how many.
  package func revokeTokens(signedBy kid: String, by login: Login, reason: String) throws -> Int {
    try execute(
      """
      UPDATE token SET revokedAt = ?, revokedBy = ?, revokedReason = ?, holdsName = 0
      WHERE kid = ? AND revokedAt IS NULL
      """, [now.milliseconds, login.text, reason, kid])
    let count = db.changesCount
    note(.signed(kid))
    return count
  }

  /// Gives a token a new name and an end to its time beside its successor.
  package func retire(
    _ id: Identifier<Authorization>, renamed name: String, at end: Instant
  ) throws {
    try execute(
      "UPDATE token SET name = ?, replacedAt = ? WHERE id = ?", [name, end.milliseconds, id.text])
  }

  /// Ends a token's time beside its successor now.
  ///
  /// - Returns: whether it was not over already.
  package func endOverlap(of id: Identifier<Authorization>) throws -> Bool {
    try execute(
      "UPDATE token SET replacedAt = :now WHERE id = :id AND replacedAt > :now",
      ["now": now.milliseconds, "id": id.text])
    return db.changesCount > 0
  }

  /// Lets another token of the same owner take its name; one that has expired is replaced by it.
  package func releaseName(of id: Identifier<Authorization>) throws {
    try execute(
      """
      UPDATE token SET holdsName = 0,
        replacedAt = iif(revokedAt IS NULL, coalesce(replacedAt, :now), replacedAt)
      WHERE id = :id
      """, ["now": now.milliseconds, "id": id.text])
  }

  package func wake(_ id: Identifier<Authorization>) throws {
    try execute(
      "UPDATE token SET suspendedAt = NULL, wokenAt = ? WHERE id = ?",
      [now.milliseconds, id.text])
  }

  package func setExpiry(
    _ ends: [(id: Identifier<Authorization>, end: Instant)]
  ) throws {
    for (id, end) in ends {
      try execute(
        "UPDATE token SET expiresAt = min(expiresAt, ?) WHERE id = ?", [end.milliseconds, id.text])
    }
  }
}
