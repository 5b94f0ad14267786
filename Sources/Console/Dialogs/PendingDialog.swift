import Access
package import TerminalKit

/// Asks whether a pending revision is to be kept or taken back; one key does neither.
package struct PendingDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case leave, keep, cancel }

  let pending: Revision
  package var form: Form<ControlID>
  package var scroll = 0

  init(_ pending: Revision, mayDecide: Bool) {
    self.pending = pending
    form = Form(
      [
        .init(.leave, .button), .init(.keep, .button, isEnabled: mayDecide),
        .init(.cancel, .button, isEnabled: mayDecide),
      ], focus: .leave)
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = [
      .text(SafeText(pending.summary)),
      .text(
        "by \(pending.author), " + scene.zone.minute(pending.at) + ", " + pending.at.ago(scene.now),
        .muted),
    ]
    if !pending.reason.isEmpty { lines.append(.text("Reason: " + SafeText(pending.reason))) }
    lines.append(.blank)
    lines += ending(scene)
    if !form.isEnabled(.keep) {
      lines += [
        .blank,
        .text(
          SafeText(Guidance.noPermission(.manageSettings, contact: scene.session.contact)), .muted),
      ]
    }
    return Dialog(
      title: "Revision \(pending.number) is pending", titleStyle: .warning, lines: lines,
      buttons: [(.leave, "Leave"), (.keep, "Keep it"), (.cancel, "Cancel it now")],
      hint: "Tab next   Enter press   Esc leave   gatehouse revision confirm")
  }

  /// How it ends by itself, and what that brings back.
  private func ending(_ scene: Scene) -> [DialogLine<ControlID>] {
    let standing = scene.session.standing
    guard let deadline = pending.deadline, let fallback = standing.fallback,
      standing.pending?.number == pending.number
    else {
      return [.text("It is pending no longer: somebody decided, or its time ran out.", .warning)]
    }
    let back = standing.policy.differences(to: fallback.policy)
    return [
      .text("Takes itself back in " + deadline.countdown(scene.now) + ", or when cancelled:"),
      .text("then revision \(fallback.revision.number) is in force again.", .plain),
    ] + back.map { .text("  " + SafeText($0.line), .accent) }
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .leave: context.close()
    case .keep: context.perform(.confirmRevision(pending.number))
    case .cancel: context.perform(.cancelRevision(pending.number))
    }
  }
}
