/// A cursor over a few rows that are all at hand: a sort menu, the ways out, a check-list.
package struct Menu: Hashable, Sendable {
  package private(set) var cursor: Int
  package private(set) var count: Int

  package init(count: Int, cursor: Int = 0) {
    self.count = max(count, 0)
    self.cursor = min(max(cursor, 0), max(count - 1, 0))
  }

  /// Changes the number of rows; the cursor stays where it can.
  package mutating func resize(to count: Int) { self = Menu(count: count, cursor: cursor) }

  /// Moves the cursor; returns false if it was at that end already.
  @discardableResult
  package mutating func move(_ movement: Movement, height: Int = .max) -> Bool {
    let before = cursor
    let page = min(max(height, 1), count)
    switch movement {
    case .up: cursor -= 1
    case .down: cursor += 1
    case .pageUp: cursor -= page
    case .pageDown: cursor += page
    case .home: cursor = 0
    case .end: cursor = count - 1
    case .left, .right: break
    }
    cursor = min(max(cursor, 0), max(count - 1, 0))
    return cursor != before
  }

  /// The rows that a place of `height` rows shows.
  package func visible(height: Int) -> Range<Int> {
    let height = min(max(height, 0), count)
    let first = min(max(cursor - height + 1, 0), count - height)
    return first..<first + height
  }

  /// Draws the rows with `>` before the cursor's and returns where the real cursor belongs.
  @discardableResult
  package func draw(
    on canvas: inout Canvas, in rect: Rect, isFocused: Bool = true, row: (Int) -> TableCell
  ) -> Point? {
    var place: Point?
    for (line, index) in visible(height: rect.rows).enumerated() {
      let start = Point(column: rect.column, row: rect.row + line)
      let cell = row(index)
      var style = cell.style
      if index == cursor {
        canvas.put(">", at: start, style: isFocused ? Style(.accent, .bold) : .plain)
        if isFocused { style = style.with(.reverse) }
        place = start
      }
      canvas.put(
        cell.text, at: Point(column: start.column + 2, row: start.row), style: style,
        maxWidth: rect.columns - 2)
    }
    return place
  }
}
