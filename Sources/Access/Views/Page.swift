/// Where a page of a list begins.
package enum Anchor: Hashable, Sendable {
  /// The first rows.
  case start
  /// The last rows, still in the list's order.
  case end
  /// The rows behind this one, nearest first.
  case after(RowCursor)
  /// The rows before this one, still in the list's order; the last of them is its neighbour.
  case before(RowCursor)
  /// From this place on, the row itself included if it still exists.
  case from(RowCursor)
}

/// The place of a row in one order of a list: its sort key, then its id.
package struct RowCursor: Hashable, Sendable {
  package enum Key: Hashable, Sendable {
    case integer(Int64)
    case text(String)
  }

  package let key: Key
  package let id: String

  package init(key: Key, id: String) {
    self.key = key
    self.id = id
  }
}

/// What part of a list is asked for.
package struct PageRequest<Filter: Hashable & Sendable, Sort: Hashable & Sendable>: Hashable,
  Sendable
{
  package var filter: Filter
  package var sort: Sort
  package var isDescending: Bool
  package var anchor: Anchor
  /// How many rows to leave out first, those nearest to the anchor; only behind ``Anchor/after(_:)``.
  package var skipping = 0
  /// Rows at the most; nil is all of them.
  package var limit: Int?

  package init(
    filter: Filter, sort: Sort, isDescending: Bool = false, anchor: Anchor = .start,
    limit: Int? = nil
  ) {
    self.filter = filter
    self.sort = sort
    self.isDescending = isDescending
    self.anchor = anchor
    self.limit = limit
  }
}

/// A row of a list that is read page by page.
package protocol ListRow: Hashable, Sendable, Identifiable where ID == String {
  /// Its identity, which a cursor on it follows.
  var id: String { get }
  /// Its place in the order it was read in.
  var cursor: RowCursor { get }
}

/// Some rows of a list, in its order.
package struct Page<Row: ListRow>: Hashable, Sendable {
  package var rows: [Row]
  /// Whether the list has rows before the first, or behind the last of these.
  package var hasBefore: Bool
  package var hasAfter: Bool
  /// How many rows the filter lets through; nil where counting is left for later.
  package var total: Int?

  package init(rows: [Row], hasBefore: Bool = false, hasAfter: Bool = false, total: Int? = nil) {
    self.rows = rows
    self.hasBefore = hasBefore
    self.hasAfter = hasAfter
    self.total = total
  }
}
