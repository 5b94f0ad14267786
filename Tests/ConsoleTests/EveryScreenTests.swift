import Access
import Console
import TerminalKit
import Testing

@Suite("Every screen")
struct EveryScreenTests {
  static let sizes: [Size] = [
    .usual, .large, .small, Size(columns: 61, rows: 17), Size(columns: 79, rows: 23),
    Size(columns: 133, rows: 25), Size(columns: 100, rows: 60), Size(columns: 300, rows: 100),
  ]

  @Test("keeps within the terminal", arguments: Registry.places, sizes)
  func widths(place: Place, size: Size) {
    var console = ConsoleHarness(size: size, screen: place)
    for keys in ["", "down", "tab", "end", "?"] {
      console.type(keys)
      #expect(console.rows.count == size.rows)
      for row in console.rows {
        #expect(SafeText(row).width <= size.columns, "\(row)")
      }
    }
  }

  @Test("is the same in ASCII, sign by sign", arguments: Registry.places)
  func ascii(place: Place) {
    let console = ConsoleHarness(screen: place, glyphs: .ascii)

    #expect(console.text.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("has the cursor on what has the focus", arguments: Registry.places)
  func cursor(place: Place) throws {
    let console = ConsoleHarness(screen: place)

    let cursor = try #require(console.frame.cursor, "a screen reader follows it")
    #expect(Chrome.body(of: .usual).contains(cursor))
  }

  @Test("has no key that means something else everywhere", arguments: Registry.places)
  func keys(place: Place) {
    let check = KeymapCheck(everywhere: Everywhere.keymap)

    #expect(check.faults(in: Registry.screen(at: place).ownKeys).map(\.description) == [])
  }

  @Test("shares common keys that do not collide")
  func commonKeys() {
    #expect(KeymapCheck(everywhere: Everywhere.keymap).faults.map(\.description) == [])
  }

  @Test("says what is not there yet rather than nothing", arguments: Registry.places)
  func loading(place: Place) {
    var console = ConsoleHarness(screen: place)
    let size = Size.usual
    let body = console.rows[Chrome.body(of: size).row..<Chrome.body(of: size).endRow]

    #expect(body.contains { !$0.isEmpty })
    console.type("R")
    #expect(console.rows[Chrome.body(of: size).row..<Chrome.body(of: size).endRow] == body)
  }

  @Test("stands being resized a hundred times in a second", arguments: Registry.places)
  func resizing(place: Place) {
    var console = ConsoleHarness(screen: place)
    let before = console.text

    for step in 0..<100 {
      console.resize(1 + step * 7 % 140, 1 + step * 3 % 50)
      _ = console.frame
    }
    console.resize(80, 24)

    #expect(console.text == before)
  }

  @Test("shows without colours where the focus is, and which tab", arguments: Registry.places)
  func mono(place: Place) throws {
    func isReversed(_ point: Point, _ frame: Frame) -> Bool {
      let style = frame.canvas[point].style
      return Theme.mono.appearance(of: style).attributes.contains(.reverse)
    }
    for size in [Size.usual, .large, .small] {
      var console = ConsoleHarness(size: size, screen: place, glyphs: .ascii)
      for keys in ["", "down", "tab", "end"] {
        console.type(keys)
        let frame = console.frame
        let cursor = try #require(frame.cursor)
        let isMarked = (0..<size.columns).contains { column in
          isReversed(Point(column: column, row: cursor.row), frame)
        }
        // A screen of nothing but text has no row to be marked.
        let isText = !console.rows.contains { $0.contains("> ") }
        #expect(isMarked || isText, "\(size) after “\(keys)”: \(console.cursorRow)")
        let tabs = (0..<size.columns).filter { isReversed(Point(column: $0, row: 1), frame) }
        #expect(!tabs.isEmpty || place == .account, "only My account has a tab that gives way")
      }
    }
  }

  @Test("has goldens that keep within the terminals they were made for")
  func goldens() throws {
    for (name, lines) in try Golden.all() {
      let size = lines.first?.split(whereSeparator: { " ,".contains($0) }).dropFirst().first
      let sides = size?.split(separator: "x").compactMap { Int($0) } ?? []
      let shown = lines.prefix { $0 != "== styles" }.filter { !$0.hasPrefix("== ") }
      try #require(sides.count == 2, "\(name) says its size")
      #expect(shown.count == sides[1], "\(name)")
      for line in shown { #expect(SafeText(line).width <= sides[0], "\(name): \(line)") }
    }
  }
}
