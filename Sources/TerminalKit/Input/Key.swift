/// A key as the screens know it, whatever bytes the terminal sent for it.
package enum Key: Hashable, Sendable {
  case character(Character)
  case up, down, left, right, home, end, pageUp, pageDown
  case insert, delete, backspace, enter, escape, tab, backTab
  /// F1 is 1.
  case function(Int)
  /// A letter or sign held with Ctrl; letters are upper-case: `.control("L")`.
  case control(Character)
  /// What came right after an escape byte within the escape delay.
  case alt(Character)

  package static let space = Key.character(" ")
}

extension Key: CustomStringConvertible {
  /// The name footers, help and documents use: words, as many fonts lack the signs.
  package var description: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .insert: "Ins"
    case .delete: "Del"
    case .backspace: "Backspace"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .function(let number): "F\(number)"
    case .control(let character): "Ctrl-\(character)"
    case .alt(let character): "Alt-\(character)"
    }
  }
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  package init(extendedGraphemeClusterLiteral value: Character) { self = .character(value) }
}
