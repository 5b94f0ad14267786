import Access
import TerminalKit

// The matrix of roles and permissions.
extension Guidance {
  /// What a permission lets somebody do.
  static func meaning(_ permission: Permission) -> SafeText {
    switch permission {
    case .useAPI: "Call the API, with any credential."
    case .createTokens: "Make tokens for oneself."
    case .manageTokens: "See and revoke everyone's tokens."
    case .reviewMigration: "See legacy keys, switch them off."
    case .viewAudit: "Read the audit."
    case .manageSettings: "Change level, lifetimes, properties."
    case .manageAccess: "Change roles, accounts, passwords."
    }
  }

  static let nothingStaged = "Nothing is staged. Space grants or withdraws what the cursor is on."

  static func roleNotSaved(_ name: String) -> String {
    "\(name) is not saved yet: no account can have it."
  }

  static func roleToBeRemoved(_ name: String) -> String {
    "\(name) is to be removed. u takes that back, if it was the last step."
  }

  static func draftLost(_ count: Int, roles: [String]) -> String {
    "\(SafeText.count(count, "staged change")) dropped: somebody else just changed "
      + roles.joined(separator: ", ") + "."
  }

  /// Said as long as a draft stands on a revision that came after it.
  static func overtaken(_ revision: Revision, _ scene: Scene) -> SafeText {
    "Meanwhile revision \(revision.number) by \(revision.author), "
      + scene.zone.minute(revision.at) + ", took effect. Your draft is kept, on top of it."
  }

  static let newRole: SafeText =
    "It grants nothing yet: Space in its row does. w saves what is staged."
  static let renamedRole: SafeText =
    "Whoever has it keeps it. Nothing is saved until w."
  static let removedRole: SafeText =
    """
    Its accounts keep their other roles. Nothing is saved until w; once it is, adding a role of \
    the same name does not give it back to them.
    """
  static let unsavedRole: SafeText = "Its row and what was granted in it go."
}
