/// A JSON value together with where it began, for messages that name line and column.
package struct LocatedJSON: Sendable {
  package let place: TextPlace
  package let content: Content

  package enum Content: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([LocatedJSON])
    case object([(name: String, place: TextPlace, value: LocatedJSON)])
  }

  /// The same value without places.
  package var value: JSONValue {
    switch content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let text): Int64(text).map(JSONValue.integer) ?? .number(text)
    case .string(let text): .string(text)
    case .array(let values): .array(values.map(\.value))
    case .object(let members): .object(members.map { .init($0.name, $0.value.value) })
    }
  }
}

/// A place in a text, both counted from 1; columns count characters.
package struct TextPlace: Hashable, Sendable, CustomStringConvertible {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package var description: String { "line \(line), column \(column)" }
}

/// What is wrong with the content of a file or of standard input, and where.
package struct ContentError: Failure, Equatable {
  package let place: TextPlace?
  package let problem: String

  package init(_ problem: String, at place: TextPlace? = nil) {
    self.place = place
    self.problem = problem
  }

  package var description: String {
    place.map { "\($0): \(problem)" } ?? problem
  }

  package var exitCode: ExitCode { .badContent }
}

/// A strict parser of JSON (RFC 8259): UTF-8, no duplicate members, at most 64 levels deep.
package struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  /// A position on the line up to which characters were counted, so that none is counted twice.
  private var counted = (position: 0, characters: 0)

  /// Parses `bytes` as one value; a byte order mark is skipped.
  package static func parse(_ bytes: [UInt8]) throws(ContentError) -> LocatedJSON {
    var parser = JSONParser(bytes: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      parser.position = 3
      parser.counted.position = 3
    }
    parser.skipBlanks()
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.position == bytes.count else {
      throw ContentError("There is something behind the end of the JSON value.", at: parser.place)
    }
    return value
  }

  package static func parse(_ text: String) throws(ContentError) -> LocatedJSON {
    try parse(Array(text.utf8))
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var place: TextPlace {
    mutating get {
      let end = min(position, bytes.count)
      if counted.position < end {
        let passed = bytes[counted.position..<end]
        // Within a line each ASCII byte is a character; most texts have no others.
        counted.characters +=
          passed.allSatisfy { $0 < 0x80 && $0 != 0x0D }
          ? passed.count : String(decoding: passed, as: UTF8.self).count
        counted.position = end
      }
      return TextPlace(line: line, column: counted.characters + 1)
    }
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next {
      switch byte {
      case 0x20, 0x09, 0x0D: position += 1
      case 0x0A:
        position += 1
        line += 1
        counted = (position, 0)
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(ContentError) -> LocatedJSON {
    guard depth < 64 else { throw ContentError("Nested deeper than 64 levels.", at: place) }
    let start = place
    switch next {
    case UInt8(ascii: "{"): return LocatedJSON(place: start, content: try object(depth: depth))
    case UInt8(ascii: "["): return LocatedJSON(place: start, content: try array(depth: depth))
    case UInt8(ascii: "\""): return LocatedJSON(place: start, content: .string(try string()))
    case UInt8(ascii: "t") where take("true"):
      return LocatedJSON(place: start, content: .bool(true))
    case UInt8(ascii: "f") where take("false"):
      return LocatedJSON(place: start, content: .bool(false))
    case UInt8(ascii: "n") where take("null"): return LocatedJSON(place: start, content: .null)
    case let byte? where byte == UInt8(ascii: "-") || (48...57).contains(byte):
      return LocatedJSON(place: start, content: .number(try number()))
    case nil: throw ContentError("The text ends where a value should be.", at: start)
    default: throw ContentError("This is not a JSON value.", at: start)
    }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let wanted = word.withUTF8Buffer(Array.init)
    guard bytes[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  private mutating func object(depth: Int) throws(ContentError) -> LocatedJSON.Content {
    position += 1
    var members: [(name: String, place: TextPlace, value: LocatedJSON)] = []
    // Few names are looked through; a set is kept where there are many.
    var names = Set<String>()
    skipBlanks()
    if next == UInt8(ascii: "}") {
      position += 1
      return .object([])
    }
    while true {
      skipBlanks()
      let start = place
      guard next == UInt8(ascii: "\"") else {
        throw ContentError("A member's name in quotes should be here.", at: start)
      }
      let name = try string()
      if members.count == 16 { names.formUnion(members.map(\.name)) }
      let isNew =
        members.count < 16 ? !members.contains { $0.name == name } : names.insert(name).inserted
      guard isNew else {
        throw ContentError("The member “\(Visible.text(name))” stands here twice.", at: start)
      }
      skipBlanks()
      guard next == UInt8(ascii: ":") else {
        throw ContentError("A colon should be here.", at: place)
      }
      position += 1
      skipBlanks()
      members.append((name, start, try value(depth: depth + 1)))
      if try closes(with: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func array(depth: Int) throws(ContentError) -> LocatedJSON.Content {
    position += 1
    var values: [LocatedJSON] = []
    skipBlanks()
    if next == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      skipBlanks()
      values.append(try value(depth: depth + 1))
      if try closes(with: UInt8(ascii: "]")) { return .array(values) }
    }
  }

  private mutating func closes(with end: UInt8) throws(ContentError) -> Bool {
    skipBlanks()
    switch next {
    case end:
      position += 1
      return true
    case UInt8(ascii: ","):
      position += 1
      return false
    default: throw ContentError("A comma or the end should be here.", at: place)
    }
  }

  private mutating func number() throws(ContentError) -> String {
    let start = position
    let startPlace = place
    if next == UInt8(ascii: "-") { position += 1 }
    let whole = digits()
    guard whole == 1 || (whole > 1 && bytes[position - whole] != UInt8(ascii: "0")) else {
      throw ContentError("This is not a JSON number.", at: startPlace)
    }
    if next == UInt8(ascii: ".") {
      position += 1
      guard digits() > 0 else { throw ContentError("This is not a JSON number.", at: startPlace) }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      guard digits() > 0 else { throw ContentError("This is not a JSON number.", at: startPlace) }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = next, (48...57).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func string() throws(ContentError) -> String {
    let start = place
    position += 1
    // What stands before an escape is taken as it is, and a text without one at once.
    var content: [UInt8] = []
    var taken = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        let rest = bytes[taken..<position]
        position += 1
        // To validate costs much more than to copy, and most texts are ASCII.
        if content.isEmpty && rest.allSatisfy({ $0 < 0x80 }) {
          return String(decoding: rest, as: UTF8.self)
        }
        let text =
          content.isEmpty
          ? String(validating: rest, as: UTF8.self)
          : String(validating: content + rest, as: UTF8.self)
        guard let text else { throw ContentError("This text is not valid UTF-8.", at: start) }
        return text
      case UInt8(ascii: "\\"):
        content += bytes[taken..<position]
        content += try escape()
        taken = position
      case 0..<0x20: throw ContentError("A control character stands in this text.", at: place)
      default: position += 1
      }
    }
    throw ContentError("The text that begins here has no end.", at: start)
  }

  private mutating func escape() throws(ContentError) -> [UInt8] {
    let start = place
    position += 1
    defer { position += 1 }
    switch next {
    case UInt8(ascii: "\""): return [0x22]
    case UInt8(ascii: "\\"): return [0x5C]
    case UInt8(ascii: "/"): return [0x2F]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var unit = try codeUnit(start)
      if (0xD800..<0xDC00).contains(unit) {
        guard position + 2 < bytes.count, bytes[position + 1] == UInt8(ascii: "\\"),
          bytes[position + 2] == UInt8(ascii: "u")
        else { throw ContentError("Half of a surrogate pair stands here.", at: start) }
        position += 2
        let low = try codeUnit(start)
        guard (0xDC00..<0xE000).contains(low) else {
          throw ContentError("Half of a surrogate pair stands here.", at: start)
        }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else {
        throw ContentError("Half of a surrogate pair stands here.", at: start)
      }
      return Array(String(Character(scalar)).utf8)
    default: throw ContentError("There is no such escape in JSON.", at: start)
    }
  }

  /// Reads the four digits behind the `u` at the position; ends on the last of them.
  private mutating func codeUnit(_ start: TextPlace) throws(ContentError) -> UInt32 {
    let end = position + 5
    guard end <= bytes.count,
      let unit = UInt32(String(decoding: bytes[position + 1..<end], as: UTF8.self), radix: 16),
      bytes[position + 1] != UInt8(ascii: "+"), bytes[position + 1] != UInt8(ascii: "-")
    else { throw ContentError("Four hexadecimal digits should follow \\u.", at: start) }
    position = end - 1
    return unit
  }
}
