import Access
import TerminalKit

// The part of the dialog that says which credentials stop.
extension WarningDialog {
  func stops(_ plan: Plan, _ scene: Scene, columns: Int) -> [DialogLine<ControlID>] {
    let impact = plan.impact
    guard impact.stops > 0 else {
      var lines: [DialogLine<ControlID>] = []
      if !impact.change.isLowering, !choosesExisting, Self.showsFigures(plan) {
        lines.append(.text("Nothing that works today stops.", .ok))
      }
      if impact.change.isRaise { lines.append(.text(Guidance.known(impact), .muted)) }
      return lines
    }
    let isRoomy = scene.size.rows >= 34
    if isMaximum, !isRoomy { return brief(impact, scene, columns: columns) }
    let shown = impact.first.prefix(isRoomy ? Impact.firstShown : 3)
    return table(Array(shown), scene, columns: columns) + [
      rest(of: impact, after: Array(shown), scene, columns: columns),
      .text(uses(impact) + alreadyRefused(impact), .muted),
      known(impact),
    ]
  }

  /// How many password clients stop that could be registered before.
  var unlisted: Int {
    guard let shift, shift.listsPasswords else { return 0 }
    return plan?.impact.stopping[.password] ?? 0
  }

  /// From what traffic this is known: what observing the level found says more than the span alone.
  private func known(_ impact: Impact) -> DialogLine<ControlID> {
    guard let observed = impact.observed else { return .text(Guidance.known(impact), .muted) }
    return .text(
      "Observed " + .span(seconds: observed.seconds) + ": " + observed.found
        + ". A yearly job may be missing.", observed.callers > 0 ? .warning : .ok)
  }

  /// As much as fits two lines, where five ticks need the room.
  private func brief(
    _ impact: Impact, _ scene: Scene, columns: Int
  ) -> [DialogLine<ControlID>] {
    let button: SafeText = "See all " + .count(impact.stops)
    let room = columns - button.width - 5
    var text = "Stops: " + kinds(impact)
    for credential in impact.first {
      let use = credential.lastUsedAt.ago(scene.now, never: "never seen")
      let name = "  " + SafeText(credential.label) + " (" + use + ")"
      guard text.width + name.width <= room else { break }
      text += name
    }
    let known = Guidance.known(impact, isBrief: impact.unreviewed > 0)
    let override: SafeText =
      impact.unreviewed > 0
      ? " " + .count(impact.unreviewed) + " in use without a review: you override that." : ""
    return [
      .row([.text(text.padded(to: columns - button.width - 4)), .button(.showAll, button)]),
      .text(known + override, impact.unreviewed > 0 ? .warning : .muted),
    ]
  }

  private func kinds(_ impact: Impact) -> SafeText {
    let parts = CredentialKind.inFigures.compactMap { kind -> SafeText? in
      guard let count = impact.stopping[kind], count > 0 else { return nil }
      let isListed = impact.change.stops(kind) == .listed
      return .count(count, isListed ? "integration" : kind.name)
    }
    return parts.dropFirst().reduce(parts.first ?? "") { $0 + ", " + $1 }
  }

  private static let columns = [
    Column("Stops", minimum: 12), Column("", minimum: 10, ideal: 12, stretch: 1),
    Column("Owner", minimum: 8, ideal: 10, priority: 1), Column("Last used", minimum: 11),
    Column("Client", minimum: 8, ideal: 15, priority: 3),
    Column("Review", minimum: 8, ideal: 9, priority: 2),
  ]

  private func table(
    _ credentials: [StoppingCredential], _ scene: Scene, columns: Int
  ) -> [DialogLine<ControlID>] {
    let layout = ColumnLayout(Self.columns, width: columns)
    return [.text(layout.text(Self.columns.map(\.title)), .muted)]
      + credentials.map { credential in
        let cells: [SafeText] = [
          SafeText(credential.kind.name), SafeText(credential.label), SafeText(credential.owner),
          credential.lastUsedAt.ago(scene.now, never: "never seen"),
          credential.client.map { SafeText($0) } ?? "-", credential.review.words,
        ]
        return .text(layout.text(cells))
      }
  }

  private func rest(
    of impact: Impact, after shown: [StoppingCredential], _ scene: Scene, columns: Int
  ) -> DialogLine<ControlID> {
    let window = impact.change.to.properties.usageWindow
    let left = impact.stops - shown.count
    let used =
      impact.usedWithinWindow
      - shown.count { $0.lastUsedAt.map { $0 >= scene.now - window } ?? false }
    let inUse = min(max(used, 0), left)
    let span = SafeText(window.description)
    let text: SafeText =
      left <= 0
      ? ""
      : inUse == 0
        ? "and " + .count(left) + " with no use in " + span
        : "and " + .count(inUse) + " used in the last " + span
          + (left > inUse ? ", " + .count(left - inUse) + " with no use" : "")
    let button: SafeText = "See all " + .count(impact.stops)
    return .row([
      .text(text.padded(to: columns - button.width - 4), .muted), .button(.showAll, button),
    ])
  }

  private func uses(_ impact: Impact) -> SafeText {
    let window = SafeText(impact.change.to.properties.usageWindow.description)
    return "Used: " + .count(impact.usedWithinDay) + " in 24h, " + .count(impact.usedWithinWeek)
      + " in 7d, " + .count(impact.usedWithinWindow) + " in " + window + "; "
      + .count(impact.ownerCount, "owner")
  }

  private func alreadyRefused(_ impact: Impact) -> SafeText {
    impact.alreadyRefused > 0 ? "; " + .count(impact.alreadyRefused) + " refused already" : ""
  }
}
