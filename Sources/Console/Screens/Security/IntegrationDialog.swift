import Access
package import TerminalKit

/// Lists an account as an essential integration, or edits its entry.
package struct IntegrationDialog: FormDialog {
  package enum ControlID: Hashable, Sendable {
    case login, purpose, networks, contact, review, cancel, save
  }

  /// The account whose entry is edited; nil where one is added.
  private let editing: String?
  /// The entry as it was when it was last looked at here.
  private var seen: EssentialIntegration?
  package var form: Form<ControlID>
  package var scroll = 0

  /// A new entry, to be looked at again 90 days from `now` unless that is changed.
  init(addingAt now: Instant) {
    editing = nil
    seen = nil
    form = Self.form(review: CivilDate(of: now + .days(90)), canSave: false)
  }

  init(editing row: IntegrationRow) {
    editing = row.login
    let integration = row.integration
    seen = integration
    form = Self.form(
      login: row.login, purpose: integration.purpose,
      networks: integration.networks.map(\.description).joined(separator: ", "),
      contact: integration.contact, review: integration.reviewDate, canSave: true)
    form.setEnabled(.login, false)
  }

  private static func form(
    login: String = "", purpose: String = "", networks: String = "", contact: String = "",
    review: CivilDate, canSave: Bool
  ) -> Form<ControlID> {
    Form(
      [
        .init(.login, .field(TextField(login, limit: 64))),
        .init(.purpose, .field(TextField(purpose, limit: 64))),
        .init(.networks, .field(TextField(networks, limit: 1000))),
        .init(.contact, .field(TextField(contact, limit: 128))),
        .init(.review, .field(TextField(review.description, limit: 10))),
        .init(.cancel, .button), .init(.save, .button, isEnabled: canSave),
      ], focus: .cancel, start: .login)
  }

  /// What is typed as an entry, or what is wrong with it, the field named.
  private var draft: Result<IntegrationDraft, FailureText> {
    if form.text(.login).trimmed.isEmpty {
      return .failure(FailureText("Account: write the login whose password is meant."))
    }
    do {
      let login = try Login(parsing: form.text(.login).trimmed)
      let networks = try form.text(.networks)
        .split(whereSeparator: { $0 == "," || $0 == " " })
        .map { try Network(parsing: String($0)) }
      guard let date = CivilDate(parsing: form.text(.review).trimmed) else {
        return .failure(FailureText("Review by: write a day that exists, like 2027-03-31."))
      }
      return .success(
        try IntegrationDraft(
          login: login.text, purpose: form.text(.purpose), networks: networks,
          contact: form.text(.contact), reviewDate: date
        ).checked())
    } catch let failure as any Failure {
      return .failure(FailureText(failure))
    } catch {
      return .failure(FailureText("\(error)"))
    }
  }

  private func verdict(_ scene: Scene) -> TableCell {
    switch draft {
    case .failure(let failure): TableCell(SafeText(failure.description), .muted)
    case .success(let draft) where scene.now >= draft.reviewDate.end:
      TableCell("That day is past: its password is refused at High at once.", .warning)
    case .success: TableCell("Ready.", .ok)
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let verdict = verdict(scene)
    let login: [DialogPiece<ControlID>] =
      editing.map { [.text("Account    "), .text(SafeText($0), .title)] }
      ?? [.text("Account    "), .field(.login, columns: 28), .text("  its login", .muted)]
    return Dialog(
      title: editing.map { "Essential integration \(SafeText($0))" } ?? "New essential integration",
      lines: [
        .row(login),
        .row([.text("Purpose    "), .field(.purpose, columns: 60)]),
        .row([.text("Networks   "), .field(.networks, columns: 60)]),
        .row([.text("           "), .text(Guidance.networksExample, .muted)]),
        .row([.text("Contact    "), .field(.contact, columns: 60)]),
        .row([
          .text("Review by  "), .field(.review, columns: 14),
          .text("  works to the end of that day, UTC", .muted),
        ]),
        .blank, .text(verdict.text, verdict.style), .blank, .text(Guidance.integrations, .muted),
      ], buttons: [(.cancel, "Cancel"), (.save, editing == nil ? "Add" : "Save")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse integration "
        + (editing == nil ? "add" : "set"))
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    if case .success = draft { form.setEnabled(.save, true) } else { form.setEnabled(.save, false) }
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .save else { return context.close() }
    switch draft {
    case .success(let draft) where editing == nil: context.perform(.addIntegration(draft))
    // Somebody else may have changed it meanwhile.
    case .success: context.ask(.integrations, as: "before")
    case .failure(let failure): context.fail(failure)
    }
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.integrations(let rows)):
      let current = rows.first { $0.login == editing }?.integration
      guard current == seen else {
        seen = current
        context.fail(Guidance.integrationMoved(isGone: current == nil))
        return
      }
      if case .success(let draft) = draft { context.perform(.setIntegration(draft)) }
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }
}
