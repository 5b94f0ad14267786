package import Access
package import TerminalKit

/// What every screen and dialog may know besides its own state.
package struct Scene: Sendable {
  package let session: Session
  package let now: Instant
  package let zone: Zone
  /// The whole terminal.
  package let size: Size
  /// `gatehouse@ops-1` where the console was reached over SSH.
  package let remote: String?
  /// Whether a change that this screen or dialog asked for is still under way.
  package let isWorking: Bool

  /// The part of the terminal that is the screen's: all but header, tabs, rules and footer.
  package var body: Size { Chrome.body(of: size).size }

  package func may(_ permission: Permission) -> Bool { session.may(permission) }
}
