/// The name an account signs in by: 1–64 of `a-z 0-9 . _ -`, folded to lower case.
package struct Login: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  package init(parsing text: String) throws(NameError) {
    let folded = text.lowercased()
    // U+212A KELVIN SIGN folds to `k`: only what was ASCII before may become a login.
    guard !folded.isEmpty, text.utf8.count == folded.utf8.count, folded.utf8.count <= 64,
      folded.utf8.allSatisfy(Self.allows)
    else {
      throw .login(text)
    }
    self.text = folded
  }

  package var description: String { text }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

  private static func allows(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

/// Why a name is refused.
package enum NameError: Failure, Equatable {
  case login(String)
  case empty(what: String)
  case tooLong(what: String, limit: Int)
  case invisible(what: String, scalar: UInt32)
  case comma(what: String)

  package var description: String {
    switch self {
    case .login(let text):
      "“\(Visible.text(text))” is not a login. Use 1 to 64 of a-z, 0-9, dot, underscore and hyphen."
    case .empty(let what):
      "The \(what) is empty. Give it at least one visible character."
    case .tooLong(let what, let limit):
      "The \(what) is longer than \(limit) characters. Shorten it."
    case .invisible(let what, let scalar):
      "The \(what) contains \(Visible.name(scalar)), which cannot be seen. Remove it."
    case .comma(let what):
      "The \(what) contains a comma, which separates roles. Leave it out."
    }
  }
}
