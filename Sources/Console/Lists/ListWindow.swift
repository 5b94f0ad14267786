import TerminalKit

/// A list of any length, of which only some rows around the cursor are held.
///
/// Moving answers with what has to be fetched when it comes near an end of those rows; what was
/// fetched is handed back. Every step costs the same in a list of fifty and of a million rows.
struct ListWindow<Row: Identifiable & Equatable & Sendable>: Equatable, Sendable
where Row.ID: Sendable {
  /// The rows held, in the list's order, without gaps.
  var rows: [Row] = []
  /// How many rows of the list come before ``rows``, where that is known.
  var firstRank: Int?
  /// How many rows the list has, where that is known; set it whenever a count arrives.
  var total: Int?
  /// Whether no row comes before ``rows``.
  var isAtStart = true
  /// Whether no row comes after ``rows``.
  var isAtEnd = true
  var marks = Marks<Row.ID>()

  /// The cursor's index in ``rows``; meaningless while they are empty.
  var cursor = 0
  /// The index of the row that was drawn first.
  var top = 0
  /// The steps that could not be made yet for want of rows.
  var owed = 0
  /// Whether a step over an edge scrolls by a third of the page.
  ///
  /// For lists with something beside them: a terminal scrolls whole rows only, so each step would
  /// write the list or what is beside it anew.
  var scrollsByParts = false
  /// What was asked for and has not come.
  var awaited: ListFetch<Row>?
  /// Whether a re-reading came too late to be shown and has to be asked for again.
  var isStale = false
  /// Where the next range begins: the row marked last.
  var rangeStart: Row.ID?

  /// The most rows held; those farthest from the cursor are let go.
  let capacity: Int

  init(capacity: Int = 600) { self.capacity = max(capacity, 1) }

  var isEmpty: Bool { rows.isEmpty }

  /// The row under the cursor.
  var current: Row? { rows.indices.contains(cursor) ? rows[cursor] : nil }

  /// The number of the row under the cursor in the whole list, counted from 0, where it is known.
  var rank: Int? { current == nil ? nil : firstRank.map { $0 + cursor } }

  /// The rows a screen of `height` rows shows, as indices of ``rows``; the cursor is among them.
  func visible(height: Int) -> Range<Int> {
    let height = max(height, 0)
    guard height > 0, !rows.isEmpty else { return 0..<0 }
    var first = min(top, max(rows.count - height, 0))
    first = min(first, cursor)
    first = max(first, cursor - height + 1, 0)
    return first..<min(first + height, rows.count)
  }

  /// Moves the cursor, on a screen of `height` rows, and says what to fetch for it.
  ///
  /// Left and right are nothing to a list. Up and down go so many `steps` at once, as of a key that
  /// is held down; where those lead beyond what is held, the rows in between are not fetched.
  mutating func move(
    _ movement: Movement, steps: Int = 1, height: Int
  ) -> ListFetch<Row>? {
    let height = max(height, 1)
    top = visible(height: height).lowerBound
    switch movement {
    case .up: return step(by: -steps, height: height)
    case .down: return step(by: steps, height: height)
    case .pageUp: return page(-height)
    case .pageDown: return page(height)
    // A jump waits for what it shows and no more; what lies beyond is fetched when it comes near.
    case .home:
      return jump(to: 0, isHeld: isAtStart, else: .start(count: firstCount(for: height)))
    case .end:
      return jump(
        to: rows.count - 1, isHeld: isAtEnd, else: .end(count: firstCount(for: height)))
    case .left, .right: return nil
    }
  }

  /// Puts the cursor on the row with this identity, if it is among those held.
  @discardableResult
  mutating func moveCursor(to id: Row.ID) -> Bool {
    guard let index = rows.firstIndex(where: { $0.id == id }) else { return false }
    cursor = index
    owed = 0
    return true
  }

  /// How many rows to fetch at once for a screen of `height` rows.
  func count(for height: Int) -> Int { min(max(3 * height, 50), capacity) }

  /// How many rows to fetch where a screen of `height` rows waits for them.
  func firstCount(for height: Int) -> Int { min(max(height, 0) + 2, capacity) }

  private mutating func step(by steps: Int, height: Int) -> ListFetch<Row>? {
    let fetch = step(steps, height: height)
    guard scrollsByParts, !(top..<top + height).contains(cursor) else { return fetch }
    let ahead = ahead(height: height)
    top = cursor < top ? max(cursor - ahead, 0) : cursor - height + 1 + ahead
    return fetch
  }

  /// How many rows beyond the cursor come into view when it leaves the screen by a step.
  func ahead(height: Int) -> Int { scrollsByParts ? height / 3 : 0 }

  mutating func page(_ steps: Int) -> ListFetch<Row>? {
    let before = cursor
    let fetch = step(steps, height: abs(steps))
    top = min(max(top + cursor - before, 0), max(rows.count - 1, 0))
    return fetch
  }

  mutating func step(_ steps: Int, height: Int) -> ListFetch<Row>? {
    guard !rows.isEmpty else { return nil }
    let wanted = cursor + steps + owed
    cursor = min(max(wanted, 0), rows.count - 1)
    owed = 0
    if wanted > cursor, !isAtEnd { owed = wanted - cursor }
    if wanted < cursor, !isAtStart { owed = wanted - cursor }
    return missing(height: height)
  }

  /// What to fetch so that the next page is there before it is asked for.
  private mutating func missing(height: Int) -> ListFetch<Row>? {
    guard awaited == nil, let first = rows.first, let last = rows.last else { return nil }
    if owed > height {
      let seen = height - ahead(height: height)
      awaited = .after(last, skipping: owed - seen, count: firstCount(for: height))
      return awaited
    }
    let count = min(count(for: height) + abs(owed), capacity)
    if !isAtEnd, rows.count - cursor <= height {
      awaited = .after(last, count: count)
    } else if !isAtStart, cursor < height {
      awaited = .before(first, count: count)
    }
    return awaited
  }

  private mutating func jump(
    to index: Int, isHeld: Bool, else fetch: ListFetch<Row>
  ) -> ListFetch<Row>? {
    owed = 0
    guard isHeld else {
      awaited = fetch
      return fetch
    }
    cursor = max(index, 0)
    return nil
  }
}
