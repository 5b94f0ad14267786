import Access
import Crypto

/// The text of a secrets file: JSON with the keys in base64url.
///
/// Keys that sign no more are kept without their private half. The last member, `check`, is an
/// HMAC over the others under the pepper: a damaged file is refused rather than half believed,
/// since with a wrong pepper every token would quietly be unknown.
extension Secrets {
  private static let format: Int64 = 1

  var text: String {
    JSONValue.object(body + [.init("check", .string(Base64.encode(check)))]).pretty + "\n"
  }

  private var body: [JSONValue.Member] {
    [
      .init("format", .integer(Self.format)),
      .init("siteID", .string(siteID)),
      .init("pepper", .string(Base64.encode(pepper.withUnsafeBytes(Array.init)))),
      .init("currentKey", current.json),
      .init("nextKey", next.json),
      .init("formerKeys", .array(former.map(\.json))),
    ]
  }

  private var authenticated: [UInt8] { Array(JSONValue.object(body).compact.utf8) }

  private var check: [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: authenticated, using: pepper))
  }

  /// Reads the text strictly: each member is known, there, and of its type.
  init(text: [UInt8]) throws(ContentError) {
    let file = try Self.members(of: text)
    var keys: [SigningKey] = []
    for (index, json) in try file.array("formerKeys").enumerated() {
      keys.append(try SigningKey(json, at: "formerKeys[\(index)]"))
    }
    self.init(
      siteID: try file.text("siteID"),
      pepper: SymmetricKey(data: try file.bytes("pepper", count: 32)),
      current: try SigningPair(try file.value("currentKey"), at: "currentKey"),
      next: try SigningPair(try file.value("nextKey"), at: "nextKey"), former: keys)
    try Self.check(file, authenticated, under: pepper)
  }

  /// The site a text belongs to, with none of its keys made: a console starts without them.
  static func siteID(
    of text: [UInt8], isVerified: Bool = true
  ) throws(ContentError) -> String {
    let file = try members(of: text)
    if isVerified { try check(file) }
    return try file.text("siteID")
  }

  private static func check(_ file: StrictMembers) throws(ContentError) {
    var body: [JSONValue.Member] = []
    for name in names.dropLast() { body.append(.init(name, try file.value(name).value)) }
    let pepper = SymmetricKey(data: try file.bytes("pepper", count: 32))
    try check(file, Array(JSONValue.object(body).compact.utf8), under: pepper)
  }

  private static func check(
    _ file: StrictMembers, _ authenticated: [UInt8], under pepper: SymmetricKey
  ) throws(ContentError) {
    let code = try file.bytes("check", count: 32)
    guard
      HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: authenticated, using: pepper)
    else {
      throw try file.error("check", "it does not fit the rest: the file was damaged or edited.")
    }
  }

  /// In the order in which they are written.
  private static let names = [
    "format", "siteID", "pepper", "currentKey", "nextKey", "formerKeys", "check",
  ]

  private static func members(of text: [UInt8]) throws(ContentError) -> StrictMembers {
    let json = try JSONParser.parse(text)
    if case .integer(let format) = json.value["format"], format > Self.format {
      throw ContentError(
        "format: \(format) is of a newer Gatehouse; this one reads \(Self.format). Update Gatehouse."
      )
    }
    let file = try StrictMembers(json, at: "", names: names)
    guard try file.value("format").value == .integer(Self.format) else {
      throw try file.error("format", "this is not \(Self.format).")
    }
    return file
  }
}

extension SigningPair {
  fileprivate var json: JSONValue {
    [
      "createdAt": JSONValue(createdAt),
      "private": .string(Base64.encode(privateKey.rawRepresentation)),
    ]
  }

  fileprivate init(_ json: LocatedJSON, at path: String) throws(ContentError) {
    let members = try StrictMembers(json, at: path, names: ["createdAt", "private"])
    let bytes = try members.bytes("private", count: 32)
    guard let key = try? P256.Signing.PrivateKey(rawRepresentation: bytes) else {
      throw try members.error("private", "this is not a private key of P-256.")
    }
    self.init(createdAt: try members.instant("createdAt"), privateKey: key)
  }
}

extension SigningKey {
  fileprivate var json: JSONValue {
    [
      "state": .string(state.rawValue), "createdAt": JSONValue(createdAt),
      "public": .string(Base64.encode(publicKey.rawRepresentation)),
    ]
  }

  fileprivate init(_ json: LocatedJSON, at path: String) throws(ContentError) {
    let members = try StrictMembers(json, at: path, names: ["state", "createdAt", "public"])
    guard let state = SigningKeyRow.State(rawValue: try members.text("state")),
      state == .retiring || state == .retired
    else { throw try members.error("state", "this is neither “retiring” nor “retired”.") }
    let bytes = try members.bytes("public", count: 64)
    guard let key = try? P256.Signing.PublicKey(rawRepresentation: bytes) else {
      throw try members.error("public", "this is not a public key of P-256.")
    }
    self.init(state: state, createdAt: try members.instant("createdAt"), publicKey: key)
  }
}
