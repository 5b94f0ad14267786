/// The members of one JSON object on their way out: each is taken once, and none may be left.
struct DocumentObject {
  private let prefix: String
  private let place: TextPlace
  /// Those not taken yet, in their order; too few for a dictionary to be quicker.
  private var members: [(name: String, place: TextPlace, value: LocatedJSON)]

  init(_ json: LocatedJSON, path: String) throws(ContentError) {
    guard case .object(let members) = json.content else {
      throw ContentError(
        (path.isEmpty ? "" : path + ": ") + "an object in braces should be here.", at: json.place)
    }
    prefix = path
    place = json.place
    self.members = members
  }

  func path(_ name: String) -> String { prefix.isEmpty ? name : "\(prefix).\(name)" }

  mutating func integer(_ name: String) throws(ContentError) -> (value: Int64, place: TextPlace) {
    let json = try take(name)
    guard case .integer(let value) = json.value else {
      throw wrong(name, json, "a whole number should be here")
    }
    return (value, json.place)
  }

  mutating func bool(_ name: String) throws(ContentError) -> Bool {
    let json = try take(name)
    guard case .bool(let value) = json.content else {
      throw wrong(name, json, "true or false should be here")
    }
    return value
  }

  mutating func string(_ name: String) throws(ContentError) -> (value: String, place: TextPlace) {
    try text(try take(name), name)
  }

  /// A string, or nil for `null`.
  mutating func optionalString(
    _ name: String
  ) throws(ContentError) -> (value: String, place: TextPlace)? {
    let json = try take(name)
    if case .null = json.content { return nil }
    return try text(json, name)
  }

  mutating func strings(
    _ name: String
  ) throws(ContentError) -> [(value: String, place: TextPlace)] {
    try array(name).map { json throws(ContentError) in try text(json, name) }
  }

  mutating func object(_ name: String) throws(ContentError) -> DocumentObject {
    try DocumentObject(try take(name), path: path(name))
  }

  mutating func objects(_ name: String) throws(ContentError) -> [DocumentObject] {
    var objects: [DocumentObject] = []
    for (index, json) in try array(name).enumerated() {
      objects.append(try DocumentObject(json, path: "\(path(name))[\(index)]"))
    }
    return objects
  }

  /// Every member as a string, in order; for objects whose names are data.
  func allStrings() throws(ContentError) -> [(String, (value: String, place: TextPlace))] {
    var strings: [(String, (value: String, place: TextPlace))] = []
    for member in members { strings.append((member.name, try text(member.value, member.name))) }
    return strings
  }

  mutating func choice<Value: RawRepresentable<String>>(
    _ name: String, _ values: [Value]
  ) throws(ContentError) -> Value {
    let text = try string(name)
    guard let value = Value(rawValue: text.value) else {
      let words = values.map(\.rawValue).joined(separator: ", ")
      throw ContentError(
        "\(path(name)): “\(Visible.text(text.value))” is none of \(words).", at: text.place)
    }
    return value
  }

  func lifetime(
    _ text: (value: String, place: TextPlace), _ name: String
  ) throws(ContentError) -> FiniteLifetime {
    do {
      return try FiniteLifetime(parsing: text.value)
    } catch {
      throw ContentError("\(path(name)): \(error.description)", at: text.place)
    }
  }

  /// Refuses what nobody took.
  func finish() throws(ContentError) {
    guard let member = members.first else { return }
    throw ContentError(
      "\(path(Visible.text(member.name))): there is no such member. Look at an exported document.",
      at: member.place)
  }

  private mutating func take(_ name: String) throws(ContentError) -> LocatedJSON {
    guard let index = members.firstIndex(where: { $0.name == name }) else {
      throw ContentError("\(path(name)): this member is missing.", at: place)
    }
    return members.remove(at: index).value
  }

  private mutating func array(_ name: String) throws(ContentError) -> [LocatedJSON] {
    let json = try take(name)
    guard case .array(let values) = json.content else {
      throw wrong(name, json, "a list in brackets should be here")
    }
    return values
  }

  private func text(
    _ json: LocatedJSON, _ name: String
  ) throws(ContentError) -> (value: String, place: TextPlace) {
    guard case .string(let value) = json.content else {
      throw wrong(name, json, "a text in quotes should be here")
    }
    return (value, json.place)
  }

  private func wrong(_ name: String, _ json: LocatedJSON, _ problem: String) -> ContentError {
    ContentError("\(path(name)): \(problem).", at: json.place)
  }
}
