import Access
import GRDB

/// A list that is read page by page: by the key behind or before a row, never by offset.
struct Keyset {
  /// What is read, up to and without WHERE.
  let select: Clause
  var conditions: [Clause]
  /// The column it is ordered by, and the one that tells equal keys apart; `tie` is an integer.
  let key: String
  let tie: String
  let isDescending: Bool
  /// Whether few rows match, so that they are found first and sorted afterwards.
  var sortsMatches = false

  /// Where the order begins: rows whose key is smaller follow behind all others.
  ///
  /// For an integer key that is an instant: what lies ahead comes first, what is past last. A row that
  /// passes it between two pages is where the next reading has it.
  var first: Int64?

  /// Reads one page, leaving out the first `skipping` rows behind an anchor that is before it.
  func page<Item: ListRow>(
    _ db: Database, anchor: Anchor, skipping: Int = 0, limit: Int?, make: (Row) throws -> Item
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
        db, (cursor, false), isReversed: false, skipping: skipping, limit, make)
      return Page(rows: rows, hasBefore: true, hasAfter: hasMore)
    case .before(let cursor):
      let (rows, hasMore) = try fetch(db, (cursor, false), isReversed: true, limit, make)
      return Page(rows: rows.reversed(), hasBefore: hasMore, hasAfter: true)
    case .from(let cursor):
      let (rows, hasMore) = try fetch(db, (cursor, true), isReversed: false, limit, make)
      let (before, _) = try fetch(db, (cursor, false), isReversed: true, 1, make)
      return Page(rows: rows, hasBefore: !before.isEmpty, hasAfter: hasMore)
    }
  }

  /// The rows behind (or with `isReversed` before) a place, nearest first.
  private func fetch<Item>(
    _ db: Database, _ place: (cursor: Access.RowCursor, isIncluded: Bool)?, isReversed: Bool,
    skipping: Int = 0, _ limit: Int?, _ make: (Row) throws -> Item
  ) throws -> ([Item], hasMore: Bool) {
    let descends = isDescending != isReversed
    var parts = descends ? self.parts.reversed() : self.parts
    if let place, let index = parts.firstIndex(where: { $0.holds(place.cursor.key) }) {
      parts.removeFirst(index)
      parts[parts.startIndex].bound = bound(
        place.cursor, descends: descends, isIncluded: place.isIncluded)
    }
    var items: [Item] = []
    var skipping = skipping
    for part in parts {
      let all = conditions + [condition(for: part), part.bound].compactMap { $0 }
      var query = select
      if !all.isEmpty { query += " WHERE " + all.joined(separator: " AND ") }
      let direction = descends ? "DESC" : "ASC"
      query += Clause(sql: " ORDER BY \(orderKey) \(direction), \(tie) \(direction)")
      var piece = query
      let most = limit.flatMap { $0 < .max ? $0 + 1 - items.count : nil }
      if most != nil || skipping > 0 { piece += " LIMIT \(most ?? -1)" }
      // Of an index these are only counted off; the rows are not gone to.
      if skipping > 0 { piece += " OFFSET \(skipping)" }
      let cursor = try piece.cursor(db)
      var isEmpty = true
      while let row = try cursor.next() {
        if let limit, items.count == limit { return (items, true) }
        items.append(try make(row))
        isEmpty = false
      }
      // A part may be shorter than what is to be left out: the rest is left out of the next one.
      skipping = isEmpty && skipping > 0 ? skipping - (try count(db, query, upTo: skipping)) : 0
    }
    return (items, false)
  }

  private func count(_ db: Database, _ query: Clause, upTo most: Int) throws -> Int {
    let counted: Clause = "SELECT count(*) FROM (" + query + " LIMIT \(most))"
    return try counted.number(db)
  }

  /// A stretch of the order that is one range of the key.
  private struct Part {
    /// The keys from ``Keyset/first`` on, those before it, or with nil all of them.
    let isAhead: Bool?
    let first: Int64
    var bound: Clause?

    func holds(_ key: Access.RowCursor.Key) -> Bool {
      guard let isAhead, case .integer(let value) = key else { return true }
      return (value >= first) == isAhead
    }
  }

  /// In ascending order.
  private var parts: [Part] {
    guard let first else { return [Part(isAhead: nil, first: 0)] }
    return [Part(isAhead: true, first: first), Part(isAhead: false, first: first)]
  }

  private func condition(for part: Part) -> Clause? {
    part.isAhead.map { Clause(sql: "\(orderKey) \($0 ? ">=" : "<") ") + "\(part.first)" }
  }

  /// The condition for rows behind a cursor, going on in this direction.
  private func bound(_ cursor: Access.RowCursor, descends: Bool, isIncluded: Bool) -> Clause {
    let sign = (descends ? "<" : ">") + (isIncluded ? "=" : "")
    let number = Int64(cursor.id) ?? 0
    let place = Clause(sql: "(\(orderKey), \(tie)) \(sign) ")
    return switch cursor.key {
    case .integer(let value): place + "(\(value), \(number))"
    case .text(let value): place + "(\(value), \(number))"
    }
  }

  /// A plus sign keeps SQLite from walking the order's index where few rows match.
  private var orderKey: String { sortsMatches ? "+" + key : key }
}
