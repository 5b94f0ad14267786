import Access
package import TerminalKit

/// Asks whose passwords work at level High.
package struct PasswordsDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case passwords, cancel, review }

  private static let options: [PasswordsAtHigh] = [.registered, .all]

  private let inForce: PasswordsAtHigh
  package var form: Form<ControlID>
  package var scroll = 0

  init(_ inForce: PasswordsAtHigh) {
    self.inForce = inForce
    let chosen = Self.options.firstIndex(of: inForce) ?? 0
    form = Form(
      [
        .init(.passwords, .choice(Choice(count: Self.options.count, chosen: chosen))),
        .init(.cancel, .button), .init(.review, .button, isEnabled: false),
      ], focus: .cancel)
  }

  private var chosen: PasswordsAtHigh {
    let index = form.chosen(.passwords) ?? 0
    return Self.options.indices.contains(index) ? Self.options[index] : inForce
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    Dialog(
      title: "Passwords at High",
      lines: [
        .row([.option(.passwords, 0, "Listed: those of essential integrations")]),
        .row([.text("    "), .text(Guidance.passwordsOfListed, .muted)]),
        .row([.option(.passwords, 1, "Everyone's")]),
        .row([.text("    "), .text(Guidance.passwordsOfAll, .muted)]),
        .blank, .text(Guidance.passwordsElsewhere, .muted),
      ], buttons: [(.cancel, "Cancel"), (.review, "Review")],
      hint: "Tab next   Space choose   Enter press   Esc cancel", columns: 72)
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    form.setEnabled(.review, chosen != inForce)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    context.close()
    if button == .review {
      context.open(WarningDialog(.passwordsAtHigh(chosen), returningTo: self))
    }
  }
}
