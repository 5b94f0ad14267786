package import TerminalKit

/// What keys mean on every screen that has a use for them.
package enum Everywhere: Hashable, Sendable {
  // For the screen; only movement reaches one that does not list it.
  case move(Movement)
  case open, nextPane, previousPane
  case find, findNext, findPrevious, filter, clearFilter, sort
  case mark, markRange, invertMarks, unmark
  case copy
  // The console's own.
  case back, go(Place), commandLine, command, reread, repaint, help, pending, refusals, quit, leave,
    suspend

  /// Whether the console itself does it.
  var isConsoles: Bool {
    switch self {
    case .back, .go, .commandLine, .command, .reread, .repaint, .help, .pending, .refusals, .quit,
      .leave, .suspend:
      true
    default: false
    }
  }

  package static let keymap = Keymap<Everywhere>(movements + onRows + places + onConsole)

  /// The binding of a command; screens list those on rows, for which the whole table is not made.
  static func binding(of command: Everywhere) -> Binding<Everywhere>? {
    onRows.first { $0.command == command } ?? keymap.bindings.first { $0.command == command }
  }

  private static let movements: [Binding<Everywhere>] = [
    Binding(.up, "k", does: .move(.up), label: "up", help: "up"),
    Binding(.down, "j", does: .move(.down), label: "down", help: "down"),
    Binding(.left, "h", does: .move(.left), label: "left", help: "left"),
    Binding(.right, "l", does: .move(.right), label: "right", help: "right"),
    Binding(
      .pageUp, .control("B"), does: .move(.pageUp), label: "page up", help: "one page up"),
    Binding(
      .pageDown, .control("F"), does: .move(.pageDown), label: "page down", help: "one page down"),
    Binding(.home, "g", does: .move(.home), label: "first", help: "to the beginning"),
    Binding(.end, "G", does: .move(.end), label: "last", help: "to the end"),
  ]

  private static let onRows: [Binding<Everywhere>] = [
    Binding(.enter, does: .open, label: "open", help: "open"),
    Binding(.tab, does: .nextPane, label: "next pane", help: "next pane or field"),
    Binding(
      .backTab, does: .previousPane, label: "previous pane", help: "previous pane or field"),
    Binding("/", does: .find, label: "find", help: "find text in the list"),
    Binding("n", does: .findNext, label: "next", help: "find the next one"),
    Binding("N", does: .findPrevious, label: "previous", help: "find the one before"),
    Binding("f", does: .filter, label: "filter", help: "show only rows that match"),
    Binding(.control("U"), does: .clearFilter, label: "clear", help: "clear the filter"),
    Binding("s", does: .sort, label: "sort", help: "choose the order; again reverses it"),
    Binding(.space, does: .mark, label: "mark", help: "mark the row and step on"),
    Binding("v", does: .markRange, label: "range", help: "mark from the last mark to here"),
    Binding("*", does: .invertMarks, label: "invert", help: "invert the marks"),
    Binding("U", does: .unmark, label: "unmark", help: "remove all marks"),
    Binding("y", does: .copy, label: "copy", help: Guidance.copyHelp),
  ]

  private static let places: [Binding<Everywhere>] = Place.allCases.map { place in
    Binding(place.key, does: .go(place), label: place.label, help: "go to " + place.label)
  }

  private static let onConsole: [Binding<Everywhere>] = [
    Binding(
      .escape, .control("C"), does: .back, label: "back",
      help: "back one level; at the top nothing"),
    Binding("q", does: .leave, label: "back", help: "back one level; at the top asks to quit"),
    Binding("Q", does: .quit, label: "quit", help: "quit; so does :q"),
    Binding(
      ":", does: .commandLine, label: "go", help: "go to a screen by its name, like :tokens"),
    Binding("c", does: .command, label: "command", help: "the command line that does the same"),
    Binding("R", .function(5), does: .reread, label: "re-read", help: "read everything again"),
    Binding(
      .control("L"), does: .repaint, label: "repaint", help: "repaint and read the size again"),
    Binding("+", does: .pending, label: "pending", help: "the pending revision: keep or cancel it"),
    Binding("!", does: .refusals, label: "refusals", help: "who was refused lately, and why"),
    Binding("?", .function(1), does: .help, label: "help", help: "the keys of this screen"),
    Binding(
      .control("Z"), does: .suspend, label: "suspend", help: "back to the shell for a while"),
  ]
}
