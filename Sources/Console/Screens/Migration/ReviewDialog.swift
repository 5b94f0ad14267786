import Access
package import TerminalKit

/// Writes what was decided about one warning, or about those that are marked.
package struct ReviewDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case state, note, until, cancel, save }

  private let rows: [WarningRow]
  package var form: Form<ControlID>
  package var scroll = 0

  private static let states = ReviewState.allCases

  init(_ rows: [WarningRow]) {
    self.rows = rows
    let review = rows.count == 1 ? rows.first?.review : nil
    // What comes after "new" is what one is here for.
    let state = review?.state ?? .notified
    let until = review?.until.map { CivilDate(of: $0.advanced(bySeconds: -1)).description }
    form = Form(
      [
        .init(
          .state,
          .choice(
            Choice(count: Self.states.count, chosen: Self.states.firstIndex(of: state) ?? 1))),
        .init(.note, .field(TextField(review?.note ?? "", limit: 500))),
        .init(
          .until, .field(TextField(until ?? "", limit: 10)), isEnabled: state == .postponed),
        .init(.cancel, .button), .init(.save, .button),
      ], focus: .cancel)
  }

  private var state: ReviewState {
    let index = form.chosen(.state) ?? 0
    return Self.states.indices.contains(index) ? Self.states[index] : .new
  }

  /// What is typed as a review, or what is wrong with it.
  private func draft(_ now: Instant) -> Result<ReviewDraft, FailureText> {
    let day = form.text(.until).trimmed
    let until = CivilDate(parsing: day)
    if state == .postponed, until == nil {
      return .failure(FailureText("Until: write a day that is to come, like 2027-03-31."))
    }
    do {
      return .success(
        try ReviewDraft(
          state: state, note: form.text(.note), until: state == .postponed ? until : nil
        ).checked(at: now))
    } catch {
      return .failure(FailureText("\(error)"))
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let subject: SafeText =
      rows.count == 1 ? SafeText(rows.first?.what ?? "") : .count(rows.count, "warning")
    var lines: [DialogLine<ControlID>] = []
    if rows.count == 1, let row = rows.first {
      lines.append(
        .text(
          "Owner " + row.shownOwner + ", last used " + row.shownUse(scene.now) + ", "
            + row.breaks.meaning, .muted))
      lines.append(.blank)
    }
    lines += Self.states.enumerated().map { index, state in
      .row([
        .option(.state, index, state.words.padded(to: 16)), .text(state.meaning, .muted),
      ])
    }
    lines += [
      .blank,
      .row([.text("Note   "), .field(.note, columns: 60)]),
      .row([
        .text("Until  "), .field(.until, columns: 14),
        .text("  of a postponed one; to the end of that day, UTC", .muted),
      ]),
    ]
    if case .failure(let failure) = draft(scene.now) {
      lines.append(.text(SafeText(failure.description), .muted))
    }
    lines += [.blank, .text(Guidance.reviewing, .muted)]
    return Dialog(
      title: "Review " + subject, lines: lines,
      buttons: [(.cancel, "Cancel"), (.save, "Save, and to the next")],
      hint: scene.size.columns < 80
        ? "Tab next   Space choose   Enter press   Esc cancel"
        : "Tab next   Space choose   Enter press   Esc cancel   gatehouse migration review")
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    form.setEnabled(.until, state == .postponed)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .save else { return context.close() }
    switch draft(context.now) {
    case .success(let draft): context.perform(.review(rows.map(\.id), draft))
    case .failure(let failure): context.fail(failure)
    }
  }
}

extension ReviewState {
  /// What choosing it says.
  fileprivate var meaning: SafeText {
    switch self {
    case .new: "nobody has looked at it"
    case .notified: "its owner knows"
    case .migrated: "it sends a Bearer token now"
    case .acceptedBreak: "it may stop"
    case .postponed: "looked at again after a day"
    }
  }
}
