import CCurses
import Glibc
package import TerminalKit

/// The user's terminal, by way of ncurses.
///
/// Not `Sendable`, so the compiler keeps it on the thread that opened it. A process has one at most.
package final class CursesTerminal: WaitingTerminal {
  package private(set) var size: Size
  package let capabilities: Capabilities
  package var theme: Theme {
    didSet {
      guard theme != oldValue else { return }
      screen.palette = Palette(theme: theme, colors: usableColors)
    }
  }

  private let usableColors: Int
  private var screen: CursesScreen
  private var decoder = InputDecoder(CursesInput())
  /// The last frame, shown again after the terminal was given away.
  private var lastFrame: Frame?
  /// Events that did not come as keys.
  private var notices: [InputEvent] = []
  private var isHungUp = false
  private var isClosed = false
  /// Waits in a row that promised input and brought none.
  private var emptyReads = 0

  private static let tolerableEmptyReads = 100

  /// Takes the terminal, or leaves it as it was.
  ///
  /// `NO_COLOR` is looked up if `noColor` is nil. Asking for the mouse takes from the user the
  /// selecting of text without Shift.
  package init(
    theme: Theme = .dark, colorMode: ColorMode = .auto, noColor: Bool? = nil, mouse: Bool = false
  ) throws(TerminalUnavailable) {
    let wanted = Self.environment("TERM")
    var facts = cc_facts()
    if let problem = Self.problem(Int(cc_start(mouse, &facts)), term: wanted) { throw problem }

    let colors = Int(facts.colors)
    let noColor = noColor ?? !(Self.environment("NO_COLOR") ?? "").isEmpty
    usableColors = colorMode.isColored(colors: colors, noColor: noColor) ? colors : 0
    capabilities = Capabilities(
      colors: usableColors, glyphs: facts.utf8 ? .unicode : .ascii, mouse: mouse,
      unknownTerm: facts.unknown_term ? wanted ?? "" : nil)
    self.theme = theme
    screen = CursesScreen(palette: Palette(theme: theme, colors: usableColors), wraps: facts.wraps)
    size = Self.measuredSize()
  }

  deinit { close() }

  /// Has at hand what is allocated before the first frame; to be called before anything else.
  package static func takeMemory() { cc_take_memory() }

  private static func problem(_ outcome: Int, term: String?) -> TerminalUnavailable? {
    switch outcome {
    case CC_STARTED: nil
    case CC_NOT_A_TERMINAL: .notATerminal
    case CC_DUMB_TERMINAL: .dumb
    case CC_ALREADY_STARTED: .taken
    case CC_NO_SIGNALS: .noDescriptors
    default: .unusable(term: term ?? "")
    }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func measuredSize() -> Size {
    var columns: Int32 = 0
    var rows: Int32 = 0
    cc_measure(&columns, &rows)
    return Size(columns: Int(columns), rows: Int(rows))
  }
}

// MARK: - Drawing

extension CursesTerminal {
  package func present(_ frame: Frame) {
    guard !isClosed else { return }
    lastFrame = frame
    screen.show(frame, on: size)
  }

  /// Draws everything anew, for a screen that something else wrote on.
  package func repaint() {
    screen.forget()
    measure()
    if let lastFrame { present(lastFrame) }
  }

  package func copy(_ text: String) {
    let encoded = base64(text)
    _ = encoded.withUnsafeBufferPointer { cc_clipboard($0.baseAddress, $0.count) }
  }

  /// Follows the kernel's size and says so if it is another.
  private func measure() {
    let measured = Self.measuredSize()
    guard measured != size else { return }
    size = measured
    screen.forget()
    notices.removeAll { if case .resize = $0 { true } else { false } }
    notices.append(.resize(measured))
  }
}

// MARK: - Events

extension CursesTerminal {
  @discardableResult
  package func wait(for duration: Duration?) -> Bool {
    guard !isClosed, notices.isEmpty else { return true }
    let seen = Int(cc_wait(duration.map(Self.milliseconds) ?? -1))
    if seen & CC_EMPTY != 0 { emptyReads += 1 } else if seen & CC_INPUT != 0 { emptyReads = 0 }
    if seen & CC_HANGUP != 0 || emptyReads >= Self.tolerableEmptyReads { hangUp() }
    return seen != 0
  }

  package func readEvent() -> InputEvent? {
    takeSignals()
    if !notices.isEmpty { return notices.removeFirst() }
    return isClosed || isHungUp ? nil : decoder.next()
  }

  package func flushInput() {
    cc_flush_input()
    decoder.reset()
  }

  /// Turns what the handlers noted into events.
  private func takeSignals() {
    let signals = Int(cc_take_signals())
    guard signals != 0, !isClosed else { return }
    if signals & CC_SIGNAL_HANGUP != 0 { hangUp() }
    if signals & CC_SIGNAL_TERMINATE != 0 { notices.append(.terminate) }
    if signals & CC_SIGNAL_CONTINUE != 0, !isHungUp {
      resume()
      notices.append(.continued)
    }
    if signals & CC_SIGNAL_RESIZE != 0 { measure() }
    // From outside they mean what the keys mean that usually send them.
    if signals & CC_SIGNAL_INTERRUPT != 0 { notices.append(.key(.control("C"))) }
    if signals & CC_SIGNAL_STOP != 0 { notices.append(.key(.control("Z"))) }
  }

  private func hangUp() {
    guard !isHungUp else { return }
    isHungUp = true
    notices = [.hangup]
  }

  /// Rounded up, so that a deadline has passed when the wait is over.
  private static func milliseconds(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    guard seconds < 86_400 else { return 86_400_000 }
    guard seconds >= 0 else { return 0 }
    return Int32(seconds) * 1000
      + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}

// MARK: - Giving it away and taking it back

extension CursesTerminal {
  package var canSuspend: Bool { cc_can_suspend() }

  package func suspend() {
    guard !isClosed, !isHungUp else { return }
    _ = cc_suspend()
  }

  package func resume() {
    guard !isClosed, !isHungUp else { return }
    cc_resume()
    repaint()
  }

  package func close() {
    isClosed = true
    cc_close()
  }
}
