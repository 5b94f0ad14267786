import Access
import Testing

@testable import Credentials

@Suite("A password")
struct PasswordTests {
  let password = Secret("correct horse".utf8)

  @Test("is verified against its own hash only")
  func roundTrip() throws {
    let hash = try Password.hash(password)
    #expect(hash.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
    #expect(Password.verify(password, against: hash))
    for other in ["correct hors", "Correct horse", "", "correct horse\u{0}"] {
      #expect(!Password.verify(Secret(other.utf8), against: hash))
    }
  }

  @Test("has another hash each time, by its salt")
  func salt() throws {
    #expect(try Password.hash(password) != Password.hash(password))
  }

  @Test("may not end in NUL, which scrypt cannot tell from no NUL")
  func endsInNUL() {
    #expect(throws: PasswordError.endsInNUL) {
      try Password.hash(Secret(password.bytes + [0]))
    }
    #expect(
      PasswordError.endsInNUL.description
        == "The password ends in a NUL character. Leave that out.")
  }

  @Test(
    "is derived as the vectors of RFC 7914 §12 say",
    arguments: [
      (
        "password", "NaCl", ScryptCost(logN: 10, r: 8, p: 16),
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
          + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
      ),
      (
        "pleaseletmein", "SodiumChloride", ScryptCost(logN: 14, r: 8, p: 1),
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
          + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
      ),
    ])
  func vectors(_ password: String, _ salt: String, _ cost: ScryptCost, _ expected: String) throws {
    let key = try cost.key(from: Array(password.utf8), salt: Array(salt.utf8), count: 64)
    #expect(key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == expected)
  }

  @Test("is verified with the cost that its hash names")
  func otherCosts() throws {
    for cost in [ScryptCost(logN: 4, r: 1, p: 1), ScryptCost(logN: 10, r: 8, p: 4)] {
      let salt = Array("0123456789abcdef".utf8)
      let key = try cost.key(from: password.bytes, salt: salt, count: 32)
      let text = ScryptText(cost: cost, salt: salt, key: key).description
      #expect(Password.verify(password, against: text))
      #expect(!Password.verify(Secret([1]), against: text))
    }
  }

  @Test(
    "is never verified against a text that is no hash, or one too dear",
    arguments: [
      "", "$", "$scrypt$", "x", "$scrypt$ln=4,r=1,p=1$$",
      "$scrypt$ln=18,r=8,p=1$SALT$KEY", "$scrypt$ln=17,r=9,p=1$SALT$KEY",
      "$scrypt$ln=17,r=8,p=5$SALT$KEY", "$scrypt$ln=0,r=8,p=1$SALT$KEY",
      "$scrypt$ln=-4,r=8,p=1$SALT$KEY", "$scrypt$ln=4,r=0,p=1$SALT$KEY",
      "$scrypt$ln=4,r=8,p=0$SALT$KEY", "$scrypt$ln=99999999999999999999,r=8,p=1$SALT$KEY",
      "$scrypt$ln=04,r=8,p=1$SALT$KEY", "$scrypt$r=8,ln=4,p=1$SALT$KEY",
      "$scrypt$ln=4,r=8,p=1,x=1$SALT$KEY", "$argon2id$ln=4,r=8,p=1$SALT$KEY",
      "$scrypt$ln=4,r=8,p=1$SALT=$KEY", "$scrypt$ln=4,r=8,p=1$c2Fs$KEY",
      "$scrypt$ln=4,r=8,p=1$SALT$AAAA", "$scrypt$ln=4,r=8,p=1$SALT$KEY$",
    ])
  func strange(_ text: String) {
    let whole = text.split(separator: "$", omittingEmptySubsequences: false).map { part in
      switch part {
      case "SALT": "MDEyMzQ1Njc4OWFiY2RlZg"
      case "KEY": String(repeating: "A", count: 43)
      default: String(part)
      }
    }.joined(separator: "$")
    #expect(ScryptText(parsing: whole) == nil)
    #expect(!Password.verify(password, against: whole))
  }

  @Test("may cost up to N=2^17, r=8, p=4 and no more")
  func bounds() {
    #expect(ScryptCost(logN: 17, r: 8, p: 4).isBearable)
    #expect(!ScryptCost(logN: 18, r: 8, p: 4).isBearable)
    #expect(!ScryptCost(logN: 17, r: 9, p: 4).isBearable)
    #expect(!ScryptCost(logN: 17, r: 8, p: 5).isBearable)
  }
}

@Suite("A random identity")
struct RandomIDTests {
  @Test("is 22 characters of base64url, never the same, never like an option")
  func form() throws {
    let ids = (0..<10000).map { _ in RandomID.make() }
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(Base64.decode(id)?.count == 16)
      #expect(!id.hasPrefix("-"))
    }
  }
}

@Suite("Base64")
struct Base64Tests {
  @Test(
    "writes and reads the vectors of RFC 4648 §10, without padding",
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
      ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
  func vectors(_ text: String, _ encoded: String) {
    #expect(Base64.encode(text.utf8) == encoded)
    #expect(Base64.decode(encoded) == Array(text.utf8))
  }

  @Test("reads every value of two bytes back, in both alphabets")
  func roundTrip() {
    for value in UInt16.min...UInt16.max {
      let bytes = [UInt8(value >> 8), UInt8(value & 0xFF)]
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
      #expect(Base64.decode(Base64.encode(bytes, .standard), .standard) == bytes)
    }
  }

  @Test(
    "refuses padding, blanks, symbols of the other alphabet and bits left over",
    arguments: ["Zg==", "Z", "Zm9vY", " Zg", "Zg\n", "Z+", "a/_b", "Zh", "Zm9", "Zé"])
  func refusals(_ text: String) {
    #expect(Base64.decode(text) == nil)
  }
}
