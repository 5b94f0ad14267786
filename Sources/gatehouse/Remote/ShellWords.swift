import Access

/// A command line as somebody's shell would split it, with nothing expanded (POSIX.1-2024, XCU §2.2).
///
/// What a shell would do more than split with, unquoted, is refused: nobody is to believe that it
/// happened.
enum ShellWords {
  /// - Throws: ``ShellWordsError``.
  static func split(_ text: String) throws(ShellWordsError) -> [String] {
    // What sshd handed over was no UTF-8 if it has one of these.
    guard !text.unicodeScalars.contains("\u{FFFD}") else { throw .notText }
    var words: [String] = []
    var word: String?
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case " ", "\t":
        if let ended = word { words.append(ended) }
        word = nil
      case "'":
        guard let end = rest.firstIndex(of: "'") else { throw .openQuote }
        word = (word ?? "") + String(rest[..<end])
        rest = rest[rest.index(after: end)...]
      case "\"": word = (word ?? "") + (try doubleQuoted(&rest))
      case "\\":
        // Before a newline it would join lines; a command has one.
        guard let next = rest.popFirst(), next != "\n" else { throw .openQuote }
        word = (word ?? "") + String(next)
      case _ where isSpecial(scalar, startsWord: word == nil):
        throw .special(Character(scalar))
      default: word = (word ?? "") + String(scalar)
      }
    }
    if let word { words.append(word) }
    return words
  }

  /// What stands between double quotes, where a backslash protects four characters only (§2.2.3).
  private static func doubleQuoted(
    _ rest: inout Substring.UnicodeScalarView
  ) throws(ShellWordsError) -> String {
    var text = ""
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return text
      case "$", "`": throw .special(Character(scalar))
      case "\\":
        guard let next = rest.popFirst() else { throw .openQuote }
        if !"$`\"\\".unicodeScalars.contains(next) { text.unicodeScalars.append("\\") }
        text.unicodeScalars.append(next)
      default: text.unicodeScalars.append(scalar)
      }
    }
    throw .openQuote
  }

  private static func isSpecial(_ scalar: Unicode.Scalar, startsWord: Bool) -> Bool {
    if startsWord, scalar == "#" || scalar == "~" { return true }
    return "|&;<>()$`*?[]{}!".unicodeScalars.contains(scalar) || scalar.value < 0x20
      || scalar.value == 0x7F
  }
}

/// Why a command line cannot be read as words.
enum ShellWordsError: Failure, Equatable {
  case special(Character)
  case openQuote
  case notText

  var description: String {
    switch self {
    case .special(let character):
      """
      “\(Visible.text(String(character)))” has no meaning here: one command is run, without a shell. \
      Put text that has it in single quotes, and these once more for your own shell.
      """
    case .notText: "The command is not valid UTF-8. Nothing was done."
    case .openQuote: "A quote or a backslash at the end has nothing behind it. Nothing was done."
    }
  }

  var exitCode: ExitCode { .usage }
}
