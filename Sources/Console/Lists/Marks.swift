import TerminalKit

/// The rows an action is meant for: some, or all but some.
///
/// The second form is what inverting makes, and needs no list of a million identities.
struct Marks<ID: Hashable & Sendable>: Hashable, Sendable {
  /// Whether every row not in ``ids`` is marked.
  private(set) var isInverted = false
  /// The rows that are marked, or while inverted those that are not.
  private(set) var ids: Set<ID> = []

  init() {}

  var isEmpty: Bool { !isInverted && ids.isEmpty }

  func contains(_ id: ID) -> Bool { ids.contains(id) != isInverted }

  /// How many rows are marked; nil if that takes the length of a list which is not known.
  func count(of total: Int?) -> Int? {
    isInverted ? total.map { max($0 - ids.count, 0) } : ids.count
  }

  mutating func set(_ id: ID, to isMarked: Bool) {
    if isMarked != isInverted { ids.insert(id) } else { ids.remove(id) }
  }

  mutating func invert() { isInverted.toggle() }

  mutating func removeAll() { self = Marks() }
}

extension ListWindow {
  /// Marks or unmarks the row under the cursor and steps to the next one.
  mutating func toggleMark(height: Int) -> ListFetch<Row>? {
    guard let current else { return nil }
    let isMarked = !marks.contains(current.id)
    marks.set(current.id, to: isMarked)
    rangeStart = current.id
    return move(.down, height: height)
  }

  /// Gives all rows from the one marked last to the cursor the mark that one has.
  ///
  /// Returns false if that row is no longer held, or none was marked: then only the row under the
  /// cursor is marked, and begins the next range.
  mutating func markRange() -> Bool {
    guard let current else { return false }
    guard let start = rangeStart, let from = rows.firstIndex(where: { $0.id == start }) else {
      rangeStart = current.id
      marks.set(current.id, to: true)
      return false
    }
    let isMarked = marks.contains(start)
    for row in rows[min(from, cursor)...max(from, cursor)] { marks.set(row.id, to: isMarked) }
    rangeStart = current.id
    return true
  }

  mutating func invertMarks() { marks.invert() }

  mutating func unmarkAll() {
    marks.removeAll()
    rangeStart = nil
  }
}
