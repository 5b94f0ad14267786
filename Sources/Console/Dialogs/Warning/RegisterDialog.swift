package import Access
package import TerminalKit

/// Registers the password clients that would stop as essential integrations, all at once.
package struct RegisterDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case purpose, contact, review, cancel, register }

  /// What they are registered before; the dialog that asks for it comes back afterwards.
  private let change: PolicyChange
  /// Password clients in use that are not registered; nil until they are known.
  private var rows: [WarningRow]?
  package var form: Form<ControlID>
  package var scroll = 0

  private static let shown = 8
  private static let most = 200

  init(before change: PolicyChange, by login: Login, at now: Instant) {
    self.change = change
    form = Form(
      [
        .init(.purpose, .field(TextField("Password client, until it sends a token", limit: 64))),
        .init(.contact, .field(TextField(login.text, limit: 128))),
        .init(
          .review, .field(TextField(CivilDate(of: now + .days(90)).description, limit: 10))),
        .init(.cancel, .button), .init(.register, .button, isEnabled: false),
      ], focus: .cancel)
  }

  package mutating func appear(_ context: inout Context) {
    let filter = WarningFilter(kinds: [.password], severities: [.stop])
    context.ask(
      .warnings(PageRequest(filter: filter, sort: .urgency, limit: Self.most)), as: "clients")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.warnings(let page)): rows = page.rows
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
    form.setEnabled(.register, !drafts.isEmpty)
  }

  /// Where each was last seen, as a network of one address.
  private func network(of row: WarningRow) -> Network? {
    row.source.flatMap { try? Network(parsing: $0) }
  }

  private var drafts: [IntegrationDraft] {
    guard let date = CivilDate(parsing: form.text(.review).trimmed) else { return [] }
    return (rows ?? []).compactMap { row in
      guard let login = row.owner, let network = network(of: row) else { return nil }
      return IntegrationDraft(
        login: login, purpose: form.text(.purpose), networks: [network],
        contact: form.text(.contact), reviewDate: date)
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = [.text(Guidance.registering), .blank]
    if let rows {
      if rows.isEmpty { lines.append(.text(Guidance.nobodyToRegister, .muted)) }
      lines += rows.prefix(Self.shown).map { row in
        let from = network(of: row).map { SafeText($0.description) }
        return .text(
          SafeText(row.name).truncated(to: 24).padded(to: 26)
            + (from ?? "address not known: left out").padded(to: 28)
            + row.lastUsedAt.ago(scene.now, never: "never seen"),
          from == nil ? .warning : .plain)
      }
      if rows.count > Self.shown {
        lines.append(.text("and " + .count(rows.count - Self.shown) + " more", .muted))
      }
    } else {
      lines.append(.text("Looking who they are …", .muted))
    }
    lines += [
      .blank,
      .row([.text("Purpose    "), .field(.purpose, columns: 60)]),
      .row([.text("Contact    "), .field(.contact, columns: 60)]),
      .row([
        .text("Review by  "), .field(.review, columns: 14),
        .text("  works to the end of that day, UTC", .muted),
      ]),
    ]
    return Dialog(
      title: "Register password clients", lines: lines,
      buttons: [(.cancel, "Cancel"), (.register, "Register " + .count(drafts.count))],
      hint: "Tab next   Enter press   Esc cancel   gatehouse integration add")
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    form.setEnabled(.register, !drafts.isEmpty)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    if button == .register {
      context.perform(.registerIntegrations(drafts))
    } else {
      cancelled(&context)
    }
  }

  /// Back to the warning, which counts anew.
  package mutating func cancelled(_ context: inout Context) {
    context.close()
    context.review(change)
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    context.report(change, result)
    if case .success = result { cancelled(&context) }
  }
}
