/// An error that is shown to people: its description says what happened and what to do next.
package protocol Failure: Error, Sendable, CustomStringConvertible {
  /// How a command that met this error ends.
  var exitCode: ExitCode { get }
}

extension Failure {
  package var exitCode: ExitCode { .refused }
}

/// The exit codes of the command line, a contract with scripts.
package enum ExitCode: Int32, Sendable {
  case done = 0
  /// A value or an act that the product refuses.
  case refused = 1
  /// There is no terminal to run the console on.
  case noTerminal = 2
  /// What the command line's parser cannot read.
  case usage = 64
  /// The content of a file or of standard input.
  case badContent = 65
  /// The service cannot be reached, or the database was replaced under it.
  case unavailable = 69
  /// Something exists that will not be overwritten.
  case wouldOverwrite = 73
  /// Another process held the lock for too long.
  case busy = 75
  /// A permission is missing, or there is no such account.
  case notPermitted = 77
  /// The database or the configuration cannot be used.
  case unusable = 78
}
