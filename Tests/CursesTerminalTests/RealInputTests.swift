import Testing

@Suite("Keys through a real terminal")
struct RealInputTests {
  @Test("arrive whole though their bytes come apart")
  func splitSequences() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    for text in ["\u{1B}", "[", "1", ";5", "A", "\u{1B}O", "B"] {
      session.send(text)
      _ = session.outputWithin(milliseconds: 20)
    }
    session.sendBytes([0xE4, 0xB8])
    _ = session.outputWithin(milliseconds: 150)
    session.sendBytes([0x96])
    #expect(session.awaitReport("key Up"))
    #expect(session.awaitReport("key Down"))
    #expect(session.awaitReport("key 世"))
  }

  @Test("tell Escape from what follows it later")
  func escape() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    session.send("\u{1B}")
    #expect(session.awaitReport("key Esc"))
    session.send("[A")
    #expect(session.eventsUntilQuit() == ["key Esc", "key [", "key A"])
  }

  @Test("make one event of a paste")
  func paste() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    session.send("\u{1B}[200~one\rq 世\u{1B}[A")
    session.send("\rthree\u{1B}[201~")
    #expect(session.awaitReport(#"paste "one\nq 世\nthree""#))
    #expect(session.eventsUntilQuit().count == 1)
  }

  @Test("that are pasted by the thousand arrive complete")
  func longPaste() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    let text = String(repeating: "0123456789世", count: 3000)
    session.send("\u{1B}[200~")
    for start in stride(from: 0, to: 3000, by: 100) {
      _ = start
      session.send(String(repeating: "0123456789世", count: 100))
    }
    session.send("\u{1B}[201~")
    #expect(session.awaitReport("paste \"\(text)\""))
  }

  @Test("may be bytes that are no UTF-8 without ending the session")
  func invalid() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    for _ in 0..<300 { session.sendBytes([0xFF]) }
    session.sendBytes([0xE4, 0x6B])
    #expect(session.awaitReport("key k"))
    #expect(session.eventsUntilQuit() == ["key k"])
  }

  @Test("are drawn once if they come at once")
  func flood() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    session.send(String(repeating: "\u{1B}OB", count: 200))
    for _ in 0..<200 { #expect(session.awaitReport("key Down")) }
    let frame = session.report { $0.hasPrefix("frame") }
    let number = frame?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? .max
    #expect(number < 20)
  }

  @Test("from the mouse arrive when it was asked for")
  func mouse() throws {
    let session = try ProbeSession(command: "exec $PROBE --report --mouse")
    session.awaitFrame()
    #expect(session.awaitOutput("\u{1B}[?1006h"))
    session.send("\u{1B}[<0;3;5M")
    #expect(session.awaitReport("mouse press 2,4"))
  }
}

@Suite("Suspending")
struct SuspendTests {
  @Test("stops where a shell can continue it, gives the terminal back, and draws all again")
  func jobControl() throws {
    let session = try ProbeSession(command: "set -m; $PROBE --report; stty -a; echo STOPPED; fg")
    session.awaitFrame()
    session.send("e")
    session.awaitReport("key e")

    session.send("\u{1A}")

    #expect(session.awaitOutput("STOPPED"))
    let shell = session.output.split(separator: "\u{1B}[?1049l", maxSplits: 1).last ?? ""
    #expect(shell.contains(" echo "))
    #expect(shell.contains("a line for \\x1b[31mstderr"))
    #expect(session.awaitReport("event continued"))
    #expect(session.awaitOutput("event continued"))
    let screens = session.output.split(
      separator: "\u{1B}[?1049h", omittingEmptySubsequences: false)
    #expect(screens.count == 3, "what came before, and the full screen twice")
    #expect(session.eventsUntilQuit().contains("event continued"))
    #expect(session.end() == 0)
  }

  @Test(
    "is refused where nobody could continue it, and the key handed on",
    arguments: ["exec $PROBE --report", "$PROBE --report; true"])
  func forcedCommand(command: String) throws {
    let session = try ProbeSession(command: command)
    session.awaitFrame()

    session.send("\u{1A}")

    #expect(session.awaitReport("key Ctrl-Z"))
    #expect(!session.isRestored)
  }

  @Test("by somebody else ends with a complete picture too")
  func stoppedFromOutside() throws {
    let session = try ProbeSession()
    session.awaitFrame()
    _ = session.outputWithin(milliseconds: 50)

    let mark = session.mark
    session.stopAndContinue()

    #expect(session.awaitReport("event continued"))
    #expect(session.awaitOutput("Probe 80x24", after: mark))
    #expect(!session.isRestored)
  }
}
