import Testing

@Suite("Taking a terminal")
struct EnvironmentTests {
  @Test("T06: uses xterm-256color for a TERM this host does not know, and says so")
  func unknownTerm() throws {
    for term in ["xterm-kitty", "nonsense", "../../../etc/passwd", "%n%n", "unknown"] {
      let session = try ProbeSession(environment: ["TERM": term])
      let report = session.report { _ in true }
      #expect(report == "open colors 256 utf8 true unknown \(term)")
    }
  }

  @Test("T06: refuses TERM=dumb with a way out, and touches nothing")
  func dumb() throws {
    let session = try ProbeSession(environment: ["TERM": "dumb"])

    #expect(session.end() == 2)

    #expect(session.output.contains("Use the commands instead"))
    #expect(!session.output.contains("\u{1B}"))
    #expect(session.isRestored)
  }

  @Test("T06: refuses to run without a terminal")
  func noTerminal() throws {
    let session = try ProbeSession(hasTerminal: false)

    #expect(session.end() == 2)

    #expect(session.output.contains("With ssh, add -t"))
  }

  @Test(
    "draws UTF-8 where the locale has it or means it, and ASCII elsewhere",
    arguments: [
      ("C.UTF-8", true), ("de_DE.UTF-8", true), ("xx_YY.utf8", true), ("C", false),
      ("POSIX", false), ("%n", false), ("../../x", false),
    ])
  func locale(name: String, isUTF8: Bool) throws {
    let session = try ProbeSession(environment: ["LANG": "C.UTF-8", "LC_ALL": name])
    #expect(session.report { _ in true } == "open colors 256 utf8 \(isUTF8) unknown none")
    session.awaitFrame()

    #expect(session.eventsUntilQuit().isEmpty)

    #expect(session.output.contains("┌") == isUTF8)
    #expect(session.output.unicodeScalars.allSatisfy(\.isASCII) == !isUTF8)
  }

  @Test("understands typed UTF-8 even where only ASCII is drawn")
  func typed() throws {
    let session = try ProbeSession(environment: ["LANG": "C"])
    session.awaitFrame()
    session.send("é世")
    #expect(session.awaitReport("key é"))
    #expect(session.awaitReport("key 世"))
  }

  @Test("T06: follows the terminal's size, not LINES and COLUMNS")
  func size() throws {
    let session = try ProbeSession(
      environment: ["LINES": "10", "COLUMNS": "20"], columns: 120, rows: 40)
    #expect(session.report { $0.hasPrefix("frame") } == "frame 1 120x40")

    session.resize(columns: 90, rows: 30)

    #expect(session.awaitReport("resize 90x30"))
    #expect(session.report { $0.hasPrefix("frame") }?.hasSuffix("90x30") == true)
  }

  @Test(
    "T06: bears every size",
    arguments: [(1, 1), (20, 5), (2, 200), (1000, 3), (0, 0), (65535, 65535)] as [(UInt16, UInt16)])
  func oddSizes(columns: UInt16, rows: UInt16) throws {
    let session = try ProbeSession(columns: columns, rows: rows)
    session.awaitFrame()

    for round in 0..<3 { session.resize(columns: round == 1 ? columns : 80, rows: rows) }
    session.resize(columns: columns, rows: rows)
    session.send("r")
    #expect(session.awaitReport("key r"))

    _ = session.eventsUntilQuit()
    #expect(session.end() == 0)
    #expect(session.isRestored)
  }

  @Test("T06: bears a hundred resizes at once and ends at the last size")
  func resizeStorm() throws {
    let session = try ProbeSession()
    session.awaitFrame()

    for round in 1...100 {
      session.resize(columns: UInt16(20 + round), rows: UInt16(5 + round % 40))
    }

    #expect(session.awaitReport("resize 120x25"))
    #expect(session.report { $0.hasPrefix("frame") }?.hasSuffix("120x25") == true)
  }

  @Test("uses no colour if NO_COLOR says so")
  func noColor() throws {
    let session = try ProbeSession(environment: ["NO_COLOR": "1"])
    #expect(session.report { _ in true } == "open colors 0 utf8 true unknown none")
    session.awaitFrame()
    _ = session.eventsUntilQuit()
    #expect(!session.output.contains("\u{1B}[91m"))
  }

  @Test(
    "draws on the terminals of this host", arguments: ["xterm", "screen", "tmux", "linux", "vt100"])
  func otherTerminals(term: String) throws {
    let session = try ProbeSession(environment: ["TERM": term])
    #expect(session.report { _ in true }?.hasSuffix("unknown none") == true)
    session.awaitFrame()
    session.send("\u{1B}[A\u{1B}OB")
    #expect(session.eventsUntilQuit() == ["key Up", "key Down"])
    #expect(session.end() == 0)
  }
}
