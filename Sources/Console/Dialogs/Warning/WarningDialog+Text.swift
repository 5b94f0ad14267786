import Access
package import TerminalKit

// What the dialog says: what moved, the change, what stops, what to fill in and make sure of.
extension WarningDialog {
  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let columns = min(80, scene.size.columns) - 4
    var lines = levelChoice
    if let failure {
      lines += movedLines(nil, scene) + [.text(SafeText(failure.description), .danger)]
    } else if let plan {
      lines = movedLines(plan, scene) + pendingLines(scene) + lead(plan) + lines
      let parts = [
        changes(plan), stops(plan, scene, columns: columns) + tokens(plan), ticks(plan, scene),
        isPermitted ? entries(plan) : refusal(scene), isPermitted ? considerations(plan) : [],
      ]
      lines += parts.filter { !$0.isEmpty }.flatMap { [.blank] + $0 }
    } else {
      lines.append(.text("Counting what would stop …", .muted))
    }
    let back = deadline.map { "Apply, back in \($0)" } ?? "Apply with a deadline"
    let apply: [(id: ControlID, label: SafeText)] = [
      (.applyBack, SafeText(back)), (.applyStay, "Apply to stay"),
    ]
    let isObserved = plan?.impact.observed != nil
    let observe: [(id: ControlID, label: SafeText)] =
      shift?.isRaise == true ? [(.observe, isObserved ? "Keep observing" : "Observe first")] : []
    return Dialog(
      title: title(scene), titleStyle: shift?.isRaise == true ? .danger : .warning, lines: lines,
      buttons: [(.cancel, "Cancel")] + (isPermitted ? observe + apply : []),
      hint: hint(columns: columns, scene), columns: 80)
  }

  private func title(_ scene: Scene) -> SafeText {
    let from = shift?.from ?? scene.session.policy
    return switch change {
    case .enableBearer: "Enable Bearer support"
    case .level(let level): "Security level: \(from.level.name) to \(level.name)"
    case .passwordsAtHigh: "Whose passwords work at High"
    case .expiration: "Expiration policy"
    case .roles: "Roles and permissions"
    case .property(let key, _): "Property " + SafeText(key.rawValue)
    case .rollback(_, let policy, true):
      "Security level: \(from.level.name) back to \(policy.level.name)"
    case .rollback(let number, _, false): "Back to revision \(number)"
    case .document: "Apply a policy document"
    }
  }

  /// The keys, and the command that does the same where there is room for it.
  private func hint(columns: Int, _ scene: Scene) -> SafeText {
    let ticks: SafeText = isMaximum ? "Space tick  " : choosesExisting ? "Space choose  " : ""
    let keys = "Tab next  " + ticks + "Enter press  Esc cancel"
    guard isPermitted, var command = change.command(in: scene.session.policy) else { return keys }
    if shift?.isRaise == true, let level = shift?.to.level { command += " --confirm \(level)" }
    let whole = keys + "  " + SafeText(command)
    return whole.width <= columns ? whole : keys
  }

  // MARK: - What is to be known first

  private func movedLines(_ plan: Plan?, _ scene: Scene) -> [DialogLine<ControlID>] {
    guard let moved else { return [] }
    let current = scene.session.standing.current.revision
    let isRevision = plan.map { $0.base == current.number && $0.base > moved.before.base } ?? false
    let refusal =
      isRevision
      ? Guidance.revisionCameFirst(current, scene) : SafeText(moved.refusal.description)
    var lines: [DialogLine<ControlID>] = [.text(refusal, .danger)]
    if let plan {
      let old = moved.before.impact
      lines += old.change.from.differences(to: plan.impact.change.from).map {
        .row([.text("  "), .text(SafeText($0.line), .warning)])
      }
      let text: SafeText =
        old.stops != plan.impact.stops
        ? .count(old.stops) + " would have stopped, now it is " + .count(plan.impact.stops) + "."
        : old.ground.fingerprint == plan.impact.ground.fingerprint
          ? "What stops is the same as before." : "As many stop as before, but not the same."
      lines.append(.text(text, .warning))
    }
    return lines + [.blank]
  }

  private func pendingLines(_ scene: Scene) -> [DialogLine<ControlID>] {
    guard let pending = scene.session.standing.pending, let deadline = pending.deadline else {
      return []
    }
    let text = Guidance.otherPending(
      pending.number, author: pending.author, countdown: deadline.countdown(scene.now))
    return [.text(text, .warning), .blank]
  }

  private func refusal(_ scene: Scene) -> [DialogLine<ControlID>] {
    let permission: Permission = if case .roles = change { .manageAccess } else { .manageSettings }
    let text = Guidance.noPermission(permission, contact: scene.session.contact)
    return [.text(SafeText(text), .warning)]
  }

  private var levelChoice: [DialogLine<ControlID>] {
    guard case .enableBearer = change else { return [] }
    let options = SecurityLevel.allCases.enumerated().flatMap { index, level in
      [DialogPiece<ControlID>.option(.level, index, SafeText(level.name)), .text("   ")]
    }
    return [.blank, .row([.text("Begin at  ")] + options)]
  }

  // MARK: - The change

  private func lead(_ plan: Plan) -> [DialogLine<ControlID>] {
    let shift = plan.impact.change
    if shift.isRaise {
      let alarm =
        shift.to.level == .maximum ? Guidance.onlyBearerWorks : Guidance.migrationRequired
      return [.text(alarm, .danger)]
        + registering(Guidance.acceptanceChanges(shift, integrations: integrations))
    }
    var lines: [DialogLine<ControlID>] = []
    switch change {
    case .enableBearer: lines.append(.text(Guidance.enableBearer))
    case .expiration:
      lines.append(.text(Guidance.expirationHolds))
      if plan.policy.tokenMaximum == nil {
        lines.append(.text(Guidance.expirationIdle, .warning))
      }
    case .passwordsAtHigh where plan.policy.mode != .bearer || plan.policy.level != .high:
      lines.append(.text(Guidance.passwordsLater))
    case .passwordsAtHigh(.registered): lines.append(.text(Guidance.passwordsOfListed))
    case .passwordsAtHigh(.all): lines.append(.text(Guidance.passwordsOfAll, .warning))
    case .roles where shift.withdrawn.contains { $0.permissions.contains(.useAPI) }:
      lines.append(.text(Guidance.losingAPI, .danger))
    case .roles: lines.append(.text(Guidance.rolesHold))
    default: break
    }
    if shift.leavesBearer { lines.append(.text(Guidance.leavingBearer, .danger)) }
    if shift.isLowering { lines.append(.text(Guidance.lowering(shift, counts), .warning)) }
    return lines
  }

  /// What each kind of credential is to expect, and the way to let password clients go on.
  private func registering(_ texts: [SafeText]) -> [DialogLine<ControlID>] {
    guard unlisted > 0, isPermitted, let last = texts.last else { return texts.map { .text($0) } }
    return texts.dropLast().map { .text($0) } + [
      .row([.text(last + "   "), .button(.register, registerLabel)])
    ]
  }

  private var registerLabel: SafeText {
    unlisted == 1
      ? "Register this password client"
      : "Register these " + .count(unlisted) + " password clients"
  }

  private func changes(_ plan: Plan) -> [DialogLine<ControlID>] {
    switch change {
    // The title says it.
    case .level, .rollback(_, _, true): []
    default:
      [.text("What changes", .title)]
        + plan.changeLines.map { .row([.text("  "), .text($0)]) } + people(plan)
    }
  }
}
