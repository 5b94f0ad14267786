import Access

/// The rows of an import, each cell with the place it stands at.
struct ImportTable {
  struct Cell {
    let text: String
    let place: TextPlace
  }

  struct Row {
    let place: TextPlace
    fileprivate(set) var cells: [String: Cell] = [:]

    subscript(field: String) -> String? { cells[field]?.text }
  }

  private(set) var rows: [Row] = []

  /// Reads CSV (RFC 4180) or a JSON array of objects, told apart by the first character.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, with or without a byte order mark.
  ///   - mapping: fields by other names.
  ///   - known: the fields there are; another column is refused, for it may be a misspelt one.
  ///   - needed: of each group one must be there.
  /// - Returns: the table, its rows in the file's order.
  /// - Throws: ``ContentError`` with line and column.
  static func read(
    _ bytes: [UInt8], mapping: [String: String], known: [String], needed: [[String]]
  ) throws(ContentError) -> ImportTable {
    try refuseInvalidUTF8(bytes)
    var content = bytes[...]
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    let first = content.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    var table = ImportTable()
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
      try table.takeJSON(try JSONParser.parse(bytes), mapping)
    } else {
      try table.takeCSV(CSVReader(content), mapping)
    }
    try table.check(known: known, needed: needed)
    return table
  }

  private mutating func takeCSV(
    _ source: CSVReader, _ mapping: [String: String]
  ) throws(ContentError) {
    var reader = source
    guard let header = try reader.next() else {
      throw ContentError("The file is empty: a line with the columns' names should begin it.")
    }
    let names = header.map { mapping[$0.text] ?? $0.text }
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw ContentError(
        "The column “\(Visible.text(name))” stands here twice.", at: header[index].place)
    }
    while let cells = try reader.next() {
      // A blank line is no row.
      if cells.count == 1, cells.first?.text.isEmpty == true { continue }
      guard cells.count == names.count, let first = cells.first else {
        throw ContentError(
          "This row has \(cells.count) cells; the first line names \(names.count) columns.",
          at: cells.first?.place)
      }
      var row = Row(place: first.place)
      for (name, cell) in zip(names, cells) { row.cells[name] = cell }
      rows.append(row)
    }
    columns = zip(names, header).map { ($0, $1.place) }
  }

  /// The columns a first line names, and where, so that a misspelt one is told with its place.
  private var columns: [(String, TextPlace)] = []

  private mutating func takeJSON(
    _ json: LocatedJSON, _ mapping: [String: String]
  ) throws(ContentError) {
    guard case .array(let values) = json.content else {
      throw ContentError("A list of objects in brackets should be here.", at: json.place)
    }
    for value in values {
      guard case .object(let members) = value.content else {
        throw ContentError("An object in braces should be here.", at: value.place)
      }
      var row = Row(place: value.place)
      for member in members {
        let text: String
        switch member.value.content {
        case .string(let string): text = string
        case .null: continue
        case .array(let parts):
          // Roles may be a list here.
          var texts: [String] = []
          for part in parts {
            guard case .string(let string) = part.content else {
              throw ContentError("A text in quotes should be here.", at: part.place)
            }
            texts.append(string)
          }
          text = texts.joined(separator: ";")
        default: throw ContentError("A text in quotes should be here.", at: member.value.place)
        }
        row.cells[mapping[member.name] ?? member.name] = Cell(text: text, place: member.value.place)
      }
      rows.append(row)
    }
  }

  private func check(known: [String], needed: [[String]]) throws(ContentError) {
    let unknown =
      columns.first { !known.contains($0.0) }
      ?? rows.lazy.compactMap { row in
        row.cells.first { !known.contains($0.key) }.map { ($0.key, $0.value.place) }
      }.first
    if let (name, place) = unknown {
      throw ContentError(
        """
        The column “\(Visible.text(name))” is not known. The columns are \
        \(known.joined(separator: ", ")); --map \(Visible.text(name))=FIELD gives it a meaning.
        """, at: place)
    }
    for group in needed {
      guard let row = rows.first(where: { row in !group.contains { row.cells[$0] != nil } }) else {
        continue
      }
      throw ContentError(
        "This row has no \(group.joined(separator: " or ")). Nothing was imported.", at: row.place)
    }
  }

  private static func refuseInvalidUTF8(_ bytes: [UInt8]) throws(ContentError) {
    guard String(validating: bytes, as: UTF8.self) == nil else { return }
    var line = 1
    for text in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if String(validating: text, as: UTF8.self) == nil {
        var before = ""
        var bytes = text.makeIterator()
        var decoder = UTF8()
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
          before.unicodeScalars.append(scalar)
        }
        throw ContentError(
          "This is not UTF-8. Save the file as UTF-8.",
          at: TextPlace(line: line, column: before.count + 1))
      }
      line += 1
    }
  }
}

