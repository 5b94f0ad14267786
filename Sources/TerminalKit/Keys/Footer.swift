/// The line of keys at the bottom of the screen.
package struct Footer: Hashable, Sendable {
  package var hints: [KeyHint]
  /// Always shown, at the end: how to see all the keys.
  package var last: KeyHint

  package init(_ hints: [KeyHint], last: KeyHint) {
    self.hints = hints
    self.last = last
  }

  /// The hints that fit `columns`, cut from the right, the last one always kept.
  package func fitting(_ columns: Int) -> [KeyHint] {
    var shown: [KeyHint] = []
    var used = last.width
    for hint in hints {
      guard used + hint.width + Self.gap <= columns else { break }
      used += hint.width + Self.gap
      shown.append(hint)
    }
    return shown + [last]
  }

  package func text(_ columns: Int) -> SafeText {
    var text: SafeText = ""
    for hint in fitting(columns) {
      if !text.isEmpty { text += .blanks(Self.gap) }
      text += hint.key + " " + hint.label
    }
    return text.prefix(columns)
  }

  /// Draws the line from `point` on: keys stand out, labels are muted.
  package func draw(on canvas: inout Canvas, at point: Point, columns: Int) {
    let end = point.column + columns
    var column = point.column
    for hint in fitting(columns) {
      if column > point.column { column += Self.gap }
      column += canvas.put(
        hint.key.prefix(end - column), at: Point(column: column, row: point.row), style: .accent)
      column += 1
      column += canvas.put(
        hint.label.prefix(end - column), at: Point(column: column, row: point.row))
    }
  }

  private static let gap = 2
}
