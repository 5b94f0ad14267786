import Testing

@testable import TerminalKit

@Suite("A canvas")
struct CanvasTests {
  private func rows(_ canvas: Canvas) -> [String] { Frame(canvas: canvas).text }

  @Test("writes text and cuts it at both edges")
  func cuts() {
    var canvas = Canvas(size: Size(columns: 6, rows: 3))

    canvas.put("abcdef", at: Point(column: 3, row: 0))
    canvas.put("abcdef", at: Point(column: -3, row: 1))
    canvas.put("above", at: Point(column: 0, row: -1))
    canvas.put("below", at: Point(column: 0, row: 3))
    canvas.put("right", at: Point(column: 6, row: 2))

    #expect(rows(canvas) == ["   abc", "def", ""])
  }

  @Test("ends cut text in an ellipsis, and in ASCII in a tilde")
  func ellipsis() {
    var canvas = Canvas(size: Size(columns: 8, rows: 1))
    canvas.put("northwind", at: Point(column: 0, row: 0), maxWidth: 6)
    #expect(rows(canvas) == ["north…"])

    var plain = Canvas(size: Size(columns: 8, rows: 1), glyphs: .ascii)
    plain.put("northwind", at: Point(column: 0, row: 0), maxWidth: 6)
    #expect(rows(plain) == ["north~"])
  }

  @Test("T03: never lets a wide character stick out on either side")
  func wideAtTheEdges() {
    var canvas = Canvas(size: Size(columns: 4, rows: 2))

    canvas.put("a漢字", at: Point(column: 0, row: 0))
    canvas.put("漢字x", at: Point(column: -1, row: 1))

    #expect(rows(canvas) == ["a漢", " 字x"])
    #expect(canvas[Point(column: 1, row: 0)].width == 2)
    #expect(canvas[Point(column: 2, row: 0)].width == 0)
    #expect(canvas[Point(column: 3, row: 0)] == .blank)
  }

  @Test(
    "T03: blanks the other half of a wide character that is overwritten",
    arguments: [(0, "x  b"), (1, " x b"), (2, "漢xb")])
  func overwritesHalves(column: Int, expected: String) {
    var canvas = Canvas(size: Size(columns: 5, rows: 1))
    canvas.put("漢 b", at: Point(column: 0, row: 0))

    canvas.put("x", at: Point(column: column, row: 0))

    #expect(rows(canvas) == [expected])
    let widths = canvas.cells.map(\.width).reduce(0, +)
    #expect(widths == 5)
  }

  @Test("T03: lays a wide character over the halves of two others")
  func overwritesTwoHalves() {
    var canvas = Canvas(size: Size(columns: 4, rows: 1))
    canvas.put("漢字", at: Point(column: 0, row: 0))
    canvas.put("人", at: Point(column: 1, row: 0))
    #expect(canvas.cells.map(\.width) == [1, 2, 0, 1])
    #expect(rows(canvas) == [" 人"])
  }

  @Test("clears a rectangle and the half characters at its border")
  func clears() {
    var canvas = Canvas(size: Size(columns: 6, rows: 2))
    canvas.put("漢字人", at: Point(column: 0, row: 0))
    canvas.clear(Rect(column: 1, row: -1, columns: 2, rows: 2), style: .danger)
    #expect(rows(canvas) == ["    人", ""])
    #expect(canvas.cells.map(\.width).reduce(0, +) == 12)
    #expect(canvas[Point(column: 1, row: 0)].style == .danger)
  }

  @Test("T03: keeps five scalars a cell")
  func fiveScalars() {
    var canvas = Canvas(size: Size(columns: 3, rows: 1))
    canvas.put(
      SafeText("e" + String(repeating: "\u{301}", count: 4)), at: Point(column: 0, row: 0))
    var cell = canvas[Point(column: 0, row: 0)]
    #expect(cell.scalars == ["e", "\u{301}", "\u{301}", "\u{301}", "\u{301}"])
    #expect(canvas[Point(column: 1, row: 0)] == .blank)
    cell.append("\u{308}")
    #expect(cell == canvas[Point(column: 0, row: 0)], "a fifth mark is left out")
  }

  @Test("a cell is eight bytes, equal where the same marks stand in the same order")
  func marks() {
    #expect(MemoryLayout<Cell>.stride == 8)
    func cell(_ marks: Unicode.Scalar...) -> Cell {
      var cell = Cell("o", .narrow, .plain)
      for mark in marks { cell.append(mark) }
      return cell
    }
    #expect(cell("\u{302}", "\u{301}") == cell("\u{302}", "\u{301}"))
    #expect(cell("\u{302}", "\u{301}") != cell("\u{301}", "\u{302}"))
    #expect(cell("\u{302}").hasMarks)
    #expect(!cell().hasMarks)
    #expect(cell("\u{302}", "\u{301}").scalars == ["o", "\u{302}", "\u{301}"])
  }

  @Test("draws boxes, and in ASCII too, with what it cannot show as a question mark")
  func boxes() {
    var canvas = Canvas(size: Size(columns: 14, rows: 3))
    canvas.box(Rect(canvas.size), title: "é 漢")
    #expect(rows(canvas) == ["┌─ é 漢 ─────┐", "│            │", "└────────────┘"])

    var plain = Canvas(size: Size(columns: 14, rows: 3), glyphs: .ascii)
    plain.box(Rect(plain.size), title: "é 漢")
    #expect(rows(plain) == ["+- ? ?? -----+", "|            |", "+------------+"])
  }

  @Test("shows a question mark of the same width where the library disagrees")
  func substitutes() {
    let glyphs = Glyphs(isUTF8: true, substituted: ["漢", "é"])
    var canvas = Canvas(size: Size(columns: 6, rows: 1), glyphs: glyphs)
    canvas.put("é漢字x", at: Point(column: 0, row: 0))
    #expect(rows(canvas) == ["???字x"])
  }

  @Test("T06: has no cells at 0x0 and one at 1x1, and takes everything without a crash")
  func tiny() {
    for size in [Size(columns: 0, rows: 0), Size(columns: 1, rows: 1), Size(columns: 20, rows: 5)] {
      var canvas = Canvas(size: size)
      canvas.box(Rect(column: -3, row: -3, columns: 90, rows: 40), title: "漢字")
      canvas.put("漢字 and more", at: Point(column: -1, row: 0))
      canvas.clear(Rect(column: 0, row: 0, columns: 99, rows: 99))
      #expect(canvas.cells.count == size.columns * size.rows)
    }
  }

  @Test("dumps styles a letter a cell")
  func styles() {
    var canvas = Canvas(size: Size(columns: 8, rows: 1))
    canvas.put("ab", at: Point(column: 1, row: 0), style: .danger)
    canvas.put("c", at: Point(column: 4, row: 0), style: Style(.accent, .reverse))
    #expect(Frame(canvas: canvas).styles == [" dd A"])
  }

  @Test("writes a run across whole rows, or not at all")
  func wrappedRun() {
    var frame = Frame(canvas: Canvas(size: Size(columns: 4, rows: 4)))

    #expect(frame.putWrappedRun("abcdefghi", firstRow: 2, endRow: 4) == 2)
    #expect(frame.wrappedRun == nil)

    #expect(frame.putWrappedRun("abcdefghi", firstRow: 1, endRow: 4) == 4)
    #expect(frame.text == ["", "abcd", "efgh", "i"])
    #expect(frame.wrappedRun?.rowCount == 3)
    #expect(frame.wrappedRun?.text == "abcdefghi")
  }
}
