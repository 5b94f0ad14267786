import Access
package import TerminalKit

/// Asks before the removal of a role is staged, and says who loses what by it.
package struct RemoveRoleDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case cancel, remove }

  private let role: Role
  /// The policy that has it; nil for a role that was never saved.
  private let policy: Policy?
  /// How many accounts have it, where that is known.
  private let accounts: Int?
  /// What its removal alone comes to.
  private var plan: Plan?
  package var form = Form<ControlID>(
    [.init(.cancel, .button), .init(.remove, .button)], focus: .cancel)
  package var scroll = 0

  init(_ role: Role, in policy: Policy?, accounts: Int?) {
    self.role = role
    self.policy = policy
    self.accounts = accounts
  }

  package mutating func appear(_ context: inout Context) {
    if policy != nil { context.ask(.plan(.roles([.remove(role.id)])), as: "plan") }
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.plan(let plan)): self.plan = plan
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = []
    if let policy {
      lines.append(
        .text(
          accounts.map { .count($0, "account") + ($0 == 1 ? " has" : " have") + " this role." }
            ?? "Counting who has this role …"))
      lines += losses
      if let maximum = policy.expiration.roleMaxima[role.id] {
        lines.append(.text("Its own maximum lifetime of \(maximum) goes with it.", .warning))
      }
    } else {
      lines.append(.text("It was never saved: nobody has it."))
    }
    lines += [.blank, .text(policy == nil ? Guidance.unsavedRole : Guidance.removedRole, .muted)]
    return Dialog(
      title: "Remove " + SafeText(role.name), titleStyle: .warning, lines: lines,
      buttons: [(.cancel, "Cancel"), (.remove, "Remove it")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse role remove", columns: 72)
  }

  private var losses: [DialogLine<ControlID>] {
    guard let plan else { return [.text("Counting who loses what …", .muted)] }
    return DialogLine.reach(of: plan.impact)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    context.close()
    if button == .remove { context.hand(over: .role(.remove(role.id))) }
  }
}

extension DialogLine {
  /// Who gains and who loses what when roles change, a permission a line.
  ///
  /// It `warns` of what losing *Use REST API* means, unless that is said elsewhere.
  static func reach(of impact: Impact, warns: Bool = true) -> [DialogLine] {
    let width = (Permission.allCases.map(\.name.count).max() ?? 0) + 2
    func lines(_ counts: [Permission: Int], _ verb: String, _ style: Style) -> [DialogLine] {
      Permission.allCases.compactMap { permission in
        guard let count = counts[permission], count > 0 else { return nil }
        return .row([
          .text("  " + SafeText(permission.name).padded(to: width)),
          .text(
            .count(count, "account") + " " + SafeText(count == 1 ? verb + "s" : verb) + " it", style
          ),
        ])
      }
    }
    var found = lines(impact.losing, "lose", .warning) + lines(impact.gaining, "gain", .plain)
    if warns, let count = impact.losing[.useAPI], count > 0 {
      let whose: SafeText = count == 1 ? "this account" : "these " + .count(count, "account")
      found.append(
        .text(
          "Whatever " + whose + " hold" + (count == 1 ? "s" : "") + " is refused at once.", .danger)
      )
    }
    return found.isEmpty ? [.text("  Nobody gains or loses a permission.", .muted)] : found
  }
}
