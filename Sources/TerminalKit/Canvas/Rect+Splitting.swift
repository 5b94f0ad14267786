extension Rect {
  /// This rectangle without `columns` at each side and `rows` at top and bottom.
  package func inset(columns: Int = 0, rows: Int = 0) -> Rect {
    Rect(
      column: column + min(columns, self.columns), row: row + min(rows, self.rows),
      columns: self.columns - 2 * columns, rows: self.rows - 2 * rows)
  }

  /// The first `rows` rows and what is below them; a negative number counts from the end.
  package func splitRows(_ rows: Int) -> (top: Rect, bottom: Rect) {
    let cut = Self.cut(rows, of: self.rows)
    return (
      Rect(column: column, row: row, columns: columns, rows: cut),
      Rect(column: column, row: row + cut, columns: columns, rows: self.rows - cut)
    )
  }

  /// The first `columns` columns and what is beside them; a negative number counts from the end.
  ///
  /// `gap` columns between the two belong to neither, as for a rule.
  package func splitColumns(_ columns: Int, gap: Int = 0) -> (left: Rect, right: Rect) {
    let cut = Self.cut(columns, of: self.columns)
    let rest = min(cut + gap, self.columns)
    return (
      Rect(column: column, row: row, columns: cut, rows: rows),
      Rect(column: column + rest, row: row, columns: self.columns - rest, rows: rows)
    )
  }

  /// A rectangle of `size` in the middle of this one, and never larger.
  package func centered(_ size: Size) -> Rect {
    let columns = min(size.columns, self.columns)
    let rows = min(size.rows, self.rows)
    return Rect(
      column: column + (self.columns - columns) / 2, row: row + (self.rows - rows) / 2,
      columns: columns, rows: rows)
  }

  private static func cut(_ wanted: Int, of length: Int) -> Int {
    wanted >= 0 ? min(wanted, length) : max(length + wanted, 0)
  }
}
