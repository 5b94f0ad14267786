import Access
import Administration

extension Answer {
  /// RFC 6749 section 5.2: the client is not known here.
  static let clientRefused = error(
    .unauthorized, "invalid_client",
    "The gateway's id or secret was not accepted. `gatehouse client list` shows who may ask.",
    lines: noStore + "WWW-Authenticate: Basic realm=\"gatehouse\"\r\n")
}

extension IntrospectedToken {
  /// The same bytes for every cause (RFC 7662 section 2.2).
  static let inactive = JSONValue.object([.init("active", .bool(false))])

  var json: JSONValue {
    .object([
      .init("active", .bool(true)), .init("sub", .string(subject)),
      .init("client_id", .string(clientID)), .init("scope", .string(scope)),
      .init("roles", .array(roles.map { .string($0) })), .init("iss", .string(issuer)),
      .init("aud", .string(audience)), .init("exp", .integer(expiresAt)),
      .init("iat", .integer(issuedAt)), .init("jti", .string(id)),
      .init("token_type", .string("Bearer")),
    ])
  }
}

extension Publication {
  /// For how long it may be kept: keys are published ten minutes before they sign.
  private static let maximumAge = "Cache-Control: max-age=60\r\n"

  var keys: Answer {
    Answer(
      .ok, lines: "Content-Type: application/jwk-set+json\r\n" + Self.maximumAge, body: keySet)
  }

  /// Authorization server metadata (RFC 8414 section 2): with the issuer's URLs, never the request's.
  var metadata: Answer {
    let methods = JSONValue.array([.string("client_secret_basic"), .string("client_secret_post")])
    return .json(
      .ok,
      .object([
        .init("issuer", .string(issuer)),
        .init("jwks_uri", .string(issuer + Route.Page.keys.rawValue)),
        .init("introspection_endpoint", .string(issuer + Route.Page.introspection.rawValue)),
        .init("introspection_endpoint_auth_methods_supported", methods),
        .init("revocation_endpoint", .string(issuer + Route.Page.revocation.rawValue)),
        .init("revocation_endpoint_auth_methods_supported", methods),
        .init("scopes_supported", .array([.string("read"), .string("write")])),
        // Tokens are made in the console; there is no endpoint that hands them out.
        .init("response_types_supported", .array([])),
        .init("grant_types_supported", .array([])),
      ]), lines: Self.maximumAge)
  }

  /// One `jti` a line; `tag` is the request's `If-None-Match` (RFC 9110 section 13.1.2).
  func revokedTokens(unless tag: String?) -> Answer {
    let body = revoked.map { $0 + "\n" }.joined()
    let own = "\"\(Self.fingerprint(body))\""
    let lines = Self.maximumAge + "ETag: \(own)\r\n"
    let known = tag?.split(separator: ",").contains { candidate in
      let text = candidate.utf8.trimmed
      return text.elementsEqual("*".utf8) || text.elementsEqual(own.utf8)
        || text.elementsEqual("W/\(own)".utf8)
    }
    return known == true
      ? Answer(.notModified, lines: lines) : .text(.ok, body, lines: lines)
  }

  /// FNV-1a: the same in every process, so that it may stand behind a balancer.
  private static func fingerprint(_ text: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}
