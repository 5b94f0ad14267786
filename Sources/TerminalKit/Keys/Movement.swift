/// The ways to move in anything that is longer than the screen, with the keys for it.
package enum Movement: Hashable, Sendable {
  case up, down, left, right, pageUp, pageDown, home, end

  /// Whether it goes by one, so that several of it add up.
  package var isStep: Bool { self == .up || self == .down }

  /// Arrows and their neighbours, `hjkl`, `g`, `G`, Ctrl-B and Ctrl-F; nil for any other key.
  package init?(_ key: Key) {
    switch key {
    case .up, "k": self = .up
    case .down, "j": self = .down
    case .left, "h": self = .left
    case .right, "l": self = .right
    case .pageUp, .control("B"): self = .pageUp
    case .pageDown, .control("F"): self = .pageDown
    case .home, "g": self = .home
    case .end, "G": self = .end
    default: return nil
    }
  }
}

extension Key {
  /// This key, but Esc for Alt with a character.
  ///
  /// tmux waits so long after an Esc that one followed by a letter arrives as Alt with the letter;
  /// the Esc is what was meant, and the letter is not worth an action on whatever comes next.
  package var withoutAlt: Key {
    if case .alt = self { return .escape }
    return self
  }
}
