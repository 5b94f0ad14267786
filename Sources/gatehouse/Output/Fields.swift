import TerminalKit

/// One thing for people: names on the left, what they are on the right.
struct Fields {
  private var rows: [(name: String, cell: Cell)] = []

  mutating func add(_ name: String, _ cell: Cell) {
    rows.append((name, cell))
  }

  /// Adds a text unless there is none.
  mutating func add(_ name: String, _ text: String?) {
    if let text, !text.isEmpty { add(name, Cell(text)) }
  }

  func lines(ink: Ink) -> [String] {
    let width = rows.map { SafeText($0.name).width }.max() ?? 0
    return rows.map { name, cell in
      let label = SafeText(name)
      let blanks = String(repeating: " ", count: width - label.width + 2)
      return ink.paint(label, .muted) + blanks + ink.paint(cell.text, cell.tone)
    }
  }
}
