import TerminalKit

extension Rect {
  /// From how many columns on details may stand beside a list.
  static let roomForDetail = 110

  /// The list's part, and where there is room a part beside it for the row under the cursor.
  ///
  /// The column before the second one's margin is for a rule.
  func splitBesideList() -> (list: Rect, detail: Rect?) {
    guard columns >= Self.roomForDetail else { return (self, nil) }
    let (list, detail) = splitColumns(columns * 5 / 8, gap: 2)
    return (list, Rect(column: detail.column, row: row, columns: detail.columns - 1, rows: rows))
  }
}
