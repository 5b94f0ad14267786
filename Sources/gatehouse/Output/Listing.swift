import Access

/// How the rows of one kind of list are shown, to people and to scripts.
struct Listing<Row> {
  let columns: [Column<Row>]
  let json: (Row) -> JSONValue
  /// What is said where there are no rows: what would be here, and how it gets there.
  let empty: String
}

/// Writes a list piece by piece, so that a million rows cost what fifty do.
struct ListWriter<Row> {
  private let listing: Listing<Row>
  private let desk: Desk
  private var table: Table<Row>
  private var count = 0

  init(_ listing: Listing<Row>, at desk: Desk) {
    self.listing = listing
    self.desk = desk
    table = Table(listing.columns, ink: desk.ink)
  }

  mutating func write(_ rows: [Row]) throws {
    let output = desk.world.output
    if desk.isJSON {
      for row in rows {
        try output.text((count == 0 ? "[\n  " : ",\n  ") + listing.json(row).compact)
        count += 1
      }
    } else if !rows.isEmpty {
      for line in table.lines(rows) { try output.line(line) }
      count += rows.count
    }
  }

  func end() throws {
    if desk.isJSON {
      try desk.world.output.line(count == 0 ? "[]" : "\n]")
    } else if count == 0 {
      try desk.world.say(listing.empty)
    }
  }
}

extension Desk {
  /// How many rows are read at once.
  static let pageSize = 500

  var ink: Ink { Ink(for: world.output, environment: world.environment) }

  /// Shows rows that are all there already.
  func show<Row>(_ rows: [Row], as listing: Listing<Row>) throws {
    var writer = ListWriter(listing, at: self)
    try writer.write(rows)
    try writer.end()
  }

  /// Shows a list page by page, from `anchor` on, `limit` rows at the most.
  func show<Row: ListRow>(
    _ listing: Listing<Row>, limit: Int?, from anchor: Anchor = .start,
    page: (Anchor, Int) throws -> Page<Row>
  ) throws {
    var writer = ListWriter(listing, at: self)
    try eachPage(limit: limit, from: anchor, page: page) { rows in
      try writer.write(rows)
      return true
    }
    try writer.end()
  }

  /// Reads page by page until the rows, the limit or the wish for more ends.
  ///
  /// `take` gets the rows of each page; false ends it.
  func eachPage<Row: ListRow>(
    limit: Int? = nil, from anchor: Anchor = .start, page: (Anchor, Int) throws -> Page<Row>,
    take: ([Row]) throws -> Bool
  ) throws {
    var place = anchor
    var left = limit ?? .max
    while left > 0 {
      let page = try page(place, min(left, Self.pageSize))
      guard try take(page.rows), page.hasAfter, let last = page.rows.last else { return }
      left -= page.rows.count
      place = .after(last.cursor)
    }
  }

  /// Shows one thing: its JSON to scripts, its fields to people.
  func show(_ json: JSONValue, _ fields: Fields) throws {
    try show(json, lines: fields.lines(ink: ink))
  }

  func show(_ json: JSONValue, lines: [String]) throws {
    if isJSON {
      try world.output.line(json.pretty)
    } else {
      for line in lines { try world.output.line(line) }
    }
  }
}
