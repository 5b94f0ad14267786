import Glibc
import Testing

@Suite("A terminal session")
struct TerminalSessionTests {
  @Test("gives the terminal back as it was when it ends")
  func quits() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    #expect(!session.isRestored)

    session.send("q")

    #expect(session.end() == 0)
    #expect(session.isRestored)
    #expect(session.output.contains("\u{1B}[?1049h"))
    #expect(session.output.contains("\u{1B}[?2004h"))
    #expect(session.output.contains("\u{1B}[?2004l"))
    #expect(session.output.contains("\u{1B}[?1049l"))
  }

  @Test("is silent and asleep while nothing happens")
  func idle() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    _ = session.awaitOutput("danger")
    _ = session.outputWithin(milliseconds: 50)
    let before = wakeUps(session.process)

    #expect(session.outputWithin(milliseconds: 300).isEmpty)

    #expect(wakeUps(session.process) == before)
  }

  @Test("writes a few bytes for a small change")
  func smallChange() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    _ = session.awaitOutput("danger")
    _ = session.outputWithin(milliseconds: 50)
    let mark = session.mark

    session.send("\u{1B}OB")
    #expect(session.awaitOutput("key Down", after: mark))

    #expect((1...120).contains(session.output(after: mark).utf8.count))
  }

  @Test("changes colours once between two words, not back and forth for the blank")
  func oneChange() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    #expect(session.awaitOutput("right"))

    let between = session.output.components(after: "left").prefix { $0 != "r" }

    #expect(between == " \u{1B}[92m")
  }

  @Test("S04: is gone when its client is, and tells the loop so")
  func hangsUp() throws {
    let session = try ProbeSession()
    session.awaitFrame()

    session.hangUp()

    #expect(session.awaitReport("event hangup"))
    #expect(session.end() == 1)
  }

  @Test("S04: is gone when its client is even where SIGHUP was ignored")
  func hangsUpIgnored() throws {
    let session = try ProbeSession(command: "trap '' HUP; exec $PROBE --report")
    session.awaitFrame()

    session.hangUp()

    #expect(session.awaitReport("event hangup"))
    #expect(session.end() == 1)
  }

  @Test("S04: ends in order on SIGHUP and SIGTERM", arguments: [SIGHUP, SIGTERM])
  func terminated(signal: Int32) throws {
    let session = try ProbeSession()
    session.awaitFrame()

    kill(session.process, signal)

    #expect(session.awaitReport(signal == SIGHUP ? "event hangup" : "event terminate"))
    #expect(session.end() == 1)
    #expect(session.isRestored)
  }

  @Test("S04: is gone within five seconds even if its terminal takes no more bytes")
  func stuck() throws {
    let session = try ProbeSession(
      command: "exec $PROBE --report --full", columns: 500, rows: 300)
    #expect(session.report { $0.hasPrefix("frame") } != nil)
    // The first frame is larger than what the pty holds, and nobody reads it.
    kill(session.process, SIGTERM)

    #expect(session.endUnread() == 128 + SIGTERM)
  }

  @Test(
    "T06: restores the terminal when it crashes, and says what happened on the normal screen",
    arguments: [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT])
  func crashes(signal: Int32) throws {
    let session = try ProbeSession()
    session.awaitFrame()
    session.send("e")
    session.awaitReport("key e")

    kill(session.process, signal)

    #expect(session.end() == -signal)
    #expect(session.isRestored)
    let normalScreen = session.output.components(after: "\u{1B}[?1049l")
    #expect(normalScreen.contains("CursesProbe crashed: SIG"))
    #expect(normalScreen.contains(", build "))
    #expect(normalScreen.contains("a line for ?[31mstderr"))
    #expect(session.output.contains("\u{1B}[?25h") || session.output.contains("\u{1B}[?12l"))
  }

  @Test("T06: restores the terminal when the program traps")
  func traps() throws {
    let session = try ProbeSession()
    session.awaitFrame()

    session.send("X")

    #expect(session.end() < 0)
    #expect(session.isRestored)
    #expect(session.output.components(after: "\u{1B}[?1049l").contains("crashed: SIG"))
  }

  @Test("shows after its end what was written to standard error meanwhile, made visible")
  func standardError() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    session.send("e")
    session.awaitReport("key e")

    session.send("q")

    #expect(session.end() == 0)
    let screens = session.output.split(separator: "\u{1B}[?1049l", maxSplits: 1)
    #expect(screens.first?.contains("a line for") == false)
    #expect(screens.last?.contains("a line for \\x1b[31mstderr") == true)
  }

  @Test("sends the clipboard what is copied")
  func clipboard() throws {
    let session = try ProbeSession()
    session.awaitFrame()

    session.send("C")

    #expect(session.awaitOutput("\u{1B}]52;c;Y29waWVkIHRleHQ=\u{7}"))
  }

  @Test("writes a wrapped run in one go, once")
  func wrappedRun() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    let run = "BEGIN" + String(repeating: "0123456789abcdef", count: 12) + "END"

    session.send("r")
    session.awaitReport("key r")
    #expect(session.awaitOutput(run))
    var mark = session.mark
    session.send("\u{1B}OB")
    #expect(session.awaitOutput("key Down", after: mark))
    _ = session.outputWithin(milliseconds: 50)

    #expect(!session.output(after: mark).contains(run))
    mark = session.mark
    session.send("\u{C}")
    #expect(session.awaitOutput(run, after: mark))
  }

  @Test("wakes for a message from another thread, and for the time it asked for")
  func wakes() throws {
    let session = try ProbeSession()
    session.awaitFrame()

    session.send("m")
    #expect(session.awaitReport("message from a task"))

    session.send("t")
    #expect(session.awaitReport("timeout"))
    #expect(session.awaitReport("timeout"))
  }
}

/// How often a process went to sleep by itself and was woken.
private func wakeUps(_ process: pid_t) -> String? {
  guard let file = fopen("/proc/\(process)/status", "r") else { return nil }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, Int32(line.count), file) != nil {
    let text = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if text.hasPrefix("voluntary_ctxt_switches") { return text }
  }
  return nil
}

extension String {
  /// What follows the first `mark`.
  fileprivate func components(after mark: String) -> Substring {
    split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false).dropFirst().last ?? ""
  }
}
