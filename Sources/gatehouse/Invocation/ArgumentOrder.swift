import ArgumentParser

/// Puts a command line into the order the parser wants: verb, options, the rest.
///
/// People may write `gatehouse --json --account bob token list`; the parser takes an option only
/// behind the command that declares it.
struct ArgumentOrder {
  /// The commands named so far, from the first behind `gatehouse` on.
  private var path: [String] = []
  /// Global options found before or between them.
  private var moved: [String] = []
  private var rest: ArraySlice<String>
  private var command: any ParsableCommand.Type

  /// - Throws: ``ArgumentError`` where a command is unknown or its verb is missing.
  static func arranged(
    _ arguments: [String], under root: any ParsableCommand.Type
  ) throws(ArgumentError) -> [String] {
    var order = ArgumentOrder(arguments, root)
    try order.descend()
    return try order.result()
  }

  private init(_ arguments: [String], _ root: any ParsableCommand.Type) {
    rest = arguments[...]
    command = root
  }

  private mutating func descend() throws(ArgumentError) {
    while let word = rest.first {
      if try moveGlobalOption(word) { continue }
      guard !word.hasPrefix("-"), !subcommands.isEmpty else { return }
      guard let next = subcommands.first(where: { $0.configuration.commandName == word }) else {
        // `gatehouse help level set` is the parser's own.
        if path.isEmpty, word == "help" { return }
        throw .unknownCommand(path + [word], known: names)
      }
      path.append(word)
      command = next
      rest = rest.dropFirst()
    }
  }

  private mutating func moveGlobalOption(_ word: String) throws(ArgumentError) -> Bool {
    if word == "--json" {
      moved.append(word)
    } else if word.hasPrefix("--database=") || word.hasPrefix("--account=") {
      moved.append(word)
    } else if word == "--database" || word == "--account" {
      guard let value = rest.dropFirst().first else { throw .valueMissing(option: word) }
      moved += [word, value]
      rest = rest.dropFirst()
    } else {
      return false
    }
    rest = rest.dropFirst()
    return true
  }

  private func result() throws(ArgumentError) -> [String] {
    guard path.isEmpty else {
      if !subcommands.isEmpty, rest.first?.hasPrefix("-") != true {
        throw .verbMissing(path, known: names)
      }
      return path + moved + rest
    }
    guard let first = rest.first else { return ["console"] + moved }
    let belongsToParser =
      first == "help" || first == "-h" || first == "--version" || first.hasPrefix("--help")
      || first.hasPrefix("--generate-completion-script")
      || first.hasPrefix("--experimental-dump-help") || first.hasPrefix("---completion")
    return belongsToParser ? Array(rest) : ["console"] + moved + rest
  }

  private var subcommands: [any ParsableCommand.Type] { command.configuration.subcommands }

  private var names: [String] { subcommands.compactMap { $0.configuration.commandName } }
}
