import Access
package import TerminalKit

extension TokensScreen {
  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (left, right) = list.split(rect)
    let look = BrowsedList<TokenSource>.Look(
      title: title, briefTitle: "Tokens", scope: isEveryones ? "everyone's" : "mine",
      columns: Self.columns, empty: Guidance.noTokens(scene, isEveryones: isEveryones))
    frame.cursor = list.draw(on: &frame.canvas, in: left, look, scene) { row, column in
      Self.cell(row, column, now: scene.now)
    }
    guard let right else { return }
    list.drawDetail(on: &frame.canvas, in: right, scene) { row, columns in
      [.init(SafeText(row.name), .title), .init("")]
        + TokenFacts(row, scene).lines(columns: columns)
    }
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
