/// The one table of a screen's keys: dispatch, footer and help are all read from it.
package struct Keymap<Command: Sendable>: Sendable {
  package let bindings: [Binding<Command>]
  /// What the footer may say, in the order of the table.
  package let footer: [Binding<Command>]

  package init(_ bindings: [Binding<Command>]) {
    self.bindings = bindings
    var footer: [Binding<Command>] = []
    for binding in bindings where binding.isInFooter { footer.append(binding) }
    self.footer = footer
  }

  /// What the first binding with this key does.
  package func command(for key: Key) -> Command? {
    for binding in bindings where binding.keys.contains(key) { return binding.command }
    return nil
  }

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
