import TerminalKit
import Testing

@testable import Console

@Suite("Rows that are drawn again and again")
struct DrawnRowsTests {
  private struct Row: Identifiable, Equatable, Sendable {
    let id: Int
    var text: SafeText
  }

  private final class Calls {
    var count = 0
  }

  private let layout = ColumnLayout(
    [Column("Name", minimum: 6, ideal: 12), Column("Text", minimum: 8, stretch: 1)], width: 30)
  private let rect = Rect(Size(columns: 32, rows: 5))
  private var list = ListWindow<Row>()
  private let drawn = DrawnRows<Row>()
  private let calls = Calls()

  init() {
    let texts = ["plain", "名前 wide", "e\u{301} mark", "a longer text that is cut off", ""]
    show(texts.map { SafeText($0) })
  }

  private mutating func show(_ texts: [SafeText]) {
    let rows = texts.enumerated().map { Row(id: $0, text: $1) }
    list.show(ListPage(rows, isAtStart: true, isAtEnd: true))
  }

  /// Draws with the memory and without, and returns how many cells were asked for by the first.
  private func draw(moment: Int64, glyphs: Glyphs = .unicode) -> Int {
    func canvas(_ drawn: DrawnRows<Row>?) -> Canvas {
      var canvas = Canvas(size: Size(columns: 32, rows: 5), glyphs: glyphs)
      list.draw(on: &canvas, in: rect, layout: layout, drawn: drawn, moment: moment) {
        row, column in
        calls.count += 1
        return TableCell(column == 0 ? "row \(row.id) \(moment)" : row.text)
      }
      return canvas
    }
    calls.count = 0
    let remembered = canvas(drawn)
    let asked = calls.count
    #expect(remembered == canvas(nil))
    return asked
  }

  @Test("look the same, and only the one under the cursor is laid out anew")
  mutating func copies() {
    // The one under the cursor without it, too: that is how it looks once it is left.
    #expect(draw(moment: 1) == 12)
    #expect(draw(moment: 1) == 2)
    _ = list.move(.down, height: 5)
    #expect(draw(moment: 1) == 2)
    _ = list.toggleMark(height: 5)
    #expect(draw(moment: 1) == 2)
    _ = list.move(.up, height: 5)
    #expect(draw(moment: 1) == 2)
  }

  @Test("are laid out anew at another moment, with other glyphs, and where they have changed")
  mutating func changes() {
    _ = draw(moment: 1)
    #expect(draw(moment: 2) == 12)
    #expect(draw(moment: 2, glyphs: .ascii) == 12)
    #expect(draw(moment: 2) == 12)
    show(["plain", "名前 wide", "changed", "a longer text that is cut off", ""])
    #expect(draw(moment: 2) == 4)
  }
}

@Suite("What differs between two frames")
struct CanvasDifferenceTests {
  private func canvas(_ text: SafeText, style: Style = .plain) -> Canvas {
    var canvas = Canvas(size: Size(columns: 10, rows: 2))
    canvas.put(text, at: Point(column: 0, row: 1), style: style)
    return canvas
  }

  @Test(
    "is from the first cell to the last, whole wide characters",
    arguments: [
      ("same", "same", nil), ("abcdef", "abXdYf", 2..<5), ("a", "", 0..<1),
      ("x名前y", "x名字y", 3..<5), ("x名", "xab", 1..<3), ("xab", "x名", 1..<3),
      ("e\u{301}", "e", 0..<1), ("e\u{301}\u{302}", "e\u{301}", 0..<1),
    ] as [(String, String, Range<Int>?)])
  func differences(_ one: String, _ other: String, _ expected: Range<Int>?) {
    let (new, old) = (canvas(SafeText(one)), canvas(SafeText(other)))
    #expect(new.difference(from: old, row: 1, width: 10) == expected)
    #expect(new.difference(from: old, row: 0, width: 10) == nil)
  }

  @Test("is also how it looks")
  func styles() {
    let (new, old) = (canvas("abc", style: .danger), canvas("abc"))
    #expect(new.difference(from: old, row: 1, width: 10) == 0..<3)
    #expect(new.difference(from: old, row: 1, width: 2) == 0..<2)
  }
}
