package import Access

/// What a token says (RFC 9068 §2.2): names and times, no secret.
package struct TokenClaims: Hashable, Sendable {
  /// The `exp` of a token that never ends: the last second of the year 9999.
  package static let never: Int64 = 253_402_300_799

  package let issuer: String
  package let audience: String
  package let subject: String
  package let clientID: String
  package let jti: String
  package let issuedAt: Instant
  package let notBefore: Instant
  /// nil never ends.
  package let expiresAt: Instant?
  package let scope: TokenScope
  /// The names of the owner's roles, left out of a token that they would make too long.
  package let roles: [String]

  package init(
    issuer: String, audience: String, subject: String, clientID: String, jti: String,
    issuedAt: Instant, notBefore: Instant, expiresAt: Instant?, scope: TokenScope,
    roles: [String]
  ) {
    self.issuer = issuer
    self.audience = audience
    self.subject = subject
    self.clientID = clientID
    self.jti = jti
    self.issuedAt = issuedAt
    self.notBefore = notBefore
    self.expiresAt = expiresAt
    self.scope = scope
    self.roles = roles
  }

  /// The payload; times are whole seconds, rounded towards the past.
  func payload(withRoles: Bool) -> JSONValue {
    let members: [JSONValue.Member] = [
      .init("iss", .string(issuer)),
      .init("sub", .string(subject)),
      .init("aud", .string(audience)),
      .init("exp", .integer(min(expiresAt?.seconds ?? Self.never, Self.never))),
      .init("nbf", .integer(notBefore.seconds)),
      .init("iat", .integer(issuedAt.seconds)),
      .init("jti", .string(jti)),
      .init("client_id", .string(clientID)),
      .init("scope", .string(scope.rawValue)),
    ]
    return .object(members + (withRoles ? [.init("roles", JSONValue(roles))] : []))
  }
}
