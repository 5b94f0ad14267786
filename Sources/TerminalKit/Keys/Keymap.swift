/// The one table of a screen's keys: dispatch, footer and help are all read from it.
package struct Keymap<Command: Sendable>: Sendable {
  package let bindings: [Binding<Command>]
  private let commands: [Key: Command]
  /// What the footer may say, in the order of the table.
  package let footer: [Binding<Command>]

  package init(_ bindings: [Binding<Command>]) {
    self.bindings = bindings
    var commands: [Key: Command] = [:]
    for binding in bindings {
      for key in binding.keys where commands[key] == nil { commands[key] = binding.command }
    }
    self.commands = commands
    footer = bindings.filter(\.isInFooter)
  }

  package func command(for key: Key) -> Command? { commands[key] }

  /// A row for each binding: all its keys, and the sentence.
  package var helpRows: [HelpRow] {
    bindings.map { binding in
      let names = binding.keys.map(\.description).joined(separator: ", ")
      return HelpRow(keys: SafeText(names), help: binding.help)
    }
  }
}

/// A line of the help.
package struct HelpRow: Hashable, Sendable {
  package let keys: SafeText
  package let help: SafeText

  package init(keys: SafeText, help: SafeText) {
    self.keys = keys
    self.help = help
  }
}
