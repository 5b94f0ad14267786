package import Access
package import TerminalKit

/// Sets a password, typed twice, or removes it: one's own, or that of another account.
package struct PasswordDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case password, again, cancel, set, remove }

  private let login: Login
  private let isReplacing: Bool
  /// Why the last attempt came to nothing.
  private var failure: FailureText?
  package var form: Form<ControlID>
  package var scroll = 0

  init(_ login: Login, isReplacing: Bool) {
    self.login = login
    self.isReplacing = isReplacing
    form = Form(
      [
        .init(.password, .field(TextField(limit: 1024, isSecret: true))),
        .init(.again, .field(TextField(limit: 1024, isSecret: true))),
        .init(.cancel, .button), .init(.set, .button, isEnabled: false),
        .init(.remove, .button, isEnabled: isReplacing),
      ], focus: .cancel)
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let isOwn = login == scene.session.account.login
    var buttons: [(id: ControlID, label: SafeText)] = [(.cancel, "Cancel"), (.set, "Set password")]
    if isReplacing { buttons.append((.remove, "Remove the password")) }
    return Dialog(
      title: "Password of \(login)",
      lines: [
        .text(Guidance.password(isOwn: isOwn, isReplacing: isReplacing)), .blank,
        .row([.text("New password  "), .field(.password, columns: 42)]),
        .row([.text("Once more     "), .field(.again, columns: 42)]),
        .text(verdict, .muted),
      ] + DialogLine.refusal(failure), buttons: buttons,
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
    failure = nil
    form.setEnabled(
      .set, (8...1024).contains(password.utf8.count) && password == form.text(.again))
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .set: context.perform(.setPassword(login, Secret(form.text(.password).utf8)))
    case .remove: context.perform(.setPassword(login, nil))
    default: context.close()
    }
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    failure = context.conclude(change, result)
  }
}

extension DialogLine {
  /// A refusal as a dialog shows it: whole, where the footer would cut it.
  static func refusal(_ failure: FailureText?) -> [DialogLine] {
    failure.map { [.blank, .text(SafeText($0.description), .danger)] } ?? []
  }
}

extension Context {
  /// Says what a change came to and closes the dialog; where it was refused the reason is returned,
  /// for the dialog to show, and nothing of what was typed is lost.
  mutating func conclude(
    _ change: Change, _ result: Result<Outcome, FailureText>
  ) -> FailureText? {
    if case .failure(let failure) = result { return failure }
    report(change, result)
    close()
    return nil
  }
}
