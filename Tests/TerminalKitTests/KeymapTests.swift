import Testing

@testable import TerminalKit

@Suite("A keymap")
struct KeymapTests {
  enum Command { case open, find, filter, end, add, help }

  let keymap = Keymap([
    Binding(.enter, does: Command.open, label: "open", help: "Opens the row."),
    Binding("/", does: .find, label: "find", help: "Looks for words."),
    Binding("f", does: .filter, label: "filter", help: "Shows only some rows."),
    Binding("d", .delete, does: .end, label: "revoke", help: "Ends the token."),
    Binding("a", does: .add, label: "add", help: "Makes a token.", isInFooter: false),
  ])

  @Test("gives each of its keys the command, and others none")
  func dispatch() {
    #expect(keymap.command(for: "d") == .end)
    #expect(keymap.command(for: .delete) == .end)
    #expect(keymap.command(for: "D") == nil)
  }

  @Test(
    "has a footer that is cut from the right and keeps the help",
    arguments: [
      (80, "Enter open  / find  f filter  d revoke  ? help"),
      (46, "Enter open  / find  f filter  d revoke  ? help"),
      (45, "Enter open  / find  f filter  ? help"),
      (20, "Enter open  ? help"), (12, "? help"), (6, "? help"), (3, "? h"), (0, ""),
    ])
  func footer(columns: Int, expected: String) {
    let footer = Footer(keymap.footer.map { $0.hint }, last: KeyHint("?", "help"))
    #expect(footer.text(columns).string == expected)

    var canvas = Canvas(size: Size(columns: 90, rows: 1))
    footer.draw(on: &canvas, at: Point(column: 0, row: 0), columns: columns)
    #expect(Frame(canvas: canvas).text == [expected])
  }

  @Test("has a line of help for each binding, hidden in the footer or not")
  func help() {
    #expect(keymap.helpRows.map(\.keys.string) == ["Enter", "/", "f", "d, Del", "a"])
    #expect(keymap.helpRows.last?.help == "Makes a token.")
  }

  @Test("is found at fault for a key bound twice, here or everywhere")
  func collisions() {
    let common = Keymap([
      Binding("?", .function(1), does: 1, label: "help", help: "Help."),
      Binding(.space, does: 2, label: "mark", help: "Marks."),
    ])
    let screen = Keymap([
      Binding("?", does: 1, label: "ask", help: "Asks."),
      Binding("x", does: 2, label: "export", help: "Exports."),
      Binding("x", does: 3, label: "explain", help: "Explains."),
      Binding(.space, does: 4, label: "toggle", help: "Toggles."),
    ])
    let check = KeymapCheck(everywhere: common, overridable: [.space])

    #expect(check.faults.isEmpty)
    #expect(
      check.faults(in: screen) == [
        .taken("?", by: "help", wanted: "ask"), .taken("x", by: "export", wanted: "explain"),
      ])
    #expect(
      check.faults(in: screen).first?.description
        == "“ask” wants ?, which is “help” already. Choose another key.")
  }

  @Test(
    "is found at fault for a key that terminals keep or keyboards lack",
    arguments: [
      .control("S"), .control("D"), .control("K"), .control("I"), .control("M"), .alt("x"),
      .function(2), "@", "{", "~", "ä",
    ] as [Key])
  func unusable(key: Key) {
    let check = KeymapCheck(everywhere: [])
    #expect(check.faults(in: [.init(keys: [key], label: "do")]).count == 1)
  }

  @Test("may have a function key beside a plain one")
  func secondBinding() {
    let check = KeymapCheck(everywhere: [])
    #expect(check.faults(in: [.init(keys: ["R", .function(5)], label: "re-read")]).isEmpty)
    #expect(check.faults(in: [.init(keys: [], label: "lost")]) == [.noKey("lost")])
  }

  @Test("names keys in words")
  func names() {
    let names = [Key.pageDown, .control("L"), .backTab, .space, .escape, .function(5), .alt("x")]
      .map(\.description)
    #expect(names == ["PgDn", "Ctrl-L", "Shift-Tab", "Space", "Esc", "F5", "Alt-x"])
  }

  @Test("takes Alt with a letter for Esc, as tmux makes it of Esc and a letter")
  func alt() {
    #expect(Key.alt("d").withoutAlt == .escape)
    #expect(Key.character("d").withoutAlt == "d")
  }

  @Test("moves by arrows, by letters and by Ctrl-B and Ctrl-F alike")
  func movement() {
    #expect(Movement("j") == .down && Movement(.down) == .down)
    #expect(Movement("G") == .end && Movement(.control("F")) == .pageDown)
    #expect(Movement("x") == nil)
  }
}

@Suite("The escape sequences")
struct EscapeSequenceTests {
  private let sequences = Dictionary(
    EscapeSequence.all.map { ($0.bytes, $0.meaning) }, uniquingKeysWith: { first, _ in first })

  @Test("are each listed once, and none starts another")
  func unique() {
    #expect(sequences.count == EscapeSequence.all.count)
    for one in EscapeSequence.all {
      for other in EscapeSequence.all where one != other {
        #expect(!other.bytes.hasPrefix(one.bytes), "\(one) would hide \(other)")
      }
    }
  }

  @Test("cover what xterm's terminfo lacks")
  func coverage() {
    #expect(sequences["\u{1B}[A"] == .key(.up))
    #expect(sequences["\u{1B}[H"] == .key(.home))
    #expect(sequences["\u{1B}[1~"] == .key(.home))
    #expect(sequences["\u{1B}[11~"] == .key(.function(1)))
    #expect(sequences["\u{1B}[1;5C"] == .key(.right))
    #expect(sequences["\u{1B}Ok"] == .key("+"))
    #expect(sequences["\u{1B}[200~"] == .pasteStart)
    #expect(sequences["\u{1B}[201~"] == .pasteEnd)
  }
}
