import Access
package import TerminalKit

/// Who somebody is here, what their roles let them do, and their own password.
package struct MyAccountScreen: Screen {
  package enum Command: Hashable, Sendable { case password }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.open, "SSH keys", help: "the keys with which you come in over SSH"),
    .own("p", .password, "password", help: "set your own password"),
    .everywhere(.copy, "copy login", help: "copy your login", isInFooter: false),
  ])

  package let title: SafeText = "My account"

  /// What the account holds; arrives after the first frame.
  private var details: AccountDetails?
  /// The first line shown where not all of it fits.
  private var top = 0

  package init() {}

  package func commandLine(_ scene: Scene) -> String? { "gatehouse whoami" }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.account(context.session.account.login.text), as: "account", .later)
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.account(let details)): self.details = details
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .password:
      let account = context.session.account
      context.open(PasswordDialog(account.login, isReplacing: account.hasPassword))
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      var text = text(context.scene, columns: context.body.columns)
      text.move(movement, height: Self.height(text, context.body.rows))
      top = text.top
    case .open: context.push(SSHKeysScreen(context.session.account.login))
    case .copy: context.copy(context.session.account.login.text)
    default: break
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let text = text(scene, columns: rect.columns)
    let height = Self.height(text, rect.rows)
    text.draw(on: &frame.canvas, in: rect.splitRows(height).top)
    frame.canvas.put(
      text.position(height: height), endingAt: rect.endColumn - 1, row: rect.endRow - 1,
      style: .accent)
    frame.cursor = rect.origin
  }

  /// The rows for the text; the last one says where one is if not all of it fits.
  private static func height(_ text: ScrollText, _ rows: Int) -> Int {
    text.lines.count > rows ? rows - 1 : rows
  }

  private func text(_ scene: Scene, columns: Int) -> ScrollText {
    let inner = columns - 2
    let lines = lines(scene).flatMap { line in
      line.text.wrapped(to: inner).map { ScrollText.Line(" " + $0, line.style) }
    }
    return ScrollText(lines, top: top)
  }

  private func lines(_ scene: Scene) -> [ScrollText.Line] {
    identity(scene) + access(scene) + roles(scene)
  }

  private func identity(_ scene: Scene) -> [ScrollText.Line] {
    let account = scene.session.account
    let name = account.name.isEmpty ? "" : ", " + SafeText(account.name)
    var lines: [ScrollText.Line] = [
      .init(SafeText(account.login.text) + name, .title),
      .init(account.kind == .person ? "A person's account." : "A service account."),
    ]
    if !account.mail.isEmpty { lines.append(.init("Mail      " + SafeText(account.mail))) }
    if !account.contact.isEmpty { lines.append(.init("Contact   " + SafeText(account.contact))) }
    lines.append(.init("Password  " + (account.hasPassword ? "set" : "none") + "; p sets one"))
    if let details {
      lines.append(
        .init(
          "Holds     " + .count(details.liveTokens, "live token") + ", "
            + .count(details.liveKeys, "legacy key")))
      let keys = details.sshKeys.isEmpty ? "none" : SafeText.count(details.sshKeys.count, "key")
      lines.append(.init("SSH       " + keys + "; Enter shows and adds them"))
      if let integration = details.integration {
        lines.append(.init("Essential integration: " + SafeText(integration.purpose)))
      }
    }
    return lines + [.init("")]
  }

  private func roles(_ scene: Scene) -> [ScrollText.Line] {
    let names = scene.session.roleNames.map { SafeText($0) }
    let held = Permission.allCases.filter { scene.may($0) }
    let missing = Permission.allCases.filter { !scene.may($0) }
    var lines: [ScrollText.Line] = [.init("Roles", .title)]
    lines += names.isEmpty ? [.init("  none", .muted)] : names.map { .init("  " + $0) }
    if !held.isEmpty {
      lines += [.init(""), .init("They let you", .title)]
      lines += held.map { .init("  " + SafeText($0.name), .ok) }
    }
    if !missing.isEmpty {
      lines += [.init(""), .init("They do not include", .title)]
      lines += missing.map { .init("  " + SafeText($0.name), .muted) }
    }
    return lines
  }

  /// Whether the API can be used, or why not and whom to ask.
  private func access(_ scene: Scene) -> [ScrollText.Line] {
    let contact = scene.session.contact
    let line: ScrollText.Line =
      if !scene.may(.useAPI) {
        .init(SafeText(Guidance.noPermission(.useAPI, contact: contact)), .warning)
      } else if scene.session.policy.mode != .bearer {
        .init(Guidance.mode(scene.session.policy.mode), .warning)
      } else if !scene.may(.createTokens) {
        .init(SafeText(Guidance.noPermission(.createTokens, contact: contact)), .muted)
      } else {
        .init("You may make tokens: 5, then a.", .muted)
      }
    return [line, .init("")]
  }
}
