package import Access
package import TerminalKit

/// A dialog that is open over a screen; all keys are its own until it closes.
///
/// Nothing refreshes under it, and what it acts on it holds by identity.
package protocol OpenDialog: Sendable {
  /// Whether it is there to change something; true unless a dialog says otherwise.
  var applies: Bool { get }
  /// Called once, before it is first drawn.
  mutating func appear(_ context: inout Context)
  mutating func handle(_ key: Key, _ context: inout Context)
  mutating func paste(_ text: String, _ context: inout Context)
  mutating func receive(_ reply: Reply, _ context: inout Context)
  mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context)
  /// Learns where a secret was written to, or why it was not.
  mutating func wrote(_ result: Result<String, FailureText>, _ context: inout Context)
  /// Learns what a file holds, or why it was not read.
  mutating func read(_ result: Result<String, FailureText>, _ context: inout Context)
  /// Draws over what is there, and puts the cursor on what has the focus.
  func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene)
}

extension OpenDialog {
  package var applies: Bool { true }

  package mutating func appear(_ context: inout Context) {}
  package mutating func receive(_ reply: Reply, _ context: inout Context) {}
  package mutating func wrote(
    _ result: Result<String, FailureText>, _ context: inout Context
  ) {}

  package mutating func read(
    _ result: Result<String, FailureText>, _ context: inout Context
  ) {}

  package mutating func paste(_ text: String, _ context: inout Context) {
    context.fail(Guidance.pasteDropped)
  }

  /// Says what came of it; closes unless it failed.
  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    context.report(change, result)
    if case .success = result { context.close() }
  }
}
