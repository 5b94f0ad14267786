import TerminalKit

/// A sequence that follows `ESC [` (ECMA-48 §5.4) or `ESC O`, as terminals send for keys.
///
/// Terminfo knows one spelling of each key and terminals send several; what is not recognised here
/// is dropped whole, never taken for the Escape key followed by letters.
struct ControlSequence: Equatable {
  /// The byte before the parameters that makes a sequence private: `<`, `=`, `>` or `?`.
  var mark: Character?
  var parameters: [Int] = []
  var final: Character

  /// What the sequence says.
  enum Meaning: Equatable {
    case event(InputEvent)
    case pasteBegins
    case pasteEnds
    case nothing
  }

  var meaning: Meaning {
    switch (mark, final) {
    case ("<", "M"): mouse ?? .nothing
    case (nil, "~"): numbered
    case (nil, "u"): Self.key(codePoint: parameters.first, modifiers: parameters.dropFirst().first)
    case (nil, _): Self.letters[final].map { .event(.key($0)) } ?? .nothing
    default: .nothing
    }
  }

  private static let letters: [Character: Key] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "Z": .backTab,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
  ]

  /// `CSI number ~`.
  private var numbered: Meaning {
    guard let number = parameters.first else { return .nothing }
    switch number {
    case 1, 7: return .event(.key(.home))
    case 2: return .event(.key(.insert))
    case 3: return .event(.key(.delete))
    case 4, 8: return .event(.key(.end))
    case 5: return .event(.key(.pageUp))
    case 6: return .event(.key(.pageDown))
    case 11...15: return .event(.key(.function(number - 10)))
    case 17...21: return .event(.key(.function(number - 11)))
    case 23...26: return .event(.key(.function(number - 12)))
    case 28, 29: return .event(.key(.function(number - 13)))
    case 31...34: return .event(.key(.function(number - 14)))
    case 27:
      return Self.key(
        codePoint: parameters.dropFirst(2).first, modifiers: parameters.dropFirst().first)
    case 200: return .pasteBegins
    case 201: return .pasteEnds
    default: return .nothing
    }
  }

  /// A key by its code point, as terminals send it when told to tell all modifiers apart.
  private static func key(codePoint: Int?, modifiers: Int?) -> Meaning {
    guard let scalar = codePoint.flatMap(UInt32.init(exactly:)).flatMap(Unicode.Scalar.init),
      let key = Key(typed: scalar)
    else { return .nothing }
    let held = (modifiers ?? 1) - 1
    guard case .character(let character) = key else { return .event(.key(key)) }
    if held & 4 != 0, character.isASCII {
      return .event(.key(.control(Character(character.uppercased()))))
    }
    if held & 2 != 0 { return .event(.key(.alt(character))) }
    return .event(.key(key))
  }

  /// `CSI < button ; column ; row M`, counted from 1.
  private var mouse: Meaning? {
    guard parameters.count == 3, parameters[1] >= 1, parameters[2] >= 1 else { return nil }
    let point = Point(column: parameters[1] - 1, row: parameters[2] - 1)
    switch parameters[0] {
    case 0: return .event(.mouse(MouseEvent(.press, at: point)))
    case 64: return .event(.mouse(MouseEvent(.wheelUp, at: point)))
    case 65: return .event(.mouse(MouseEvent(.wheelDown, at: point)))
    default: return nil
    }
  }
}

extension Key {
  /// The key that sends `scalar` by itself; nil for what no key sends.
  init?(typed scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0: self = .control(" ")
    case 8, 0x7F: self = .backspace
    case 9: self = .tab
    case 10, 13: self = .enter
    case 27: self = .escape
    case 1...31: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
    case 0x80...0x9F, 0xFFFD: return nil
    default: self = .character(Character(scalar))
    }
  }
}
