/// Why there is no full-screen terminal; the program names the commands that do the same and ends.
package enum TerminalUnavailable: Error, Equatable {
  /// Standard input or output is a file, a pipe or nothing.
  case notATerminal
  /// `TERM=dumb`.
  case dumb
  /// No description with cursor addressing, neither for this `TERM` nor for `xterm-256color`.
  case unusable(term: String)
  /// This process has the terminal already.
  case taken
  /// The process may open no more files.
  case noDescriptors
}

extension TerminalUnavailable: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notATerminal:
      "The console needs a terminal, and standard input or output is none. "
        + "With ssh, add -t; in a script, use the commands instead."
    case .dumb:
      "The console cannot be drawn on a terminal of type dumb. Use the commands instead."
    case .unusable(let term):
      "The console cannot be drawn: this host knows neither a terminal of type "
        + "\(String(reflecting: term)) nor xterm-256color. "
        + "Set TERM to one that `toe -a` lists, or install ncurses-base."
    case .taken:
      "The terminal is in use by this process already. Close it first."
    case .noDescriptors:
      "The console cannot start: this process may open no more files. "
        + "Raise the limit with `ulimit -n`."
    }
  }
}
