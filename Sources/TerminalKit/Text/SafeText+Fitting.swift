extension SafeText {
  /// The text cut to at most `columns`, ending in `ellipsis` if something was left out.
  package func truncated(to columns: Int, ellipsis: SafeText = "…") -> SafeText {
    if width <= columns { return self }
    if columns < ellipsis.width { return prefix(max(columns, 0)) }
    return prefix(columns - ellipsis.width) + ellipsis
  }

  /// The text with blanks added, on the left for numbers, up to `columns`; never cut.
  package func padded(to columns: Int, right: Bool = false) -> SafeText {
    guard width < columns else { return self }
    let blanks = SafeText.blanks(columns - width)
    return right ? blanks + self : self + blanks
  }

  package static func blanks(_ columns: Int) -> SafeText {
    let columns = max(columns, 0)
    return SafeText(string: String(repeating: " ", count: columns), width: columns)
  }

  /// `text` as often as it fits `columns`; one column of it is repeated, so it must be narrow.
  package static func repeating(_ text: SafeText, _ count: Int) -> SafeText {
    let count = max(count, 0)
    return SafeText(
      string: String(repeating: text.string, count: count), width: text.width * count)
  }

  /// As many whole graphemes from the front as `columns` hold.
  package func prefix(_ columns: Int) -> SafeText { split(at: columns).head }

  /// As many whole graphemes as `columns` hold, and the rest.
  package func split(at columns: Int) -> (head: SafeText, rest: SafeText) {
    if columns >= width { return (self, "") }
    if isASCII {
      let cut = string.utf8.index(string.startIndex, offsetBy: max(columns, 0))
      return (
        SafeText(string: String(string[..<cut]), width: max(columns, 0)),
        SafeText(string: String(string[cut...]), width: width - max(columns, 0))
      )
    }
    var used = 0
    var cut = string.unicodeScalars.startIndex
    while cut < string.unicodeScalars.endIndex {
      let next = CharacterWidth(of: string.unicodeScalars[cut]).columns
      if used + next > columns { break }
      used += next
      cut = string.unicodeScalars.index(after: cut)
    }
    return (
      SafeText(string: String(string.unicodeScalars[..<cut]), width: used),
      SafeText(string: String(string.unicodeScalars[cut...]), width: width - used)
    )
  }

  /// Lines of at most `columns`, broken at blanks; a longer word is broken where it must be.
  ///
  /// At least one line. A grapheme wider than `columns` is left out.
  package func wrapped(to columns: Int) -> [SafeText] {
    if width <= columns { return [self] }
    guard columns > 0 else { return [""] }
    var lines: [SafeText] = []
    var line: SafeText = ""
    for (index, piece) in string.split(separator: " ", omittingEmptySubsequences: false)
      .enumerated()
    {
      var word = SafeText(String(piece))
      let blank = index == 0 ? 0 : 1
      if index > 0, line.width + blank + word.width <= columns {
        line += " " + word
        continue
      }
      if index > 0 {
        lines.append(line)
        line = ""
      }
      while word.width > columns {
        let (head, rest) = word.split(at: columns)
        if head.isEmpty { break }
        lines.append(head)
        word = rest
      }
      line = word.width <= columns ? word : ""
    }
    lines.append(line)
    return lines
  }
}
