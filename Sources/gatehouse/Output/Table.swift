import TerminalKit

/// A piece of text from anyone, with its look.
struct Cell {
  let text: SafeText
  let tone: Tone

  init(_ text: String, _ tone: Tone = .plain) {
    self.text = SafeText(text)
    self.tone = tone
  }
}

extension Cell: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { self.init(value) }
}

/// One column of a list for people.
struct Column<Row> {
  let title: String
  let alignsRight: Bool
  let cell: (Row) -> Cell

  init(_ title: String, alignsRight: Bool = false, _ cell: @escaping (Row) -> Cell) {
    self.title = title
    self.alignsRight = alignsRight
    self.cell = cell
  }
}

/// Lays rows out in columns, some rows at a time.
///
/// Columns are as wide as the widest cell so far, so that a list need not be known whole; rows that
/// come later may widen them, never narrow them.
struct Table<Row> {
  private let columns: [Column<Row>]
  private let ink: Ink
  private var widths: [Int]
  private var hasHead = false

  init(_ columns: [Column<Row>], ink: Ink) {
    self.columns = columns
    self.ink = ink
    widths = columns.map { SafeText($0.title).width }
  }

  /// The lines of `rows`, with the titles above the first.
  mutating func lines(_ rows: [Row]) -> [String] {
    let cells = rows.map { row in columns.map { $0.cell(row) } }
    for row in cells {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], cell.text.width) }
    }
    let head = hasHead ? [] : [columns.map { Cell($0.title, .strong) }]
    hasHead = true
    return (head + cells).map(line)
  }

  private func line(_ cells: [Cell]) -> String {
    var line = ""
    // Blanks are written only before the next text: no line ends in any.
    var blanks = 0
    for (index, cell) in cells.enumerated() {
      let padding = widths[index] - cell.text.width
      if columns[index].alignsRight { blanks += padding }
      if !cell.text.isEmpty {
        line += String(repeating: " ", count: blanks) + ink.paint(cell.text, cell.tone)
        blanks = 0
      }
      blanks += 2 + (columns[index].alignsRight ? 0 : padding)
    }
    return line
  }
}
