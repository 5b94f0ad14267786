import Access
package import TerminalKit

/// Plans a window in which one method is refused.
package struct BrownoutDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case method, from, until, cancel, add }

  package var form = Form<ControlID>(
    [
      .init(.method, .choice(Choice(count: Brownout.kinds.count))),
      .init(.from, .field(TextField("10m", limit: 25))),
      .init(.until, .field(TextField("15m", limit: 25))),
      .init(.cancel, .button), .init(.add, .button),
    ], focus: .cancel)
  package var scroll = 0

  init() {}

  private var kind: CredentialKind {
    let index = form.chosen(.method) ?? 0
    return Brownout.kinds.indices.contains(index) ? Brownout.kinds[index] : .legacyKey
  }

  /// What is typed as a window, or what is wrong with it.
  private func draft(_ now: Instant) -> Result<BrownoutDraft, FailureText> {
    guard let from = Instant(laterThan: now, form.text(.from).trimmed) else {
      return .failure(FailureText("Begins: write how much later, like 10m, now, or a time."))
    }
    guard let until = Instant(laterThan: from, form.text(.until).trimmed) else {
      return .failure(FailureText("Lasts: write how long, like 15m, or a time."))
    }
    let draft = BrownoutDraft(kind: kind, from: from, until: until)
    do {
      _ = try draft.window(Identifier(""), beside: [], at: now)
      return .success(draft)
    } catch {
      return .failure(FailureText(error))
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let verdict: TableCell =
      switch draft(scene.now) {
      case .failure(let failure): TableCell(SafeText(failure.description), .muted)
      case .success(let draft):
        TableCell(
          "Refused with 401 from " + scene.zone.second(max(draft.from, scene.now)) + " to "
            + scene.zone.second(draft.until) + ".", .warning)
      }
    return Dialog(
      title: "New brownout", titleStyle: .warning,
      lines: [
        .text(Guidance.brownout), .blank,
        .row(
          [.text("Refuses  ")]
            + Brownout.kinds.enumerated().flatMap { index, kind in
              [DialogPiece<ControlID>.option(.method, index, kind.plural), .text("   ")]
            }),
        .row([
          .text("Begins   "), .field(.from, columns: 24),
          .text("  10m from now, now, or a time", .muted),
        ]),
        .row([
          .text("Lasts    "), .field(.until, columns: 24),
          .text("  15m, or until a time; 7d at most", .muted),
        ]),
        .row([.text("         "), .text(Guidance.timeExample, .muted)]),
        .blank, .text(verdict.text, verdict.style),
      ], buttons: [(.cancel, "Cancel"), (.add, "Plan it")],
      hint: "Tab next   Space choose   Enter press   Esc cancel   gatehouse brownout add")
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .add else { return context.close() }
    switch draft(context.now) {
    case .success(let draft): context.perform(.addBrownout(draft))
    case .failure(let failure): context.fail(failure)
    }
  }
}

/// Asks before a window ends early, or never begins.
package struct AbortBrownoutDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case cancel, abort }

  private let row: BrownoutRow
  package var form = Form<ControlID>(
    [.init(.cancel, .button), .init(.abort, .button)], focus: .cancel)
  package var scroll = 0

  init(_ row: BrownoutRow) { self.row = row }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let window = row.brownout
    return Dialog(
      title: "Abort the brownout of " + window.kind.plural, titleStyle: .warning,
      lines: [
        .text(
          scene.zone.minute(window.from) + " to " + scene.zone.minute(window.until) + ", "
            + SafeText(row.state.rawValue)),
        .text(.count(row.callers, "caller") + " failed so far.", .muted), .blank,
        .text(Guidance.aborting),
      ], buttons: [(.cancel, "Cancel"), (.abort, "Abort it")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse brownout abort", columns: 72)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    if button == .abort {
      context.perform(.abortBrownout(row.brownout.id))
    } else {
      context.close()
    }
  }
}
