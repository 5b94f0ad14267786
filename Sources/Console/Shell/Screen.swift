package import Access
package import TerminalKit

/// One screen: its state, what keys do to it, and how it looks.
///
/// A screen is a value. It is kept while other screens are shown, and its drafts with it. What it
/// wants done it says to the ``Context``; what it is told it gets by ``receive(_:_:)`` and
/// ``performed(_:_:_:)``. It is put on show by a line in ``Registry``.
package protocol Screen: Sendable {
  /// The verbs that are this screen's own.
  associatedtype Command: Hashable & Sendable

  /// The keys, in the order of the footer: the screen's own, and those of ``Everywhere`` it uses.
  static var keymap: Keymap<ScreenCommand<Command>> { get }

  /// As the help names it.
  var title: SafeText { get }

  /// Whether leaving the console now would lose something; marked in the tab.
  var hasDraft: Bool { get }

  /// The word for a key in the footer as things stand; nil hides it.
  func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText?

  /// The keys and their words as the footer has them now. The usual one does for all; it is named here
  /// so that each screen has it compiled for its own keys, as it runs for every frame.
  func hints(_ scene: Scene) -> [KeyHint]

  /// The command that does or shows the same, for `c`.
  func commandLine(_ scene: Scene) -> String?

  /// A line of input that takes the footer's place; while there is one, keys go to ``type(_:_:)``.
  var prompt: Prompt? { get }

  /// Whether keys go to ``type(_:_:)`` though there is no ``prompt``, as into a field or a menu on
  /// the screen; the footer is blank then, and the screen says which keys it takes.
  var isTyping: Bool { get }

  /// Called when it is shown, for the first time with `isFirst`.
  mutating func appear(isFirst: Bool, _ context: inout Context)

  /// Reads again what it shows: something moved, or the user asked for it.
  mutating func refresh(_ context: inout Context)

  /// Does what one of its own keys says.
  mutating func perform(_ command: Command, _ context: inout Context)

  /// Does what a common key says; only movements and those in the ``keymap`` arrive.
  mutating func perform(_ command: Everywhere, _ context: inout Context)

  /// Takes a key while it ``isTyping`` or has a ``prompt``.
  mutating func type(_ key: Key, _ context: inout Context)

  /// Takes pasted text; returns false if there is no field for it.
  mutating func paste(_ text: String, _ context: inout Context) -> Bool

  /// Goes back one step inside the screen; returns false if there is none.
  mutating func back(_ context: inout Context) -> Bool

  /// Shows what `filter` lets through, as another screen asked for it.
  mutating func arrive(filter: String, _ context: inout Context)

  mutating func receive(_ reply: Reply, _ context: inout Context)

  /// Takes what was decided in a dialog that this screen opened.
  mutating func take(_ handover: Handover, _ context: inout Context)

  mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context)

  /// Learns what a dialog over it changed, so that it can take off the marks that were meant.
  mutating func changed(_ change: Change, _ outcome: Outcome, _ context: inout Context)

  /// Called when no key came for a moment: the time for what need not follow a held key.
  mutating func rest(_ context: inout Context)

  /// Draws into `rect`, and puts the cursor on what has the focus.
  func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene)
}

/// A key of a screen: one of its own verbs, or one that means the same everywhere.
package enum ScreenCommand<Own: Hashable & Sendable>: Hashable, Sendable {
  case own(Own)
  case everywhere(Everywhere)
}

/// The answer to a question, as its asker gets it.
package struct Reply: Sendable {
  package let slot: Slot
  package let question: Question
  package let result: Result<Answer, FailureText>
}

/// What a dialog hands to the screen it was opened from; nothing was changed by it yet.
package enum Handover: Hashable, Sendable {
  /// To be staged in the matrix of roles.
  case role(RoleChange)
}

/// A line of input in the footer's place.
package struct Prompt: Hashable, Sendable {
  package let label: SafeText
  package var field: TextField

  package init(_ label: SafeText, _ field: TextField = TextField()) {
    self.label = label
    self.field = field
  }
}

