/// Which scalars a terminal can show, and what stands in for the others.
///
/// Screens always draw in Unicode; a canvas with ``ascii`` glyphs turns lines into `+-|`, bars into
/// `_.-=#`, typographic marks into their typewriter forms, and everything else into `?`.
package struct Glyphs: Equatable, Sendable {
  package let isUTF8: Bool
  /// Scalars on whose width the terminal's own library disagrees with ``CharacterWidth``.
  package let substituted: Set<Unicode.Scalar>

  package init(isUTF8: Bool, substituted: Set<Unicode.Scalar> = []) {
    self.isUTF8 = isUTF8
    self.substituted = substituted
  }

  package static let unicode = Glyphs(isUTF8: true)
  package static let ascii = Glyphs(isUTF8: false)

  /// The mark that says text was cut: `…` or `~`.
  package var ellipsis: SafeText { isUTF8 ? "…" : "~" }

  /// What to draw for `scalar`, in as many columns as it would have taken.
  package func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    guard isUTF8 else { return Self.typewriter(scalar) }
    return substituted.contains(scalar) ? "?" : scalar
  }

  private static func typewriter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "─", "–", "—", "−", "·", "•", "▄", "▅": "-"
    case "│": "|"
    case "┌", "┐", "└", "┘", "├", "┤", "┬", "┴", "┼": "+"
    case "▁": "_"
    case "▂", "▃": "."
    case "▆", "▇": "="
    case "█": "#"
    case "░", "▒", "▓": ":"
    case "…": "~"
    case "‹": "<"
    case "›", "→": ">"
    case "“", "”": "\""
    case "‘", "’": "'"
    case "×": "x"
    case "\u{A0}": " "
    default: "?"
    }
  }
}
