import TerminalKit

/// What a piece of text says by its look, beside its words.
enum Tone { case plain, strong, muted, ok, warning, danger }

/// Colours, where they may be used: on a terminal, never under `NO_COLOR`.
struct Ink {
  let isColored: Bool

  init(isColored: Bool) {
    self.isColored = isColored
  }

  init(for sink: Sink, environment: (String) -> String?) {
    // no-color.org: set and not empty, whatever the value.
    let refuses = environment("NO_COLOR")?.isEmpty == false
    self.init(isColored: sink.isTerminal && !refuses && environment("TERM") != "dumb")
  }

  /// `text` made safe, in the look of `tone`.
  func paint(_ text: SafeText, _ tone: Tone) -> String {
    guard isColored, let code = tone.code else { return text.string }
    return "\u{1B}[\(code)m\(text.string)\u{1B}[0m"
  }
}

extension Tone {
  /// Select Graphic Rendition (ECMA-48 §8.3.117): attributes and the 16 colours only.
  fileprivate var code: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .muted: "2"
    case .ok: "32"
    case .warning: "33"
    case .danger: "1;31"
    }
  }
}
