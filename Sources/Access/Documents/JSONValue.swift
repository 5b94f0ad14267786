/// A JSON value (RFC 8259) whose objects keep their order, so that it can be written canonically.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number that is not a 64-bit integer, as it was written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The first member of this name; nil also where this is no object.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text without any blanks, members in the order they are held.
  package var compact: String {
    var out = ""
    write(to: &out, indent: nil)
    return out
  }

  /// The text for people: two blanks of indent a level, one member a line.
  package var pretty: String {
    var out = ""
    write(to: &out, indent: 0)
    return out
  }

  private func write(to out: inout String, indent: Int?) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .integer(let value): out += String(value)
    case .number(let text): out += text
    case .string(let text): Self.write(text, to: &out)
    case .array(let values):
      Self.write("[", "]", values.count, to: &out, indent: indent) { index, indent, out in
        values[index].write(to: &out, indent: indent)
      }
    case .object(let members):
      Self.write("{", "}", members.count, to: &out, indent: indent) { index, indent, out in
        Self.write(members[index].name, to: &out)
        out += indent == nil ? ":" : ": "
        members[index].value.write(to: &out, indent: indent)
      }
    }
  }

  private static func write(
    _ open: String, _ close: String, _ count: Int, to out: inout String, indent: Int?,
    element: (Int, Int?, inout String) -> Void
  ) {
    out += open
    for index in 0..<count {
      if index > 0 { out += "," }
      if let indent { out += "\n" + String(repeating: "  ", count: indent + 1) }
      element(index, indent.map { $0 + 1 }, &out)
    }
    if count > 0, let indent { out += "\n" + String(repeating: "  ", count: indent) }
    out += close
  }

  /// Escapes what RFC 8259 §7 demands, and the control characters that a terminal would obey.
  private static func write(_ text: String, to out: inout String) {
    out += "\""
    defer { out += "\"" }
    if text.utf8.allSatisfy(isPlain) { return out += text }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        out += "\\u" + hex(scalar.value)
      default: out.unicodeScalars.append(scalar)
      }
    }
  }

  /// Whether this byte of a text stands for itself: printable ASCII but for two.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
  package init(nilLiteral: ()) { self = .null }

  /// A time as scripts rely on it, or null for never.
  package init(_ instant: Instant?) {
    self = instant.map { .string($0.rfc3339) } ?? .null
  }

  package init(_ text: String?) {
    self = text.map(JSONValue.string) ?? .null
  }

  package init(_ count: Int) { self = .integer(Int64(count)) }

  package init(_ values: some Sequence<String>) { self = .array(values.map(JSONValue.string)) }
}
