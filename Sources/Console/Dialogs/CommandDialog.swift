import Access
package import TerminalKit

/// Shows the command that does or shows the same as the screen, to be copied.
package struct CommandDialog: FormDialog {
  package var applies: Bool { false }

  package enum ControlID: Hashable, Sendable { case copy, close }

  /// As it is typed where the console runs.
  let command: String
  /// As it is typed on the user's own machine, where the console was reached over SSH.
  let overSSH: String?
  package var form = Form<ControlID>(
    [.init(.close, .button), .init(.copy, .button)], focus: .close)
  package var scroll = 0

  init(_ command: String, remote: String?) {
    self.command = command
    // What sshd starts is `gatehouse` already.
    let name = "gatehouse "
    overSSH = remote.map { remote in
      "ssh \(remote) \(command.hasPrefix(name) ? String(command.dropFirst(name.count)) : command)"
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = [.text(SafeText(command), .accent)]
    if let overSSH {
      lines += [.blank, .text("From your own machine:"), .text(SafeText(overSSH), .accent)]
    }
    return Dialog(
      title: "The command that does the same", lines: lines,
      buttons: [(.close, "Close"), (.copy, "Copy")], hint: "Tab next   Enter press   Esc close")
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    if button == .copy { context.copy(overSSH ?? command) }
    context.close()
  }
}
