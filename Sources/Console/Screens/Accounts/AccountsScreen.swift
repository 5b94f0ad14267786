package import Access
package import TerminalKit

/// Who may be at the API and at the console: all accounts, with what they hold.
package struct AccountsScreen: Screen {
  package enum Command: Hashable, Sendable { case add, edit, end, password }

  package static let keymap = Keymap<ScreenCommand<Command>>(
    [
      .everywhere(.open, "details", help: "all that is known of the account"),
      .own("a", .add, "add", help: "add an account"),
      .own("e", .edit, "edit", help: "edit name, mail, kind, contact and roles"),
      .own(
        "d", .end, "deactivate", help: "deactivate it or the marked ones, or take that back; asks"),
      .own("p", .password, "password", help: "set or remove its password"),
    ] + Binding.browsing(copying: "copy login"))

  package let title: SafeText = "Accounts"
  var list = BrowsedList(AccountSource())
  /// The account under the cursor with all that is known of it, where there is room to show it.
  private(set) var details: AccountDetails?
  /// Whether the marked rows are being read for `d`.
  private var isChoosing = false

  package init() {}

  package var prompt: Prompt? { list.prompt }
  package var isTyping: Bool { list.isTyping }

  package func commandLine(_ scene: Scene) -> String? {
    list.current.map { "gatehouse account show \($0.login)" } ?? "gatehouse account list"
  }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    guard let row = list.current else { return command == .own(.add) ? usual : nil }
    return switch command {
    case .own(.end): list.hasMarks || row.isActive ? usual : "reactivate"
    case .own(.edit), .own(.password): usual
    default: usual
    }
  }

  // MARK: - Reading

  package mutating func appear(isFirst: Bool, _ context: inout Context) {
    if isFirst { list.restart(height: Self.height(context.scene), &context) }
  }

  package mutating func refresh(_ context: inout Context) {
    list.refresh(height: Self.height(context.scene), &context)
    details = nil
    askDetails(&context)
  }

  package mutating func arrive(filter: String, _ context: inout Context) {
    list.show(filter: filter, height: Self.height(context.scene), &context)
  }

  package mutating func rest(_ context: inout Context) {
    list.rest()
    askDetails(&context)
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    if list.receive(reply, height: Self.height(context.scene), &context) {
      return askDetails(&context)
    }
    switch reply.slot {
    case "chosen":
      let wasChoosing = isChoosing
      isChoosing = false
      if wasChoosing, let rows = list.chosen(in: reply, &context) {
        AccountStateDialog.open(for: rows, &context)
      }
    case "beside": if case .success(.account(let details)) = reply.result { self.details = details }
    case "added": if case .success(.accounts(let page)) = reply.result { follow(page, &context) }
    default: break
    }
  }

  /// Reads what is shown beside the list, once the cursor stands still.
  private func askDetails(_ context: inout Context) {
    guard context.body.columns >= Rect.roomForDetail, let row = list.current else { return }
    guard details?.account.login.text != row.login else { return }
    context.ask(.account(row.login), as: "beside", .later)
  }

  // MARK: - Keys

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .add: context.open(AccountDialog(adding: context.session.policy))
    case .edit:
      if let login = current(&context) {
        context.open(AccountDialog(editing: login, under: context.session.policy))
      }
    case .password:
      if let login = current(&context), let row = list.current {
        context.open(PasswordDialog(login, isReplacing: row.hasPassword))
      }
    case .end:
      if let rows = list.chosen(&context) {
        AccountStateDialog.open(for: rows, &context)
      } else {
        isChoosing = true
      }
    }
  }

  /// The login under the cursor.
  private func current(_ context: inout Context) -> Login? {
    guard let row = list.current else { return nil }
    do throws(NameError) { return try Login(parsing: row.login) } catch {
      context.fail(FailureText(error))
      return nil
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .copy: if let row = list.current { context.copy(row.login) }
    case .open: if let row = list.current { context.push(AccountScreen(row)) }
    default: _ = list.perform(command, height: Self.height(context.scene), &context)
    }
  }

  package mutating func type(_ key: Key, _ context: inout Context) {
    _ = list.type(key, height: Self.height(context.scene), &context)
  }

  package mutating func paste(_ text: String, _ context: inout Context) -> Bool {
    list.paste(text, height: Self.height(context.scene), &context).isTaken
  }

  package mutating func changed(
    _ change: Change, _ outcome: Outcome, _ context: inout Context
  ) {
    switch change {
    case .deactivate, .reactivate: list.unmarkAll()
    case .addAccount(let draft):
      guard list.sort == .login, !list.isFiltered else { return }
      context.ask(
        .accounts(
          PageRequest(
            filter: AccountFilter(words: [draft.login.text]), sort: .login,
            isDescending: list.isDescending, limit: 50)), as: "added")
      added = draft.login
    default: break
    }
    details = nil
  }

  /// The account just added, until the cursor was put on it.
  private var added: Login?

  private mutating func follow(_ page: Page<AccountRow>, _ context: inout Context) {
    guard let row = page.rows.first(where: { $0.login == added?.text }) else { return }
    added = nil
    list.go(to: row, height: Self.height(context.scene), &context)
  }

  static func height(_ scene: Scene) -> Int {
    scene.body.rows - BrowsedList<AccountSource>.headRows
  }
}
