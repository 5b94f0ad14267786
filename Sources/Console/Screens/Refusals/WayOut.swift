import Access
import TerminalKit

/// What somebody can do about requests that are refused.
struct WayOut: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    case makeToken(for: String)
    case pending
    case integrations
    case brownouts
    case go(Place, filter: String?)
    case copy
  }

  let text: SafeText
  /// Whom it changes anything for.
  let reach: SafeText
  let step: Step

  /// The ways out, the narrowest first; none that the user's permissions do not cover.
  static func all(for row: RefusalRow, _ scene: Scene) -> [WayOut] {
    let all = narrow(row, scene) + wide(row, scene)
    return all.filter { $0.isOpen(scene) } + [
      WayOut(
        text: row.caller.owner == nil
          ? "Copy an explanation" : "Copy an explanation for the owner",
        reach: "changes nothing", step: .copy)
    ]
  }

  private func isOpen(_ scene: Scene) -> Bool {
    switch step {
    case .makeToken: scene.may(.manageTokens)
    case .pending: scene.may(.manageSettings) && scene.session.standing.pending != nil
    case .integrations, .brownouts: scene.may(.manageSettings)
    case .go(let place, _): place.isVisible(to: scene.session.permissions)
    case .copy: true
    }
  }

  /// Those that change something for this caller only.
  private static func narrow(_ row: RefusalRow, _ scene: Scene) -> [WayOut] {
    let owner = row.caller.owner ?? ""
    let who = SafeText(owner)
    let alone: SafeText = "changes this caller only"
    switch (row.reason, row.caller) {
    case (.methodRefused, _) where !owner.isEmpty, (.keyDisabled, _) where !owner.isEmpty:
      let token = WayOut(
        text: "Make a Bearer token for " + who, reach: alone, step: .makeToken(for: owner))
      guard row.kind == .password else { return [token] }
      return [
        token,
        WayOut(
          text: "Register " + who + " as an essential integration",
          reach: "this account's password", step: .integrations),
      ]
    case (.tokenSuspended, .token(_, _, let name)), (.tokenExpired, .token(_, _, let name)),
      (.tokenRevoked, .token(_, _, let name)), (.scopeMissing, .token(_, _, let name)):
      let verb: SafeText = row.reason == .tokenSuspended ? "Wake " : "Look at "
      return [WayOut(text: verb + SafeText(name), reach: alone, step: .go(.tokens, filter: name))]
    case (.accountInactive, _):
      return [
        WayOut(
          text: "Reactivate " + who, reach: "this account",
          step: .go(.accounts, filter: owner))
      ]
    case (.permissionMissing, _):
      return [
        WayOut(
          text: "Give " + who + " a role with \(Permission.useAPI.name)", reach: "this account",
          step: .go(.accounts, filter: owner))
      ]
    case (.sourceRefused, _):
      return [
        WayOut(
          text: "Edit the registration of " + who, reach: "this account's password",
          step: .integrations)
      ]
    case (_, .unknown):
      guard let known = row.lastAccepted?.caller.owner else { return [] }
      return [
        WayOut(
          text: "Look at " + SafeText(known) + ", last accepted from there",
          reach: "changes nothing", step: .go(.accounts, filter: known))
      ]
    default: return []
    }
  }

  /// Those that change something for everyone.
  private static func wide(_ row: RefusalRow, _ scene: Scene) -> [WayOut] {
    switch row.reason {
    case .methodRefused:
      if let pending = scene.session.standing.pending {
        return [
          WayOut(text: "Cancel revision \(pending.number) now", reach: "everyone", step: .pending)
        ]
      }
      return [
        WayOut(
          text: "Change level or mode", reach: "everyone", step: .go(.security, filter: nil))
      ]
    case .brownout:
      return [
        WayOut(text: "Abort the brownout", reach: "everyone it refuses", step: .brownouts)
      ]
    case .apiDisabled:
      return [
        WayOut(text: "Look at Security", reach: "everyone", step: .go(.security, filter: nil))
      ]
    case .permissionMissing:
      return [
        WayOut(
          text: "Change a role", reach: "all who have it", step: .go(.roles, filter: nil))
      ]
    default: return []
    }
  }
}
