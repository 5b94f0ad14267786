import Access

/// The members of a JSON object that must be exactly these; errors name the path, never a value.
struct StrictMembers {
  private let path: String
  private let place: TextPlace
  private let values: [String: LocatedJSON]

  /// Takes an object apart.
  ///
  /// - Parameters:
  ///   - json: what should be an object.
  ///   - path: where it stands, as `keys[0]`; empty for the whole.
  ///   - names: all its members.
  /// - Throws: where it is no object, or a member is unknown or missing.
  init(_ json: LocatedJSON, at path: String, names: [String]) throws(ContentError) {
    self.path = path
    place = json.place
    let prefix = path.isEmpty ? "" : "\(path): "
    guard case .object(let members) = json.content else {
      throw ContentError("\(prefix)an object should be here.", at: json.place)
    }
    if let member = members.first(where: { !names.contains($0.name) }) {
      throw ContentError(
        """
        \(prefix)“\(Visible.text(String(member.name.prefix(40))))” is no member of this; \
        the members are \(names.joined(separator: ", ")).
        """, at: member.place)
    }
    values = Dictionary(
      members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    if let missing = names.first(where: { values[$0] == nil }) {
      throw ContentError("\(prefix)the member “\(missing)” is missing.", at: json.place)
    }
  }

  func value(_ name: String) throws(ContentError) -> LocatedJSON {
    guard let value = values[name] else {
      throw ContentError("\(path(of: name)): it is missing.", at: place)
    }
    return value
  }

  /// A text that is not empty.
  func text(_ name: String) throws(ContentError) -> String {
    guard case .string(let text) = try value(name).content, !text.isEmpty else {
      throw try error(name, "a text should be here.")
    }
    return text
  }

  func array(_ name: String) throws(ContentError) -> [LocatedJSON] {
    guard case .array(let values) = try value(name).content else {
      throw try error(name, "a list should be here.")
    }
    return values
  }

  func bytes(_ name: String, count: Int) throws(ContentError) -> [UInt8] {
    guard let bytes = Base64.decode(try text(name)), bytes.count == count else {
      throw try error(name, "\(count) bytes in base64url should be here.")
    }
    return bytes
  }

  func instant(_ name: String) throws(ContentError) -> Instant {
    guard let instant = Instant(parsing: try text(name)) else {
      throw try error(name, "a time as 2026-11-23T14:31:00.000Z should be here.")
    }
    return instant
  }

  func error(_ name: String, _ problem: String) throws(ContentError) -> ContentError {
    ContentError("\(path(of: name)): \(problem)", at: try value(name).place)
  }

  private func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
