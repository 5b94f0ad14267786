import Synchronization
import TerminalKit
import Testing

@testable import CursesTerminal

@Suite("The event loop")
struct EventLoopTests {
  private let mailbox = Mailbox<Int>(wake: {})
  private let blank = Frame(canvas: Canvas(size: Size(columns: 2, rows: 1)))

  @Test("asks for a first frame before it waits")
  func firstFrame() {
    let terminal = WaitingMemory([[.key("a")]])
    var batches: [[Occurrence<Int>]] = []
    let ending = EventLoop(terminal: terminal, mailbox: Mailbox(wake: {})).run(
      timeout: { nil },
      handle: { batch in
        batches.append(batch)
        return batch.isEmpty ? .show(blank) : .finish
      })
    #expect(ending == .finished)
    #expect(batches == [[], [.input(.key("a"))]])
    #expect(terminal.calls == [.present, .wait])
  }

  @Test("draws once for all the keys that are waiting")
  func coalescing() {
    let keys = Array(repeating: InputEvent.key(.down), count: 200)
    let terminal = WaitingMemory([keys, [InputEvent.key("q")]])
    _ = EventLoop(terminal: terminal, mailbox: mailbox).run(
      timeout: { nil },
      handle: { $0.contains(.input(.key("q"))) ? .finish : .show(blank) })
    #expect(terminal.calls == [.present, .wait, .present, .wait])
  }

  @Test("draws nothing when nothing changed")
  func unchanged() {
    let terminal = WaitingMemory([[.key("x")], [.key("q")]])
    _ = EventLoop(terminal: terminal, mailbox: mailbox).run(
      timeout: { nil },
      handle: { $0.contains(.input(.key("q"))) ? .finish : .unchanged })
    #expect(!terminal.calls.contains(.present))
  }

  @Test(
    "ends after the batch that says the line is cut or the process shall end, even if told to draw",
    arguments: [(InputEvent.hangup, Ending.hangup), (.terminate, .terminated)])
  func ends(event: InputEvent, ending: Ending) {
    let terminal = WaitingMemory([[.key("x"), event], [.key("n")]])
    var last: [Occurrence<Int>] = []
    let ended = EventLoop(terminal: terminal, mailbox: Mailbox(wake: {})).run(
      timeout: { nil },
      handle: { batch in
        last = batch
        return .show(blank)
      })
    #expect(ended == ending)
    #expect(last == [.input(.key("x")), .input(event)])
    #expect(terminal.calls == [.present, .wait])
  }

  @Test("hands on messages after the keys, and says when the time asked for has passed")
  func messagesAndTimeouts() {
    let terminal = WaitingMemory([[], [.key("x")], [.key("q")]])
    var batches: [[Occurrence<Int>]] = []
    _ = EventLoop(terminal: terminal, mailbox: mailbox).run(
      timeout: { .seconds(1) },
      handle: { batch in
        batches.append(batch)
        if batch == [.timeout] {
          mailbox.post(1)
          mailbox.post(2)
        }
        return batch.contains(.input(.key("q"))) ? .finish : .unchanged
      })
    #expect(
      batches == [
        [], [.timeout], [.input(.key("x")), .message(1), .message(2)], [.input(.key("q"))],
      ])
  }

  @Test("suspends on Ctrl-Z, and hands the key on where nobody could continue the process")
  func suspension() {
    for canSuspend in [true, false] {
      let terminal = WaitingMemory([[.key(.control("Z"))]])
      terminal.canSuspend = canSuspend
      var last: [Occurrence<Int>] = []
      _ = EventLoop(terminal: terminal, mailbox: Mailbox(wake: {})).run(
        timeout: { nil },
        handle: { batch in
          last = batch
          return batch.isEmpty ? .unchanged : .finish
        })
      #expect(last == [.input(canSuspend ? InputEvent.continued : .key(.control("Z")))])
      #expect(terminal.calls == (canSuspend ? [.wait, .suspend, .resume] : [.wait]))
    }
  }

  @Test("is woken once for messages that pile up, and again after they were taken")
  func waking() {
    let wakes = Mutex(0)
    let mailbox = Mailbox<Int>(wake: { wakes.withLock { $0 += 1 } })
    for message in 0..<10 { mailbox.post(message) }
    #expect(wakes.withLock { $0 } == 1)
    #expect(mailbox.takeAll() == Array(0..<10))
    #expect(mailbox.takeAll().isEmpty)
    mailbox.post(10)
    #expect(wakes.withLock { $0 } == 2)
  }
}

/// A terminal that brings one batch of events per wait.
final class WaitingMemory: WaitingTerminal {
  enum Call: Equatable { case present, wait, suspend, resume }

  private(set) var calls: [Call] = []
  private var batches: [[InputEvent]]
  private var events: [InputEvent] = []
  var canSuspend = false
  let size = Size(columns: 2, rows: 1)
  let capabilities = Capabilities(colors: 0, glyphs: .ascii)
  var theme = Theme.mono

  init(_ batches: [[InputEvent]]) { self.batches = batches }

  func wait(for duration: Duration?) -> Bool {
    calls.append(.wait)
    events = batches.isEmpty ? [] : batches.removeFirst()
    return !events.isEmpty
  }

  func readEvent() -> InputEvent? { events.isEmpty ? nil : events.removeFirst() }
  func present(_ frame: Frame) { calls.append(.present) }
  func suspend() { calls.append(.suspend) }
  func resume() { calls.append(.resume) }
  func flushInput() {}
  func copy(_ text: String) {}
  func close() {}
}
