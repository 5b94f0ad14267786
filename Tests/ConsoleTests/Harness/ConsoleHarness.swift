import Access
import Console
import TerminalKit
import Testing

/// A console over a made-up site: keys go in as text, frames come out as text.
///
/// Questions and changes are answered at once unless they are held back, and time stands still
/// unless it is passed, so the same keys always give the same frames.
struct ConsoleHarness {
  private(set) var state: ConsoleState
  var site: SampleSite
  /// What the console asked to be done besides, in order.
  private(set) var copied: [String] = []
  /// Paths that secrets were written to, with what was written.
  private(set) var written: [String: Secret] = [:]
  /// Files of the host by their paths.
  var files: [String: String] = [:]
  private(set) var performed: [Change] = []
  private(set) var asked: [Question] = []
  private(set) var repaints = 0
  private(set) var suspensions = 0
  private(set) var flushes = 0
  private(set) var farewell: Farewell?

  /// Whether answers are kept back until ``release()``.
  var holds = false
  private var held: [Effect] = []

  /// A console that was just opened.
  ///
  /// With `tellsEnding` it says which tokens end soon, in the place of the footer that most tests look
  /// at. Without `knowsSurroundings` it is at its first frame, until ``release()``.
  init(
    _ site: SampleSite = SampleSite(), size: Size = .usual, screen: Place? = nil,
    glyphs: Glyphs = .unicode, isReadOnly: Bool = false, remote: String? = nil,
    tellsEnding: Bool = false, knowsSurroundings: Bool = true
  ) {
    self.site = site
    holds = !knowsSurroundings
    state = ConsoleState(
      session: knowsSurroundings ? site.session : site.firstSession,
      at: Moment(site.now, uptime: site.uptime), size: size,
      options: .init(
        screen: screen, isReadOnly: isReadOnly, glyphs: glyphs, zone: .utc, remote: remote))
    var state = state
    let effects = state.start()
    self.state = state
    carryOut(
      effects.filter { effect in
        if case .ask(_, let tag, _) = effect, tag.slot == "ending" { tellsEnding } else { true }
      })
  }

  var frame: Frame { state.view() }

  /// The frame's rows, each without the blanks at its end.
  var rows: [String] { frame.text }

  var text: String { rows.joined(separator: "\n") }

  /// The frame's text with every run of blanks and line ends as one blank.
  var words: String {
    rows.joined(separator: " ").split(separator: " ").joined(separator: " ")
  }

  /// What stands in the footer's place; a message that takes several rows as one line.
  var footer: String {
    guard let message = state.message else { return rows.last ?? "" }
    let mark: SafeText = message.kind == .error ? "! " : ""
    let height = (mark + message.text).wrapped(to: state.size.columns - 2).count
    return rows.suffix(height).joined()
  }

  /// The row that the cursor is on; empty where there is none.
  var cursorRow: String {
    guard let row = frame.cursor?.row, rows.indices.contains(row) else { return "" }
    return rows[row]
  }

  /// Types keys named as the footer names them, and text in quotes: `down enter 'INC-4711' tab`.
  mutating func type(_ keys: String, sourceLocation: SourceLocation = #_sourceLocation) {
    hold(keys, sourceLocation: sourceLocation)
    send(.rest)
  }

  /// Types keys as ``type(_:sourceLocation:)`` does, the last one still held down.
  mutating func hold(_ keys: String, sourceLocation: SourceLocation = #_sourceLocation) {
    for key in KeyScript.keys(keys, sourceLocation) { send(.key(key)) }
  }

  mutating func paste(_ text: String) { send(.paste(text)) }

  mutating func resize(_ columns: Int, _ rows: Int) {
    send(.resize(Size(columns: columns, rows: rows)))
  }

  /// Lets time pass on both clocks, and the console know.
  mutating func pass(seconds: Int64) {
    site.pass(seconds: seconds)
    send(.tick(Moment(site.now, uptime: site.uptime)))
  }

  mutating func adopt(_ state: ConsoleState) { self.state = state }

  /// The same console where the locale has no more than ASCII.
  func inASCII() -> ConsoleHarness {
    var console = self
    console.state.adopt(.ascii)
    return console
  }

  mutating func send(_ message: Message) {
    carryOut(state.update(message))
  }

  /// Answers what was held back, oldest first, and what that asks for in turn.
  mutating func release() {
    let effects = held
    held = []
    holds = false
    carryOut(effects)
  }

  mutating func carryOut(_ effects: [Effect]) {
    var queue = effects[...]
    while let effect = queue.popFirst() {
      switch effect {
      case .ask, .perform:
        if holds { held.append(effect) } else { queue += answer(effect) }
      case .copy(let text): copied.append(text)
      case .write(let secret, let path, let tag): queue += write(secret, path, tag)
      case .read(let path, let tag):
        let none = FailureText("“\(path)” cannot be read: No such file or directory.")
        let result = files[path].map { Result<String, FailureText>.success($0) }
        queue += state.update(.read(tag, result ?? .failure(none)))
      case .flushInput: flushes += 1
      case .repaint: repaints += 1
      case .suspend: suspensions += 1
      case .quit(let farewell): self.farewell = farewell
      }
    }
  }

  /// As the runtime does it: what exists is never overwritten.
  private mutating func write(_ secret: Secret, _ path: String, _ tag: Console.Tag) -> [Effect] {
    guard written[path] == nil else {
      return state.update(
        .wrote(tag, .failure(FailureText("“\(path)” exists and is never overwritten."))))
    }
    written[path] = secret
    return state.update(.wrote(tag, .success(path)))
  }

  private mutating func answer(_ effect: Effect) -> [Effect] {
    switch effect {
    case .ask(let question, let tag, _):
      asked.append(question)
      return state.update(.answered(question, tag, site.answer(question)))
    case .perform(let change, let tag):
      performed.append(change)
      return state.update(.performed(change, tag, site.perform(change)))
    default: return []
    }
  }
}

extension Size {
  static let usual = Size(columns: 80, rows: 24)
  static let large = Size(columns: 120, rows: 40)
  static let small = Size(columns: 60, rows: 16)
}

/// Keys written as text.
enum KeyScript {
  static func keys(_ script: String, _ sourceLocation: SourceLocation) -> [Key] {
    var keys: [Key] = []
    var rest = script[...]
    while let first = rest.first {
      if first == " " {
        rest.removeFirst()
      } else if first == "'", let end = rest.dropFirst().firstIndex(of: "'") {
        keys += rest[..<end].dropFirst().map { .character($0) }
        rest = rest[end...].dropFirst()
      } else {
        let word = rest.prefix { $0 != " " }
        rest = rest.dropFirst(word.count)
        if let key = key(String(word)) {
          keys.append(key)
        } else {
          Issue.record("“\(word)” is no key.", sourceLocation: sourceLocation)
        }
      }
    }
    return keys
  }

  private static func key(_ word: String) -> Key? {
    if word.count == 1, let character = word.first { return .character(character) }
    if word.lowercased().hasPrefix("ctrl-"), word.count == 6, let letter = word.uppercased().last {
      return .control(letter)
    }
    return names[word.lowercased()]
  }

  private static let names: [String: Key] = [
    "up": .up, "down": .down, "left": .left, "right": .right, "home": .home, "end": .end,
    "pgup": .pageUp, "pgdn": .pageDown, "ins": .insert, "del": .delete, "backspace": .backspace,
    "enter": .enter, "esc": .escape, "tab": .tab, "shift-tab": .backTab, "space": .space,
    "f1": .function(1), "f5": .function(5),
  ]
}
