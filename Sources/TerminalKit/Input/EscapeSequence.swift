/// A key's bytes that terminfo may not list, to be given to ncurses' `define_key`.
///
/// Undefined, they would come through as Esc and letters, and an Esc closes a dialog.
package struct EscapeSequence: Hashable, Sendable {
  package enum Meaning: Hashable, Sendable {
    case key(Key)
    case pasteStart
    case pasteEnd
  }

  package let bytes: String
  package let meaning: Meaning

  /// All of them, each once.
  package static let all: [EscapeSequence] =
    paste + cursorKeys + numberedKeys + functionKeys + keypad

  private static let paste = [
    EscapeSequence(bytes: "\u{1B}[200~", meaning: .pasteStart),
    EscapeSequence(bytes: "\u{1B}[201~", meaning: .pasteEnd),
  ]

  /// In normal and in application mode, and held with Shift, Alt, Ctrl, which changes nothing.
  private static let cursorKeys: [EscapeSequence] = {
    let keys: [(String, Key)] = [
      ("A", .up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
    ]
    return keys.flatMap { final, key in
      [EscapeSequence("[\(final)", key), EscapeSequence("O\(final)", key)]
        + (2...8).map { EscapeSequence("[1;\($0)\(final)", key) }
    } + [EscapeSequence("[Z", .backTab)]
  }()

  private static let numberedKeys: [EscapeSequence] = {
    let keys: [(Int, Key)] = [
      (1, .home), (2, .insert), (3, .delete), (4, .end), (5, .pageUp), (6, .pageDown),
      (7, .home), (8, .end),
    ]
    return keys.flatMap { number, key in
      [EscapeSequence("[\(number)~", key)]
        + (2...8).map { EscapeSequence("[\(number);\($0)~", key) }
    }
  }()

  /// xterm's, PuTTY's, and those of the Linux console.
  private static let functionKeys: [EscapeSequence] = {
    let numbers = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]
    let plain = zip(numbers, 1...).map { EscapeSequence("[\($0)~", .function($1)) }
    let short = zip(["P", "Q", "R", "S"], 1...).map { EscapeSequence("O\($0)", .function($1)) }
    let linux = zip(["A", "B", "C", "D", "E"], 1...).map {
      EscapeSequence("[[\($0)", .function($1))
    }
    return plain + short + linux
  }()

  /// The numeric keypad in application mode, as PuTTY sends it.
  private static let keypad: [EscapeSequence] = {
    let signs: [(String, Character)] = [
      ("j", "*"), ("k", "+"), ("l", ","), ("m", "-"), ("n", "."), ("o", "/"), ("p", "0"),
      ("q", "1"), ("r", "2"), ("s", "3"), ("t", "4"), ("u", "5"), ("v", "6"), ("w", "7"),
      ("x", "8"), ("y", "9"),
    ]
    return signs.map { EscapeSequence("O\($0)", .character($1)) }
      + [EscapeSequence("OM", .enter)]
  }()

  private init(_ rest: String, _ key: Key) {
    self.init(bytes: "\u{1B}" + rest, meaning: .key(key))
  }

  private init(bytes: String, meaning: Meaning) {
    self.bytes = bytes
    self.meaning = meaning
  }
}
