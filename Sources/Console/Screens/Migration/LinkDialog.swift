import Access
package import TerminalKit

/// Names the token that takes a legacy key's place.
package struct LinkDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case token, cancel, link }

  private let row: WarningRow
  /// Live tokens of the key's owner, where one may see them.
  private var tokens: [TokenRow] = []
  package var form: Form<ControlID>
  package var scroll = 0

  private static let shown = 5

  init(_ row: WarningRow) {
    self.row = row
    form = Form(
      [
        .init(.token, .field(TextField(row.replacement?.token ?? "", limit: 64))),
        .init(.cancel, .button), .init(.link, .button),
      ], focus: .cancel)
  }

  package mutating func appear(_ context: inout Context) {
    guard context.scene.may(.manageTokens), let owner = row.owner else { return }
    context.ask(
      .tokens(
        PageRequest(
          filter: TokenFilter(owner: owner, states: [.active, .expiring]), sort: .lastUsed,
          isDescending: true, limit: Self.shown)), as: "tokens")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.tokens(let page)):
      tokens = page.rows
      if form.text(.token).isEmpty, let first = tokens.first {
        form.set(.token, to: .field(TextField(first.id, limit: 64)))
      }
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = [.text(Guidance.linking), .blank]
    if tokens.isEmpty {
      lines.append(
        .text(
          "No live token of " + row.shownOwner + " is known here. 5, then a makes one.", .muted))
    } else {
      lines.append(.text("Live tokens of " + row.shownOwner + ":", .muted))
      lines += tokens.map { token in
        .text(
          SafeText(token.id) + "  " + SafeText(token.name).truncated(to: 20).padded(to: 21)
            + token.lastUsedAt.ago(scene.now, never: "never used"))
      }
    }
    lines += [.blank, .row([.text("Token's id  "), .field(.token, columns: 34)])]
    if let replacement = row.replacement {
      lines.append(.text("Now: " + SafeText(replacement.name) + ". Empty takes it back.", .muted))
    }
    return Dialog(
      title: "Replacement of legacy key " + SafeText(row.name), lines: lines,
      buttons: [(.cancel, "Cancel"), (.link, "Link")],
      hint: scene.size.columns < 80
        ? "Tab next   Enter press   Esc cancel"
        : "Tab next   Enter press   Esc cancel   gatehouse migration link")
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .link, let key = row.key else { return context.close() }
    let id = form.text(.token).trimmed
    if id.isEmpty, row.replacement == nil {
      context.fail(Guidance.linkNeedsToken)
    } else {
      context.perform(.linkKey(key, to: id.isEmpty ? nil : Identifier(id)))
    }
  }
}
