import Access
package import TerminalKit

/// Asks how much of an earlier revision is to come back: the level alone, or all of it.
package struct UndoDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case cancel, level, whole }

  let number: Int
  private var earlier: RevisedPolicy?
  private var failure: FailureText?
  package var form = Form<ControlID>(
    [
      .init(.cancel, .button), .init(.level, .button, isEnabled: false),
      .init(.whole, .button, isEnabled: false),
    ], focus: .cancel)
  package var scroll = 0

  init(to number: Int) { self.number = number }

  package mutating func appear(_ context: inout Context) {
    context.ask(.revision(number), as: "revision")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.revision(let revised)):
      earlier = revised
      let current = context.session.policy
      let earlier = revised.policy
      form.setEnabled(
        .level,
        earlier.level != current.level && earlier.mode == .bearer && current.mode == .bearer)
      form.setEnabled(.whole, earlier != current)
    case .success: break
    case .failure(let failure): self.failure = failure
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = []
    var level: SafeText = "Level back"
    if let failure {
      lines.append(.text(SafeText(failure.description), .danger))
    } else if let earlier {
      let current = scene.session.policy
      level = "Level back to \(earlier.policy.level.name)"
      lines = [
        .text(SafeText(Guidance.undoChoice(number))), .blank,
        .text("Level alone", .title),
        .text(
          form.isEnabled(.level)
            ? "  Security level: \(current.level.name) to \(earlier.policy.level.name)"
            : current.level == earlier.policy.level
              ? "  It is \(current.level.name) in both." : "  The level is locked outside bearer.",
          form.isEnabled(.level) ? .plain : .muted),
        .blank, .text("Whole revision \(number), with all of this", .title),
      ]
      let differences = current.differences(to: earlier.policy)
      lines += differences.map { .row([.text("  "), .text(SafeText($0.line))]) }
      if differences.isEmpty { lines.append(.text("  Nothing differs.", .muted)) }
      lines += [.blank, .text(Guidance.undoLimits, .muted)]
    } else {
      lines.append(.text("Reading …", .muted))
    }
    return Dialog(
      title: "Undo: back to revision \(number)", titleStyle: .warning, lines: lines,
      buttons: [
        (.cancel, "Cancel"), (.level, level), (.whole, "Whole revision \(number)"),
      ], hint: "Tab next   Enter press   Esc cancel   then the plan is shown first")
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    context.close()
    guard button != .cancel, let earlier else { return }
    context.review(
      .rollback(to: number, policy: earlier.policy, levelOnly: button == .level))
  }
}
