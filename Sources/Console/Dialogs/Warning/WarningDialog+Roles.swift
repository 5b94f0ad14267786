import Access
import TerminalKit

// What the dialog says of people where a change of the policy changes roles.
extension WarningDialog {
  /// Who gains and who loses what; nothing where the matrix stays as it is.
  func people(_ plan: Plan) -> [DialogLine<ControlID>] {
    guard plan.impact.change.from.roles != plan.impact.change.to.roles else { return [] }
    return [.blank, .text("Who gains and who loses", .title)] + DialogLine.reach(of: plan.impact)
  }

  /// What changes, a line each; changes of the matrix cell by cell.
  func sentences(_ plan: Plan) -> [SafeText] {
    guard case .roles(let changes) = change else {
      return plan.differences.map { SafeText($0.line) }
    }
    return changes.map { $0.sentence(from: plan.impact.change.from, to: plan.policy) }
  }

  /// Whether the figures of credentials whose method stops say anything here.
  ///
  /// A changed matrix stops no method; "nothing stops" would hide that people lose the API.
  static func showsFigures(_ plan: Plan) -> Bool {
    plan.impact.stops > 0 || plan.impact.tokensBeyondMaximum > 0
      || plan.impact.change.from.roles == plan.impact.change.to.roles
  }
}
