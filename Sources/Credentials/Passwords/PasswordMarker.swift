package import Access
import Crypto

/// Recognises a login with its right password again without scrypt, as long as this process lives.
///
/// The key is drawn at random and leaves neither the value nor the process, so that what is
/// remembered is worth nothing to anybody else.
package struct PasswordMarker: Sendable {
  private let key = SymmetricKey(size: .bits256)

  package init() {}

  /// 32 bytes that only this pair has.
  package func mark(_ login: String, _ password: Secret) -> [UInt8] {
    var code = HMAC<SHA256>(key: key)
    code.update(data: Array(login.utf8))
    // No login contains it, so no two pairs run together to the same bytes.
    code.update(data: [0])
    code.update(data: password.bytes)
    return Array(code.finalize())
  }
}

extension Password {
  /// A hash that no password has, to spend the time of a check where there is nothing to check.
  package static func decoy() -> String {
    ScryptText(cost: .ofNewHashes, salt: randomBytes(16), key: randomBytes(32)).description
  }
}
