import Access
package import TerminalKit

/// Asks for the reason of a change of the policy, and makes it.
package struct ChangeDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case reason, cancel, apply }

  let change: PolicyChange
  /// The revision in force when it was opened; another one meanwhile is a refusal.
  private var base: Int?
  package var form = Form<ControlID>(
    [
      .init(.reason, .field(TextField(limit: 200))), .init(.cancel, .button),
      .init(.apply, .button),
    ], focus: .cancel)
  package var scroll = 0

  init(_ change: PolicyChange) { self.change = change }

  package mutating func appear(_ context: inout Context) {
    base = context.session.standing.current.revision.number
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let after = try? change.applied(to: scene.session.policy)
    let differences = after.map { scene.session.policy.differences(to: $0) } ?? []
    return Dialog(
      title: "Change the policy",
      lines: differences.map { .text(SafeText($0.line)) } + [
        .blank, .row([.text("Reason  "), .field(.reason, columns: 50)]),
      ],
      buttons: [(.cancel, "Cancel"), (.apply, "Apply")],
      hint: "Tab next   Enter press   Esc cancel")
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .apply:
      context.perform(.revise(change, Commitment(base: base, reason: form.text(.reason))))
    case .cancel, .reason: context.close()
    }
  }
}
