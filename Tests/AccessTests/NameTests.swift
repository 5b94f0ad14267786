import Access
import Testing

@Suite("A login")
struct LoginTests {
  @Test(
    "is 1 to 64 of a-z, 0-9, dot, underscore and hyphen, folded to lower case",
    arguments: [
      ("mira", "mira"), ("Mira.K_9-x", "mira.k_9-x"), ("0", "0"), ("-", "-"),
      (String(repeating: "A", count: 64), String(repeating: "a", count: 64)),
    ])
  func valid(text: String, login: String) throws {
    #expect(try Login(parsing: text).text == login)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", " ", "mi ra", "mira\n", "mira\0", "müra", "mira@x", "a/b", "\u{212A}im", "ｍira", "İ",
      "mira\u{200B}", String(repeating: "a", count: 65),
    ])
  func invalid(text: String) {
    #expect(throws: NameError.login(text)) { try Login(parsing: text) }
  }

  @Test("that is refused is shown without what would move the cursor")
  func text() {
    #expect(
      NameError.login("a\u{1B}[2J").description
        == "“a\\x1b[2J” is not a login. Use 1 to 64 of a-z, 0-9, dot, underscore and hyphen.")
  }
}

@Suite("A name that people choose")
struct VisibleNameTests {
  @Test("is kept in NFC, without the blanks around it")
  func normal() throws {
    let name = try VisibleName.name("  cafe\u{301} \u{6F22}\u{5B57}  ", what: "name")
    #expect(Array(name.unicodeScalars) == Array("caf\u{E9} \u{6F22}\u{5B57}".unicodeScalars))
    #expect(try VisibleName.name("e\u{301}", what: "name") == "\u{E9}")
    #expect(try VisibleName.name("नमस्ते 한국어 😀", what: "name") == "नमस्ते 한국어 😀")
  }

  @Test("has 1 to 64 characters, and no pile of marks passes for one")
  func length() throws {
    let longest = String(repeating: "é", count: 64)
    #expect(try VisibleName.name(longest, what: "name") == longest)
    #expect(throws: NameError.tooLong(what: "name", limit: 64)) {
      try VisibleName.name(longest + "x", what: "name")
    }
    #expect(throws: NameError.tooLong(what: "name", limit: 64)) {
      try VisibleName.name("e" + String(repeating: "\u{301}", count: 10_000), what: "name")
    }
    for blank in ["", " ", "     "] {
      #expect(throws: NameError.empty(what: "name")) {
        try VisibleName.name(blank, what: "name")
      }
    }
  }

  @Test(
    "has no control, bidi, zero-width or other character that cannot be seen",
    arguments: [
      0x00, 0x09, 0x0A, 0x1B, 0x7F, 0x85, 0x9B, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x180E, 0x2003,
      0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D,
      0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x3000, 0x3164, 0xE000, 0xFE0F, 0xFEFF,
      0xFFA0, 0xFFFE, 0xE0001, 0xE0041, 0x10FFFF,
    ] as [UInt32])
  func hidden(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    for text in ["ad\(scalar)min", "admin\(scalar)", "\(scalar)admin"] {
      let error = #expect(throws: NameError.self) { try VisibleName.name(text, what: "name") }
      guard case .invisible(what: "name", scalar: _) = error else {
        Issue.record("U+\(String(value, radix: 16)) gives \(String(describing: error))")
        continue
      }
    }
  }

  @Test("of a role has no comma")
  func comma() {
    let error = #expect(throws: NameError.self) { try VisibleName.roleName("Ops, night") }
    #expect(
      error?.description
        == "The role name contains a comma, which separates roles. Leave it out.")
  }

  @Test("that is refused names the character that cannot be seen")
  func text() {
    #expect(
      NameError.invisible(what: "name", scalar: 0x202E).description
        == "The name contains <U+202E>, which cannot be seen. Remove it.")
    #expect(
      NameError.invisible(what: "name", scalar: 7).description
        == "The name contains \\x07, which cannot be seen. Remove it.")
    #expect(Visible.text("a\u{1B}]0;x\u{7}\u{202E}b") == "a\\x1b]0;x\\x07<U+202E>b")
  }

  @Test("shows a secret nowhere")
  func secret() {
    let secret = Secret("hunter2".utf8)
    #expect("\(secret)" == "<redacted>")
    #expect(String(reflecting: secret) == "<redacted>")
    var dumped = ""
    dump([secret], to: &dumped)
    #expect(!dumped.contains("104"))
  }
}
