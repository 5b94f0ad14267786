import TerminalKit
import Testing

@testable import CursesTerminal

@Suite("The input decoder")
struct InputDecoderTests {
  @Test(
    "knows the spellings of a key that terminfo lacks",
    arguments: [
      ("\u{1B}[A", Key.up), ("\u{1B}[B", .down), ("\u{1B}[C", .right), ("\u{1B}[D", .left),
      ("\u{1B}OA", .up), ("\u{1B}[H", .home), ("\u{1B}OH", .home), ("\u{1B}[1~", .home),
      ("\u{1B}[7~", .home), ("\u{1B}[F", .end), ("\u{1B}[4~", .end), ("\u{1B}[8~", .end),
      ("\u{1B}[2~", .insert), ("\u{1B}[3~", .delete), ("\u{1B}[5~", .pageUp),
      ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab), ("\u{1B}[1;5A", .up),
      ("\u{1B}[3;5~", .delete), ("\u{1B}[3^", .delete), ("\u{1B}O5C", .right),
      ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[A", .function(1)),
      ("\u{1B}[[E", .function(5)), ("\u{1B}[15~", .function(5)), ("\u{1B}[17~", .function(6)),
      ("\u{1B}[21~", .function(10)), ("\u{1B}[24~", .function(12)), ("\u{1B}[15;2~", .function(5)),
      ("\u{1B}OM", .enter), ("\u{1B}Oq", .character("1")), ("\u{1B}Oj", .character("*")),
      ("\u{1B}[99;5u", .control("C")), ("\u{1B}[27;5;99~", .control("C")),
      ("\u{1B}[120;3u", .alt("x")), ("\u{1B}[13u", .enter),
    ])
  func spellings(bytes: String, key: Key) {
    #expect(ScriptedInput.decoded(bytes) == [.key(key)])
  }

  @Test(
    "drops a sequence it does not know whole, so that no part of it acts as a key",
    arguments: [
      "\u{1B}[I", "\u{1B}[O", "\u{1B}[?1;2c", "\u{1B}[>41;354;0c", "\u{1B}[24;80;1;2;3t",
      "\u{1B}[200;200y", "\u{1B}]11;rgb:0000/0000/0000\u{7}",
      "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", "\u{1B}P1+r544e=787465726d\u{1B}\\",
      "\u{1B}[M !!", "\u{1B}[?2026;2$y", "\u{1B}[99~", "\u{1B}[<35;1;1M", "\u{1B}[<0;0;0M",
      "\u{1B}[99999999999999999999999~",
    ])
  func unknown(bytes: String) {
    #expect(ScriptedInput.decoded(bytes + "k") == [.key("k")])
  }

  @Test("tells Escape alone from Alt and from a sequence torn apart")
  func escape() {
    #expect(
      ScriptedInput.decoded(.text("\u{1B}"), .pause, .text("x")) == [.key(.escape), .key("x")])
    #expect(ScriptedInput.decoded("\u{1B}x") == [.key(.alt("x"))])
    #expect(ScriptedInput.decoded("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
    #expect(ScriptedInput.decoded("\u{1B}\r") == [.key(.escape), .key(.enter)])
    #expect(ScriptedInput.decoded(.text("\u{1B}"), .key(.up)) == [.key(.escape), .key(.up)])
    #expect(
      ScriptedInput.decoded(.text("\u{1B}["), .gap, .text("1;"), .gap, .text("5A"))
        == [.key(.up)])
    #expect(
      ScriptedInput.decoded(.text("\u{1B}["), .pause, .text("A")) == [.key(.alt("[")), .key("A")])
    #expect(ScriptedInput.decoded(.text("\u{1B}]"), .pause) == [.key(.alt("]"))])
    #expect(ScriptedInput.decoded(.text("\u{1B}O"), .pause) == [.key(.alt("O"))])
  }

  @Test("names control characters, and both characters of the backspace key")
  func controls() {
    #expect(
      ScriptedInput.decoded("\u{1}\u{3}\u{1A}\u{1C}\u{0}")
        == [
          .key(.control("A")), .key(.control("C")), .key(.control("Z")), .key(.control("\\")),
          .key(.control(" ")),
        ])
    #expect(
      ScriptedInput.decoded("\t\r\n\u{8}\u{7F}")
        == [.key(.tab), .key(.enter), .key(.enter), .key(.backspace), .key(.backspace)])
    #expect(ScriptedInput.decoded("\u{9B}\u{FFFD}é") == [.key("é")])
    #expect(ScriptedInput.decoded(.ignored, .key(.pageUp)) == [.key(.pageUp)])
  }

  @Test("makes one event of a paste, however it is torn and whatever it holds")
  func paste() {
    #expect(ScriptedInput.decoded("\u{1B}[200~q\rx\u{1B}[201~k") == [.paste("q\nx"), .key("k")])
    #expect(
      ScriptedInput.decoded(
        .text("\u{1B}[200~one\r\n"), .pause, .text("two\n"), .key(.enter), .key(.up),
        .text("\u{3}\u{1B}[A\u{1B}x"), .pause, .text("\u{1B}[2"), .gap, .text("01~"))
        == [.paste("one\ntwo\n\n\u{3}")])
    #expect(ScriptedInput.decoded("\u{1B}[201~k") == [.key("k")])
  }

  @Test("ends a paste whose end was lost when Escape is pressed")
  func lostEnd() {
    let events = ScriptedInput.decoded(
      .text("\u{1B}[200~text"), .pause, .text("\u{1B}"), .pause, .text("k"))
    #expect(events == [.paste("text"), .key("k")])
  }

  @Test("keeps a paste within bounds")
  func longPaste() {
    let limit = InputDecoder<ScriptedInput>.longestPaste
    let events = ScriptedInput.decoded(
      "\u{1B}[200~" + String(repeating: "x", count: limit + 10) + "\u{1B}[201~")
    #expect(events == [.paste(String(repeating: "x", count: limit))])
  }

  @Test("reads clicks and the wheel, counted from 0")
  func mouse() {
    #expect(
      ScriptedInput.decoded("\u{1B}[<0;3;5M\u{1B}[<0;3;5m\u{1B}[<64;1;1M\u{1B}[<65;1;1M")
        == [
          .mouse(MouseEvent(.press, at: Point(column: 2, row: 4))),
          .mouse(MouseEvent(.wheelUp, at: Point(column: 0, row: 0))),
          .mouse(MouseEvent(.wheelDown, at: Point(column: 0, row: 0))),
        ])
  }
}
