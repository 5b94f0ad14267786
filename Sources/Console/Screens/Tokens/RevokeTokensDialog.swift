package import Access
package import TerminalKit

/// Asks before tokens are revoked: which, how many are in use, and why.
package struct RevokeTokensDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case reason, typed, cancel, revoke }

  /// Those that can still be revoked.
  private(set) var rows: [TokenRow]
  /// How many others were marked.
  private let skipped: Int
  package var form: Form<ControlID>
  package var scroll = 0

  /// How many are named.
  private static let shown = 6
  private static let word = "REVOKE"

  /// Opens it for the rows that can be revoked, or says that there are none.
  static func open(for rows: [TokenRow], _ context: inout Context) {
    let live = rows.filter(\.state.isRevocable)
    if live.isEmpty {
      if !rows.isEmpty { context.say(Guidance.notRevocable(rows)) }
    } else {
      context.open(RevokeTokensDialog(live, skipped: rows.count - live.count))
    }
  }

  private init(_ rows: [TokenRow], skipped: Int) {
    self.rows = rows
    self.skipped = skipped
    let isOne = rows.count == 1
    form = Form(
      [
        .init(.reason, .field(TextField(limit: 200))),
        .init(.typed, .field(TextField(limit: 10)), isEnabled: !isOne),
        .init(.cancel, .button), .init(.revoke, .button, isEnabled: isOne),
      ], focus: .cancel)
  }

  private var isOne: Bool { rows.count == 1 }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = [.text(Guidance.revocationIsFinal, .warning)]
    if !isOne { lines.append(.text(use(scene))) }
    lines.append(.blank)
    lines += rows.prefix(Self.shown).map { .text("  " + Self.line($0, scene)) }
    if rows.count > Self.shown {
      lines.append(.text("  and " + .count(rows.count - Self.shown, "more token")))
    }
    if skipped > 0 { lines.append(.text(Guidance.alreadyEnded(skipped), .muted)) }
    lines.append(.blank)
    lines.append(
      .row([.text("Reason       "), .field(.reason, columns: 50)]))
    if !isOne {
      lines.append(
        .row([
          .text("Type \(Self.word)  "), .field(.typed, columns: 12),
          .text("  opens the button", .muted),
        ]))
    }
    let name = rows.first.map { SafeText($0.name).truncated(to: 48) } ?? ""
    return Dialog(
      title: "Revoke " + (isOne ? name : .count(rows.count, "token")), titleStyle: .warning,
      lines: lines,
      buttons: [
        (.cancel, "Cancel"), (.revoke, isOne ? "Revoke" : "Revoke all " + .count(rows.count)),
      ], hint: "Tab next   Enter press   Esc cancel   gatehouse token revoke", columns: 76)
  }

  /// How many of them somebody would miss.
  private func use(_ scene: Scene) -> SafeText {
    let inUse = rows.count { row in
      row.lastUsedAt.map { scene.now.seconds(since: $0) < 86_400 } ?? false
    }
    let owners = Set(rows.map(\.owner)).count
    return .count(rows.count, "token") + " of " + .count(owners, "owner") + ", "
      + (inUse == 0 ? "none" : .count(inUse)) + " used within the last 24 h."
  }

  private static func line(_ row: TokenRow, _ scene: Scene) -> SafeText {
    SafeText(row.name).truncated(to: 30).padded(to: 22) + " "
      + SafeText(row.owner).truncated(to: 16).padded(to: 12) + " used "
      + row.lastUsedAt.ago(scene.now)
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) { fit() }

  private mutating func fit() {
    let isTyped = form.text(.typed).trimmed.uppercased() == Self.word
    form.setEnabled(.revoke, isOne ? rows.allSatisfy(\.state.isRevocable) : isTyped)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .revoke else { return context.close() }
    // Of several the store leaves out those that have ended; of one, what it is now decides.
    if isOne, let row = rows.first {
      context.ask(.token(row.id), as: "check")
    } else {
      revoke(&context)
    }
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    guard let held = rows.first, let now = context.recheck(held, reply) else { return }
    guard now.isSame else {
      rows = [now.row]
      fit()
      form.moveFocus(to: .cancel)
      return context.fail(Guidance.changedMeanwhile)
    }
    revoke(&context)
  }

  private func revoke(_ context: inout Context) {
    context.perform(
      .revokeTokens(rows.map { Identifier($0.id) }, reason: form.text(.reason).trimmed))
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    if case .success(.changed(let count)) = result, count < rows.count {
      context.say(Guidance.revoked(count, of: rows.count))
    } else {
      context.report(change, result)
    }
    if case .success = result { context.close() }
  }
}
