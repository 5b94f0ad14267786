import Access
import Crypto
import Testing

@testable import Credentials

@Suite("A token")
struct TokenTests {
  let secrets = Secrets.make(at: .sample)

  @Test("carries the header and claims of RFC 9068 in whole seconds")
  func claims() throws {
    let end = Instant.sample.advanced(bySeconds: 86400)
    let (header, payload) = try secrets.mint(.sample(expiresAt: end, scope: .read)).parts()
    #expect(
      header.compact == #"{"alg":"ES256","typ":"at+jwt","kid":"\#(secrets.currentKeyID)"}"#)
    #expect(
      payload.compact
        == #"{"iss":"https://gate.example","sub":"mira","aud":"api","exp":1795530660,"#
        + #""nbf":1795444260,"iat":1795444260,"jti":"0123456789abcdefABCDEF","#
        + #""client_id":"nightly export","scope":"read","roles":["Operator"]}"#)
  }

  @Test("that never ends says so by the last second of the year 9999")
  func unlimited() throws {
    #expect(TokenClaims.never == Instant(parsing: "9999-12-31T23:59:59Z")?.seconds)
    #expect(try secrets.mint(.sample()).parts().payload["exp"] == 253_402_300_799)
    let beyond = Instant(milliseconds: .max)
    #expect(
      try secrets.mint(.sample(expiresAt: beyond)).parts().payload["exp"] == 253_402_300_799)
  }

  @Test("leaves the roles out exactly where they would make it longer than 500 characters")
  func length() throws {
    var lengths = Set<Int>()
    for count in 0..<200 {
      let role = String(repeating: "r", count: count)
      let token = try secrets.mint(.sample(roles: [role]))
      let hasRoles = try token.parts().payload["roles"] != nil
      let whole = try secrets.signed(
        header: token.parts().header,
        payload: TokenClaims.sample(roles: [role]).payload(withRoles: true))
      #expect(hasRoles == (whole.utf8.count <= 500), "\(count)")
      #expect(token.text.utf8.count <= 500)
      if hasRoles { lengths.insert(token.text.utf8.count) }
    }
    #expect(lengths.contains(500) || lengths.contains(499))
  }

  @Test("is signed by the current key over header and payload")
  func signature() throws {
    let token = try secrets.mint(.sample())
    let parts = token.text.split(separator: ".")
    let signature = try P256.Signing.ECDSASignature(
      rawRepresentation: try #require(Base64.decode(parts[2])))
    let input = Array("\(parts[0]).\(parts[1])".utf8)
    #expect(secrets.current.privateKey.publicKey.isValidSignature(signature, for: input))
    #expect(!secrets.next.privateKey.publicKey.isValidSignature(signature, for: input))
  }

  @Test("shows neither in a description nor in a dump")
  func redaction() throws {
    let token = try secrets.mint(.sample())
    var dumped = "\(token) \(String(reflecting: token))"
    dump(token, to: &dumped)
    #expect(!dumped.contains(token.text))
  }

  @Test("is kept as HMAC-SHA-256 of its SHA-256 under the site's pepper")
  func digest() throws {
    let token = try secrets.mint(.sample())
    let hash = Array(SHA256.hash(data: token.value.bytes))
    let expected = HMAC<SHA256>.authenticationCode(for: hash, using: secrets.pepper)
    #expect(token.digest == Array(expected))
    #expect(token.digest == secrets.digest(of: token.value))
    #expect(token.digest == secrets.digest(ofSHA256: hash))
    #expect(token.digest.count == 32)
    #expect(token.digest != Secrets.make(at: .sample).digest(of: token.value))
  }
}

@Suite("The digest of a token")
struct DigestTests {
  let secrets = Secrets.make(at: .sample)

  @Test("is unknown for every forgery of the list (J01–J15, J17)")
  func forgeries() throws {
    let token = try secrets.mint(.sample())
    let known: Set<[UInt8]> = [token.digest]
    let forgeries = try Forgeries(of: token, by: secrets).all()
    #expect(Set(forgeries.map(\.id)).count == 16)
    for forgery in forgeries {
      #expect(forgery.bytes != token.value.bytes, "\(forgery.id) is the token itself")
      #expect(!known.contains(secrets.digest(of: Secret(forgery.bytes))), "\(forgery.id)")
    }
  }

  @Test("is another for each of 1,000 random mutations (J11)")
  func mutations() throws {
    let token = try secrets.mint(.sample())
    var known: [[UInt8]: [UInt8]] = [token.digest: token.value.bytes]
    var generator = Repeatable(state: 20_261_123)
    var tried = 0
    while tried < 1000 {
      let mutated = token.value.bytes.mutated(using: &generator)
      guard mutated != token.value.bytes else { continue }
      tried += 1
      let digest = secrets.digest(of: Secret(mutated))
      if let other = known[digest] { #expect(other == mutated) }
      known[digest] = mutated
    }
    #expect(known[token.digest] == token.value.bytes)
    #expect(known.count > 900)
  }

  @Test("is another for every flipped bit (J11)")
  func bits() throws {
    let token = try secrets.mint(.sample())
    var bytes = token.value.bytes
    for index in bytes.indices {
      for bit in 0..<8 {
        bytes[index] ^= 1 << bit
        #expect(secrets.digest(of: Secret(bytes)) != token.digest)
        bytes[index] ^= 1 << bit
      }
    }
  }
}

/// The same numbers in every run (xorshift64*), so that a failure can be looked at again.
struct Repeatable: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 2_685_821_657_736_338_717
  }
}

extension [UInt8] {
  /// One to three changes: a flipped bit, a byte more or less, two swapped, a piece moved or cut.
  fileprivate func mutated(using generator: inout Repeatable) -> [UInt8] {
    var bytes = self
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let other = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes.swapAt(place, other)
      case 4:
        bytes.insert(
          contentsOf: bytes[Swift.min(place, other)..<Swift.max(place, other)], at: place)
      case 5: bytes[place] ^= 0x20
      default: bytes.removeLast(Swift.min(bytes.count - 1, place % 8))
      }
    }
    return bytes
  }
}
