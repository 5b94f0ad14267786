import Access
import TerminalKit

// What the warning dialogs say about a change of the policy.
extension Guidance {
  static let migrationRequired: SafeText =
    "MIGRATION REQUIRED. Everyone is affected, from the next request on."
  static let onlyBearerWorks: SafeText =
    "ONLY BEARER TOKENS WILL WORK. Everyone is affected, at the next request."

  /// What a raise makes of each kind of credential; two lines where they fit.
  static func acceptanceChanges(_ shift: PolicyShift, integrations: Int?) -> [SafeText] {
    let listed: SafeText =
      integrations.map { .count($0, "essential integration") } ?? "essential integrations"
    func moves(_ kind: CredentialKind) -> (Acceptance, Acceptance) {
      (shift.from.acceptance(of: kind), shift.to.acceptance(of: kind))
    }
    var stopping: [SafeText] = []
    let keysStop = if case (.accepted, .refused) = moves(.legacyKey) { true } else { false }
    switch moves(.password) {
    case (.accepted, .refused) where keysStop:
      stopping.append("Every legacy key and password stops, essential integrations' included.")
    case (.accepted, .refused), (.listed, .refused):
      stopping.append("Every username and password stops, essential integrations included.")
    case let (before, after):
      if keysStop { stopping.append("Legacy keys stop.") }
      switch (before, after) {
      case (.accepted, .listed): stopping.append("Passwords stop, except of " + listed + ".")
      case (.refused, .listed): stopping.append("Passwords work for " + listed + " only.")
      case (_, .accepted): stopping.append("Passwords go on working, everyone's.")
      default: break
      }
    }
    let bearer: SafeText =
      shift.entersBearer ? "People can make Bearer tokens." : "Bearer tokens go on as they are."
    let first = stopping.dropFirst().reduce(stopping.first ?? "") { $0 + " " + $1 }
    return shift.to.level == .maximum && !shift.entersBearer
      ? [first].filter { !$0.isEmpty } : [first, bearer].filter { !$0.isEmpty }
  }

  /// What is let in again; without the numbers while they are not known.
  static func lowering(_ shift: PolicyShift, _ counts: Overview.Counts?) -> SafeText {
    guard let counts else { return loweringLead }
    let keys: Int =
      switch (shift.from.acceptance(of: .legacyKey), shift.to.acceptance(of: .legacyKey)) {
      case (.refused, .accepted): counts.liveKeys
      default: 0
      }
    let passwords: Int =
      switch (shift.from.acceptance(of: .password), shift.to.acceptance(of: .password)) {
      case (.refused, .listed): counts.integrations
      case (.listed, .accepted): max(counts.passwords - counts.integrations, 0)
      case (.refused, .accepted): counts.passwords
      default: 0
      }
    return lowering(keys: keys, passwords: passwords)
  }

  /// How long traffic was watched, and what that cannot show.
  static func known(_ impact: Impact, isBrief: Bool = false) -> SafeText {
    guard let seconds = impact.observedSeconds else {
      return isBrief
        ? "No traffic was watched yet."
        : "No traffic was watched yet: nobody knows what is in use."
    }
    let span = "Known from " + SafeText.span(seconds: seconds) + " of traffic"
    if isBrief || seconds >= 366 * 86_400 { return span + "." }
    return span + ": a " + (seconds < 31 * 86_400 ? "monthly" : "yearly")
      + " job may not have called yet."
  }

  static func overriding(_ unreviewed: Int) -> SafeText {
    .count(unreviewed) + (unreviewed == 1 ? " in use has" : " in use have")
      + " no review. Applying records you as overriding "
      + (unreviewed == 1 ? "it." : "them.")
  }

  static func otherPending(_ number: Int, author: Login, countdown: SafeText) -> SafeText {
    "Revision \(number) by \(author) is pending: nothing else can be applied before it is "
      + "kept, cancelled or lapses, " + countdown + " from now. Esc, then + decides."
  }

  static func revisionCameFirst(_ revision: Revision, _ scene: Scene) -> SafeText {
    "Revision \(revision.number) by \(revision.author), " + scene.zone.minute(revision.at)
      + ", came first. Nothing was applied; what you wrote is kept. Look, and decide again."
  }

  static let expirationHolds: SafeText =
    "Holds for tokens made from now on; those that exist keep their end."
  static let passwordsLater: SafeText =
    "Nothing changes now: this is about level High, which is not in force."
  static let losingAPI: SafeText =
    """
    Whoever loses Use REST API is refused with whatever they send, from the next request on. \
    Their credentials stay, and work again once it is granted.
    """
  static let rolesHold: SafeText =
    "Holds for everyone with the role, from the next request and the next key on."
}
