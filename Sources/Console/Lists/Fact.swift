import TerminalKit

/// Something that is known of a row, as details show it: a name and a text.
struct Fact {
  /// Empty where it belongs to the one before.
  let name: SafeText
  let text: SafeText
  var style: Style = .plain
}

extension [Fact] {
  /// The lines on a width, the names in a column of their own.
  func lines(columns: Int) -> [ScrollText.Line] {
    let indent = (map(\.name.width).max() ?? 0) + 2
    return flatMap { fact in
      fact.text.wrapped(to: Swift.max(columns - indent, 8)).enumerated().map { index, text in
        ScrollText.Line((index == 0 ? fact.name : "").padded(to: indent) + text, fact.style)
      }
    }
  }
}
