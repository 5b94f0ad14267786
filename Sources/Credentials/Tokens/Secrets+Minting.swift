package import Access
import Crypto

extension Secrets {
  /// Beyond this Apache's cache does not hold a token (mod_auth_openidc).
  static let comfortableLength = 500

  /// Signs a token with the current key: JWS compact (RFC 7515 §7.1), ES256, `at+jwt`.
  ///
  /// `roles` is left out where the token would be longer than 500 characters with it.
  package func mint(_ claims: TokenClaims) throws -> MintedToken {
    let header: JSONValue = ["alg": "ES256", "typ": "at+jwt", "kid": .string(current.kid)]
    let whole = try signed(header: header, payload: claims.payload(withRoles: true))
    let text =
      whole.utf8.count <= Self.comfortableLength
      ? whole : try signed(header: header, payload: claims.payload(withRoles: false))
    let value = Secret(text.utf8)
    return MintedToken(value: value, digest: digest(of: value), kid: current.kid)
  }

  func signed(header: JSONValue, payload: JSONValue) throws -> String {
    let input =
      Base64.encode(header.compact.utf8) + "." + Base64.encode(payload.compact.utf8)
    let signature = try current.privateKey.signature(for: Array(input.utf8))
    return input + "." + Base64.encode(signature.rawRepresentation)
  }
}

/// A new token: the value to show once, and what is kept of it.
package struct MintedToken: Sendable {
  package let value: Secret
  package let digest: [UInt8]
  /// The key it is signed with.
  package let kid: String
}
