import Access
package import TerminalKit

/// One account with all that is known of it, and the ways to what it holds.
package struct AccountScreen: Screen {
  package enum Command: Hashable, Sendable { case edit, end, password }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.open, "open", help: "the tokens, legacy keys or SSH keys that it holds"),
    .own("e", .edit, "edit", help: "edit name, mail, kind, contact and roles"),
    .own("d", .end, "deactivate", help: "deactivate it, or take that back; asks first"),
    .own("p", .password, "password", help: "set or remove its password"),
    .everywhere(.copy, "copy login", help: "copy the login", isInFooter: false),
    .everywhere(.back, "back", help: "back to the list"),
  ])

  /// What the account holds that has a list of its own.
  private enum Holding: CaseIterable, Hashable, Sendable { case tokens, keys, sshKeys }

  /// As the list had it, until it is read.
  private var row: AccountRow
  private var details: AccountDetails?
  private var failure: FailureText?
  private var holding = Holding.tokens
  private var top = 0

  init(_ row: AccountRow) { self.row = row }

  package var title: SafeText { "Account " + SafeText(row.login) }

  package func commandLine(_ scene: Scene) -> String? { "gatehouse account show \(row.login)" }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .everywhere(.open):
      switch holding {
      case .tokens: "its tokens"
      case .keys: "its legacy keys"
      case .sshKeys: "its SSH keys"
      }
    case .own(.end): row.isActive ? usual : "reactivate"
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.account(row.login), as: "account")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.account(let details)):
      self.details = details
      row = AccountRow(details, id: row.id, cursor: row.cursor, context.session.policy)
      failure = nil
    case .success: break
    case .failure(let failure):
      self.failure = failure
      context.fail(failure)
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    let login: Login
    do throws(NameError) { login = try Login(parsing: row.login) } catch {
      return context.fail(FailureText(error))
    }
    switch command {
    case .edit: context.open(AccountDialog(editing: login, under: context.session.policy))
    case .end: AccountStateDialog.open(for: [row], &context)
    case .password: context.open(PasswordDialog(login, isReplacing: row.hasPassword))
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(.up) where top == 0:
      holding = Holding.allCases.prefix { $0 != holding }.last ?? holding
    case .move(.down) where top == 0 && holding != .sshKeys:
      holding = Holding.allCases.drop { $0 != holding }.dropFirst().first ?? holding
    case .move(let movement):
      var text = text(context.scene, columns: context.body.columns)
      text.move(movement, height: Self.textRows(context.body))
      top = text.top
    case .open where holding == .sshKeys:
      if let login = try? Login(parsing: row.login) { context.push(SSHKeysScreen(login)) }
    case .open:
      context.go(
        to: holding == .tokens ? .tokens : .migration,
        filter: "owner:" + FilterTerm.quoted(row.login))
    case .copy: context.copy(row.login)
    default: break
    }
  }

  // MARK: - Drawing

  /// Title, what it holds, and a blank row.
  private static let headRows = 5

  private static func textRows(_ size: Size) -> Int { max(size.rows - headRows, 0) }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, body) = rect.splitRows(Self.headRows)
    let text = text(scene, columns: rect.columns)
    let position = text.position(height: body.rows)
    frame.canvas.put(
      title, at: Point(column: head.column + 1, row: head.row), style: .title,
      maxWidth: head.columns - position.width - 3)
    frame.canvas.put(position + " ", endingAt: head.endColumn, row: head.row, style: .accent)
    let menu = Menu(
      count: Holding.allCases.count, cursor: Holding.allCases.firstIndex(of: holding) ?? 0)
    let rows = Rect(column: head.column, row: head.row + 1, columns: head.columns, rows: 3)
    let count = details.map { ($0.liveTokens, $0.liveKeys) } ?? (row.liveTokens, row.liveKeys)
    frame.cursor = menu.draw(on: &frame.canvas, in: rows) { index in
      switch index {
      case 0: TableCell(.count(count.0, "live token"))
      case 1: TableCell(.count(count.1, "legacy key"))
      default: TableCell(details.map { .count($0.sshKeys.count, "SSH key") } ?? "SSH keys")
      }
    }
    text.draw(on: &frame.canvas, in: body)
  }

  private func text(_ scene: Scene, columns: Int) -> ScrollText {
    let facts = details.map { AccountFacts($0, scene) } ?? AccountFacts(row, scene.session.policy)
    let trouble = failure.map { [ScrollText.Line(SafeText($0.description), .danger)] } ?? []
    return ScrollText(
      (trouble + facts.lines(columns: columns - 3)).flatMap { line in
        line.text.wrapped(to: columns - 3).map { ScrollText.Line("  " + $0, line.style) }
      }, top: top)
  }
}

extension AccountRow {
  /// The row that details would be listed as.
  init(_ details: AccountDetails, id: String, cursor: RowCursor, _ policy: Policy) {
    let account = details.account
    self.init(
      id: id, login: account.login.text, name: account.name, kind: account.kind,
      isActive: account.isActive,
      roles: policy.roles.filter { account.roles.contains($0.id) }.map(\.name)
        + account.roles.filter { policy.role($0) == nil }.map { "\($0) (absent)" },
      liveTokens: details.liveTokens, liveKeys: details.liveKeys,
      hasPassword: account.hasPassword, cursor: cursor)
  }
}
