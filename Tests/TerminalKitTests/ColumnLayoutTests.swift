import Testing

@testable import TerminalKit

@Suite("The columns of a table")
struct ColumnLayoutTests {
  private let columns = [
    Column("Name", minimum: 10, ideal: 16, stretch: 2),
    Column("Owner", minimum: 8, ideal: 10, stretch: 1, priority: 1),
    Column("Used", minimum: 8, priority: 3),
    Column("From", minimum: 9, ideal: 12, priority: 4),
    Column("Uses", minimum: 6, priority: 2, alignment: .right),
  ]

  private func titles(_ width: Int) -> [String] {
    ColumnLayout(columns, width: width).slots.map(\.column.title.string)
  }

  @Test("are dropped by priority as the width shrinks, and the first one never")
  func dropping() {
    #expect(titles(80) == ["Name", "Owner", "Used", "From", "Uses"])
    #expect(titles(45) == ["Name", "Owner", "Used", "From", "Uses"])
    #expect(titles(44) == ["Name", "Owner", "Used", "Uses"])
    #expect(titles(34) == ["Name", "Owner", "Uses"])
    #expect(titles(25) == ["Name", "Owner"])
    #expect(titles(18) == ["Name"])
    #expect(titles(3) == ["Name"])
    #expect(titles(0) == [])
  }

  @Test("never reach beyond the width, and use it where one stretches")
  func widths() {
    for width in 0...200 {
      let layout = ColumnLayout(columns, width: width)
      let ends = layout.slots.map { $0.offset + $0.width }
      #expect(ends.allSatisfy { $0 <= width })
      if width > 0 { #expect(width > 17 || layout.slots.count == 1) }
      if width >= 60 { #expect(ends.last == width) }
      for (end, next) in zip(ends, layout.slots.dropFirst()) { #expect(end < next.offset) }
    }
  }

  @Test("get their ideal width before any is stretched")
  func ideals() {
    #expect(ColumnLayout(columns, width: 56).slots.map(\.width) == [16, 10, 8, 12, 6])
    #expect(ColumnLayout(columns, width: 59).slots.map(\.width) == [18, 11, 8, 12, 6])
  }

  @Test("make a line of text too")
  func text() {
    let layout = ColumnLayout(
      [Column("Key", minimum: 6), Column("N", minimum: 3, alignment: .right)], width: 10)
    #expect(layout.text(["longer name", "7"]).string == "longe…   7")
  }
}

@Suite("Rectangles")
struct RectTests {
  private let rect = Rect(column: 2, row: 1, columns: 20, rows: 10)

  @Test("split without losing or sharing a cell")
  func splitting() {
    for cut in -30...30 {
      let (top, bottom) = rect.splitRows(cut)
      #expect(top.rows + bottom.rows == rect.rows && bottom.row == top.endRow)
      let (left, right) = rect.splitColumns(cut, gap: 1)
      #expect(left.columns + right.columns >= rect.columns - 1)
      #expect(right.endColumn == rect.endColumn && left.column == rect.column)
    }
    #expect(rect.splitRows(-3).bottom.rows == 3)
  }

  @Test("hold a smaller one in their middle and cut a larger one")
  func centering() {
    #expect(
      rect.centered(Size(columns: 10, rows: 4)) == Rect(column: 7, row: 4, columns: 10, rows: 4))
    #expect(rect.centered(Size(columns: 90, rows: 90)) == rect)
    #expect(rect.inset(columns: 11, rows: 6).isEmpty)
  }
}
