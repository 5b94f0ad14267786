import Access
package import TerminalKit

// What the dialog says: the change, what stops, what to make sure of, and what is missing.
extension WarningDialog {
  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = []
    if let failure {
      lines.append(.text(SafeText(failure.description), .danger))
    } else if let plan {
      lines = lead(plan) + figures(plan, scene) + considerations(plan, scene) + entries(plan)
    } else {
      lines = [.text("Counting what would stop …", .muted)] + levelChoice
    }
    let back = deadline.map { "Apply, back in \($0)" } ?? "Apply with a deadline"
    return Dialog(
      title: title, titleStyle: shift?.isRaise == true ? .danger : .warning, lines: lines,
      buttons: [
        (.cancel, "Cancel"), (.applyBack, SafeText(back)), (.applyStay, "Apply to stay"),
      ], hint: "Tab next   Space tick   Enter press   Esc cancel   PgDn more", columns: 78)
  }

  private var title: SafeText {
    switch change {
    case .enableBearer: "Enable Bearer support"
    case .level(let level) where shift?.isLowering == true:
      "Lower the level to " + SafeText(level.name)
    case .level(let level): "Raise the level to " + SafeText(level.name)
    case .passwordsAtHigh: "Change whose passwords work at High"
    case .expiration: "Change the expiration policy"
    case .roles: "Change roles and permissions"
    case .property(let key, _): "Change " + SafeText(key.rawValue)
    case .rollback(let number, _, true): "Level back to that of revision \(number)"
    case .rollback(let number, _, false): "Back to revision \(number)"
    case .document: "Apply a policy document"
    }
  }

  private var levelChoice: [DialogLine<ControlID>] {
    guard case .enableBearer = change else { return [] }
    return [
      .blank,
      .row(
        [.text("Begin at  ")]
          + SecurityLevel.allCases.enumerated().flatMap { index, level in
            [
              DialogPiece<ControlID>.option(.level, index, SafeText(level.name)), .text("   "),
            ]
          }),
    ]
  }

  private func lead(_ plan: Plan) -> [DialogLine<ControlID>] {
    let shift = plan.impact.change
    var lines: [DialogLine<ControlID>] = []
    switch change {
    case .enableBearer where !shift.isRaise: lines.append(.text(Guidance.enableBearer))
    case .enableBearer(let level), .level(let level):
      if shift.isRaise {
        lines.append(.text("MIGRATION REQUIRED. Everyone is affected, at once.", .danger))
      }
      if !shift.isLowering { lines.append(.text(Guidance.level(level))) }
    default: break
    }
    lines += levelChoice
    if shift.leavesBearer { lines.append(.text(Guidance.leavingBearer, .danger)) }
    if shift.isLowering { lines.append(.text(Guidance.loweringLead, .warning)) }
    let differences = sentences(plan).map {
      DialogLine<ControlID>.row([.text("  "), .text($0)])
    }
    return lines + (lines.isEmpty ? [] : [.blank]) + [.text("What changes", .title)] + differences
      + people(plan)
  }

  private func figures(_ plan: Plan, _ scene: Scene) -> [DialogLine<ControlID>] {
    let impact = plan.impact
    guard Self.showsFigures(plan) else { return [] }
    var lines: [DialogLine<ControlID>] = [.blank]
    lines += LevelFigure.all(of: impact).map { .text($0.text, $0.style) }
    for credential in impact.first.prefix(4) {
      let use = credential.lastUsedAt.ago(scene.now, never: "never seen")
      let kind = SafeText(credential.kind.name)
      let name = SafeText(credential.label).truncated(to: 22).padded(to: 23)
      let owner = SafeText(credential.owner).truncated(to: 16).padded(to: 17)
      lines.append(
        .row([
          .text("  "), .text(name), .text(owner), .text(kind.padded(to: 13), .muted),
          .text(use),
        ]))
    }
    if impact.stops > 0 {
      lines.append(
        .row([.text("  "), .button(.showAll, "Show all " + .count(impact.stops))]))
    }
    lines.append(.text("Known from " + impact.observed + ".", .muted))
    return lines
  }

  private func considerations(_ plan: Plan, _ scene: Scene) -> [DialogLine<ControlID>] {
    guard plan.impact.change.isRaise else { return [] }
    if isMaximum {
      let facts: [Int: SafeText] = [
        2: SafeText("; ") + plan.impact.observed + " would not show them",
        3: plan.impact.administratorUse.map {
          "  last: " + SafeText($0.login) + ", " + $0.at.ago(scene.now)
        } ?? "  none has been seen",
      ]
      var lines: [DialogLine<ControlID>] = [
        .blank, .text("Tick each with Space once you have made sure of it:"),
      ]
      for (index, text) in Guidance.beforeMaximum.enumerated() {
        lines.append(.row([.tick(.tick(index), text + (facts[index] ?? ""))]))
      }
      return lines + [
        .row([.text("    "), .field(.contact, columns: 40)]),
        .text(Guidance.afterMaximum, .muted),
      ]
    }
    let items = Guidance.beforeHigh(
      observed: plan.impact.observedSeconds.map(SafeText.span(seconds:)) ?? "0s",
      deadline: deadline ?? Commitment.defaultDeadline)
    return [.blank, .text("Make sure of this first:", .title)]
      + items.enumerated().map { .text("  \($0.offset + 1). " + $0.element) }
  }

  private func entries(_ plan: Plan) -> [DialogLine<ControlID>] {
    var lines: [DialogLine<ControlID>] = [.blank]
    if choosesExisting {
      let count = plan.impact.tokensBeyondMaximum
      lines += [
        .text(.count(count, "token") + (count == 1 ? " lives" : " live") + " longer than that."),
        .row([.option(.existing, 0, "keep as they are")]),
        .row([.option(.existing, 1, "end them spread over 14 days")]),
        .row([.option(.existing, 2, "end them now; needs Apply to stay")]),
        .blank,
      ]
    }
    lines += [
      .row([
        .text("Reason           "), .field(.reason, columns: 50),
        .text(needsReason ? "" : "  optional", .muted),
      ]),
      .row([
        .text("Take back after  "), .field(.within, columns: 8),
        .text("  unless kept; 1m to 24h", deadline == nil ? .danger : .muted),
      ]),
    ]
    if let level = nameToType {
      let name = SafeText(level.rawValue.uppercased())
      lines.append(
        .row([.text(("Type " + name).padded(to: 17)), .field(.typed, columns: 10)]))
    }
    let missing = missing
    if missing.isEmpty {
      lines.append(.text("Nothing is missing.", .ok))
    } else {
      let words = missing.dropFirst().reduce(missing.first ?? "") { $0 + ", " + $1 }
      lines.append(.text("Missing: " + words, .warning))
    }
    return lines
  }
}
