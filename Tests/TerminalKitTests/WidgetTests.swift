import Testing

@testable import TerminalKit

@Suite("Bars")
struct BarTests {
  @Test("show each number by its height, and only zero as nothing")
  func sparkline() {
    #expect(Bars.sparkline([0, 1, 2, 4, 6, 8]).string == " ▁▂▄▆█")
    #expect(Bars.sparkline([1, 1_000_000]).string == "▁█")
    #expect(Bars.sparkline([0, 0]).string == "  ")
    #expect(Bars.sparkline([]).string == "")
    #expect(Bars.sparkline([-5, .max]).string == " █")
  }

  @Test("are signs of a typewriter where there is nothing else")
  func ascii() {
    var canvas = Canvas(size: Size(columns: 9, rows: 1), glyphs: .ascii)
    canvas.put(Bars.sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8]), at: Point(column: 0, row: 0))
    #expect(Frame(canvas: canvas).text == [" _..--==#"])
  }

  @Test("stand upright in a chart")
  func chart() {
    #expect(Bars.chart([1, 8, 16], rows: 2).map(\.string) == ["  █", "▁██"])
    #expect(Bars.chart([3], rows: 0).isEmpty)
  }

  @Test("lie in a row, and are never empty above zero")
  func horizontal() {
    #expect(Bars.bar(5, of: 10, columns: 10).width == 5)
    #expect(Bars.bar(1, of: 1_000, columns: 10).width == 1)
    #expect(Bars.bar(0, of: 10, columns: 10).width == 0)
    #expect(Bars.bar(99, of: 10, columns: 10).width == 10)
  }

  @Test("of progress are full when all is done and not before")
  func progress() {
    #expect(Bars.progress(1, of: 2, columns: 17).string == "[█████░░░░░]  50%")
    #expect(Bars.progress(999, of: 1_000, columns: 17).string == "[█████████░]  99%")
    #expect(Bars.progress(7, of: 7, columns: 17).string == "[██████████] 100%")
    #expect(Bars.progress(0, of: 0, columns: 3).string == "[]   0%")
  }
}

@Suite("A message")
struct MessageLineTests {
  @Test("of information goes after four seconds, and an error stays")
  func lasting() {
    let saved = MessageLine(.information, "Saved.", shownAt: .seconds(10))
    #expect(saved.isVisible(at: .milliseconds(13_999)))
    #expect(!saved.isVisible(at: .seconds(14)))
    #expect(saved.ends == .seconds(14))

    let failed = MessageLine(.error, "Not saved.", shownAt: .seconds(10))
    #expect(failed.isVisible(at: .seconds(9_999)))
    #expect(failed.ends == nil)
  }

  @Test("of an error is marked without colours too, and takes the rows it needs")
  func drawing() {
    var canvas = Canvas(size: Size(columns: 14, rows: 4))
    for row in 0..<4 { canvas.put("beneath", at: Point(column: 0, row: row)) }
    MessageLine(.error, "Not saved: the disk is full.", shownAt: .zero).draw(
      on: &canvas, endingAt: 3)
    #expect(Frame(canvas: canvas).text == ["beneath", " ! Not saved:", " the disk is", " full."])
  }

  @Test("that is longer than its place is cut")
  func cutting() {
    var canvas = Canvas(size: Size(columns: 16, rows: 1))
    MessageLine(.information, "Nothing more to say.", shownAt: .zero)
      .draw(on: &canvas, endingAt: 0)
    #expect(Frame(canvas: canvas).text == [" Nothing more …"])
  }
}

@Suite("Text that scrolls")
struct ScrollTextTests {
  private var text = ScrollText((1...10).map { .init(SafeText("line \($0)")) })

  private func rows(_ height: Int) -> [String] {
    var canvas = Canvas(size: Size(columns: 10, rows: height))
    text.draw(on: &canvas, in: canvas.bounds)
    return Frame(canvas: canvas).text
  }

  @Test("moves by lines and pages, and never past its ends")
  mutating func moving() {
    #expect(text.move(.down, height: 4) == true)
    #expect(rows(4) == ["line 2", "line 3", "line 4", "line 5"])
    text.move(.pageDown, height: 4)
    #expect(rows(4).first == "line 5")
    text.move(.pageDown, height: 4)
    #expect(rows(4).last == "line 10")
    #expect(text.move(.down, height: 4) == false)
    #expect(text.position(height: 4) == "7-10 of 10")
    text.move(.home, height: 4)
    #expect(rows(4).first == "line 1")
  }

  @Test("fills a screen that has grown")
  mutating func growing() {
    text.move(.end, height: 4)
    #expect(rows(10).first == "line 1")
    #expect(text.position(height: 10) == "")
    #expect(text.move(.up, height: 9) == true)
  }

