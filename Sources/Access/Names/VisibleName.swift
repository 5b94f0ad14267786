import Foundation

/// The rules for names that people choose: tokens, roles, and the texts beside them.
package enum VisibleName {
  /// A name of 1–64 visible characters after NFC, surrounding blanks removed.
  ///
  /// - Throws: ``NameError`` naming the first character that cannot be seen: control, bidi,
  ///   zero-width, unassigned, private use.
  package static func name(_ text: String, what: String) throws(NameError) -> String {
    let name = try self.text(text, what: what, limit: 64)
    guard !name.isEmpty else { throw .empty(what: what) }
    return name
  }

  /// A role's name: as ``name(_:what:)``, without comma.
  package static func roleName(_ text: String) throws(NameError) -> String {
    let name = try name(text, what: "role name")
    guard !name.utf8.contains(UInt8(ascii: ",")) else { throw .comma(what: "role name") }
    return name
  }

  /// A line of at most `limit` visible characters after NFC; may be empty.
  package static func text(_ text: String, what: String, limit: Int) throws(NameError) -> String {
    // Nothing composes within ASCII; to ask takes a millisecond the first time.
    let normal =
      text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
    if let hidden = normal.unicodeScalars.first(where: Visible.isHidden) {
      throw .invisible(what: what, scalar: hidden.value)
    }
    let trimmed =
      normal.firstIndex { $0 != " " }.flatMap { first in
        normal.lastIndex { $0 != " " }.map { String(normal[first...$0]) }
      } ?? ""
    guard trimmed.count <= limit, trimmed.unicodeScalars.count <= limit * 4 else {
      throw .tooLong(what: what, limit: limit)
    }
    return trimmed
  }
}

/// How text from anyone is put into messages: nothing in it can move the cursor or hide.
package enum Visible {
  /// Whether a scalar is one that cannot be seen, or that changes how others are shown.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      true
    case .spaceSeparator: scalar != " "
    default:
      // Fillers and the other letters that have no shape.
      scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// `text` with every hidden character spelled out, as `\x1b` or `<U+202E>`.
  package static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      if isHidden(scalar) {
        shown += name(scalar.value)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
  }

  /// `\x1b` for a control character, `<U+202E>` for any other.
  package static func name(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16)
    return scalar < 0xA0
      ? "\\x" + String(repeating: "0", count: max(0, 2 - digits.count)) + digits
      : "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits.uppercased() + ">"
  }
}
