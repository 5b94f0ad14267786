import GRDB

/// Case beyond ASCII, for words of any script.
enum CaseFolding {
  /// Whether a text holds a word that is in lower case already, in whatever case the text has it.
  static let function = DatabaseFunction("holdsWord", argumentCount: 2, pure: true) { values in
    guard let text = values.first.flatMap(String.fromDatabaseValue),
      let word = values.last.flatMap(String.fromDatabaseValue)
    else { return false }
    return !Array(text.lowercased().utf8).ranges(of: Array(word.utf8)).isEmpty
  }

  /// A beginning as it may be stored: as it is, in lower case, in capitals, and with one capital.
  static func variants(of beginning: String) -> [String] {
    let lower = beginning.lowercased()
    let capitalised = lower.prefix(1).uppercased() + lower.dropFirst()
    var seen = Set<[UInt8]>()
    return [beginning, lower, beginning.uppercased(), capitalised]
      .filter { seen.insert(Array($0.utf8)).inserted }
  }
}
