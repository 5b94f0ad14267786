import TerminalKit

@testable import CursesTerminal

/// Raw input as a test writes it: text arrives at once, a pause is longer than any patience.
struct ScriptedInput: RawInputSource {
  enum Part {
    case text(String)
    case key(Key)
    case ignored
    /// Too long to be inside a sequence.
    case pause
    /// Short enough to be inside a sequence.
    case gap
  }

  private var pieces: [RawInput?] = []
  private var gaps: Set<Int> = []
  private var next = 0

  init(_ parts: [Part]) {
    for part in parts {
      switch part {
      case .text(let text): pieces += text.unicodeScalars.map { .scalar($0) }
      case .key(let key): pieces.append(.key(key))
      case .ignored: pieces.append(.ignored)
      case .pause: pieces.append(nil)
      case .gap:
        gaps.insert(pieces.count)
        pieces.append(nil)
      }
    }
  }

  mutating func next(within patience: Patience) -> RawInput? {
    guard pieces.indices.contains(next) else { return nil }
    if gaps.contains(next), patience == .withinSequence { next += 1 }
    guard pieces.indices.contains(next) else { return nil }
    defer { next += 1 }
    return pieces[next]
  }

  /// What the decoder makes of it, asked again after each pause.
  static func decoded(_ parts: Part...) -> [InputEvent] {
    let input = ScriptedInput(parts)
    var decoder = InputDecoder(input)
    var events: [InputEvent] = []
    for _ in 0...input.pieces.count {
      while let event = decoder.next() { events.append(event) }
    }
    return events
  }

  static func decoded(_ text: String) -> [InputEvent] { decoded(.text(text)) }
}
