import CCurses

/// Keeps a crash from leaving a broken terminal or a copy of secrets behind.
package enum CrashGuard {
  /// Installs the handlers; once per process, as the first thing `main` does.
  ///
  /// A crash then restores the terminal if one is open, says signal, address and build id on it and
  /// ends the process with that signal. No core file is written and the process cannot be traced.
  package static func install() { cc_guard_crashes() }
}
