/// What some keys do on a screen, in the words of its footer and its help.
package struct Binding<Command: Sendable>: Sendable {
  /// The keys that do it; the first one is named in the footer.
  package let keys: [Key]
  package let command: Command
  /// A word or two for the footer: `revoke`.
  package let label: SafeText
  /// A sentence for the help.
  package let help: SafeText
  package let isInFooter: Bool
  /// The first key, and the label.
  package let hint: KeyHint

  package init(
    _ keys: Key..., does command: Command, label: SafeText, help: SafeText,
    isInFooter: Bool = true
  ) {
    self.keys = keys
    self.command = command
    self.label = label
    self.help = help
    self.isInFooter = isInFooter
    hint = KeyHint(keys.first.map { SafeText($0.description) } ?? "", label)
  }
}

/// A key and what it does, as the footer shows it.
package struct KeyHint: Hashable, Sendable {
  package let key: SafeText
  package let label: SafeText

  package init(_ key: SafeText, _ label: SafeText) {
    self.key = key
    self.label = label
  }

  package var width: Int { key.width + 1 + label.width }
}
