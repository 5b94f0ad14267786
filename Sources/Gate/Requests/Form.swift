import Access
import Administration

/// A body of type `application/x-www-form-urlencoded`.
struct Form {
  private var fields: [String: String] = [:]
  /// Names that came more than once, which RFC 6749 section 3.1 forbids.
  private var repeated: Set<String> = []

  /// nil where an escape is none, or the text is not UTF-8.
  init?(_ body: some Sequence<UInt8>) {
    for field in Array(body).split(separator: UInt8(ascii: "&")) {
      let parts = field.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first.flatMap({ Self.decoded($0) }),
        let value = Self.decoded(parts.dropFirst().first ?? [])
      else { return nil }
      if fields.updateValue(value, forKey: name) != nil { repeated.insert(name) }
    }
  }

  /// The value of a field that is there once and not empty.
  subscript(name: String) -> String? {
    repeated.contains(name) ? nil : fields[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(0x20)
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
          let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return nil }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension ClientCredentials {
  /// What a caller of `/oauth2/…` presented: Basic or `client_secret_post`, not both (RFC 6749
  /// section 2.3.1); nil where it is neither.
  init?(_ fields: HeaderFields, _ form: Form) {
    let posted = form["client_secret"]
    switch (fields.authorization.value, posted) {
    case (nil, let secret?):
      guard let id = form["client_id"] else { return nil }
      self.init(id: id, secret: Secret(secret.utf8))
    case (let value?, nil):
      guard fields.authorization.single != nil, value.prefix(6).lowercased() == "basic ",
        let pair = UserAndPassword(base64: value.utf8.dropFirst(6))
      else { return nil }
      self.init(id: pair.user, secret: pair.password)
    default: return nil
    }
  }
}
