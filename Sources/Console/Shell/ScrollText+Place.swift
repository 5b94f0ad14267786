import TerminalKit

extension ScrollText {
  /// Lines made anew for another width or state, moved down as far as the ones before were.
  init(_ lines: [Line], top: Int) {
    self.init(lines)
    for _ in 0..<min(max(top, 0), lines.count) { move(.down, height: 1) }
  }
}
