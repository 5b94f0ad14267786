extension Canvas {
  /// Draws a horizontal rule.
  package mutating func rule(row: Int, columns: Range<Int>, style: Style = .muted) {
    fill(
      Rect(column: columns.lowerBound, row: row, columns: columns.count, rows: 1), with: "─",
      style: style)
  }

  /// Draws a vertical rule.
  package mutating func rule(column: Int, rows: Range<Int>, style: Style = .muted) {
    fill(
      Rect(column: column, row: rows.lowerBound, columns: 1, rows: rows.count), with: "│",
      style: style)
  }

  /// Draws a frame along the inside of `rect`, with `title` in its upper edge.
  ///
  /// The inside is left as it is.
  package mutating func box(
    _ rect: Rect, title: SafeText = "", style: Style = .muted, titleStyle: Style = .title
  ) {
    guard rect.columns >= 2, rect.rows >= 2 else { return }
    let edge = SafeText.repeating("─", rect.columns - 2)
    put("┌" + edge + "┐", at: rect.origin, style: style)
    rule(column: rect.column, rows: rect.row + 1..<rect.endRow - 1, style: style)
    rule(column: rect.endColumn - 1, rows: rect.row + 1..<rect.endRow - 1, style: style)
    put("└" + edge + "┘", at: Point(column: rect.column, row: rect.endRow - 1), style: style)
    guard !title.isEmpty, rect.columns > 6 else { return }
    var column = rect.column + 2
    column += put(" ", at: Point(column: column, row: rect.row), style: style)
    column += put(
      title, at: Point(column: column, row: rect.row), style: titleStyle,
      maxWidth: rect.columns - 6)
    put(" ", at: Point(column: column, row: rect.row), style: style)
  }
}
