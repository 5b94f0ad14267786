package import Access
import Crypto

/// Everything of a site that must stay secret: the pepper of its digests and its signing keys.
///
/// A value: ``rotated(at:)`` and ``retired(kid:at:)`` make a new one, and only ``replace(at:)``
/// puts it in force. At all times one key signs and the next is already published, because
/// gateways do not fetch keys anew for a `kid` they do not know.
package struct Secrets: Sendable {
  /// Fits the secrets to the database they were made with.
  package let siteID: String
  let pepper: SymmetricKey
  /// Begun with the pepper, which is half of the work of a digest.
  private let keyed: HMAC<SHA256>
  let current: SigningPair
  let next: SigningPair
  /// Those that sign no more, latest first.
  let former: [SigningKey]

  init(
    siteID: String, pepper: SymmetricKey, current: SigningPair, next: SigningPair,
    former: [SigningKey]
  ) {
    self.siteID = siteID
    self.pepper = pepper
    keyed = HMAC(key: pepper)
    self.current = current
    self.next = next
    self.former = former
  }

  /// The secrets of a new site; its two keys were made at `instant`.
  package static func make(at instant: Instant) -> Secrets {
    Secrets(
      siteID: RandomID.make(), pepper: SymmetricKey(size: .bits256),
      current: SigningPair(createdAt: instant), next: SigningPair(createdAt: instant), former: [])
  }

  /// All keys with their states: the current one, the next, then those that sign no more.
  package var signingKeys: [SigningKey] {
    [current.listed(as: .current), next.listed(as: .next)] + former
  }

  /// The `kid` of the key that signs.
  package var currentKeyID: String { current.kid }
}

// MARK: - Digests

extension Secrets {
  /// What the database keeps of a secret: HMAC-SHA-256(pepper, SHA-256(secret)), 32 bytes.
  ///
  /// Whoever has only the database can neither use a digest nor try guesses against it.
  package func digest(of secret: Secret) -> [UInt8] { digest(of: SecretHash(of: secret)) }

  package func digest(of hash: SecretHash) -> [UInt8] {
    hash.digest.withUnsafeBytes { digest(ofSHA256: $0) }
  }

  /// The same digest for a secret of which only the SHA-256 is known.
  package func digest(ofSHA256 hash: [UInt8]) -> [UInt8] {
    hash.withUnsafeBytes { digest(ofSHA256: $0) }
  }

  private func digest(ofSHA256 hash: UnsafeRawBufferPointer) -> [UInt8] {
    var code = keyed
    code.update(data: hash)
    return code.finalize().withUnsafeBytes { Array($0) }
  }
}

// MARK: - What is published

extension Secrets {
  /// The public keys as a JWK Set (RFC 7517 §5), the current one first, without retired ones.
  package func jwks() -> JSONValue {
    .object([
      .init("keys", .array(signingKeys.filter { $0.state != .retired }.map(\.jwk)))
    ])
  }
}

extension Secrets: CustomStringConvertible, CustomReflectable {
  package var description: String { "secrets of the site \(siteID) <redacted>" }

  package var customMirror: Mirror { Mirror(self, children: ["siteID": siteID]) }
}
