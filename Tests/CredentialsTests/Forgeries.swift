import Access
import Crypto

@testable import Credentials

/// What an attacker can make of a token, after the list of cases J01–J15 and J17.
///
/// Those that our own key could sign are signed by it: they are refused although they verify,
/// because nobody was ever given them.
struct Forgeries {
  struct Forgery {
    let id: String
    let bytes: [UInt8]
  }

  private let secrets: Secrets
  private let text: String
  private let parts: [String]
  private let header: JSONValue
  private let payload: JSONValue

  init(of token: MintedToken, by secrets: Secrets) throws {
    self.secrets = secrets
    text = token.text
    parts = token.text.split(separator: ".").map(String.init)
    (header, payload) = try token.parts()
  }

  func all() throws -> [Forgery] {
    var texts: [(String, String)] = []
    texts += unsigned().map { ("J01", $0) }
    texts += keyed().map { ("J02", $0) }
    texts += try headers()
    texts += try claims()
    texts += try doubled().map { ("J12", $0) }
    texts += shapes().map { ("J13", $0) }
    texts += [8193, 1 << 20].map { ("J14", text + String(repeating: "A", count: $0 - text.count)) }
    texts += try foreign().map { ("J17", $0) }
    return texts.map { Forgery(id: $0.0, bytes: Array($0.1.utf8)) } + flips()
  }

  // MARK: - The signature

  private func unsigned() -> [String] {
    ["none", "None", "nOnE"].flatMap { name in
      let input = encoded(header.with("alg", .string(name))) + "." + parts[1]
      return [input + ".", input + ".AAAA", input + "." + parts[2]]
    }
  }

  private func keyed() -> [String] {
    let key = secrets.current.privateKey.publicKey
    let jwk = secrets.signingKeys[0].jwk.compact
    let keys = [
      Array(key.pemRepresentation.utf8), Array(key.derRepresentation), Array(jwk.utf8),
      Array(key.rawRepresentation), Array(key.x963Representation),
    ]
    let input = encoded(header.with("alg", "HS256")) + "." + parts[1]
    return keys.map { key in
      let code = HMAC<SHA256>.authenticationCode(
        for: Array(input.utf8), using: SymmetricKey(data: key))
      return input + "." + Base64.encode(Array(code))
    }
  }

  private func flips() -> [Forgery] {
    let pieces = parts.map { Base64.decode($0) ?? [] }
    return pieces.indices.flatMap { piece in
      pieces[piece].indices.flatMap { index in
        (0..<8).map { bit in
          var changed = pieces
          changed[piece][index] ^= 1 << bit
          let text = changed.map { Base64.encode($0) }.joined(separator: ".")
          return Forgery(id: "J11", bytes: Array(text.utf8))
        }
      }
    }
  }

  // MARK: - The header

  private func headers() throws -> [(String, String)] {
    let here = "https://attacker.example/key"
    let changes: [(String, String, JSONValue?)] =
      [nil, 256, ["ES256"], "ES384", "RS256", "es256"].map { ("J03", "alg", $0) }
      + [
        "../../etc/passwd", "' OR 1=1--", "", .string(String(repeating: "k", count: 10000)),
        .string(here), "000000000000", nil,
      ].map { ("J04", "kid", $0) }
      + ["jku", "x5u"].map { ("J05", $0, .string(here)) }
      + [("J05", "jwk", secrets.signingKeys[0].jwk), ("J05", "x5c", [.string(here)])]
      + [nil, "JWT", "other+jwt", "application/at+jwt"].map { ("J09", "typ", $0) }
      + [["exp"], [], ["alg"]].map { ("J10", "crit", $0) }
      + [("J10", "b64", false)]
    return try changes.map { id, name, value in
      (id, try secrets.signed(header: header.with(name, value), payload: payload))
    }
  }

  // MARK: - The payload

  private func claims() throws -> [(String, String)] {
    let changes: [(String, String, JSONValue?)] =
      [1, 1_795_444_260, nil, "253402300799", -1, 253_402_300_800].map { ("J06", "exp", $0) }
      + [("J07", "nbf", 4_000_000_000), ("J07", "iat", 4_000_000_000)]
      + ["https://other.example", "https://GATE.example", "https://gate.example/"]
      .map { ("J08", "iss", $0) }
      + ["API", [], nil, 1, ["other"]].map { ("J08", "aud", $0) }
      + ["mira\u{0}", "mira\u{1b}[2J", "mírа"].map { ("J15", "sub", $0) }
      + [("J15", "scope", "read\u{0}write"), ("J15", "jti", "\u{7f}")]
    return try changes.map { id, name, value in
      (id, try secrets.signed(header: header, payload: payload.with(name, value)))
    }
  }

  private func doubled() throws -> [String] {
    [
      try secrets.signed(header: header.adding("alg", "none"), payload: payload),
      try secrets.signed(header: header.adding("kid", "other"), payload: payload),
      try secrets.signed(header: header, payload: payload.adding("sub", "root")),
      try secrets.signed(header: header, payload: payload.adding("exp", 1)),
    ]
  }

  // MARK: - The form

  private func shapes() -> [String] {
    let json =
      #"{"payload":"\#(parts[1])","protected":"\#(parts[0])","signature":"\#(parts[2])"}"#
    let middle = text.index(text.startIndex, offsetBy: text.count / 2)
    return [
      parts[0], "\(parts[0]).\(parts[1])", text + ".", text + ".AAAA.AAAA", "..", "",
      ".\(parts[1]).\(parts[2])", "\(parts[0])..\(parts[2])", "\(parts[0]).\(parts[1]).",
      json, text + "=", text + "==", " " + text, text + " ", text + "\n", "\u{FEFF}" + text,
      String(text[..<middle]) + "\n" + String(text[middle...]),
      String(text[..<middle]) + " " + String(text[middle...]),
    ]
  }

  private func foreign() throws -> [String] {
    let elsewhere = Secrets.make(at: .sample)
    let later = try secrets.rotated(at: .sample)
    return [
      try elsewhere.mint(.sample()).text,
      try elsewhere.signed(header: header, payload: payload),
      try later.mint(.sample()).text,
      // Even the same claims by the same key: a signature is never the same twice.
      try secrets.mint(.sample()).text,
    ]
  }

  private func encoded(_ json: JSONValue) -> String { Base64.encode(json.compact.utf8) }
}

extension JSONValue {
  /// The object with one member set, or without it.
  fileprivate func with(_ name: String, _ value: JSONValue?) -> JSONValue {
    guard case .object(let members) = self else { return self }
    let others = members.filter { $0.name != name }
    return .object(others + (value.map { [Member(name, $0)] } ?? []))
  }

  /// The object with one member more, even if there is one of that name.
  fileprivate func adding(_ name: String, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + [Member(name, value)])
  }
}
