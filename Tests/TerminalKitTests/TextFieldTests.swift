import Testing

@testable import TerminalKit

@Suite("A text field")
struct TextFieldTests {
  private func drawn(_ field: TextField, columns: Int = 10) -> (text: String, cursor: Int) {
    var canvas = Canvas(size: Size(columns: columns + 2, rows: 1))
    let cursor = field.draw(
      on: &canvas, at: Point(column: 0, row: 0), columns: columns, isFocused: true)
    return (Frame(canvas: canvas).text[0], cursor.column)
  }

  private func typed(_ keys: [Key], into text: String = "one two") -> (String, Int) {
    var field = TextField(text)
    for key in keys { _ = field.handle(key) }
    return (field.text, field.cursor)
  }

  @Test("is edited by the keys a shell has")
  func editing() {
    #expect(typed([.home, "x"]) == ("xone two", 1))
    #expect(typed([.control("A"), .delete]) == ("ne two", 0))
    #expect(typed([.left, .backspace]) == ("one to", 5))
    #expect(typed([.control("W")]) == ("one ", 4))
    #expect(typed([.control("W"), .control("W")]) == ("", 0))
    #expect(typed([.left, .control("U")]) == ("o", 0))
    #expect(typed([.home, .control("E"), "!"]) == ("one two!", 8))
    #expect(typed([.home, .left, .backspace, .end, .right, .delete]) == ("one two", 7))
  }

  @Test("leaves other keys to its form")
  func others() {
    var field = TextField("a")
    for key in [Key.up, .tab, .enter, .escape, .control("K"), .function(1), .alt("x")] {
      #expect(field.handle(key) == .ignored)
    }
  }

  @Test("T03: takes no more characters than its limit")
  func limit() {
    var field = TextField(String(repeating: "x", count: 99), limit: 64)
    #expect(field.text.count == 64)
    #expect(field.handle("y") == .full(leftOut: 1))
    _ = field.handle(.backspace)
    #expect(field.paste("abc") == .full(leftOut: 2))
    #expect(field.text.hasSuffix("xa"))
  }

  @Test("takes a paste as one line")
  func paste() {
    var field = TextField()
    #expect(field.paste("\r\nfirst\nsecond\tthird\r\n") == .changed)
    #expect(field.text == "first second third")
  }

  @Test("draws its text, its room and its cursor")
  func drawing() {
    #expect(drawn(TextField("ci")) == ("[ci______]", 3))
    #expect(drawn(TextField()) == ("[________]", 1))
    #expect(drawn(TextField("secret", isSecret: true)) == ("[******__]", 7))
    #expect(drawn(TextField("漢字")) == ("[漢字____]", 5))
  }

  @Test("shifts what is too long so that the cursor is seen")
  func shifting() {
    #expect(drawn(TextField("abcdefgh")) == ("[abcdefgh]", 9))
    #expect(drawn(TextField("abcdefghi")) == ("[<defghi_]", 8))
    #expect(drawn(TextField("abcdefghijkl")) == ("[<ghijkl_]", 8))
    #expect(drawn(TextField("漢字漢字漢字")) == ("[<字漢字_]", 8))

    var field = TextField("abcdefghijkl")
    _ = field.handle(.home)
    #expect(drawn(field) == ("[abcdefgh]", 1))
  }

  @Test("shows its beginning while something else has the focus")
  func unfocused() {
    var canvas = Canvas(size: Size(columns: 10, rows: 1))
    TextField("abcdefghijkl").draw(
      on: &canvas, at: Point(column: 0, row: 0), columns: 10, isFocused: false)
    #expect(Frame(canvas: canvas).text == ["[abcdefg…]"])
  }

  @Test("T01: shows what was typed or pasted and is not safe")
  func unsafe() {
    let (text, _) = drawn(TextField("a\u{202E}b"), columns: 16)
    #expect(text == "[a<U+202E>b____]")
  }

  @Test("T06: draws in no room at all", arguments: [0, 1, 2, 3])
  func tiny(columns: Int) {
    #expect(SafeText(drawn(TextField("abcdef"), columns: columns).text).width <= columns + 2)
  }
}
