import Access
import Crypto
import Testing

@testable import Credentials

@Suite("An SSH public key")
struct SSHKeyTests {
  private static let line =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKwarAS4CREqf4RBu9EI67ezD4tVfPHoZbI7Lio1OMi1"

  /// A field of RFC 4251 §5.
  private static func field(_ bytes: some Collection<UInt8>) -> [UInt8] {
    withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Array($0) } + bytes
  }

  private static func text(_ type: String, _ fields: [[UInt8]]) -> String {
    let blob = field(type.utf8) + fields.flatMap(field)
    let encoded = Base64.encode(blob, .standard)
    return "\(type) \(encoded)" + String(repeating: "=", count: (4 - encoded.utf8.count % 4) % 4)
  }

  /// A key with an odd modulus of this many bits.
  private static func rsa(_ bits: Int) -> String {
    var modulus = [UInt8](repeating: 0x5A, count: bits / 8)
    modulus[0] = 0x80
    modulus[modulus.count - 1] = 1
    return text("ssh-rsa", [[1, 0, 1], [0] + modulus])
  }

  @Test("has the fingerprint that ssh-keygen shows, and is written as it was read")
  func fingerprint() throws {
    let key = try SSHPublicKey(parsing: Self.line + " alice@laptop\n")
    #expect(key.fingerprint == "SHA256:nJsTiip0A+vLVMBj6aszDrOvanW4RhxkBDLePslWEg4")
    #expect(key.line == Self.line)
    #expect(key.comment == "alice@laptop")
    #expect(key.type == .ed25519 && key.bits == nil)
  }

  @Test("of every type that is let in is read whole")
  func types() throws {
    let p256 = Array(P256.Signing.PrivateKey().publicKey.x963Representation)
    let p384 = Array(P384.Signing.PrivateKey().publicKey.x963Representation)
    let p521 = Array(P521.Signing.PrivateKey().publicKey.x963Representation)
    let raw = [UInt8](repeating: 7, count: 32)
    let texts = [
      Self.rsa(3072), Self.rsa(4096), Self.text("ssh-ed25519", [raw]),
      Self.text("ecdsa-sha2-nistp256", [Array("nistp256".utf8), p256]),
      Self.text("ecdsa-sha2-nistp384", [Array("nistp384".utf8), p384]),
      Self.text("ecdsa-sha2-nistp521", [Array("nistp521".utf8), p521]),
      Self.text("sk-ssh-ed25519@openssh.com", [raw, Array("ssh:".utf8)]),
      Self.text(
        "sk-ecdsa-sha2-nistp256@openssh.com",
        [Array("nistp256".utf8), p256, Array("ssh:".utf8)]),
    ]
    for text in texts { #expect(try SSHPublicKey(parsing: text).line == text) }
    #expect(try SSHPublicKey(parsing: Self.rsa(4096)).bits == 4096)
  }

  @Test("S05: that is weak is refused", arguments: [1024, 2048, 3064])
  func weak(bits: Int) {
    #expect(throws: SSHKeyError.weak("this RSA key has \(bits) bits; 3072 are the least")) {
      try SSHPublicKey(parsing: Self.rsa(bits))
    }
    #expect(throws: SSHKeyError.weak("DSA keys have 1,024 bits")) {
      try SSHPublicKey(parsing: "ssh-dss AAAAB3NzaC1kc3MAAACB")
    }
  }

  @Test(
    "S05: with anything beside itself is refused, and says what",
    arguments: [
      ("", SSHKeyError.empty), (" \n ", .empty), ("ssh-ed25519", .incomplete),
      ("command=\"sh\" \(line)", .options), ("no-pty,from=\"*\" \(line)", .options),
      ("\(line) a\n\(line) b", .manyLines), ("\(line) a \(line) b", .manyLines),
      ("\(line)\ncommand=\"sh\"", .manyLines),
      ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", .privateKey),
      ("ssh-ed25519-cert-v01@openssh.com AAAA", .certificate),
      ("bogus AAAA", .unknownType("bogus")),
      ("ssh-ed25519 AAAA\"", .notBase64), ("ssh-ed25519 A=AA", .notBase64),
      ("ssh-ed25519 \(line.split(separator: " ")[1].dropLast(4))", .malformed("ssh-ed25519")),
      ("ssh-rsa \(line.split(separator: " ")[1])", .otherType("ssh-rsa")),
      (text("ssh-ed25519", [[UInt8](repeating: 7, count: 31)]), .malformed("ssh-ed25519")),
      (
        text("ssh-ed25519", [[UInt8](repeating: 7, count: 32), [1]]),
        .malformed("ssh-ed25519")
      ),
      (
        text(
          "ecdsa-sha2-nistp256",
          [Array("nistp256".utf8), [4] + [UInt8](repeating: 1, count: 64)]),
        .malformed("ecdsa-sha2-nistp256")
      ),
      (text("ssh-rsa", [[1, 0, 1], [0, 1]]), .malformed("ssh-rsa")),
      (text("ssh-rsa", [[0], [1]]), .malformed("ssh-rsa")),
      (String(repeating: "a", count: 9000), .tooLong),
    ])
  func refused(text: String, error: SSHKeyError) {
    #expect(throws: error) { try SSHPublicKey(parsing: text) }
  }

  @Test("S05: with a comment that hides something is refused")
  func hiddenComment() {
    #expect(throws: NameError.self) { try SSHPublicKey(parsing: Self.line + " a\u{202E}b") }
    #expect(throws: NameError.self) { try SSHPublicKey(parsing: Self.line + " a\u{1B}[2Jb") }
  }

  @Test("that sshd hands over is known only as it is written")
  func offered() {
    let words = Self.line.split(separator: " ").map(String.init)
    #expect(SSHPublicKey(type: words[0], encoded: words[1]) != nil)
    #expect(SSHPublicKey(type: "ssh-rsa", encoded: words[1]) == nil)
    #expect(SSHPublicKey(type: words[0], encoded: words[1] + " ") == nil)
    #expect(SSHPublicKey(type: words[0], encoded: "") == nil)
  }

  @Test("cut at any length is refused, and with a bit of its frame changed is not the same")
  func mutated() throws {
    let key = try SSHPublicKey(parsing: Self.rsa(3072))
    for length in 0..<key.blob.count {
      let encoded = Base64.encode(key.blob.prefix(length), .standard)
      let padded = encoded + String(repeating: "=", count: (4 - encoded.utf8.count % 4) % 4)
      #expect(SSHPublicKey(type: "ssh-rsa", encoded: padded) == nil)
    }
    // The type, the exponent, and every length: what is still a key is another one.
    for bit in 0..<(4 + 7 + 4 + 3 + 4 + 2) * 8 {
      var blob = key.blob
      blob[bit / 8] ^= 1 << UInt8(bit % 8)
      let encoded = Base64.encode(blob, .standard)
      let padded = encoded + String(repeating: "=", count: (4 - encoded.utf8.count % 4) % 4)
      #expect(SSHPublicKey(type: "ssh-rsa", encoded: padded)?.fingerprint != key.fingerprint)
    }
  }
}
