import Access
import TerminalKit

// The Security screen, its lists and editors.
extension Guidance {
  static let nothingStops: SafeText =
    "Nothing stops: every credential that works today goes on working."

  static func inForce(_ level: SecurityLevel) -> String { "\(level.name) is in force already." }

  static let enableBearerWay: SafeText =
    "Enter opens Enable Bearer support; a level can be chosen in the same dialog."

  static let leavingBearer: SafeText =
    "Every Bearer token stops at once, and the level is locked until Bearer support is on again."
  static let loweringLead: SafeText =
    "This lets credentials in again that are refused now. Revoked and expired tokens stay dead."

  // MARK: - Passwords at High

  static let passwordsOfListed: SafeText =
    """
    At High a password works only for an account listed as an essential integration, from its \
    networks, to the end of its review day.
    """
  static let passwordsOfAll: SafeText =
    "At High every account's password works, from everywhere; only legacy keys are refused."
  static let passwordsElsewhere: SafeText =
    "At Standard all passwords work, at Maximum none."

  // MARK: - Expiration

  static let expirationIdle: SafeText =
    """
    Takes effect from High on. As things stand tokens may have 30d, 90d, 1y or unlimited.
    """

  // MARK: - Integrations

  static let integrations: SafeText =
    """
    Products that cannot send a token yet. At High their passwords still work; at Maximum none does.
    """
  static let noIntegrations: SafeText =
    """
    Nothing is listed. A product that can only send a password belongs here before High is chosen: \
    a adds it.
    """
  static let registering: SafeText =
    """
    Their passwords go on working at High: from the address each was last seen at, to the end of the \
    review day. What can send a token should get one instead.
    """
  static let nobodyToRegister: SafeText =
    "Nobody who is not registered was seen using a password in the time that figures look back."
  static let networksExample: SafeText =
    "where it may come from: 10.2.0.14, 10.2.0.0/16, 2001:db8::/32"
  static let removalStops: SafeText = "Its password stops, from the next request on."
  static let removalLater: SafeText = "Its password will stop once the level is High."
  static let removalUndo: SafeText =
    "The list is not part of the policy: no undo brings it back. Add it again if need be."

  static func integrationMoved(isGone: Bool) -> String {
    isGone
      ? "Somebody else took it off the list just now. Nothing was changed: Esc, and look again."
      : "Somebody else changed the entry just now. Nothing was changed: look, and do it again."
  }

  // MARK: - Revisions

  static let revisions: SafeText =
    """
    Every change of the policy is a revision. Enter lists them; each can be compared, and gone back \
    to, as a whole or by its level alone.
    """
  static let noRevisions: SafeText =
    "There is no revision yet. Every change of the policy makes one."
  static let nothingToUndo = "This is the first revision: there is nothing to go back to."

  static func isInForce(_ number: Int) -> String { "Revision \(number) is in force already." }

  static func notPending(_ number: Int) -> String {
    "Revision \(number) is not pending: there is nothing to keep or cancel."
  }

  static func undoChoice(_ number: Int) -> String {
    "A new revision is made that is as revision \(number) was. Choose how much comes back."
  }

  static let undoLimits: SafeText =
    """
    Accounts, credentials, integrations and reviews are not part of a revision. No revoked or \
    expired token comes back.
    """
}
