import Access
package import TerminalKit

/// Sets one's own password, typed twice.
package struct OwnPasswordDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case password, again, cancel, set }

  private let login: Login
  private let isReplacing: Bool
  package var form = Form<ControlID>(
    [
      .init(.password, .field(TextField(limit: 1024, isSecret: true))),
      .init(.again, .field(TextField(limit: 1024, isSecret: true))),
      .init(.cancel, .button), .init(.set, .button, isEnabled: false),
    ], focus: .cancel)
  package var scroll = 0

  init(_ account: Account) {
    login = account.login
    isReplacing = account.hasPassword
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    Dialog(
      title: "Password of \(login)",
      lines: [
        .text(
          isReplacing
            ? "It replaces the one you have, from the next request on."
            : "With it you can call the API where the security level allows passwords."),
        .blank,
        .row([.text("New password  "), .field(.password, columns: 42)]),
        .row([.text("Once more     "), .field(.again, columns: 42)]),
        .text(verdict, .muted),
      ], buttons: [(.cancel, "Cancel"), (.set, "Set password")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse account password \(login)")
  }

  /// What is still missing.
  private var verdict: SafeText {
    let password = form.text(.password)
    let length = password.utf8.count
    return switch () {
    case _ where length == 0: "8 to 1,024 bytes."
    case _ where length < 8: .count(8 - length, "byte") + " too short."
    case _ where length > 1024: .count(length - 1024, "byte") + " too long."
    case _ where password != form.text(.again): "The two are not the same yet."
    default: "Ready."
    }
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    let password = form.text(.password)
    form.setEnabled(
      .set, (8...1024).contains(password.utf8.count) && password == form.text(.again))
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .set: context.perform(.setPassword(login, Secret(form.text(.password).utf8)))
    default: context.close()
    }
  }
}
