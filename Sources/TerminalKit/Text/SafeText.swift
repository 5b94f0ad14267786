/// Text that cannot act on a terminal: the only kind a ``Canvas`` takes.
///
/// Whatever would move the cursor, hide, reorder or be invisible is replaced by a visible form:
/// `\x1b` for controls and bytes that are not UTF-8, `<U+202E>` for everything else. Emoji joined
/// or tinted lose the joiner and the tint, and a base keeps four combining marks. It is for eyes;
/// two different originals may look alike.
package struct SafeText: Hashable, Sendable {
  /// The text as it will be shown.
  package let string: String
  /// The columns it takes.
  package let width: Int

  package init(_ untrusted: String) {
    if Self.isPrintableASCII(untrusted.utf8Span.span) {
      self.init(string: untrusted, width: untrusted.utf8.count)
    } else {
      var sanitizer = Sanitizer()
      for scalar in untrusted.unicodeScalars { sanitizer.take(scalar) }
      self.init(sanitizer.finish())
    }
  }

  /// Text from bytes that should be UTF-8; those that are not become `\xff`.
  package init(decoding bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    var sanitizer = Sanitizer()
    var rest = bytes[...]
    while !rest.isEmpty {
      var parser = Unicode.UTF8.ForwardParser()
      var iterator = rest.makeIterator()
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        sanitizer.take(Unicode.UTF8.decode(encoded))
        rest = rest.dropFirst(encoded.count)
      case .error(let length):
        for byte in rest.prefix(max(length, 1)) { sanitizer.take(invalid: byte) }
        rest = rest.dropFirst(max(length, 1))
      case .emptyInput:
        rest = []
      }
    }
    self.init(sanitizer.finish())
  }

  /// The lines of `untrusted`, split at line feeds, each safe.
  package static func lines(_ untrusted: String) -> [SafeText] {
    untrusted.split(separator: "\n", omittingEmptySubsequences: false).map { SafeText(String($0)) }
  }

  package static func + (one: SafeText, other: SafeText) -> SafeText {
    SafeText(string: one.string + other.string, width: one.width + other.width)
  }

  package static func += (one: inout SafeText, other: SafeText) { one = one + other }

  package var isEmpty: Bool { width == 0 }

  /// Whether each byte of `string` is one column.
  var isASCII: Bool { width == string.utf8.count }

  /// For text already sanitised; safe text never begins with a mark, so joining and cutting between
  /// graphemes keeps it safe.
  init(string: String, width: Int) {
    self.string = string
    self.width = width
  }

  private static func isPrintableASCII(_ bytes: Span<UInt8>) -> Bool {
    // Without a way out in the middle: the compiler takes many bytes at once.
    var others: UInt8 = 0
    for index in bytes.indices { others |= bytes[index] &- 0x20 > 0x5E ? 1 : 0 }
    return others == 0
  }

  private init(_ sanitized: (text: String, width: Int)) {
    self.init(string: sanitized.text, width: sanitized.width)
  }
}

extension SafeText: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(value) }
}

extension SafeText: CustomStringConvertible {
  package var description: String { string }
}
