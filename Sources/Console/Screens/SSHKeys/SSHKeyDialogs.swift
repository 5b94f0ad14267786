package import Access
package import TerminalKit

/// Takes a public key that was pasted, or the path of its file.
package struct SSHKeyDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case key, cancel, add }

  private let login: Login
  private var failure: FailureText?
  package var form = Form<ControlID>(
    [
      .init(.key, .field(TextField(limit: 8192))), .init(.cancel, .button),
      .init(.add, .button, isEnabled: false),
    ], focus: .cancel)
  package var scroll = 0

  init(_ login: Login) { self.login = login }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    Dialog(
      title: "An SSH key for \(login)",
      lines: [
        .text(scene.remote == nil ? Guidance.sshKey + " " + Guidance.sshKeyFile : Guidance.sshKey),
        .blank, .row([.text("Key  "), .field(.key, columns: 66)]),
      ] + DialogLine.refusal(failure),
      buttons: [(.cancel, "Cancel"), (.add, "Add the key")],
      hint: "Tab next   Esc cancel   gatehouse account ssh-key add \(login) FILE")
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    failure = nil
    form.setEnabled(.add, form.text(.key).contains { $0 != " " })
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .add:
      let text = form.text(.key).trimmed
      // No key begins like this.
      if text.hasPrefix("/") || text.hasPrefix("~/") {
        context.read(file: text)
      } else {
        context.perform(.addSSHKey(login, text: text))
      }
    default: context.close()
    }
  }

  package mutating func read(_ result: Result<String, FailureText>, _ context: inout Context) {
    switch result {
    case .success(let text): context.perform(.addSSHKey(login, text: text))
    case .failure(let failure): self.failure = failure
    }
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    failure = context.conclude(change, result)
  }
}

/// Asks before a key is taken away.
package struct RemoveSSHKeyDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case cancel, remove }

  private let key: SSHKey
  private var failure: FailureText?
  package var form = Form<ControlID>(
    [.init(.cancel, .button), .init(.remove, .button)], focus: .cancel)
  package var scroll = 0

  init(_ key: SSHKey) { self.key = key }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    Dialog(
      title: "Remove an SSH key of \(key.owner)", titleStyle: .warning,
      lines: [
        .text(SafeText(key.kind + " " + key.comment)), .text(SafeText(key.fingerprint)), .blank,
        .text(Guidance.removingSSHKey),
      ] + DialogLine.refusal(failure),
      buttons: [(.cancel, "Cancel"), (.remove, "Remove it")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse account ssh-key remove", columns: 72)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .remove: context.perform(.removeSSHKey(key.id))
    default: context.close()
    }
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    failure = context.conclude(change, result)
  }
}
