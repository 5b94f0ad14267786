package import Access
import Crypto
import CryptoExtras

/// Passwords as they are kept: hashed by scrypt (RFC 7914), slowly and with much memory.
package enum Password {
  /// The hash of a password: `$scrypt$ln=15,r=8,p=3$SALT$HASH`; takes about a tenth of a second.
  ///
  /// - Throws: ``PasswordError/endsInNUL``.
  package static func hash(_ password: Secret) throws -> String {
    guard password.bytes.last != 0 else { throw PasswordError.endsInNUL }
    let salt = randomBytes(16)
    let key = try ScryptCost.ofNewHashes.key(from: password.bytes, salt: salt, count: 32)
    return ScryptText(cost: .ofNewHashes, salt: salt, key: key).description
  }

  /// Whether `text` is the hash of this password; false also for a text that is no such hash.
  ///
  /// Compares in constant time. The cost is read from the text and bounded, so that a foreign
  /// text cannot make it take more than 128 MiB or some seconds.
  package static func verify(_ password: Secret, against text: String) -> Bool {
    guard password.bytes.last != 0, let kept = ScryptText(parsing: text),
      let key = try? kept.cost.key(from: password.bytes, salt: kept.salt, count: kept.key.count)
    else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(key, kept.key) { difference |= one ^ other }
    return key.count == kept.key.count && difference == 0
  }
}

/// Why a password cannot be kept.
package enum PasswordError: Failure, Equatable {
  /// The HMAC inside scrypt fills short passwords up with NULs, so it could not tell them apart.
  case endsInNUL

  package var description: String {
    "The password ends in a NUL character. Leave that out."
  }
}

/// What one scrypt costs: N = 2^`logN`, block size r, parallelism p.
struct ScryptCost: Equatable {
  static let ofNewHashes = ScryptCost(logN: 15, r: 8, p: 3)

  let logN: Int
  let r: Int
  let p: Int

  /// Whether it is no more than anybody should be able to ask for.
  var isBearable: Bool { (1...17).contains(logN) && (1...8).contains(r) && (1...4).contains(p) }

  func key(from password: [UInt8], salt: [UInt8], count: Int) throws -> [UInt8] {
    try KDF.Scrypt.deriveKey(
      from: password, salt: salt, outputByteCount: count, rounds: 1 << logN, blockSize: r,
      parallelism: p
    ).withUnsafeBytes(Array.init)
  }
}

/// The text of a hash, after the PHC string format.
struct ScryptText: CustomStringConvertible {
  let cost: ScryptCost
  let salt: [UInt8]
  let key: [UInt8]

  init(cost: ScryptCost, salt: [UInt8], key: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.key = key
  }

  /// Reads exactly what ``description`` writes, with a cost that is bearable.
  init?(parsing text: String) {
    guard text.utf8.count <= 200 else { return nil }
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, let salt = Base64.decode(parts[3], .standard),
      (8...64).contains(salt.count), let key = Base64.decode(parts[4], .standard),
      (16...64).contains(key.count)
    else { return nil }
    let numbers = parts[2].split(separator: ",").compactMap { parameter in
      parameter.split(separator: "=").last.flatMap { Int($0) }
    }
    guard numbers.count == 3 else { return nil }
    let cost = ScryptCost(logN: numbers[0], r: numbers[1], p: numbers[2])
    self.init(cost: cost, salt: salt, key: key)
    guard cost.isBearable, description == text else { return nil }
  }

  var description: String {
    "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)"
      + "$\(Base64.encode(salt, .standard))$\(Base64.encode(key, .standard))"
  }
}
