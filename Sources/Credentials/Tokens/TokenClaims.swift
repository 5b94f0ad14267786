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

  /// What a token of ours says; nil where it is none.
  ///
  /// Checks no signature: only for a token whose digest is known.
  package init?(of token: Secret) {
    let parts = token.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3,
      let bytes = Base64.decode(String(decoding: parts[1], as: UTF8.self)),
      let json = try? JSONParser.parse(bytes).value,
      let issuer = json["iss"]?.text, let audience = json["aud"]?.text,
      let subject = json["sub"]?.text, let clientID = json["client_id"]?.text,
      let jti = json["jti"]?.text, let scope = json["scope"]?.text.flatMap(TokenScope.init),
      let issuedAt = json["iat"]?.number, let notBefore = json["nbf"]?.number,
      let end = json["exp"]?.number
    else { return nil }
    self.init(
      issuer: issuer, audience: audience, subject: subject, clientID: clientID, jti: jti,
      issuedAt: Instant(seconds: issuedAt), notBefore: Instant(seconds: notBefore),
      expiresAt: end == Self.never ? nil : Instant(seconds: end), scope: scope, roles: [])
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

extension JSONValue {
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }

  fileprivate var number: Int64? { if case .integer(let number) = self { number } else { nil } }
}
