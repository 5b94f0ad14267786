import TerminalKit

/// Text made safe for a terminal, whoever wrote it.
enum Printed {
  /// One line: whatever is hidden in it becomes visible, line ends too.
  static func line(_ text: String) -> String { SafeText(text).string }

  /// Several lines, each safe.
  static func lines(_ text: String) -> String {
    SafeText.lines(text).map(\.string).joined(separator: "\n")
  }
}
