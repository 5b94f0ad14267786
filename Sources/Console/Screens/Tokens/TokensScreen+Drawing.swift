import Access
package import TerminalKit

extension TokensScreen {
  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let isWide = rect.columns >= 118 && list.current != nil
    let (table, side) =
      isWide ? rect.splitColumns(-44, gap: 1) : (rect, Rect(Size(columns: 0, rows: 0)))
    frame.cursor = list.draw(on: &frame.canvas, in: table, look(scene)) { row, column in
      Self.cell(row, column, now: scene.now)
    }
    if isWide { drawDetail(on: &frame.canvas, in: side, scene) }
  }

  private func look(_ scene: Scene) -> BrowsedList<TokenSource>.Look {
    BrowsedList<TokenSource>.Look(
      title: title, briefTitle: "Tokens", scope: isEveryones ? "everyone's" : "mine",
      columns: Self.columns, empty: Guidance.noTokens(scene, isEveryones: isEveryones),
      moment: scene.now)
  }

  /// What is known of the row under the cursor, beside the list.
  private func drawDetail(on canvas: inout Canvas, in rect: Rect, _ scene: Scene) {
    guard let row = list.detailed else { return }
    canvas.rule(column: rect.column - 1, rows: rect.row..<rect.endRow)
    let inside = rect.inset(columns: 1)
    canvas.put(SafeText(row.name), at: inside.origin, style: .title, maxWidth: inside.columns)
    let (_, body) = inside.splitRows(2)
    ScrollText(TokenFacts(row, scene).lines(columns: inside.columns)).draw(on: &canvas, in: body)
  }

  private static let columns = [
    Column("Name", minimum: 14, ideal: 20, stretch: 2),
    Column("Owner", minimum: 9, ideal: 10, stretch: 1, priority: 2),
    Column("May", minimum: 3, priority: 4),
    Column("Ends", minimum: 8),
    Column("Last used", minimum: 11, priority: 1),
    Column("From", minimum: 9, ideal: 13, stretch: 1, priority: 3),
    Column("State", minimum: 9),
  ]

  private static func cell(_ row: TokenRow, _ column: Int, now: Instant) -> TableCell {
    switch column {
    case 0: TableCell(SafeText(row.name))
    case 1: TableCell(SafeText(row.owner))
    case 2: TableCell(SafeText(row.scope.letters))
    case 3: TableCell(ends(row, now: now))
    case 4: TableCell(row.lastUsedAt.ago(now), row.lastUsedAt == nil ? .muted : .plain)
    case 5: TableCell(row.lastSource.map { SafeText($0) } ?? "-")
    default: TableCell(SafeText(row.state.rawValue), row.state.style)
    }
  }

  /// When it ends; nothing where it has been ended before its time.
  private static func ends(_ row: TokenRow, now: Instant) -> SafeText {
    switch row.state {
    case .revoked, .replaced: "-"
    default: row.expiresAt.ends(now)
    }
  }
}
