import Access
package import TerminalKit

extension AccountsScreen {
  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (left, right) = list.split(rect)
    let look = BrowsedList<AccountSource>.Look(
      title: title, briefTitle: title, columns: Self.columns, empty: Guidance.noAccounts)
    frame.cursor = list.draw(on: &frame.canvas, in: left, look, scene, cell: Self.cell)
    guard let right else { return }
    list.drawDetail(on: &frame.canvas, in: right, scene, known: details) { row, columns in
      lines(row, columns: columns, scene)
    }
  }

  /// What is known of the account under the cursor, beside the list.
  private func lines(_ row: AccountRow, columns: Int, _ scene: Scene) -> [ScrollText.Line] {
    let known = details.flatMap { $0.account.login.text == row.login ? $0 : nil }
    let facts =
      known.map { AccountFacts($0, scene) } ?? AccountFacts(row, scene.session.policy)
    let holds: SafeText = "Holds " + (row.holdings.isEmpty ? "nothing" : row.holdings)
    return [.init(SafeText(row.login), .title), .init("")] + facts.lines(columns: columns)
      + [.init("")] + ScrollText([.init(holds)], wrappedTo: columns).lines
  }

  private static let columns = [
    Column("Login", minimum: 12, stretch: 1),
    Column("Name", minimum: 12, stretch: 1, priority: 2),
    Column("Kind", minimum: 7, priority: 4),
    Column("Roles", minimum: 12, ideal: 18, stretch: 1, priority: 1),
    Column("State", minimum: 11),
    Column("Tokens", minimum: 6, priority: 3, alignment: .right),
    Column("Keys", minimum: 4, priority: 3, alignment: .right),
  ]

  private static func cell(_ row: AccountRow, _ column: Int) -> TableCell {
    switch column {
    case 0: TableCell(SafeText(row.login))
    case 1: TableCell(SafeText(row.name))
    case 2: TableCell(SafeText(row.kind.rawValue))
    case 3: roles(row)
    case 4: row.isActive ? TableCell("active") : TableCell("deactivated", .danger)
    case 5: number(row.liveTokens)
    default: number(row.liveKeys)
    }
  }

  private static func roles(_ row: AccountRow) -> TableCell {
    guard let first = row.roles.first else { return TableCell("none", .muted) }
    let more: SafeText = row.roles.count > 1 ? " +\(row.roles.count - 1)" : ""
    return TableCell(SafeText(first) + more)
  }

  private static func number(_ number: Int) -> TableCell {
    number == 0 ? TableCell("-", .muted) : TableCell(.count(number))
  }
}
