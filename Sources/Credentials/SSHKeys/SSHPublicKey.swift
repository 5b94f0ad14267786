package import Access
import Crypto

/// A public key as OpenSSH writes it: a type, and the blob of RFC 4253 §6.6.
///
/// Only what was parsed whole is kept, so that what is written for sshd is made of known bytes and
/// never of somebody's text.
package struct SSHPublicKey: Hashable, Sendable {
  package let type: KeyType
  /// Type and parameters on the wire, each with its length.
  package let blob: [UInt8]
  /// The size of an RSA modulus; nil for other types, whose size is in their name.
  package let bits: Int?
  /// What stands behind the key; empty where nothing does.
  package let comment: String

  package enum KeyType: String, CaseIterable, Sendable {
    case ed25519 = "ssh-ed25519"
    case rsa = "ssh-rsa"
    case p256 = "ecdsa-sha2-nistp256"
    case p384 = "ecdsa-sha2-nistp384"
    case p521 = "ecdsa-sha2-nistp521"
    /// On a security key (OpenSSH, PROTOCOL.u2f).
    case hardwareEd25519 = "sk-ssh-ed25519@openssh.com"
    case hardwareP256 = "sk-ecdsa-sha2-nistp256@openssh.com"
  }

  package static let smallestRSA = 3072
  /// What OpenSSH takes at the most.
  static let largestRSA = 16_384
  /// Longer than any key of ``largestRSA``.
  static let longestText = 8192

  /// Reads one line of a `.pub` file: type, key and perhaps a comment.
  ///
  /// - Throws: ``SSHKeyError``, or ``NameError`` for a comment that has invisible characters.
  package init(parsing text: String) throws {
    guard !text.contains("PRIVATE KEY") else { throw SSHKeyError.privateKey }
    guard text.utf8.count <= Self.longestText else { throw SSHKeyError.tooLong }
    let lines = text.split(whereSeparator: \.isNewline)
      .filter { $0.contains { !$0.isWhitespace } }
    guard let line = lines.first else { throw SSHKeyError.empty }
    guard lines.count == 1 else { throw SSHKeyError.manyLines }
    let words = line.split(maxSplits: 2) { $0 == " " || $0 == "\t" }
    guard let name = words.first.map(String.init) else { throw SSHKeyError.empty }
    let type = try Self.type(name, in: line)
    guard words.count > 1 else { throw SSHKeyError.incomplete }
    let comment = words.count > 2 ? String(words[2]) : ""
    // A field of one line makes blanks of what was between two keys.
    let others = comment.split { $0 == " " || $0 == "\t" }
    guard !others.contains(where: { KeyType(rawValue: String($0)) != nil }) else {
      throw SSHKeyError.manyLines
    }
    try self.init(
      type: type, encoded: words[1],
      comment: VisibleName.text(comment, what: "comment", limit: 128))
  }

  /// Reads what sshd hands over as `%t` and `%k`; nil unless it is such a key exactly.
  package init?(type name: String, encoded: String) {
    guard let type = KeyType(rawValue: name), encoded.utf8.count <= Self.longestText,
      let key = try? Self(type: type, encoded: encoded[...], comment: "")
    else { return nil }
    self = key
  }

  private init(type: KeyType, encoded: Substring, comment: String) throws(SSHKeyError) {
    let padding = encoded.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard encoded.utf8.count % 4 == 0, padding <= 2,
      let blob = Base64.decode(encoded.dropLast(padding), .standard)
    else { throw .notBase64 }
    self.type = type
    self.blob = blob
    self.comment = comment
    var fields = WireFields(blob[...])
    guard fields.next() == type.rawValue.utf8.map({ $0 }) else { throw .otherType(type.rawValue) }
    bits = try type.read(&fields)
    guard fields.isAtEnd else { throw .malformed(type.rawValue) }
  }

  private static func type(_ name: String, in line: Substring) throws(SSHKeyError) -> KeyType {
    if let type = KeyType(rawValue: name) { return type }
    if name == "ssh-dss" { throw .weak("DSA keys have 1,024 bits") }
    if name.hasSuffix("-cert-v01@openssh.com") { throw .certificate }
    let words = line.split { $0 == " " || $0 == "\t" || $0 == "\"" || $0 == "," }
    if words.contains(where: { KeyType(rawValue: String($0)) != nil }) { throw .options }
    throw .unknownType(name)
  }

  /// As sshd reads it: type and key, re-encoded from the bytes.
  package var line: String {
    let text = Base64.encode(blob, .standard)
    return "\(type.rawValue) \(text)" + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }

  /// `SHA256:` and the digest of the blob in base64 without padding, as `ssh-keygen -l` shows it.
  package var fingerprint: String {
    "SHA256:" + Base64.encode(Array(SHA256.hash(data: blob)), .standard)
  }
}

extension SSHPublicKey.KeyType {
  /// Reads the parameters behind the type, and returns the bits of an RSA modulus.
  fileprivate func read(_ fields: inout WireFields) throws(SSHKeyError) -> Int? {
    switch self {
    case .ed25519: try readEd25519(&fields)
    case .hardwareEd25519:
      try readEd25519(&fields)
      try readApplication(&fields)
    case .p256: try readPoint("nistp256", bytes: 32, &fields)
    case .p384: try readPoint("nistp384", bytes: 48, &fields)
    case .p521: try readPoint("nistp521", bytes: 66, &fields)
    case .hardwareP256:
      try readPoint("nistp256", bytes: 32, &fields)
      try readApplication(&fields)
    case .rsa: return try readRSA(&fields)
    }
    return nil
  }

