/// One blank-separated part of a filter text: `key:value`, or a bare word.
///
/// Quotes at the beginning of a value hold blanks together, as in `role:"API Operator"`; within them
/// `""` is one quote. Where the closing one is still to be typed the value goes to the end.
package struct FilterTerm: Hashable, Sendable {
  /// In lower case; nil for a bare word.
  package let key: String?
  package let value: String

  /// As it was typed, the key in lower case: a word again, where a list does not know the key.
  package var text: String { key.map { "\($0):\(value)" } ?? value }

  package static let keys: Set<String> = [
    "owner", "id", "may", "state", "kind", "role", "actor", "action", "target", "source", "review",
    "since", "breaks", "severity",
  ]

  /// The terms of a text; what looks like a key but is none stays a word.
  package static func terms(_ text: String) -> [FilterTerm] {
    var terms: [FilterTerm] = []
    var rest = text[...].drop { $0 == " " }
    while !rest.isEmpty {
      let key = takeKey(&rest)
      let value = takeValue(&rest)
      if let key, !value.isEmpty {
        terms.append(FilterTerm(key: key.lowercased(), value: value))
      } else if let word = key.map({ $0 + ":" + value }) ?? (value.isEmpty ? nil : value) {
        terms.append(FilterTerm(key: nil, value: word))
      }
      rest = rest.drop { $0 == " " }
    }
    return terms
  }

  /// A value as it is typed: in quotes where it would not be one term otherwise.
  package static func quoted(_ value: String) -> String {
    guard value.contains(" ") || value.hasPrefix("\"") || value.isEmpty else { return value }
    return "\"" + value.replacing("\"", with: "\"\"") + "\""
  }

  private static func takeKey(_ rest: inout Substring) -> String? {
    let word = rest.prefix { $0 != " " && $0 != ":" && $0 != "\"" }
    guard rest.dropFirst(word.count).first == ":", keys.contains(word.lowercased()) else {
      return nil
    }
    rest = rest.dropFirst(word.count + 1)
    return String(word)
  }

  private static func takeValue(_ rest: inout Substring) -> String {
    guard rest.first == "\"" else {
      let word = rest.prefix { $0 != " " }
      rest = rest.dropFirst(word.count)
      return String(word)
    }
    rest = rest.dropFirst()
    var value = ""
    while let next = rest.popFirst() {
      guard next == "\"" else {
        value.append(next)
        continue
      }
      guard rest.first == "\"" else { break }
      rest = rest.dropFirst()
      value.append(next)
    }
    return value
  }
}
