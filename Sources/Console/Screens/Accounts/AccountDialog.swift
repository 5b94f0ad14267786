package import Access
package import TerminalKit

/// Adds an account, or edits one with its roles.
///
/// What is saved is what was changed here; what another console changed meanwhile is taken over and
/// shown before anything is saved.
package struct AccountDialog: FormDialog {
  package enum ControlID: Hashable, Sendable {
    case login, name, mail, kind, contact, role(Identifier<Role>), cancel, save
  }

  /// Whom it edits; nil where it adds.
  private let login: Login?
  private let policy: Policy
  /// The account as it was read last; nil until then, and where one is added.
  private var held: Account?
  private var failure: FailureText?
  package var form: Form<ControlID>
  package var scroll = 0

  init(adding policy: Policy) {
    login = nil
    self.policy = policy
    form = Form(
      Self.fields(nil, policy) + Self.buttons(canSave: false), focus: .cancel, start: .login)
  }

  init(editing login: Login, under policy: Policy) {
    self.login = login
    self.policy = policy
    form = Form(Self.buttons(canSave: false), focus: .cancel)
  }

  // MARK: - Reading

  package mutating func appear(_ context: inout Context) {
    if let login { context.ask(.account(login.text), as: "account") }
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.account(let details)) where held == nil:
      held = details.account
      form = Form(
        Self.fields(details.account, policy) + Self.buttons(canSave: false), focus: form.focus)
    case .success(.account(let details)):
      guard reply.slot == "check", let held else { return }
      if details.account == held {
        save(&context)
      } else {
        adopt(details.account)
        failure = FailureText(Guidance.accountChanged)
        form.moveFocus(to: .cancel)
      }
    case .success: break
    case .failure(let failure):
      self.failure = failure
      context.fail(failure)
    }
  }

  /// Takes over what somebody else changed; what was typed here stays.
  private mutating func adopt(_ now: Account) {
    guard let before = held else { return }
    held = now
    for (id, text) in Self.texts where form.text(id) == text(before) {
      form.set(id, to: .field(TextField(text(now), limit: Self.limit(of: id))))
    }
    if chosenKind == before.kind { form.set(.kind, to: Self.kind(now.kind)) }
    for role in choices where form.isTicked(.role(role.id)) == before.roles.contains(role.id) {
      form.set(.role(role.id), to: .tick(now.roles.contains(role.id)))
    }
    form.setEnabled(.save, isReady)
  }

  // MARK: - The form

  private static let texts: [(id: ControlID, text: @Sendable (Account) -> String)] = [
    (.name, { $0.name }), (.mail, { $0.mail }), (.contact, { $0.contact }),
  ]

  private static func limit(of id: ControlID) -> Int { id == .mail ? 254 : 128 }

  private static func kind(_ kind: AccountKind) -> Form<ControlID>.Control {
    .choice(Choice(count: 2, chosen: kind == .person ? 0 : 1))
  }

  private static func fields(_ account: Account?, _ policy: Policy) -> [Form<ControlID>.Item] {
    let login: [Form<ControlID>.Item] =
      account == nil ? [.init(.login, .field(TextField(limit: 64)))] : []
    return login + [
      .init(.name, .field(TextField(account?.name ?? "", limit: limit(of: .name)))),
      .init(.mail, .field(TextField(account?.mail ?? "", limit: limit(of: .mail)))),
      .init(.kind, kind(account?.kind ?? .person)),
      .init(.contact, .field(TextField(account?.contact ?? "", limit: limit(of: .contact)))),
    ]
      + choices(account, policy).map { role in
        .init(.role(role.id), .tick(account?.roles.contains(role.id) ?? false))
      }
  }

  private static func buttons(canSave: Bool) -> [Form<ControlID>.Item] {
    [.init(.cancel, .button), .init(.save, .button, isEnabled: canSave)]
  }

  /// The roles to choose from; one that the policy no longer has can be kept or taken away.
  private static func choices(
    _ account: Account?, _ policy: Policy
  ) -> [(id: Identifier<Role>, name: String)] {
    policy.roles.map { ($0.id, $0.name) }
      + (account?.roles ?? []).filter { policy.role($0) == nil }.map { ($0, "\($0) (absent)") }
  }

  private var choices: [(id: Identifier<Role>, name: String)] { Self.choices(held, policy) }

  private var chosenKind: AccountKind { form.chosen(.kind) == 1 ? .service : .person }

  private var chosenRoles: [Identifier<Role>] {
    choices.map(\.id).filter { form.isTicked(.role($0)) }
  }

  /// Names of roles, as a command takes them; ids where the policy has none.
  private var roleNames: [String] { chosenRoles.map { policy.role($0)?.name ?? $0.text } }

  /// What is typed, or what is wrong with it.
  private var draft: Result<AccountDraft, FailureText> {
    do throws(NameError) {
      let login =
        if let login { login } else { try Login(parsing: form.text(.login).trimmed) }
      return .success(
        try AccountDraft(
          login: login, name: form.text(.name), mail: form.text(.mail), kind: chosenKind,
          contact: form.text(.contact), roles: roleNames
        ).checked())
    } catch {
      return .failure(FailureText(error))
    }
  }

  /// What was changed here against what was read.
  private var edits: AccountEdits {
    guard let held, case .success(let draft) = draft else { return AccountEdits() }
    return AccountEdits(
      name: draft.name == held.name ? nil : draft.name,
      mail: draft.mail == held.mail ? nil : draft.mail,
      kind: draft.kind == held.kind ? nil : draft.kind,
      contact: draft.contact == held.contact ? nil : draft.contact,
      roles: Set(chosenRoles) == Set(held.roles) ? nil : draft.roles)
  }

  private var isReady: Bool {
    guard case .success = draft else { return false }
    return login == nil || edits != AccountEdits()
  }

  // MARK: - What it says

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let title: SafeText = login.map { "Edit \($0)" } ?? "New account"
    let command: SafeText = login.map { "set \($0)" } ?? "add"
    var lines: [DialogLine<ControlID>] = []
    if login != nil, held == nil {
      lines.append(.text("Reading …", .muted))
    } else {
      lines = fieldLines + roleLines
      if failure == nil { lines += [.blank, .text(verdict.text, verdict.style)] }
    }
    return Dialog(
      title: title, lines: lines + DialogLine.refusal(failure),
      buttons: [(.cancel, "Cancel"), (.save, login == nil ? "Add" : "Save")],
      hint: "Tab next   Space tick   Esc cancel   gatehouse account " + command, columns: 76)
  }

  private var fieldLines: [DialogLine<ControlID>] {
    let lines: [DialogLine<ControlID>] = [
      .row([.text("Name     "), .field(.name, columns: 46)]),
      .row([.text("Mail     "), .field(.mail, columns: 46)]),
      .row([
        .text("Kind     "), .option(.kind, 0, "person"), .text("   "),
        .option(.kind, 1, "service, for a program"),
      ]),
      .row([
        .text("Contact  "), .field(.contact, columns: 34), .text("  who answers", .muted),
      ]),
    ]
    guard login == nil else { return lines }
    return [
      .row([.text("Login    "), .field(.login, columns: 30), .text("  a-z 0-9 . _ -", .muted)])
    ]
      + lines
  }

  /// The roles, two to a row, and what they let the account do together.
  private var roleLines: [DialogLine<ControlID>] {
    let choices = choices
    var lines: [DialogLine<ControlID>] = [.blank, .text("Roles", .title)]
    for start in stride(from: 0, to: choices.count, by: 2) {
      let pair = choices[start..<min(start + 2, choices.count)]
      lines.append(
        .row(
          pair.map { role in
            .tick(.role(role.id), SafeText(role.name).truncated(to: 22).padded(to: 24))
          }))
    }
    let names = policy.permissions(of: chosenRoles).sorted.map { SafeText($0.name) }
    let may: SafeText = names.isEmpty ? "nothing" : names.joined(by: ", ")
    return lines + [.text("They let it: " + may + ".", .muted)]
  }

  private var verdict: TableCell {
    switch draft {
    case .failure(let failure):
      if login == nil, form.text(.login).trimmed.isEmpty {
        TableCell("A login is still missing.", .muted)
      } else {
        TableCell(SafeText(failure.description), .warning)
      }
    case .success where !isReady: TableCell("Nothing is changed yet.", .muted)
    case .success(let draft) where draft.kind == .service && draft.contact.isEmpty:
      TableCell(Guidance.noContact, .warning)
    case .success: TableCell("Ready.", .ok)
    }
  }

  // MARK: - Acting

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    failure = nil
    form.setEnabled(.save, isReady)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .save else { return context.close() }
    if let login {
      context.ask(.account(login.text), as: "check")
    } else {
      save(&context)
    }
  }

  private func save(_ context: inout Context) {
    switch (draft, login) {
    case (.failure(let failure), _): context.fail(failure)
    case (.success(let draft), nil): context.perform(.addAccount(draft))
    case (.success, let login?): context.perform(.editAccount(login, edits))
    }
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    failure = context.conclude(change, result)
  }
}
