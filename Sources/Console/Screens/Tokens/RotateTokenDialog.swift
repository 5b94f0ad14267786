package import Access
package import TerminalKit

/// Makes a successor of a token, after asking how long the old one works beside it.
package struct RotateTokenDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case overlap, cancel, rotate }

  private(set) var row: TokenRow
  package var form = Form<ControlID>(
    [
      .init(.overlap, .field(TextField("24h", limit: 8))),
      .init(.cancel, .button), .init(.rotate, .button),
    ], focus: .cancel)
  package var scroll = 0

  /// Opens it, or says why this token can have no successor.
  static func open(for row: TokenRow, _ context: inout Context) {
    let mode = context.session.policy.mode
    if !row.state.isLive {
      context.say(Guidance.notRotatable(row))
    } else if mode != .bearer {
      context.fail(Guidance.noTokensOutside(mode, context.scene))
    } else {
      context.open(RotateTokenDialog(row: row))
    }
  }

  private init(row: TokenRow) { self.row = row }

  private var overlap: Result<FiniteLifetime, FailureText> {
    do {
      let span = try FiniteLifetime(parsing: form.text(.overlap).trimmed)
      guard (FiniteLifetime.minutes(1)...FiniteLifetime.days(30)).contains(span) else {
        return .failure(FailureText(TokenError.overlap(span)))
      }
      return .success(span)
    } catch {
      return .failure(FailureText(error))
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let verdict: TableCell =
      switch overlap {
      case .success(let span):
        TableCell(
          "The old one works until " + scene.zone.minute(min(scene.now + span, row.expiresAt))
            + " at the latest.", .ok)
      case .failure(let failure): TableCell(SafeText(failure.description), .warning)
      }
    return Dialog(
      title: "Rotate " + SafeText(row.name).truncated(to: 48),
      lines: [
        .text(
          "Owner " + SafeText(row.owner) + ", last used "
            + row.lastUsedAt.ago(scene.now, never: "never") + ", ends "
            + row.expiresAt.ends(scene.now) + "."),
        .blank, .text(Guidance.rotation), .blank,
        .row([
          .text("Overlap  "), .field(.overlap, columns: 10), .text("  1m to 30d", .muted),
        ]),
        .text(verdict.text, verdict.style), .blank, .text(Guidance.shownOnce, .muted),
      ], buttons: [(.cancel, "Cancel"), (.rotate, "Rotate")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse token rotate", columns: 76)
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    if case .success = overlap {
      form.setEnabled(.rotate, true)
    } else {
      form.setEnabled(.rotate, false)
    }
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .rotate else { return context.close() }
    // Somebody may have been faster: what it is now decides.
    context.ask(.token(row.id), as: "check")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    guard let now = context.recheck(row, reply) else { return }
    guard now.isSame, case .success(let span) = overlap else {
      row = now.row
      form.setEnabled(.rotate, row.state.isLive)
      form.moveFocus(to: .cancel)
      return context.fail(Guidance.changedMeanwhile)
    }
    context.perform(.rotateToken(Identifier(row.id), overlap: span))
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    switch result {
    case .success(.token(let issued)):
      context.close()
      var overlap: FiniteLifetime?
      if case .rotateToken(_, let span) = change { overlap = span }
      context.open(ShownTokenDialog(issued, overlap: overlap))
    default:
      context.report(change, result)
      if case .success = result { context.close() }
    }
  }

  private func min(_ end: Instant, _ other: Instant?) -> Instant {
    other.map { Swift.min(end, $0) } ?? end
  }
}

extension Context {
  /// Compares a row that a dialog holds with what it is now, before the dialog acts on it.
  ///
  /// Nil where it is gone or cannot be read; then that is said, and the dialog closed if it is gone.
  mutating func recheck(
    _ held: TokenRow, _ reply: Reply
  ) -> (row: TokenRow, isSame: Bool)? {
    switch reply.result {
    case .success(.token(let details)): return (details.row, details.row.stands(as: held))
    case .success: return nil
    case .failure(let failure):
      if failure.kind == .other {
        close()
        fail(Guidance.goneMeanwhile)
      } else {
        fail(failure)
      }
      return nil
    }
  }
}
