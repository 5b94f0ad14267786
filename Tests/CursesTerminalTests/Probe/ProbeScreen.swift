import CursesTerminal
import Glibc
import TerminalKit

/// What the probe shows: what it knows of the terminal, and the last things that happened.
struct ProbeScreen {
  private let terminal: CursesTerminal
  private let mailbox: Mailbox<String>
  private var log: [String] = [] {
    didSet { if let entry = log.last { Probe.report(entry) } }
  }
  private var batches = 0
  private var selected = 0
  private var showsRun = false
  private(set) var timeout: Duration?

  init(terminal: CursesTerminal, mailbox: Mailbox<String>) {
    self.terminal = terminal
    self.mailbox = mailbox
  }

  mutating func handle(_ batch: [Occurrence<String>]) -> Step {
    batches += 1
    for occurrence in batch {
      switch occurrence {
      case .message(let text): log.append("message \(text)")
      case .timeout: log.append("timeout")
      case .input(.key("q")): return .finish
      case .input(.key(let key)): press(key)
      case .input(.paste(let text)): log.append("paste \(String(reflecting: text))")
      case .input(.mouse(let event)):
        log.append("mouse \(event.kind) \(event.point.column),\(event.point.row)")
      case .input(.resize(let size)): log.append("resize \(size)")
      case .input(let event): log.append("event \(event)")
      }
    }
    defer { Probe.report("frame \(batches) \(terminal.size)") }
    return .show(frame())
  }

  private mutating func press(_ key: Key) {
    switch key {
    case "r": showsRun.toggle()
    case "e": Probe.complain("a line for \u{1B}[31mstderr\n")
    case "C": terminal.copy("copied text")
    case "X": crash()
    case "t": timeout = timeout == nil ? .milliseconds(200) : nil
    case "m":
      let mailbox = mailbox
      Task.detached { mailbox.post("from a task") }
    case .control("L"): terminal.repaint()
    case .down: selected += 1
    case .up: selected -= 1
    default: break
    }
    log.append("key \(key)")
  }

  private func crash() {
    let empty: [Int] = []
    log.withUnsafeBufferPointer { _ in print(empty[log.count]) }
  }

  private func frame() -> Frame {
    var frame = Frame(canvas: Canvas(size: terminal.size, glyphs: terminal.capabilities.glyphs))
    let size = terminal.size
    frame.canvas.box(Rect(size), title: "Probe \(SafeText("\(size)"))")
    if CommandLine.arguments.contains("--full") {
      for row in 5..<max(size.rows - 1, 5) {
        line(row, String(repeating: "\(row)-", count: size.columns), .plain, &frame)
      }
    }
    let facts = terminal.capabilities
    let known = facts.unknownTerm.map { "unknown " + $0 } ?? "known"
    line(1, "colors \(facts.colors) utf8 \(facts.utf8) term \(known)", .accent, &frame)
    line(2, "wide 世界 marks e\u{301} emoji 😀 dash — bar ▇ danger", .danger, &frame)
    line(3, "selected \(selected)", Style(.plain, .reverse), &frame)
    line(4, "left", .warning, &frame)
    frame.canvas.put("right", at: Point(column: 7, row: 4), style: .ok)
    let room = max(size.rows - 13, 0)
    for (offset, entry) in log.suffix(room).enumerated() {
      line(5 + offset, entry, .plain, &frame)
    }
    if showsRun {
      let text = SafeText("BEGIN" + String(repeating: "0123456789abcdef", count: 12) + "END")
      frame.putWrappedRun(text, firstRow: max(size.rows - 7, 0), endRow: size.rows)
    }
    frame.cursor = Point(column: 2, row: 3)
    return frame
  }

  private func line(_ row: Int, _ text: String, _ style: Style, _ frame: inout Frame) {
    frame.canvas.put(
      SafeText(text), at: Point(column: 2, row: row), style: style,
      maxWidth: max(frame.size.columns - 4, 0))
  }
}
