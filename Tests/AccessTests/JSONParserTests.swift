import Access
import Testing

@Suite("The JSON parser")
struct JSONParserTests {
  @Test(
    "reads what RFC 8259 allows",
    arguments: [
      ("null", .null), (" \t\r\n true ", true), ("-0", 0),
      ("9223372036854775807", 9_223_372_036_854_775_807),
      ("9223372036854775808", .number("9223372036854775808")), ("1.50", .number("1.50")),
      ("1e999999", .number("1e999999")), ("[]", []), ("{}", .object([])),
      ("[1,[2,{\"a\":null}]]", [1, [2, ["a": nil]]]),
      ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", "\"\\/\u{8}\u{C}\n\r\té"),
      ("\"ab\\n\\tcd\\u0065\"", "ab\n\tcde"), ("\"é\\u00e9漢\"", "éé漢"),
      ("\"\\ud83d\\ude00\"", "😀"), ("\"\\u0000\"", "\0"), ("\"漢字\"", "漢字"),
      ("\u{FEFF}1", 1),
    ] as [(String, JSONValue)])
  func valid(text: String, value: JSONValue) throws {
    #expect(try JSONParser.parse(text).value == value)
  }

  @Test(
    "refuses everything else, naming the place",
    arguments: [
      ("", "line 1, column 1: The text ends where a value should be."),
      ("\n\n  nul", "line 3, column 3: This is not a JSON value."),
      ("[1,]", "line 1, column 4: This is not a JSON value."),
      ("[1 2]", "line 1, column 4: A comma or the end should be here."),
      ("{\"a\" 1}", "line 1, column 6: A colon should be here."),
      ("{a:1}", "line 1, column 2: A member's name in quotes should be here."),
      ("{\"é\":1,\n\"é\":2}", "line 2, column 1: The member “é” stands here twice."),
      ("{\"a\":1,\"\\u0061\":2}", "line 1, column 8: The member “a” stands here twice."),
      ("1 1", "line 1, column 3: There is something behind the end of the JSON value."),
      ("[01]", "line 1, column 2: This is not a JSON number."),
      ("-", "line 1, column 1: This is not a JSON number."),
      ("1.", "line 1, column 1: This is not a JSON number."),
      ("1e+", "line 1, column 1: This is not a JSON number."),
      ("+1", "line 1, column 1: This is not a JSON value."),
      ("NaN", "line 1, column 1: This is not a JSON value."),
      ("[\"漢字\",\"ab", "line 1, column 7: The text that begins here has no end."),
      ("\"a\nb\"", "line 1, column 3: A control character stands in this text."),
      ("\"\\x41\"", "line 1, column 2: There is no such escape in JSON."),
      ("\"\\", "line 1, column 2: There is no such escape in JSON."),
      ("\"\\u12", "line 1, column 2: Four hexadecimal digits should follow \\u."),
      ("\"\\u+123\"", "line 1, column 2: Four hexadecimal digits should follow \\u."),
      ("\"\\ud83d\"", "line 1, column 2: Half of a surrogate pair stands here."),
      ("\"\\ud83d\\n\"", "line 1, column 2: Half of a surrogate pair stands here."),
      ("\"\\ud83d\\u0041\"", "line 1, column 2: Half of a surrogate pair stands here."),
      ("\"\\ude00\"", "line 1, column 2: Half of a surrogate pair stands here."),
    ])
  func invalid(text: String, expected: String) {
    let error = #expect(throws: ContentError.self) { try JSONParser.parse(text) }
    #expect(error?.description == expected)
  }

  @Test(
    "finds a member that stands twice, however many stand between", arguments: [0, 14, 15, 16, 40])
  func farApart(others: Int) {
    let between = (0..<others).map { "\"m\($0)\":0," }.joined()
    let error = #expect(throws: ContentError.self) {
      try JSONParser.parse("{\"a\":1,\(between)\"a\":2}")
    }
    #expect(error?.problem == "The member “a” stands here twice.")
  }

  @Test(
    "refuses bytes that are not UTF-8", arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80]])
  func notUTF8(bytes: [UInt8]) {
    #expect(throws: ContentError("This text is not valid UTF-8.", at: .init(line: 1, column: 1))) {
      try JSONParser.parse([0x22] + bytes + [0x22])
    }
  }

  @Test("reads 64 levels and refuses the 65th, and a million alike")
  func depth() throws {
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    _ = try JSONParser.parse(nested(64))
    for text in [nested(65), String(repeating: "[", count: 1_000_000)] {
      #expect(
        throws: ContentError("Nested deeper than 64 levels.", at: .init(line: 1, column: 65))
      ) {
        try JSONParser.parse(text)
      }
    }
    #expect(throws: ContentError.self) {
      try JSONParser.parse(String(repeating: "{\"a\":", count: 100_000))
    }
  }

  @Test("takes time in proportion to a long line, not to its square")
  func longLine() throws {
    let count = 20_000
    let text = "[" + Array(repeating: "\"é\"", count: count).joined(separator: ",") + ",}"

    let clock = ContinuousClock()
    let start = clock.now
    let error = #expect(throws: ContentError.self) { try JSONParser.parse(text) }

    #expect(error?.place == TextPlace(line: 1, column: count * 4 + 2))
    // The square would be minutes.
    #expect(clock.now - start < .seconds(5))
  }

  @Test("writes what it reads, without anything a terminal would obey")
  func writing() throws {
    let value: JSONValue = ["a\u{1B}": ["\u{0}\u{7F}\u{9B}\"\\\n", 1, .number("1.5"), nil, false]]
    #expect(
      value.compact == #"{"a\u001b":["\u0000\u007f\u009b\"\\\n",1,1.5,null,false]}"#)
    #expect(try JSONParser.parse(value.compact).value == value)
    #expect(try JSONParser.parse(value.pretty).value == value)
  }

  @Test("never traps on bytes drawn at random, and writes back what it could read")
  func randomBytes() throws {
    var generator = Numbers(state: 42)
    let alphabet = Array("{}[]\":,\\u0123dD8fnul true-+.eE\n\u{7F}é\u{1B}".utf8) + [0xFF, 0xED, 0]
    for round in 0..<4000 {
      let length = Int(generator.next() % 40)
      let bytes = (0..<length).map { _ -> UInt8 in
        round % 4 == 0
          ? UInt8(truncatingIfNeeded: generator.next())
          : alphabet[Int(generator.next() % UInt64(alphabet.count))]
      }
      guard let read = try? JSONParser.parse(bytes).value else { continue }
      #expect(try JSONParser.parse(read.compact).value == read)
    }
  }
}
