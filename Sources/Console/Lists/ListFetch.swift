/// Rows a list needs from whoever holds the whole of it.
enum ListFetch<Row: Sendable>: Sendable {
  /// The first rows.
  case start(count: Int)
  /// The last rows, in the list's order.
  case end(count: Int)
  /// The rows after this one, but for the first few that nobody would see.
  case after(Row, skipping: Int = 0, count: Int)
  /// The rows before this one that are next to it, in the list's order.
  case before(Row, count: Int)
  /// This row, or where it would be, and those after it: a re-reading. Nil means the first rows.
  case from(Row?, count: Int)
}

extension ListFetch: Equatable where Row: Equatable {}

extension ListFetch {
  /// How many rows are left out of what was asked for.
  var skipping: Int {
    if case .after(_, let skipping, _) = self { skipping } else { 0 }
  }
}

/// The answer to a ``ListFetch``.
struct ListPage<Row: Sendable>: Sendable {
  /// In the list's order, next to each other, and next to the row that was named.
  var rows: [Row]
  /// Whether no row comes before these.
  var isAtStart: Bool
  /// Whether no row comes after these.
  var isAtEnd: Bool
  /// How many rows come before these, where that is known without counting.
  var firstRank: Int?

  init(_ rows: [Row], isAtStart: Bool, isAtEnd: Bool, firstRank: Int? = nil) {
    self.rows = rows
    self.isAtStart = isAtStart
    self.isAtEnd = isAtEnd
    self.firstRank = firstRank
  }
}

/// What became of the row the cursor was on.
enum CursorFate<ID: Hashable & Sendable>: Hashable, Sendable {
  case kept
  /// That row is gone; the cursor is on its next neighbour.
  case lost(ID)
}

/// What a list made of a page.
struct ListReception<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
  /// What to fetch now: for steps still owed, or because the page came too late.
  var next: ListFetch<Row>?
  var fate = CursorFate<Row.ID>.kept
}
