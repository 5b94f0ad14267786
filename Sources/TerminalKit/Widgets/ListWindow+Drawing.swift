extension ListWindow {
  /// Draws the visible rows as a table and returns where the real cursor belongs.
  ///
  /// The first `indent` columns of `rect` hold the cursor's `>` and, from 2 on, the mark's `*`; the
  /// table has the rest. Of the row under the cursor only the text in `keyColumn` is reversed: it is
  /// seen without colours, and a step costs few bytes. Without `isFocused` the mark stays and nothing
  /// is reversed. Rows that were `drawn` in the same `moment` are copied: then `cell` may depend on
  /// nothing beside the row and the moment.
  @discardableResult
  package func draw(
    on canvas: inout Canvas, in rect: Rect, layout: ColumnLayout, indent: Int = 2,
    keyColumn: Int = 0, isFocused: Bool = true, drawn: DrawnRows<Row>? = nil, moment: Int64 = 0,
    cell: (Row, _ column: Int) -> TableCell
  ) -> Point? {
    var place: Point?
    drawn?.begin(layout, canvas.glyphs, moment: moment)
    for (line, index) in visible(height: rect.rows).enumerated() {
      let row = rows[index]
      let start = Point(column: rect.column + indent, row: rect.row + line)
      if indent > 1, marks.contains(row.id) {
        canvas.put("*", at: Point(column: rect.column + 1, row: start.row), style: .accent)
      }
      guard index == cursor else {
        if let drawn, drawn.put(row, on: &canvas, at: start) { continue }
        layout.drawRow(on: &canvas, at: start) { cell(row, $0) }
        drawn?.keep(row, from: canvas, at: start, columns: layout.width)
        continue
      }
      let edge = Point(column: rect.column, row: start.row)
      canvas.put(">", at: edge, style: isFocused ? Style(.accent, .bold) : .plain)
      place = edge
      layout.drawRow(on: &canvas, at: start) { column in
        let shown = cell(row, column)
        guard isFocused, column == keyColumn else { return shown }
        let text = shown.text.isEmpty ? " " : shown.text
        return TableCell(text, shown.style.with(.reverse))
      }
    }
    return place
  }
}
