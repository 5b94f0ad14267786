import TerminalKit

/// How each style looks on this terminal: one look-up a cell.
struct Palette {
  /// What the terminal is told for a style.
  struct Look: Equatable {
    /// 0 for the terminal's own colour, or one more than the number of an ANSI colour.
    var color: UInt8
    var attributes: Style.Attributes

    // An empty literal would be a search through every conformance there is, at the first frame.
    static let plain = Look(color: 0, attributes: Style.Attributes(rawValue: 0))

    /// Whether a blank shows more than the ground: it is bold at most where it does not.
    var isSeenOnBlanks: Bool { attributes.rawValue & ~Style.Attributes.bold.rawValue != 0 }
  }

  /// By ``Style/code``.
  private let looks: [Look]

  /// Looks up all styles; of `colors`, 0 means that none may be used.
  init(theme: Theme, colors: Int) {
    looks = Style.all.map { Self.look(theme.appearance(of: $0), colors: colors) }
  }

  func look(of style: Style) -> Look {
    let index = Int(style.code)
    return looks.indices.contains(index) ? looks[index] : .plain
  }

  private static func look(_ appearance: Appearance, colors: Int) -> Look {
    guard let color = appearance.color, colors >= 8 else {
      return Look(color: 0, attributes: appearance.attributes)
    }
    if colors >= 16 || color.rawValue < 8 {
      return Look(color: color.rawValue + 1, attributes: appearance.attributes)
    }
    // Of eight colours the bright ones are bold, and bright black would be black on black.
    guard color != .brightBlack else { return Look(color: 0, attributes: appearance.attributes) }
    return Look(color: color.dim.rawValue + 1, attributes: appearance.attributes.union(.bold))
  }
}
