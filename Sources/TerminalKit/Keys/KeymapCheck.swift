/// Looks for keys that would not do what a screen's table says; tests run it over every screen.
package struct KeymapCheck: Sendable {
  package struct Entry: Hashable, Sendable {
    package let keys: [Key]
    package let label: String

    package init(keys: [Key], label: String) {
      self.keys = keys
      self.label = label
    }
  }

  /// The keys that mean the same on every screen.
  package let everywhere: [Entry]
  /// Keys of ``everywhere`` that a screen may give a meaning of its own.
  package let overridable: Set<Key>

  package init(everywhere: [Entry], overridable: Set<Key> = []) {
    self.everywhere = everywhere
    self.overridable = overridable
  }

  package init<Command>(everywhere: Keymap<Command>, overridable: Set<Key> = []) {
    self.init(everywhere: Self.entries(everywhere), overridable: overridable)
  }

  package static func entries<Command>(_ keymap: Keymap<Command>) -> [Entry] {
    keymap.bindings.map { Entry(keys: $0.keys, label: $0.label.string) }
  }

  /// What is wrong with a screen's keys, in the order of its table; empty if nothing is.
  package func faults<Command>(in keymap: Keymap<Command>) -> [KeymapFault] {
    faults(in: Self.entries(keymap))
  }

  package func faults(in entries: [Entry]) -> [KeymapFault] {
    var owners: [Key: String] = [:]
    for entry in everywhere {
      for key in entry.keys where !overridable.contains(key) { owners[key] = entry.label }
    }
    return Self.faults(in: entries, owners: owners)
  }

  /// What is wrong with the common keys themselves.
  package var faults: [KeymapFault] { Self.faults(in: everywhere, owners: [:]) }

  private static func faults(in entries: [Entry], owners: [Key: String]) -> [KeymapFault] {
    var owners = owners
    var faults: [KeymapFault] = []
    for entry in entries {
      if entry.keys.isEmpty { faults.append(.noKey(entry.label)) }
      for key in entry.keys {
        if let other = owners[key] { faults.append(.taken(key, by: other, wanted: entry.label)) }
        owners[key] = entry.label
        if let reason = Self.unusable(key) {
          faults.append(.unusable(key, entry.label, reason))
        }
      }
      if !entry.keys.isEmpty, entry.keys.allSatisfy(Self.isHardToReach) {
        faults.append(.hardToReach(entry.keys, entry.label))
      }
    }
    return faults
  }

  /// Why a key must not be bound, or nil.
  private static func unusable(_ key: Key) -> String? {
    switch key {
    case .control("S"): "terminals stop their output with it"
    case .control("D"): "it means end of input, and closes shells"
    case .control("K"): "it deletes text elsewhere"
    case .control("I"), .control("M"), .control("J"), .control("["), .control("H"):
      "terminals send the same for another key"
    case .alt: "it cannot be told from Esc followed by the character"
    default: nil
    }
  }

  /// Function keys are taken by window managers; the rest needs AltGr, or is dead, on common
  /// European keyboards.
  private static func isHardToReach(_ key: Key) -> Bool {
    switch key {
    case .function: true
    case .character(let character): !character.isASCII || "@#[]{}\\|~^`".contains(character)
    default: false
    }
  }
}

package enum KeymapFault: Hashable, Sendable, CustomStringConvertible {
  case noKey(String)
  case taken(Key, by: String, wanted: String)
  case unusable(Key, String, String)
  case hardToReach([Key], String)

  package var description: String {
    switch self {
    case .noKey(let label): "“\(label)” has no key. Give it one."
    case .taken(let key, let owner, let label):
      "“\(label)” wants \(key), which is “\(owner)” already. Choose another key."
    case .unusable(let key, let label, let reason):
      "“\(label)” is on \(key), but \(reason). Choose another key."
    case .hardToReach(let keys, let label):
      "“\(label)” is only on \(keys.map(\.description).joined(separator: ", ")), "
        + "which not every keyboard has. Add a plain key."
    }
  }
}
