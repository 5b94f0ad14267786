import TerminalKit

/// Puts raw input together: escape sequences to keys, a bracketed paste to one event.
struct InputDecoder<Source: RawInputSource> {
  private var source: Source
  /// Read ahead and not used.
  private var pending: RawInput?
  /// What a paste has brought so far; it may come in pieces over many calls.
  private var paste: [Unicode.Scalar]?

  /// The longest paste; what is beyond it is dropped.
  static var longestPaste: Int { 1 << 20 }

  init(_ source: Source) { self.source = source }

  /// The next whole event, or nil if what is here makes none yet.
  mutating func next() -> InputEvent? {
    while let piece = take(.none) {
      let event = paste == nil ? key(piece) : pasted(piece)
      if let event { return event }
    }
    return nil
  }

  /// Forgets what was read and not handed out.
  mutating func reset() {
    pending = nil
    paste = nil
  }

  private mutating func take(_ patience: Patience) -> RawInput? {
    if let piece = pending {
      pending = nil
      return piece
    }
    return source.next(within: patience)
  }

  private mutating func key(_ piece: RawInput) -> InputEvent? {
    switch piece {
    case .key(let key): return .key(key)
    case .ignored: return nil
    case .scalar("\u{1B}"):
      switch escape() {
      case .sequence(.event(let event)): return event
      case .sequence(.pasteBegins): paste = []
      case .sequence: break
      case .alone: return .key(.escape)
      case .alt(let character): return .key(.alt(character))
      }
      return nil
    case .scalar(let scalar): return Key(typed: scalar).map(InputEvent.key)
    }
  }

  private mutating func pasted(_ piece: RawInput) -> InputEvent? {
    switch piece {
    case .scalar("\u{1B}"):
      switch escape() {
      // An Escape key pressed in the midst of it: the end was lost on the way, this is the way out.
      case .sequence(.pasteEnds), .alone: return endPaste()
      case .sequence, .alt: return nil
      }
    case .scalar(let scalar):
      append(scalar)
      return nil
    // Curses takes some characters for keys; in a paste they are characters again.
    case .key(.enter):
      append("\r")
      return nil
    case .key, .ignored: return nil
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    guard let count = paste?.count, count < Self.longestPaste else { return }
    paste?.append(scalar)
  }

  /// Hands the paste out with line feeds, as terminals send returns.
  private mutating func endPaste() -> InputEvent? {
    guard let scalars = paste else { return nil }
    paste = nil
    var lines = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in scalars {
      if !(scalar == "\n" && previous == "\r") { lines.append(scalar == "\r" ? "\n" : scalar) }
      previous = scalar
    }
    return .paste(String(lines))
  }
}

// MARK: - What follows an escape byte

extension InputDecoder {
  private enum Escape {
    case alone
    case alt(Character)
    case sequence(ControlSequence.Meaning)
  }

  private mutating func escape() -> Escape {
    // Curses has waited its delay already if nothing came.
    switch take(.none) {
    case nil: return .alone
    case .scalar("["): return controlSequence()
    case .scalar("O"): return singleShift()
    case .scalar(let scalar)? where "]P^_X".unicodeScalars.contains(scalar):
      return controlString(startingWith: Character(scalar))
    case .scalar(let scalar)?:
      if case .character(let character)? = Key(typed: scalar) { return .alt(character) }
      pending = .scalar(scalar)
      return .alone
    case .some(let piece):
      pending = piece
      return .alone
    }
  }

  /// `CSI`, parameters, intermediates, a final byte; `CSI [` and a letter on the Linux console.
  private mutating func controlSequence() -> Escape {
    var mark: Character?
    var digits = ""
    var hasIntermediates = false
    for position in 0..<Self.longestSequence {
      guard case .scalar(let scalar)? = take(.withinSequence) else {
        return position == 0 ? .alt("[") : .sequence(.nothing)
      }
      switch scalar.value {
      case 0x5B where position == 0: return linuxFunctionKey()
      case 0x3C...0x3F where position == 0: mark = Character(scalar)
      case 0x30...0x3B: digits.unicodeScalars.append(scalar)
      case 0x20...0x2F: hasIntermediates = true
      case 0x40...0x7E:
        if scalar == "M", position == 0 { return oldMouseReport() }
        // With Ctrl, rxvt ends the sequences of the numbered keys in another way.
        let isNumbered = scalar == "^" || scalar == "@"
        let sequence = ControlSequence(
          mark: mark, parameters: Self.numbers(digits),
          final: isNumbered ? "~" : Character(scalar))
        return .sequence(hasIntermediates ? .nothing : sequence.meaning)
      default:
        pending = .scalar(scalar)
        return .sequence(.nothing)
      }
    }
    return .sequence(.nothing)
  }

  private static var longestSequence: Int { 64 }

  /// The parameters; an empty or overlong one counts as 0, sub-parameters are left out.
  private static func numbers(_ digits: String) -> [Int] {
    guard !digits.isEmpty else { return [] }
    return digits.split(separator: ";", omittingEmptySubsequences: false).map {
      Int($0.prefix { $0 != ":" }) ?? 0
    }
  }

  /// `ESC O` and a letter: a key of the keypad in application mode.
  private mutating func singleShift() -> Escape {
    guard case .scalar(let scalar)? = take(.withinSequence) else { return .alt("O") }
    if scalar == "M" { return .sequence(.event(.key(.enter))) }
    // The signs and digits of the keypad are sent as letters, 0x40 above themselves.
    if ("j"..."y").contains(scalar) {
      let sign = Character(Unicode.Scalar(UInt8(scalar.value) - 0x40))
      return .sequence(.event(.key(.character(sign))))
    }
    // Old terminals put the modifier between: ESC O 5 A.
    if ("1"..."9").contains(scalar), case .scalar(let letter)? = take(.withinSequence) {
      return .sequence(ControlSequence(final: Character(letter)).meaning)
    }
    return .sequence(ControlSequence(final: Character(scalar)).meaning)
  }

  private mutating func linuxFunctionKey() -> Escape {
    guard case .scalar(let scalar)? = take(.withinSequence), ("A"..."E").contains(scalar) else {
      return .sequence(.nothing)
    }
    return .sequence(.event(.key(.function(Int(scalar.value) - 0x40))))
  }

  /// Three bytes of a mouse protocol nobody asked for.
  private mutating func oldMouseReport() -> Escape {
    for _ in 0..<3 { _ = take(.withinSequence) }
    return .sequence(.nothing)
  }

  /// An answer of the terminal (OSC, DCS and so on), dropped up to its end.
  private mutating func controlString(startingWith introducer: Character) -> Escape {
    for position in 0..<Self.longestString {
      guard let piece = take(.withinSequence) else {
        return position == 0 ? .alt(introducer) : .sequence(.nothing)
      }
      if piece == .scalar("\u{7}") { break }
      guard piece == .scalar("\u{1B}") else { continue }
      if let end = take(.withinSequence), end != .scalar("\\") { pending = end }
      break
    }
    return .sequence(.nothing)
  }

  private static var longestString: Int { 4096 }
}
