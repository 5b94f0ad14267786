import Access
import TerminalKit

/// The rows of a list of any length on a screen, and what is still to be read of them.
///
/// It says what to ask for; whoever holds it asks, and hands back what came under the same slot.
struct RowPages<Row: ListRow>: Sendable {
  /// A page that has to be asked for.
  struct Reading: Hashable, Sendable {
    let anchor: Anchor
    var skipping = 0
    let limit: Int
    let slot: Slot
  }

  private(set) var window: ListWindow<Row>
  /// Why the last reading came to nothing; what was read before stays on show.
  private(set) var failure: FailureText?
  /// Whether anything has been read yet: until then an empty list says nothing.
  private(set) var isKnown = false
  private var fetches: [Slot: ListFetch<Row>] = [:]
  /// Whether the rows above the one that was jumped to are still to come.
  private var isLanding = false
  private let drawn = DrawnRows<Row>()

  init(capacity: Int = 600) { window = ListWindow(capacity: capacity) }

  var isEmpty: Bool { window.isEmpty }
  var current: Row? { window.current }

  /// `3 of 41` for the row under the cursor; empty where either number is not known.
  var position: SafeText {
    guard let rank = window.rank, let total else { return "" }
    return .count(rank + 1) + " of " + .count(total)
  }

  /// How many rows there are, where that is known.
  var total: Int? { window.total ?? (isKnown && window.isAtEnd ? known : nil) }

  private var known: Int? {
    window.isEmpty ? 0 : window.firstRank.map { $0 + window.rows.count }
  }

  /// What to ask for where something may have changed.
  mutating func reread(height: Int) -> Reading {
    // Rows of a list that is to become another would say nothing of the new one.
    if case .start(let count) = fetches["again"] {
      return reading(of: .start(count: count), as: "again")
    }
    return reading(of: window.rereading(height: height), as: "again")
  }

  /// What to ask for where the list becomes another: other rows, or another order.
  mutating func restart(height: Int) -> Reading {
    fetches = [:]
    isLanding = false
    window.fetchFailed()
    window.total = nil
    return reading(of: .start(count: window.firstCount(for: height)), as: "again")
  }

  /// What to ask for to show the row at `cursor`, wherever in the list it is.
  mutating func jump(to cursor: RowCursor, height: Int) -> Reading {
    fetches = [:]
    window.fetchFailed()
    return Reading(anchor: .from(cursor), limit: window.count(for: height), slot: "jump")
  }

  /// Takes the page that ``jump(to:height:)`` asked for, with the cursor on that row, and says what
  /// to ask for so that the screen is full.
  mutating func land(on page: Page<Row>, at id: Row.ID, height: Int) -> Reading? {
    failure = nil
    isKnown = true
    if let total = page.total { window.total = total }
    window.show(
      ListPage(page.rows, isAtStart: !page.hasBefore, isAtEnd: !page.hasAfter), cursor: .row(id))
    window.showAbove(height: height)
    let next = window.filling(height: height).map { reading(of: $0, as: "step") }
    isLanding = next != nil
    return next
  }

  /// Puts the cursor on a row that is held; false where it is not.
  mutating func moveCursor(to id: Row.ID) -> Bool { window.moveCursor(to: id) }

  /// Takes the number of rows, where it was asked for by itself.
  mutating func take(total: Int?) { window.total = total }

  /// Moves the cursor, so many steps at once if it is a step; `byParts` says that something stands
  /// beside the list.
  mutating func move(
    _ movement: Movement, steps: Int = 1, height: Int, byParts: Bool = false
  ) -> Reading? {
    window.scrollsByParts = byParts
    return window.move(movement, steps: steps, height: height).map { reading(of: $0, as: "step") }
  }

  /// Takes a page, and says what to ask for next, and whether the cursor's row is gone.
  mutating func receive(
    _ page: Page<Row>, as slot: Slot, height: Int
  ) -> (next: Reading?, isCursorLost: Bool) {
    guard let fetch = fetches[slot] else { return (nil, false) }
    fetches[slot] = nil
    failure = nil
    isKnown = true
    if let total = page.total { window.total = total }
    var shown = ListPage(page.rows, isAtStart: !page.hasBefore, isAtEnd: !page.hasAfter)
    if case .start = fetch, slot == "again" {
      window.show(shown, cursor: .first)
      return (nil, false)
    }
    if case .from(let row?, _) = fetch, row.id == page.rows.first?.id {
      shown.firstRank = window.firstRank
    }
    let reception = window.receive(shown, for: fetch, height: height)
    if isLanding {
      isLanding = false
      window.showAbove(height: height)
    }
    let next = reception.next.map { fetch in
      if case .from = fetch {
        reading(of: fetch, as: "again")
      } else {
        reading(of: fetch, as: "step")
      }
    }
    return (next, reception.fate != .kept)
  }

  /// Shows all rows of a list that is read as a whole.
  mutating func show(_ rows: [Row]) -> Bool {
    failure = nil
    isKnown = true
    window.total = rows.count
    return window.show(ListPage(rows, isAtStart: true, isAtEnd: true)) != .kept
  }

  mutating func toggleMark(height: Int) -> Reading? {
    window.toggleMark(height: height).map { reading(of: $0, as: "step") }
  }

  mutating func markRange() -> Bool { window.markRange() }
  mutating func invertMarks() { window.invertMarks() }
  mutating func unmarkAll() { window.unmarkAll() }

  mutating func fail(_ failure: FailureText, as slot: Slot) {
    fetches[slot] = nil
    self.failure = failure
    window.fetchFailed()
  }

  private mutating func reading(of fetch: ListFetch<Row>, as slot: Slot) -> Reading {
    fetches[slot] = fetch
    let (anchor, limit): (Anchor, Int) =
      switch fetch {
      case .start(let count): (.start, count)
      case .end(let count): (.end, count)
      case .after(let row, _, let count): (.after(row.cursor), count)
      case .before(let row, let count): (.before(row.cursor), count)
      case .from(let row, let count): (row.map { .from($0.cursor) } ?? .start, count)
      }
    return Reading(anchor: anchor, skipping: fetch.skipping, limit: limit, slot: slot)
  }
}

extension RowPages {
  /// Draws titles and rows into `rect`, or what to say where there are none, and returns where the
  /// cursor belongs.
  ///
  /// With a `moment`, `cell` may depend on nothing beside the row and that.
  func draw(
    on canvas: inout Canvas, in rect: Rect, columns: [Column], keyColumn: Int = 0,
    sort: SortMark? = nil, empty: SafeText, moment: Instant? = nil,
    cell: (Row, _ column: Int) -> TableCell
  ) -> Point {
    let (head, body) = rect.splitRows(1)
    let layout = drawn.layout(columns, width: rect.columns - 2)
    drawn.titles.draw(SeenTitles(layout: layout, sort: sort), on: &canvas, in: head) {
      layout.drawHeader(on: &$0, at: Point(column: head.column + 2, row: head.row), sort: sort)
    }
    if window.isEmpty {
      let text: SafeText =
        failure.map { SafeText($0.description) } ?? (isKnown ? empty : "Reading …")
      let style: Style = failure == nil ? .muted : .danger
      for (line, words) in text.wrapped(to: rect.columns - 4).prefix(body.rows).enumerated() {
        canvas.put(words, at: Point(column: body.column + 2, row: body.row + line), style: style)
      }
      return body.origin
    }
    return window.draw(
      on: &canvas, in: body, layout: layout, keyColumn: keyColumn,
      drawn: moment == nil ? nil : drawn, moment: moment?.milliseconds ?? 0, cell: cell)
      ?? body.origin
  }
}