  private func readEd25519(_ fields: inout WireFields) throws(SSHKeyError) {
    guard fields.next()?.count == 32 else { throw .malformed(rawValue) }
  }

  private func readApplication(_ fields: inout WireFields) throws(SSHKeyError) {
    guard fields.next() != nil else { throw .malformed(rawValue) }
  }

  /// A curve's name and an uncompressed point on it (RFC 5656 §3.1).
  private func readPoint(
    _ curve: String, bytes: Int, _ fields: inout WireFields
  ) throws(SSHKeyError) {
    guard fields.next() == Array(curve.utf8), let point = fields.next() else {
      throw .malformed(rawValue)
    }
    let isOnCurve =
      switch bytes {
      case 32: (try? P256.Signing.PublicKey(x963Representation: point)) != nil
      case 48: (try? P384.Signing.PublicKey(x963Representation: point)) != nil
      default: (try? P521.Signing.PublicKey(x963Representation: point)) != nil
      }
    guard point.count == 2 * bytes + 1, point.first == 4, isOnCurve else {
      throw .malformed(rawValue)
    }
  }

  private func readRSA(_ fields: inout WireFields) throws(SSHKeyError) -> Int {
    guard let exponent = fields.nextPositive(), let modulus = fields.nextPositive(),
      exponent.count <= 8, exponent != [1], let low = exponent.last, low % 2 == 1,
      let high = modulus.first, let odd = modulus.last, odd % 2 == 1
    else { throw .malformed(rawValue) }
    let bits = modulus.count * 8 - high.leadingZeroBitCount
    guard bits >= SSHPublicKey.smallestRSA else {
      throw .weak("this RSA key has \(bits) bits; \(SSHPublicKey.smallestRSA) are the least")
    }
    guard bits <= SSHPublicKey.largestRSA else { throw .malformed(rawValue) }
    return bits
  }
}

/// The length-prefixed strings of RFC 4251 §5, one behind the other.
private struct WireFields {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func next() -> [UInt8]? {
    guard rest.count >= 4 else { return nil }
    let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard rest.count - 4 >= length else { return nil }
    defer { rest = rest.dropFirst(4 + length) }
    return Array(rest.dropFirst(4).prefix(length))
  }

  /// A positive `mpint` without its sign, big-endian; nil for zero, a negative or a padded one.
  mutating func nextPositive() -> [UInt8]? {
    guard let bytes = next(), let first = bytes.first, first < 0x80 else { return nil }
    guard first == 0 else { return bytes }
    guard let second = bytes.dropFirst().first, second >= 0x80 else { return nil }
    return Array(bytes.dropFirst())
  }
}

/// Why a text is no public key that may open a console.
package enum SSHKeyError: Failure, Equatable {
  case empty
  case tooLong
  case manyLines
  case incomplete
  case privateKey
  case options
  case certificate
  case unknownType(String)
  case weak(String)
  case notBase64
  case otherType(String)
  case malformed(String)

  package var description: String {
    switch self {
    case .empty: "There is no key here. \(Self.example)"
    case .tooLong: "This is longer than any public key. \(Self.example)"
    case .manyLines: "A public key is one line; this has more. Add keys one by one."
    case .incomplete: "The key behind its type is missing. \(Self.example)"
    case .privateKey:
      """
      This is a private key, which belongs to its owner alone: nothing was kept of it. Give the \
      public one, whose file ends in .pub; and make a new pair if this one left its machine.
      """
    case .options:
      "Options before a key are Gatehouse's to set. Leave them out: begin with the type."
    case .certificate: "This is a certificate. Give the public key itself."
    case .unknownType(let name):
      """
      “\(Visible.text(String(name.prefix(40))))” is not a key type that is known here. They are \
      \(SSHPublicKey.KeyType.allCases.map(\.rawValue).joined(separator: ", ")).
      """
    case .weak(let why):
      "Too weak: \(why). `ssh-keygen -t ed25519` makes a good one."
    case .notBase64: "The key is cut off or altered: it is not base64. Copy the whole line."
    case .otherType(let name): "The key is not of the type \(name) that stands before it."
    case .malformed(let name): "The key is cut off or altered: it is no whole \(name) key."
    }
  }

  /// What it was, without a word of what was given.
  package var audited: String {
    switch self {
    case .empty: "no key"
    case .tooLong: "more than any public key"
    case .manyLines: "more than one line"
    case .incomplete: "a type without a key"
    case .privateKey: "a private key"
    case .options: "a key with options before it"
    case .certificate: "a certificate"
    case .unknownType: "a key of an unknown type"
    case .weak(let why): "a weak key: \(why)"
    case .notBase64, .malformed: "a key that is cut off or altered"
    case .otherType: "a key of another type than it says"
    }
  }

  package var exitCode: ExitCode { .badContent }

  private static let example = "A public key is one line, like: ssh-ed25519 AAAAC3Nza… laptop"
}