extension Binding {
  /// A verb of the screen's own.
  package static func own<Own>(
    _ keys: Key, _ command: Own, _ label: SafeText, help: SafeText, isInFooter: Bool = true
  ) -> Binding where Command == ScreenCommand<Own> {
    Binding(keys, does: .own(command), label: label, help: help, isInFooter: isInFooter)
  }

  /// A common key that this screen uses, with its own word for it.
  package static func everywhere<Own>(
    _ command: Everywhere, _ label: SafeText? = nil, help: SafeText? = nil,
    isInFooter: Bool = true
  ) -> Binding where Command == ScreenCommand<Own> {
    let common = Everywhere.binding(of: command)
    return Binding(
      common?.keys.first ?? .escape, does: .everywhere(command),
      label: label ?? common?.label ?? "", help: help ?? common?.help ?? "",
      isInFooter: isInFooter)
  }
}

extension Screen {
  package var hasDraft: Bool { false }
  package var prompt: Prompt? { nil }
  package var isTyping: Bool { false }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? { usual }

  package func commandLine(_ scene: Scene) -> String? { nil }

  package mutating func appear(isFirst: Bool, _ context: inout Context) {
    if isFirst { refresh(&context) }
  }

  package mutating func refresh(_ context: inout Context) {}
  package mutating func perform(_ command: Everywhere, _ context: inout Context) {}
  package mutating func type(_ key: Key, _ context: inout Context) {}
  package mutating func rest(_ context: inout Context) {}
  package mutating func paste(_ text: String, _ context: inout Context) -> Bool { false }
  package mutating func back(_ context: inout Context) -> Bool { false }
  package mutating func arrive(filter: String, _ context: inout Context) {}
  package mutating func receive(_ reply: Reply, _ context: inout Context) {}
  package mutating func take(_ handover: Handover, _ context: inout Context) {}

  package mutating func changed(
    _ change: Change, _ outcome: Outcome, _ context: inout Context
  ) {}

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    context.report(change, result)
  }
}

extension Screen where Command == Never {
  package mutating func perform(_ command: Never, _ context: inout Context) {}
}

// What the console asks of a screen whose verbs it does not know.
extension Screen {
  /// Does what `key` says here; returns the common meaning of the key if the console has to do it.
  mutating func dispatch(_ key: Key, _ context: inout Context) -> Everywhere? {
    if let common = Everywhere.keymap.command(for: key) {
      if common.isConsoles { return common }
      if case .move = common {
        perform(common, &context)
      } else if Self.keymap.bindings.contains(where: { $0.command == .everywhere(common) }) {
        perform(common, &context)
      }
      return nil
    }
    if case .own(let command) = Self.keymap.command(for: key) { perform(command, &context) }
    return nil
  }

  package func hints(_ scene: Scene) -> [KeyHint] {
    var hints: [KeyHint] = []
    for binding in Self.keymap.footer {
      guard let label = label(of: binding.command, binding.label, scene) else { continue }
      hints.append(KeyHint(binding.hint.key, label))
    }
    return hints
  }

  /// The rows of the help, the screen's own keys first.
  var helpRows: (own: [HelpRow], everywhere: [HelpRow]) {
    var words: [Everywhere: SafeText] = [:]
    var own: [Binding<ScreenCommand<Command>>] = []
    for binding in Self.keymap.bindings {
      switch binding.command {
      case .own: own.append(binding)
      case .everywhere(let command): words[command] = binding.help
      }
    }
    let common = Everywhere.keymap.bindings.filter { binding in
      switch binding.command {
      case .move: true
      case .go: false
      default: binding.command.isConsoles || words[binding.command] != nil
      }
    }
    let rows = zip(common, Keymap(common).helpRows).map { binding, row in
      HelpRow(keys: row.keys, help: words[binding.command] ?? row.help)
    }
    return (Keymap(own).helpRows, rows + [HelpRow(keys: "0 to 8", help: Guidance.placesHelp)])
  }

  /// The screen's own keys, for the test that looks for collisions.
  package var ownKeys: [KeymapCheck.Entry] {
    Self.keymap.bindings.compactMap { binding in
      guard case .own = binding.command else { return nil }
      return KeymapCheck.Entry(keys: binding.keys, label: binding.label.string)
    }
  }
}
