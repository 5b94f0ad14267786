/// Identities that nobody can guess and no two sites share.
package enum RandomID {
  /// 22 characters of base64url that carry 128 random bits.
  ///
  /// Drawn anew where the text would begin with a hyphen: a command line takes that for an option.
  package static func make() -> String {
    var text: String
    repeat { text = Base64.encode(randomBytes(16)) } while text.hasPrefix("-")
    return text
  }

  /// 44 characters that carry 256 random bits: a secret, to be kept as a digest only.
  package static func secret() -> String { make() + make() }
}

/// Bytes from the operating system's generator, fit for keys (`getrandom(2)`).
func randomBytes(_ count: Int) -> [UInt8] {
  var generator = SystemRandomNumberGenerator()
  var bytes: [UInt8] = []
  bytes.reserveCapacity(count + 8)
  while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes += $0 } }
  bytes.removeLast(bytes.count - count)
  return bytes
}
