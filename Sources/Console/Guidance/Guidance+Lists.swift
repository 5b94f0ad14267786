import Access
import TerminalKit

// Audit and migration: what their lists say beside their rows.
extension Guidance {
  // MARK: - Audit

  static let noAudit: SafeText = "Nothing was changed yet. Every change will stand here, for good."
  static let auditWithoutChange: SafeText =
    "Nothing is kept of before or after: action and target say it all."
  static let notOfPolicy =
    "Only a change of the policy can be taken back here; this row is not about it."
  static let noNeighbour = "That is where the list ends."

  static func sinceUnreadable(_ text: String) -> SafeText {
    """
    since:\(text) is no time. Type how long ago, like since:7d or since:8h, or a day, like \
    since:2026-11-23.
    """
  }

  // MARK: - The worklist

  static let noWarnings: SafeText =
    """
    Nothing stands in the way. Legacy keys, passwords and tokens that somebody has to look at will \
    be listed here, the gravest first; `gatehouse key import FILE` brings legacy keys in.
    """
  static let noWarningChosen = "No warning is under the cursor."
  static let onlyKeysAreLinked = "A token takes the place of one legacy key: put the cursor on it."
  static let onlyKeysAreSwitchedOff = "Only legacy keys are switched off here; none is marked."
  static let warningSolved = "That warning is gone: what it was about is no longer so."
  static let allReviewed = "Every warning here has a review."
  static let reviewing: SafeText =
    "A review never changes what is accepted. It says who looked, and what was agreed."
  static let linking: SafeText =
    "The token that its program sends instead. From then on its use is shown beside the key."
  static let linkNeedsToken = "Write the id of the token that takes the key's place."

  // MARK: - Legacy keys

  static let noKeys: SafeText =
    """
    No legacy key is here. Keys of the old system will be listed, used last first, once \
    `gatehouse key import FILE` has brought them in.
    """
  static let noKeyChosen = "No legacy key is under the cursor."
  static let keysRetired = "Retired for good already. A Bearer token takes its place."
  static let keysOn = "Nothing to switch on: not switched off."

  static let switchingOff: SafeText =
    "refused at once, until e switches on again"
  static let retiring: SafeText =
    "refused at once and for good"
  static let keysOffAlready: SafeText =
    "Nothing that works today stops: what is chosen is switched off."
  static let keyRetired: SafeText = "It never works again. A Bearer token takes its place."
  static let keyOff: SafeText = "e switches it on again. d retires it for good."
  static let keyRefused: SafeText =
    "As things stand every legacy key is refused. Its program needs a Bearer token."
  static let keyNeverSeen: SafeText =
    "Never seen in use, as far as traffic was watched. It works until High, and needs a decision."
  static let keyBreaks: SafeText =
    "Stops with level High, at the next request. Its program needs a Bearer token by then."
  static let keysRefusedAnyway: SafeText =
    "As things stand legacy keys are refused anyway: nothing that works today stops."
}