extension ImportTable {
  /// Makes drafts of all rows; the first wrong cells are named together.
  func convert<Draft>(_ make: (Row) throws -> Draft) throws -> [Draft] {
    var drafts: [Draft] = []
    drafts.reserveCapacity(rows.count)
    var wrong: [ContentError] = []
    for row in rows where wrong.count < ImportErrors.shown {
      do {
        drafts.append(try make(row))
      } catch let error as ContentError {
        wrong.append(error)
      }
    }
    guard wrong.isEmpty else { throw ContentErrors(errors: wrong) }
    return drafts
  }

  /// Runs an import, and gives what it finds wrong the place in the file.
  func locating(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as ImportErrors {
      throw ContentErrors(
        errors: error.errors.map { error in
          let row = rows.indices.contains(error.index) ? rows[error.index] : nil
          return ContentError(
            "\(error.field): \(error.problem)", at: row?.cells[error.field]?.place ?? row?.place)
        })
    }
  }
}

/// Several wrong places in one file; nothing was imported.
struct ContentErrors: Failure {
  let errors: [ContentError]

  var description: String {
    errors.map(\.description).joined(separator: "\n") + "\nNothing was imported."
  }

  var exitCode: ExitCode { .badContent }
}

extension ImportTable.Row {
  /// Reads a cell; what is wrong with it is said with its place.
  func parse<Value>(_ field: String, _ read: (String) throws -> Value) throws -> Value {
    do {
      return try read(self[field] ?? "")
    } catch let error as any Failure {
      throw wrong(field, error.description)
    }
  }

  func kind() throws -> AccountKind {
    guard let text = self["kind"], !text.isEmpty else { return .person }
    guard let kind = AccountKind(rawValue: text.lowercased()) else {
      throw wrong("kind", "“\(Visible.text(text))” is neither person nor service")
    }
    return kind
  }

  /// A time; nil where the cell is empty.
  func instant(_ field: String) throws -> Instant? {
    guard let text = self[field], !text.isEmpty else { return nil }
    guard let instant = Instant(parsing: text) else {
      throw wrong(
        field, "“\(Visible.text(text))” is no time; write 2026-11-23T14:31:00Z or 2026-11-23")
    }
    return instant
  }

  /// The key itself or its SHA-256; the value is never told.
  func keyValue() throws -> LegacyKeyDraft.Value {
    if let key = self["key"], !key.isEmpty { return .plain(Secret(key.utf8)) }
    let digits = Array((self["sha256"] ?? "").utf8)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
      UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
    }
    // `UInt8` would read a sign before a digit as well.
    guard digits.count == 64, bytes.count == 32, !digits.contains(UInt8(ascii: "+")) else {
      throw cells["sha256"] == nil
        ? wrong("key", "the key is missing") : wrong("sha256", "a SHA-256 is 64 hexadecimal digits")
    }
    return .sha256(bytes)
  }

  private func wrong(_ field: String, _ problem: String) -> ContentError {
    ContentError("\(field): \(problem)", at: cells[field]?.place ?? place)
  }
}

extension String {
  /// Without blanks at its ends.
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
