package import Access
import Crypto

/// A signing key as lists and gateways see it: never its private half.
package struct SigningKey: Sendable {
  package let kid: String
  package let state: SigningKeyRow.State
  package let createdAt: Instant
  let publicKey: P256.Signing.PublicKey

  init(state: SigningKeyRow.State, createdAt: Instant, publicKey: P256.Signing.PublicKey) {
    kid = publicKey.kid
    self.state = state
    self.createdAt = createdAt
    self.publicKey = publicKey
  }

  func moved(to state: SigningKeyRow.State) -> SigningKey {
    SigningKey(state: state, createdAt: createdAt, publicKey: publicKey)
  }

  /// The key as a JSON Web Key (RFC 7517 §4, RFC 7518 §6.2.1).
  var jwk: JSONValue {
    let (x, y) = publicKey.coordinates
    return [
      "kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "kid": .string(kid),
      "alg": "ES256", "use": "sig",
    ]
  }
}

/// A key that signs, or will.
struct SigningPair: Sendable {
  let kid: String
  let createdAt: Instant
  let privateKey: P256.Signing.PrivateKey

  init(createdAt: Instant, privateKey: P256.Signing.PrivateKey = P256.Signing.PrivateKey()) {
    kid = privateKey.publicKey.kid
    self.createdAt = createdAt
    self.privateKey = privateKey
  }

  /// What is left of it for lists, and for good once it signs no more.
  func listed(as state: SigningKeyRow.State) -> SigningKey {
    SigningKey(state: state, createdAt: createdAt, publicKey: privateKey.publicKey)
  }
}

extension SigningPair: CustomStringConvertible, CustomReflectable {
  var description: String { "signing key \(kid) <redacted>" }

  var customMirror: Mirror { Mirror(self, children: ["kid": kid]) }
}

extension P256.Signing.PublicKey {
  /// The first 12 hexadecimal digits of the key's thumbprint (RFC 7638 §3).
  ///
  /// Derived, so that it cannot be paired with another key; short, as every token carries it.
  var kid: String {
    let (x, y) = coordinates
    let members: JSONValue = [
      "crv": "P-256", "kty": "EC", "x": .string(x), "y": .string(y),
    ]
    return SHA256.hash(data: Array(members.compact.utf8)).prefix(6).reduce(into: "") {
      $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16)
    }
  }

  /// The point in base64url, each coordinate of 32 bytes.
  fileprivate var coordinates: (x: String, y: String) {
    let point = Array(rawRepresentation)
    return (Base64.encode(point.prefix(32)), Base64.encode(point.suffix(32)))
  }
}
