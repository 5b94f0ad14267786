import Testing

@testable import TerminalKit

@Suite("Safe text")
struct SafeTextTests {
  @Test("leaves plain text as it is, in any script")
  func plain() {
    for text in ["", " ", "ci-deploy", "Größe", "漢字", "नमस्ते", "한국어", "e\u{301}"] {
      #expect(SafeText(text).string == text)
    }
    #expect(SafeText("漢字 a").width == 6)
    #expect(SafeText("e\u{301}").width == 1)
  }

  @Test(
    "T01: shows controls and escape sequences",
    arguments: [
      ("\u{1B}[31mred", #"\x1b[31mred"#),
      ("\u{1B}]0;title\u{7}", #"\x1b]0;title\x07"#),
      ("\u{1B}]8;;http://x\u{1B}\\", #"\x1b]8;;http://x\x1b\"#),
      ("\u{1B}]52;c;aGk=\u{7}", #"\x1b]52;c;aGk=\x07"#),
      ("\u{1B}P+q\u{1B}\\", #"\x1bP+q\x1b\"#),
      ("\u{9B}31m", #"\x9b31m"#),
      ("a\u{8}\u{8}b\rc\nd\te\u{7F}\0", #"a\x08\x08b\x0dc\x0ad\x09e\x7f\x00"#),
      ("a\r\nb", #"a\x0d\x0ab"#),
    ])
  func controls(raw: String, shown: String) {
    #expect(SafeText(raw).string == shown)
    #expect(SafeText(raw).width == shown.utf8.count)
  }

  @Test("T01: leaves no scalar that acts on a terminal, whatever comes in")
  func everyScalar() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = SafeText(String(scalar))
      let isClean = text.string.unicodeScalars.allSatisfy {
        CharacterWidth(of: $0) == .narrow || CharacterWidth(of: $0) == .wide
      }
      if !isClean || text.width == 0 { Issue.record("U+\(String(value, radix: 16)) gets through") }
    }
  }

  @Test(
    "T02: shows what reorders or hides text",
    arguments: [
      0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200B, 0x200C,
      0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFE0F, 0x2028, 0x2029, 0x034F, 0x3164, 0xE0001,
      0xE0041, 0xE007F, 0x1F1E9, 0xE000, 0xFFFE, 0xAD,
    ] as [UInt32])
  func invisibles(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let digits = String(value, radix: 16, uppercase: true)
    let number = String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    #expect(SafeText("ad\(scalar)min").string == "ad<U+\(number)>min")
  }

  @Test(
    "T03: simplifies emoji whose width terminals disagree on",
    arguments: [
      ("👩\u{200D}💻", "👩💻", 4), ("👍\u{1F3FD}", "👍", 2), ("❤\u{FE0F}", "❤", 1),
      ("❤\u{FE0F}\u{200D}🔥", "❤🔥", 3), ("👩\u{200D}", "👩<U+200D>", 10),
      ("👩\u{200D}x", "👩<U+200D>x", 11), ("1\u{FE0F}\u{20E3}", "1\u{20E3}", 1),
    ])
  func emoji(raw: String, shown: String, width: Int) {
    #expect(SafeText(raw).string == shown)
    #expect(SafeText(raw).width == width)
  }

  @Test("T03: keeps four marks on a base and says how many it left out")
  func marks() {
    let text = SafeText("e" + String(repeating: "\u{301}", count: 1000) + "f")
    #expect(text.string == "e\u{301}\u{301}\u{301}\u{301}<+996>f")
    #expect(text.width == 8)
  }

  @Test("T03: shows a mark that has nothing to stand on as its number")
  func loneMark() {
    #expect(SafeText("\u{301}a").string == "<U+0301>a")
    #expect(SafeText("\u{7}\u{301}").string == #"\x07<U+0301>"#)
  }

  @Test("T03: measures 10,000 characters, and cuts them")
  func long() {
    #expect(SafeText(String(repeating: "x", count: 10_000)).truncated(to: 5).string == "xxxx…")
    let wide = SafeText(String(repeating: "漢", count: 10_000))
    #expect(wide.width == 20_000)
    #expect(wide.truncated(to: 6).string == "漢漢…")
    #expect(wide.truncated(to: 6).width == 5)
  }

  @Test("T04: shows bytes that are not UTF-8")
  func invalidBytes() {
    #expect(SafeText(decoding: [0x61, 0xFF, 0x62]).string == #"a\xffb"#)
    #expect(SafeText(decoding: [0xC3, 0xA9]).string == "é")
    #expect(SafeText(decoding: [0xC3]).string == #"\xc3"#)
    #expect(SafeText(decoding: [0xED, 0xA0, 0x80]).string == #"\xed\xa0\x80"#)
    #expect(SafeText(decoding: [0xC0, 0x80]).string == #"\xc0\x80"#)
    #expect(SafeText(decoding: [0xF0, 0x9F, 0x92, 0x41]).string == #"\xf0\x9f\x92A"#)
    #expect(SafeText(decoding: [0x1B, 0x5B]).string == #"\x1b["#)
    #expect(SafeText(decoding: []).string == "")
  }

  @Test("is safe in interpolations and literals too")
  func interpolation() {
    let name = "a\u{1B}b"
    let text: SafeText = "name \(name)"
    #expect(text.string == #"name a\x1bb"#)
  }

  @Test("is cut to nothing, to a character, to the ellipsis")
  func truncation() {
    let text: SafeText = "abcdef"
    #expect(
      (-1...6).map { text.truncated(to: $0).string } == [
        "", "", "…", "a…", "ab…", "abc…", "abcd…", "abcdef",
      ])
    #expect(SafeText("漢字").truncated(to: 1, ellipsis: "~").string == "~")
  }

  @Test("wraps at blanks, and inside words only when it must")
  func wrapping() {
    func wrap(_ text: SafeText, _ columns: Int) -> [String] {
      text.wrapped(to: columns).map(\.string)
    }
    #expect(wrap("one two three", 7) == ["one two", "three"])
    #expect(wrap("one two three", 5) == ["one", "two", "three"])
    #expect(wrap("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"])
    #expect(wrap("漢字人", 4) == ["漢字", "人"])
    #expect(wrap("", 4) == [""])
    #expect(wrap("漢", 1) == [""])
    #expect(wrap("anything", 0) == [""])
    for line in SafeText("Every username and password stops, essential integrations included.")
      .wrapped(to: 19)
    {
      #expect(line.width <= 19)
    }
  }

  @Test("pads on either side")
  func padding() {
    #expect(SafeText("漢").padded(to: 4).string == "漢  ")
    #expect(SafeText("42").padded(to: 4, right: true).string == "  42")
    #expect(SafeText("long").padded(to: 2).string == "long")
  }
}
