import Access
import Foundation

extension Presentation {
  /// Reads what a caller presented (RFC 6750 section 2.1, RFC 7617, and the legacy key's header).
  ///
  /// Only headers count: a token in the query, the body or a cookie is none. A scheme that is not
  /// ours is for the API behind, and none either.
  init(_ fields: HeaderFields) {
    let scheme = fields.authorization.value.flatMap(Scheme.init)
    switch (scheme, fields.legacyKey.value) {
    case _ where fields.authorization.isRepeated || fields.legacyKey.isRepeated: self = .ambiguous
    case (.some, .some): self = .ambiguous
    case (.bearer(let text), nil): self = Self.bearer(text)
    case (.basic(let text), nil): self = Self.basic(Array(text))
    case (nil, let key?): self = Self.legacyKey(key)
    case (nil, nil): self = .missing
    }
  }

  /// What stands in `Authorization`, by its scheme.
  private enum Scheme {
    case bearer(Substring.UTF8View)
    case basic(Substring.UTF8View)

    init?(_ value: String) {
      let bytes = value.utf8
      let end = bytes.firstIndex { $0 == 0x20 || $0 == 0x09 } ?? bytes.endIndex
      let name = String(value[..<end])
      if name.isHeader("bearer") {
        self = .bearer(bytes[end...])
      } else if name.isHeader("basic") {
        self = .basic(bytes[end...])
      } else if name.utf8.contains(UInt8(ascii: ",")) {
        // Joined by a gateway: `Bearer,Basic …` is more than one.
        self = .bearer(bytes[..<end])
      } else {
        return nil
      }
    }
  }

  /// One blank, then a `b64token`; a comma means that a gateway joined two headers.
  private static func bearer(_ text: Substring.UTF8View) -> Presentation {
    let secret = Secret(
      text.withContiguousStorageIfAvailable { Array(UnsafeBufferPointer(rebasing: $0.dropFirst())) }
        ?? Array(text.dropFirst()))
    if text.first == 0x20, isToken(secret.bytes) { return .bearer(secret) }
    return text.contains(UInt8(ascii: ",")) ? .ambiguous : .malformed(.bearer)
  }

  /// Whether bytes are a `b64token`: some characters of it, and padding behind them.
  private static func isToken(_ bytes: [UInt8]) -> Bool {
    let equals = UInt8(ascii: "=")
    guard let last = bytes.lastIndex(where: { $0 != equals }), bytes.first != equals else {
      return false
    }
    let token = bytes.span
    // Without a way out in the middle: the compiler takes many bytes at once.
    var others: UInt8 = 0
    for index in 0...last { others |= isTokenByte(token[index]) ^ 1 }
    return others == 0
  }

  /// 1 for a character of a token, else 0.
  @inline(__always)
  private static func isTokenByte(_ byte: UInt8) -> UInt8 {
    // Letters with the case bit set; then digits and `/`, which stands right before them, and `-.`
    // right before that.
    let isLetter: UInt8 = (byte | 0x20) &- UInt8(ascii: "a") < 26 ? 1 : 0
    let isDigit: UInt8 = byte &- UInt8(ascii: "-") < 13 ? 1 : 0
    let isUnderscore: UInt8 = byte == UInt8(ascii: "_") ? 1 : 0
    let isTilde: UInt8 = byte == UInt8(ascii: "~") ? 1 : 0
    let isPlus: UInt8 = byte == UInt8(ascii: "+") ? 1 : 0
    return isLetter | isDigit | isUnderscore | isTilde | isPlus
  }

  private static func basic(_ text: [UInt8]) -> Presentation {
    if text.contains(UInt8(ascii: ",")) { return .ambiguous }
    guard text.first == 0x20, let pair = UserAndPassword(base64: text.dropFirst()) else {
      return .malformed(.password)
    }
    return .password(login: pair.user, pair.password)
  }

  private static func legacyKey(_ value: String) -> Presentation {
    let key = value.utf8.trimmed
    return key.isEmpty ? .malformed(.legacyKey) : .legacyKey(Secret(key))
  }
}

/// What stands behind `Basic` (RFC 7617 section 2).
struct UserAndPassword {
  let user: String
  let password: Secret

  /// nil where it is not strict base64 of UTF-8 text with a colon, or has a control character.
  init?(base64 text: some Collection<UInt8>) {
    guard let bytes = Data(base64Encoded: Data(text)),
      let decoded = String(validating: bytes, as: UTF8.self),
      !decoded.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }),
      let colon = decoded.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    user = String(decoded[..<colon])
    password = Secret(decoded[colon...].utf8.dropFirst())
    guard !user.isEmpty, !password.bytes.isEmpty else { return nil }
  }
}

extension BidirectionalCollection<UInt8> where SubSequence: BidirectionalCollection {
  /// Without the blanks and tabs around it.
  var trimmed: SubSequence {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    guard let first = firstIndex(where: { !isBlank($0) }),
      let last = lastIndex(where: { !isBlank($0) })
    else { return self[endIndex...] }
    return self[first...last]
  }
}
