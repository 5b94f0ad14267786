import Access

/// What can be typed after `:`.
enum ConsoleCommand: Hashable, Sendable {
  case go(Place), quit, help, nothing

  /// Reads a name, or the beginning of just one.
  static func parsing(_ text: String, in places: [Place]) -> Result<Self, FailureText> {
    let word = text.lowercased().filter { $0 != " " }
    if word.isEmpty { return .success(.nothing) }
    if let command = names(places).first(where: { $0.name == word })?.command {
      return .success(command)
    }
    let matches = names(places).filter { $0.name.hasPrefix(word) }
    if let match = matches.first, matches.count == 1 { return .success(match.command) }
    return .failure(FailureText(Guidance.unknownCommand(text, names: names(places).map(\.name))))
  }

  /// The whole name that `text` is the beginning of; nil if there is none, or several.
  static func completed(_ text: String, in places: [Place]) -> String? {
    let matches = names(places).filter { $0.name.hasPrefix(text.lowercased()) }
    return matches.count == 1 ? matches.first?.name : nil
  }

  private static func names(_ places: [Place]) -> [(name: String, command: Self)] {
    places.map { ($0.rawValue, .go($0)) } + [("q", .quit), ("quit", .quit), ("help", .help)]
  }
}
