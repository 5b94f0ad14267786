import TerminalKit

extension ListWindow {
  /// Draws the visible rows as a table and returns where the real cursor belongs.
  ///
  /// The first `indent` columns of `rect` hold the cursor's `>` and, from 2 on, the mark's `*`; the
  /// table has the rest. Of the row under the cursor only the text in `keyColumn` is reversed: it is
  /// seen without colours, and a step costs few bytes. Without `isFocused` the mark stays and nothing
  /// is reversed. Rows that were `drawn` in the same `moment` are copied: then `cell` may depend on
  /// nothing beside the row and the moment.
  @discardableResult
  func draw(
    on canvas: inout Canvas, in rect: Rect, layout: ColumnLayout, indent: Int = 2,
    keyColumn: Int = 0, isFocused: Bool = true, drawn: DrawnRows<Row>? = nil, moment: Int64 = 0,
    cell: (Row, _ column: Int) -> TableCell
  ) -> Point? {
    let visible = visible(height: rect.rows)
    func drawRows(on canvas: inout Canvas) {
      drawn?.begin(layout, canvas.glyphs, moment: moment, count: visible.count)
      for index in visible {
        let row = rows[index]
        let start = Point(
          column: rect.column + indent, row: rect.row + index - visible.lowerBound)
        if indent > 1, marks.contains(row.id) {
          canvas.put("*", at: Point(column: rect.column + 1, row: start.row), style: .accent)
        }
        if let drawn, drawn.put(row, on: &canvas, at: start) { continue }
        layout.drawRow(on: &canvas, at: start) { cell(row, $0) }
        drawn?.keep(row, from: canvas, at: start, columns: layout.width)
      }
    }
    if let drawn {
      let seen = SeenRows(rows: rows[visible], marks: marks, layout: layout, moment: moment)
      drawn.page.draw(seen, on: &canvas, in: rect, drawRows)
    } else {
      drawRows(on: &canvas)
    }
    guard visible.contains(cursor) else { return nil }
    let row = rows[cursor]
    let edge = Point(column: rect.column, row: rect.row + cursor - visible.lowerBound)
    canvas.put(">", at: edge, style: isFocused ? Style(.accent, .bold) : .plain)
    layout.drawRow(on: &canvas, at: Point(column: rect.column + indent, row: edge.row)) { column in
      let shown = cell(row, column)
      guard isFocused, column == keyColumn else { return shown }
      let text = shown.text.isEmpty ? " " : shown.text
      return TableCell(text, shown.style.with(.reverse))
    }
    return edge
  }
}

/// What a page of rows looks like because of, but for the cursor.
struct SeenRows<Row: Identifiable & Equatable & Sendable>: Equatable, Sendable
where Row.ID: Sendable {
  let rows: ArraySlice<Row>
  let marks: Marks<Row.ID>
  let layout: ColumnLayout
  let moment: Int64
}
