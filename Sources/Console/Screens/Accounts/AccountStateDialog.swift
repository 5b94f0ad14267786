package import Access
package import TerminalKit

/// Asks before accounts are deactivated, and says what stops; or before that is taken back.
package struct AccountStateDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case cancel, apply }

  /// Those that are not so already.
  private var rows: [AccountRow]
  private let deactivates: Bool
  /// How many others were marked.
  private let skipped: Int
  /// All that is known of a single account.
  private var details: AccountDetails?
  private var failure: FailureText?
  package var form = Form<ControlID>(
    [.init(.cancel, .button), .init(.apply, .button)], focus: .cancel)
  package var scroll = 0

  /// How many are named.
  private static let shown = 6

  /// Deactivates those that are active; where none is, reactivates all.
  static func open(for rows: [AccountRow], _ context: inout Context) {
    let active = rows.filter(\.isActive)
    if !active.isEmpty {
      context.open(Self(active, deactivates: true, skipped: rows.count - active.count))
    } else if !rows.isEmpty {
      context.open(Self(rows, deactivates: false, skipped: 0))
    }
  }

  private init(_ rows: [AccountRow], deactivates: Bool, skipped: Int) {
    self.rows = rows
    self.deactivates = deactivates
    self.skipped = skipped
  }

  private var only: AccountRow? { rows.count == 1 ? rows.first : nil }

  package mutating func appear(_ context: inout Context) {
    if let only { context.ask(.account(only.login), as: "account") }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let verb: SafeText = deactivates ? "Deactivate " : "Reactivate "
    let whom = only.map { SafeText($0.login) } ?? .count(rows.count, "account")
    var lines: [DialogLine<ControlID>] = []
    if let only {
      let name = only.name.isEmpty ? "" : SafeText(only.name) + ", "
      lines.append(.text(name + SafeText(only.kind.rawValue)))
    } else {
      lines += rows.prefix(Self.shown).map { .text("  " + Self.line($0)) }
      if rows.count > Self.shown {
        lines.append(.text("  and " + .count(rows.count - Self.shown, "more account")))
      }
    }
    if skipped > 0 { lines.append(.text(Guidance.alreadyDeactivated(skipped), .muted)) }
    lines.append(.blank)
    lines += consequences(scene)
    let login = only.map { " " + SafeText($0.login) } ?? ""
    return Dialog(
      title: verb + whom, titleStyle: deactivates ? .warning : .title,
      lines: lines + DialogLine.refusal(failure),
      buttons: [
        (.cancel, "Cancel"), (.apply, verb + (only == nil ? .count(rows.count) : "it")),
      ],
      hint: "Tab next   Enter press   Esc cancel   gatehouse account "
        + (deactivates ? "deactivate" : "reactivate") + login, columns: 76)
  }

  private func consequences(_ scene: Scene) -> [DialogLine<ControlID>] {
    let holdings = rows.holdings
    guard deactivates else {
      return [
        .text(
          holdings.isEmpty
            ? Guidance.nothingReturns : "Works again from the next request on: " + holdings + ".",
          holdings.isEmpty ? .plain : .warning),
        .text(Guidance.reactivation, .muted),
      ]
    }
    var lines: [DialogLine<ControlID>] = [
      holdings.isEmpty
        ? .text(Guidance.nothingHeld)
        : .text("Stops from the next request on: " + holdings + ".", .danger)
    ]
    if let integration = details?.integration {
      lines.append(
        .text("An essential integration: " + SafeText(integration.purpose) + ".", .danger))
    }
    if rows.contains(where: { $0.login == scene.session.account.login.text }) {
      lines.append(.text(Guidance.ownDeactivation(isOnly: only != nil), .danger))
    }
    return lines + [.text(Guidance.deactivation, .muted)]
  }

  private static func line(_ row: AccountRow) -> SafeText {
    let name = SafeText(row.login).truncated(to: 24).padded(to: 25)
    return name + (row.holdings.isEmpty ? "holds nothing" : row.holdings)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .apply else { return context.close() }
    // Of several the store leaves out those that are so already; of one, what it is now decides.
    if let only {
      context.ask(.account(only.login), as: "check")
    } else {
      apply(&context)
    }
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.account(let now)):
      guard let only else { return }
      let held = details
      details = now
      rows = [AccountRow(now, id: only.id, cursor: only.cursor, context.session.policy)]
      guard reply.slot == "check" else { return }
      if now.account.isActive == deactivates, held.map({ $0.account == now.account }) ?? true {
        apply(&context)
      } else {
        form.setEnabled(.apply, now.account.isActive == deactivates)
        form.moveFocus(to: .cancel)
        failure = FailureText(Guidance.changedMeanwhile)
      }
    case .success: break
    case .failure(let failure):
      self.failure = failure
      context.fail(failure)
    }
  }

  private mutating func apply(_ context: inout Context) {
    do {
      let logins = try rows.map { try Login(parsing: $0.login) }
      context.perform(deactivates ? .deactivate(logins) : .reactivate(logins))
    } catch {
      failure = (error as? any Failure).map { FailureText($0) }
    }
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    failure = context.conclude(change, result)
    if case .success(.changed(let count)) = result, count < rows.count {
      context.say(Guidance.otherAccountsSoAlready(count, of: rows.count))
    }
  }
}
