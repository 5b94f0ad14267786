import Access
import TerminalKit

// What the dialog says of people where a change of the policy changes roles.
extension WarningDialog {
  /// Who gains and who loses what; nothing where the matrix stays as it is.
  func people(_ plan: Plan) -> [DialogLine<ControlID>] {
    guard plan.impact.change.from.roles != plan.impact.change.to.roles else { return [] }
    // The lead says it where roles are what is changed.
    let isSaid = if case .roles = change { true } else { false }
    return [.blank, .text("Who gains and who loses", .title)]
      + DialogLine.reach(of: plan.impact, warns: !isSaid)
  }

  /// Whether the figures of credentials whose method stops say anything here.
  ///
  /// A changed matrix stops no method; "nothing stops" would hide that people lose the API.
  static func showsFigures(_ plan: Plan) -> Bool {
    plan.impact.stops > 0 || plan.impact.tokensBeyondMaximum > 0
      || plan.impact.change.from.roles == plan.impact.change.to.roles
  }
}
