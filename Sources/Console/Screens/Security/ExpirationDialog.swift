package import Access
package import TerminalKit

/// The editor of the expiration policy; what it comes to goes through the review.
package struct ExpirationDialog: FormDialog {
  package enum ControlID: Hashable, Sendable {
    case offered, defaultLifetime, maximum, unlimited, idle, role(Identifier<Role>)
    case cancel, review
  }

  private let inForce: ExpirationPolicy
  private let roles: [Role]
  package var form: Form<ControlID>
  package var scroll = 0

  init(_ policy: Policy) {
    let expiration = policy.expiration
    inForce = expiration
    roles = policy.roles
    func field(_ id: ControlID, _ text: String, limit: Int = 16) -> Form<ControlID>.Item {
      .init(id, .field(TextField(text, limit: limit)))
    }
    form = Form(
      [
        field(.offered, expiration.offered.listed, limit: 120),
        field(.defaultLifetime, expiration.defaultLifetime.description),
        field(.maximum, expiration.maximum.description),
        .init(.unlimited, .tick(expiration.allowsUnlimited)),
        field(.idle, expiration.idleLimit?.description ?? "none"),
      ] + policy.roles.map { field(.role($0.id), expiration.roleMaxima[$0.id]?.description ?? "") }
        + [.init(.cancel, .button), .init(.review, .button, isEnabled: false)],
      focus: .cancel)
  }

  private var draft: ExpirationDraft {
    ExpirationDraft(
      offered: form.text(.offered), defaultLifetime: form.text(.defaultLifetime),
      maximum: form.text(.maximum), allowsUnlimited: form.isTicked(.unlimited),
      idle: form.text(.idle), roles: roles.map { ($0, form.text(.role($0.id))) })
  }

  /// What is missing or wrong, or that it can be reviewed.
  private var verdict: TableCell {
    switch draft.policy() {
    case .failure(let failure): TableCell(SafeText(failure.description), .danger)
    case .success(inForce): TableCell("Nothing is changed yet.", .muted)
    case .success: TableCell("Ready: Review shows what it would do.", .ok)
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let verdict = verdict
    var lines: [DialogLine<ControlID>] = []
    if scene.session.policy.tokenMaximum == nil {
      lines += [.text(Guidance.expirationIdle, .warning), .blank]
    }
    lines += [
      .row([
        .text("Offered      "), .field(.offered, columns: 36), .text("  like 8h, 30d, 90d", .muted),
      ]),
      .row([
        .text("Default      "), .field(.defaultLifetime, columns: 12),
        .text("  one of the offered", .muted),
      ]),
      .row([
        .text("Maximum      "), .field(.maximum, columns: 12), .text("  15m 8h 30d 12w 1y", .muted),
      ]),
      .row([.text("Unlimited    "), .tick(.unlimited, "tokens may be made that never end")]),
      .row([
        .text("Sleep after  "), .field(.idle, columns: 12),
        .text("  without use; none is never", .muted),
      ]),
      .text(verdict.text, verdict.style), .blank,
      .text("Tighter maxima; of several roles the tightest holds. Empty: the general one.", .muted),
    ]
    let width = min(roles.map { SafeText($0.name).width }.max() ?? 0, 30)
    lines += roles.map { role in
      let name = SafeText(role.name).truncated(to: width).padded(to: width + 2)
      return .row([.text(name), .field(.role(role.id), columns: 12)])
    }
    lines += [.blank, .text("Good practice", .title)]
    lines += Guidance.expiration.map { .row([.text("- ", .muted), .text($0, .muted)]) }
    return Dialog(
      title: "Expiration policy", lines: lines,
      buttons: [(.cancel, "Cancel"), (.review, "Review")],
      hint: verdict.style == .danger && scene.size.rows < 20
        ? verdict.text : "Tab next   Space tick   Enter press   Esc cancel   PgDn more")
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    if case .success(let policy) = draft.policy() {
      form.setEnabled(.review, policy != inForce)
    } else {
      form.setEnabled(.review, false)
    }
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .review else { return context.close() }
    switch draft.policy() {
    case .success(let policy):
      context.close()
      context.open(WarningDialog(.expiration(policy), returningTo: self))
    case .failure(let failure): context.fail(failure)
    }
  }
}
