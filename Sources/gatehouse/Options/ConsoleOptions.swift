import TerminalKit

/// How the console is started.
struct ConsoleOptions {
  var location: DatabaseLocation
  /// Whose permissions to use; nil is the OS user's account.
  var account: String?
  /// Whoever came over SSH, in the place of all that.
  var remote: Remote?
  /// The name of the screen to begin with.
  var screen: String?
  var isReadOnly = false
  var theme = Theme.dark
  var color = ColorMode.auto
  var isASCII = false

  init(location: DatabaseLocation) { self.location = location }
}
