package import Access
import Credentials
import Storage

extension Administration {
  /// The public keys as a JWK Set (RFC 7517 §5), the current one first.
  package func publicKeys() throws -> JSONValue {
    try secrets().jwks()
  }

  func rotateSigningKey(by actor: Actor) throws -> Outcome {
    try changeKeys(by: actor) { office, secrets in
      let next = try secrets.rotated(at: try office.snapshot.now())
      return (
        next, next.currentKeyID,
        AuditEvent(
          "signing-key.rotate", target: "signing key \(next.currentKeyID)",
          before: secrets.currentKeyID, after: next.currentKeyID),
        nil
      )
    }
  }

  /// Retires a key at once; its tokens go on unless they are revoked with it.
  func retireSigningKey(_ kid: String, withTokens: Bool, by actor: Actor) throws -> Outcome {
    try changeKeys(by: actor) { office, secrets in
      let next = try secrets.retired(kid: kid, at: try office.snapshot.now())
      return (
        next, next.currentKeyID,
        AuditEvent(
          "signing-key.retire", target: "signing key \(kid)", before: "published",
          after: withTokens ? "retired with its tokens" : "retired"),
        withTokens ? kid : nil
      )
    }
  }

  /// Writes the secrets file inside the transaction: if that fails, the audit row is not kept, and
  /// if the audit row cannot be kept, the secrets come back.
  private func changeKeys(
    by actor: Actor,
    _ body: (Office, Secrets) throws -> (
      secrets: Secrets, kid: String, event: AuditEvent, revoking: String?
    )
  ) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageSettings)
      let before = try secrets()
      let change = try body(office, before)
      var revoked = 0
      if let kid = change.revoking {
        revoked = try transaction.revokeTokens(
          signedBy: kid, by: office.account.login, reason: "signing key \(kid) retired")
      }
      transaction.ifUndone { try? before.replace(at: files.secrets) }
      try change.secrets.replace(at: files.secrets)
      let more =
        revoked > 0
        ? [AuditEvent("token.revoke", target: "\(revoked) tokens of a retired signing key")] : []
      return Recorded(.signingKey(change.kid), change.event, more)
    }
  }
}
