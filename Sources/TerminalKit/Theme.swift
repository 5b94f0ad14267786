/// Which of the 16 ANSI colours, over the terminal's own background, each role gets.
package enum Theme: String, CaseIterable, Sendable {
  case dark, light, mono

  /// How `style` looks; roles are told apart by attributes too where a theme has no colours.
  package func appearance(of style: Style) -> Appearance {
    let (color, attributes) = look(style.role)
    return Appearance(color: color, attributes: attributes.union(style.attributes))
  }

  private func look(_ role: Style.Role) -> (ANSIColor?, Style.Attributes) {
    switch (self, role) {
    case (_, .plain): (nil, [])
    case (.mono, .danger), (.mono, .warning), (.mono, .title): (nil, .bold)
    case (.mono, .accent): (nil, .underline)
    case (.mono, .ok), (.mono, .muted): (nil, [])
    case (_, .title): (nil, .bold)
    case (.dark, .danger): (.brightRed, .bold)
    case (.dark, .warning): (.brightYellow, [])
    case (.dark, .ok): (.brightGreen, [])
    case (.dark, .muted): (.white, [])  // Bright black is invisible in Solarized, and on 8 colours.
    case (.dark, .accent): (.brightCyan, [])
    case (.light, .danger): (.red, .bold)
    case (.light, .warning): (.magenta, [])
    case (.light, .ok): (.green, [])
    case (.light, .muted): (.brightBlack, [])
    case (.light, .accent): (.blue, [])
    }
  }
}

/// A foreground colour, or the terminal's own, and attributes.
package struct Appearance: Hashable, Sendable {
  package let color: ANSIColor?
  package let attributes: Style.Attributes
}

/// The 16 colours every terminal lets its user choose; the raw value is the number of it.
package enum ANSIColor: UInt8, CaseIterable, Hashable, Sendable {
  case black, red, green, yellow, blue, magenta, cyan, white
  case brightBlack, brightRed, brightGreen, brightYellow
  case brightBlue, brightMagenta, brightCyan, brightWhite

  /// The nearest of the first eight, for terminals that have no more.
  package var dim: ANSIColor { ANSIColor(rawValue: rawValue & 7) ?? self }
}

/// Whether colours are used: `--color`, in `auto` ruled by the terminal and `NO_COLOR`.
package enum ColorMode: String, CaseIterable, Sendable {
  case auto, always, never

  /// Whether to use colours on a terminal that has `colors` of them.
  ///
  /// Even `always` cannot make one without any show some. `noColor` says that `NO_COLOR` is set and
  /// not empty.
  package func isColored(colors: Int, noColor: Bool) -> Bool {
    switch self {
    case .auto: colors >= 8 && !noColor
    case .always: colors >= 8
    case .never: false
    }
  }
}