  @Test("is wrapped to a width and keeps its styles")
  func wrapping() {
    let text = ScrollText([.init("one two three", .danger), .init("")], wrappedTo: 7)
    #expect(text.lines == [.init("one two", .danger), .init("three", .danger), .init("")])
  }
}

@Suite("A menu")
struct MenuTests {
  @Test("moves within its rows, and keeps the cursor in sight")
  func moving() {
    var menu = Menu(count: 6)
    #expect(menu.move(.up) == false)
    for _ in 0..<4 { menu.move(.down) }
    #expect(menu.cursor == 4)
    #expect(menu.visible(height: 3) == 2..<5)
    menu.move(.end)
    #expect(menu.cursor == 5)
    menu.resize(to: 2)
    #expect(menu.cursor == 1)
    menu.resize(to: 0)
    #expect(menu.cursor == 0 && menu.visible(height: 9).isEmpty)
  }

  @Test("draws `>` before the row of the cursor")
  func drawing() {
    let menu = Menu(count: 2, cursor: 1)
    var canvas = Canvas(size: Size(columns: 12, rows: 2))
    let place = menu.draw(on: &canvas, in: canvas.bounds) { TableCell($0 == 0 ? "Name" : "End") }
    #expect(Frame(canvas: canvas).text == ["  Name", "> End"])
    #expect(place == Point(column: 0, row: 1))
  }
}

@Suite("The tabs")
struct TabBarTests {
  private let names: [SafeText] = [
    "Overview", "Props", "Security", "Roles", "Tokens", "Migration", "Accounts", "Audit",
  ]

  private func row(_ columns: Int) -> String {
    let tabs = names.enumerated().map { TabBar.Tab(key: "\($0 + 1)", label: $1) }
    var canvas = Canvas(size: Size(columns: columns, rows: 1))
    TabBar(tabs, active: 2).draw(on: &canvas, at: Point(column: 1, row: 0), columns: columns - 2)
    return Frame(canvas: canvas).text[0]
  }

  @Test("all fit in 80 columns, and below that only the one that is open")
  func fitting() {
    #expect(
      row(80) == " 1 Overview 2 Props 3 Security 4 Roles 5 Tokens 6 Migration 7 Accounts 8 Audit")
    #expect(row(60) == " 3 Security  ‹1–8›")
    #expect(row(8) == " 3 Secur")
  }
}

@Suite("A terminal that is too small")
struct TooSmallTests {
  @Test("T06: says so, in as much room as there is")
  func message() {
    func text(_ columns: Int, _ rows: Int) -> [String] {
      Frame.tooSmall(
        Size(columns: columns, rows: rows), needed: Size(columns: 60, rows: 16), glyphs: .unicode
      ).text
    }
    #expect(text(52, 3) == ["", "             Terminal 52x3, need 60x16", ""])
    #expect(text(20, 5) == ["", "Terminal 20x5, need", "       60x16", "", ""])
    #expect(text(1, 1) == ["T"])
    #expect(text(0, 0) == [])
  }
}

@Suite("A terminal in memory")
struct MemoryTerminalTests {
  @Test("hands out events in order, and drops keys typed ahead but no signals")
  func events() {
    let terminal = MemoryTerminal()
    terminal.type("ab")
    terminal.resize(to: Size(columns: 60, rows: 16))
    terminal.send(.paste("x"), .hangup)

    #expect(terminal.readEvent() == .key("a"))
    terminal.flushInput()
    #expect(terminal.readEvent() == .resize(Size(columns: 60, rows: 16)))
    #expect(terminal.readEvent() == .hangup)
    #expect(terminal.readEvent() == nil)
    #expect(terminal.size == Size(columns: 60, rows: 16))
  }
}

@Suite("A theme")
struct ThemeTests {
  @Test("tells danger, warning and the cursor apart from plain text without any colour")
  func mono() {
    for role in Style.Role.allCases {
      #expect(Theme.mono.appearance(of: Style(role)).color == nil)
    }
    let plain = Theme.mono.appearance(of: .plain)
    for role in [Style.danger, .warning, .title, .accent] {
      #expect(Theme.mono.appearance(of: role) != plain)
    }
    #expect(Theme.dark.appearance(of: Style(.ok, .reverse)).attributes.contains(.reverse))
  }

  @Test("has no colours where nobody wants or can show them")
  func colorMode() {
    #expect(ColorMode.auto.isColored(colors: 8, noColor: false))
    #expect(!ColorMode.auto.isColored(colors: 8, noColor: true))
    #expect(ColorMode.always.isColored(colors: 256, noColor: true))
    #expect(!ColorMode.always.isColored(colors: 0, noColor: false))
    #expect(!ColorMode.never.isColored(colors: 256, noColor: false))
  }
}
