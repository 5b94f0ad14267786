package import Access
import Crypto

/// The SHA-256 of a secret: what it is recognised by where nothing is kept of it.
package struct SecretHash: Sendable {
  let digest: SHA256Digest

  package init(of secret: Secret) {
    var hash = SHA256()
    secret.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    digest = hash.finalize()
  }

  /// The first 16 of its 32 bytes, in the order of the machine: no two secrets have them in common
  /// that anybody could find.
  package var words: (UInt64, UInt64) {
    digest.withUnsafeBytes { bytes in
      (
        bytes.loadUnaligned(as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      )
    }
  }
}
