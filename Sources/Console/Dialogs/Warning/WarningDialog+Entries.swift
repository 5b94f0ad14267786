import Access
import TerminalKit

// What the dialog asks for: fields, choices, ticks, and what to make sure of.
extension WarningDialog {
  func tokens(_ plan: Plan) -> [DialogLine<ControlID>] {
    let count = plan.impact.tokensBeyondMaximum
    guard count > 0 else { return [] }
    let tokens = SafeText.count(count, "token") + (count == 1 ? " outlives" : " outlive")
    guard choosesExisting else {
      let kept: SafeText = count == 1 ? " and keeps its end." : " and keep their ends."
      let isNew = plan.impact.change.from.tokenMaximum != plan.policy.tokenMaximum
      return isNew ? [.text(tokens + " the policy" + kept)] : []
    }
    return [
      .text(tokens + " the new maximum. What becomes of " + (count == 1 ? "it:" : "them:")),
      .row([.option(.existing, 0, "keep as it is: nothing stops")]),
      .row([
        .option(.existing, 1, "end spread over "), .field(.days, columns: 7),
        .text(" days" + share(plan.impact)),
      ]),
      .row([
        .option(.existing, 2, "end on "), .field(.date, columns: 13),
        .text(" at the first moment of that day, UTC"),
      ]),
      .row([.option(.existing, 3, "end at once")]),
    ]
  }

  /// How many end on a day at the most, once the days are a number.
  private func share(_ impact: Impact) -> SafeText {
    guard let days = Int(form.text(.days).trimmed), (1...3650).contains(days) else { return "" }
    let share = ExistingTokens.share(
      of: impact.tokensBeyondMaximum, over: days, endingOn: impact.beyondMaximumEnding)
    return ", at most " + .count(share) + " a day"
  }

  func entries(_ plan: Plan) -> [DialogLine<ControlID>] {
    var lines: [DialogLine<ControlID>] = []
    if plan.impact.unreviewed > 0, !isMaximum {
      lines.append(.text(Guidance.overriding(plan.impact.unreviewed), .warning))
    }
    lines += [
      .row([
        .text("Reason          "), .field(.reason, columns: needsReason ? 60 : 48),
        .text(needsReason ? "" : "  optional", .muted),
      ]),
      deadlineLine,
    ]
    let others = missing.filter { $0 != "the name" }
    let words = others.dropFirst().reduce(others.first ?? "") { $0 + ", " + $1 }
    if let level = nameToType {
      let name = SafeText(level.rawValue.uppercased())
      let state: (SafeText, Style) =
        !others.isEmpty
        ? ("  missing: " + words, .warning)
        : isNameTyped
          ? ("  both Apply buttons are open", .ok) : ("  opens the two Apply buttons", .muted)
      lines.append(
        .row([
          .text(("Type " + name).padded(to: 16)), .field(.typed, columns: 10),
          .text(state.0, state.1),
        ]))
    } else if !others.isEmpty {
      lines.append(.text("Missing: " + words, .warning))
    }
    return lines
  }

  private var deadlineLine: DialogLine<ControlID> {
    let note: (SafeText, Style) =
      endsTokens
      ? ("  ended tokens do not come back: Apply to stay", .warning)
      : deadline == nil
        ? ("  no deadline: write 1m to 24h, like 10m", .danger)
        : ("  unless kept; 1m to 24h", .muted)
    return .row([
      .text("Take back after "), .field(.within, columns: 10), .text(note.0, note.1),
    ])
  }

  // MARK: - What to make sure of

  func ticks(_ plan: Plan, _ scene: Scene) -> [DialogLine<ControlID>] {
    guard isMaximum else { return [] }
    let use = plan.impact.administratorUse
    let facts: [Int: SafeText] = [
      2: plan.impact.observedSeconds == nil
        ? "; no traffic was watched"
        : "; " + plan.impact.watched + " would not show them",
      3: use.map { "  last: " + SafeText($0.login) + ", " + $0.at.ago(scene.now) }
        ?? "  none was seen",
    ]
    var lines: [DialogLine<ControlID>] = [
      .text("Tick each with Space once you have made sure of it:")
    ]
    let last = Guidance.beforeMaximum.indices.last
    for (index, text) in Guidance.beforeMaximum.enumerated() {
      let label = text + (facts[index] ?? "")
      lines.append(
        index == last
          ? .row([.tick(.tick(index), label + " "), .field(.contact, columns: 32)])
          : .row([.tick(.tick(index), label)]))
    }
    return lines + [.text(Guidance.afterMaximum, .muted)]
  }

  func considerations(_ plan: Plan) -> [DialogLine<ControlID>] {
    guard plan.impact.change.isRaise, !isMaximum else { return [] }
    let items = Guidance.beforeHigh(
      observed: plan.impact.observedSeconds.map(SafeText.span(seconds:)),
      deadline: deadline ?? Commitment.defaultDeadline)
    return [.text("Make sure of this before you apply:", .title)]
      + items.enumerated().map { .row([.text(" \($0.offset + 1) "), .text($0.element)]) }
  }
}
