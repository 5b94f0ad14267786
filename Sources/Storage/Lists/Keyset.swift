import Access
import GRDB

/// A list that is read page by page: by the key behind or before a row, never by offset.
struct Keyset {
  /// What is read, up to and without WHERE.
  let select: SQL
  var conditions: [SQL]
  /// The column it is ordered by, and the one that tells equal keys apart; `tie` is an integer.
  let key: String
  let tie: String
  let isDescending: Bool
  /// Whether few rows match, so that they are found first and sorted afterwards.
  var sortsMatches = false

  /// Reads one page.
  func page<Item: ListRow>(
    _ db: Database, anchor: Anchor, limit: Int?, make: (Row) throws -> Item
  ) throws -> Page<Item> {
    switch anchor {
    case .start:
      let (rows, hasMore) = try fetch(db, nil, isReversed: false, limit, make)
      return Page(rows: rows, hasAfter: hasMore)
    case .end:
      let (rows, hasMore) = try fetch(db, nil, isReversed: true, limit, make)
      return Page(rows: rows.reversed(), hasBefore: hasMore)
    case .after(let cursor):
      let (rows, hasMore) = try fetch(
        db, bound(cursor, behind: true), isReversed: false, limit, make)
      return Page(rows: rows, hasBefore: true, hasAfter: hasMore)
    case .before(let cursor):
      let (rows, hasMore) = try fetch(
        db, bound(cursor, behind: false), isReversed: true, limit, make)
      return Page(rows: rows.reversed(), hasBefore: hasMore, hasAfter: true)
    case .from(let cursor):
      let from = bound(cursor, behind: true, isInclusive: true)
      let (rows, hasMore) = try fetch(db, from, isReversed: false, limit, make)
      let (before, _) = try fetch(db, bound(cursor, behind: false), isReversed: true, 1, make)
      return Page(rows: rows, hasBefore: !before.isEmpty, hasAfter: hasMore)
    }
  }

  private func fetch<Item>(
    _ db: Database, _ bound: SQL?, isReversed: Bool, _ limit: Int?, _ make: (Row) throws -> Item
  ) throws -> ([Item], hasMore: Bool) {
    let direction = isDescending != isReversed ? "DESC" : "ASC"
    let all = conditions + (bound.map { [$0] } ?? [])
    var query = select
    if !all.isEmpty { query += " WHERE " + all.joined(separator: " AND ") }
    query += SQL(sql: " ORDER BY \(orderKey) \(direction), \(tie) \(direction)")
    // One more than asked for tells whether there are more.
    if let limit, limit < .max { query += " LIMIT \(limit + 1)" }
    var items: [Item] = []
    let cursor = try SQLRequest<Row>(literal: query, cached: true).fetchCursor(db)
    while let row = try cursor.next() {
      if let limit, items.count == limit { return (items, true) }
      items.append(try make(row))
    }
    return (items, false)
  }

  /// The condition for rows behind (or before) a cursor in this order.
  private func bound(_ cursor: Access.RowCursor, behind: Bool, isInclusive: Bool = false) -> SQL {
    let sign = (behind != isDescending ? ">" : "<") + (isInclusive ? "=" : "")
    let number = Int64(cursor.id) ?? 0
    let place = SQL(sql: "(\(orderKey), \(tie)) \(sign) ")
    return switch cursor.key {
    case .integer(let value): place + "(\(value), \(number))"
    case .text(let value): place + "(\(value), \(number))"
    }
  }

  /// A plus sign keeps SQLite from walking the order's index where few rows match.
  private var orderKey: String { sortsMatches ? "+" + key : key }
}

extension SQL {
  /// A text as SQL matches it anywhere, its own wildcards made plain.
  static func contains(_ column: String, _ word: String) -> SQL {
    // LIKE knows no case beyond ASCII.
    guard word.unicodeScalars.allSatisfy(\.isASCII) else {
      return SQL(sql: "\(CaseFolding.function.name)(\(column), ") + "\(word.lowercased()))"
    }
    let pattern = word.reduce(into: "") { pattern, character in
      if "%_\\".contains(character) { pattern.append("\\") }
      pattern.append(character)
    }
    return SQL(sql: column) + " LIKE \("%" + pattern + "%") ESCAPE '\\'"
  }

  /// A text that begins so; a range of the column's index.
  static func begins(_ column: String, _ word: String) -> SQL {
    let column = SQL(sql: column)
    return "(" + column + " >= \(word) AND " + column + " < \(word + "\u{10FFFF}"))"
  }

  static func any(_ column: String, of values: some Sequence<String>) -> SQL {
    SQL(sql: column) + " IN (" + values.map { "\($0)" as SQL }.joined(separator: ", ") + ")"
  }
}
