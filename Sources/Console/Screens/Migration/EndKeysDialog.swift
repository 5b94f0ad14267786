package import Access
package import TerminalKit

/// Asks whether legacy keys are to be switched off, which can be undone, or retired for good.
package struct EndKeysDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case typed, cancel, off, retire }

  /// As they were shown when it was opened; none of them is retired.
  private let rows: [LegacyKeyRow]
  package var form: Form<ControlID>
  package var scroll = 0

  /// How many are named.
  private static let shown = 5
  /// Typed before several keys are ended for good.
  private static let word = "RETIRE"

  init(_ rows: [LegacyKeyRow]) {
    self.rows = rows
    form = Form(
      [
        .init(.typed, .field(TextField(limit: 10)), isEnabled: rows.count > 1),
        .init(.cancel, .button),
        .init(.off, .button, isEnabled: rows.contains { $0.state == .active }),
        .init(.retire, .button, isEnabled: rows.count == 1),
      ], focus: .cancel)
  }

  private var active: [LegacyKeyRow] { rows.filter { $0.state == .active } }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let many = rows.count > 1
    let subject: SafeText =
      many ? .count(rows.count, "legacy key") : "legacy key " + SafeText(rows.first?.label ?? "")
    var lines: [DialogLine<ControlID>] = [.text(head(scene), .muted)]
    lines += rows.prefix(Self.shown).map { .text(line($0, scene)) }
    if rows.count > Self.shown {
      lines.append(.text("and " + .count(rows.count - Self.shown) + " more", .muted))
    }
    lines += [.blank, use(scene)]
    lines += [
      .blank,
      .row([.text("Switch off  ", .title), .text(Guidance.switchingOff)]),
    ]
    if active.count < rows.count {
      lines.append(
        .text(
          "            "
            + (active.isEmpty
              ? many ? "all are off already" : "it is off already"
              : .count(rows.count - active.count)
                + (rows.count - active.count == 1 ? " is" : " are")
                + " off already"),
          .muted))
    }
    lines.append(.row([.text("Retire      ", .title), .text(Guidance.retiring)]))
    if many {
      lines.append(
        .row([
          .text("            Type \(Self.word)  "), .field(.typed, columns: 12),
          .text("  opens the button", .muted),
        ]))
    }
    return Dialog(
      title: "Switch off or retire " + subject, titleStyle: .warning, lines: lines,
      buttons: [
        (.cancel, "Cancel"),
        (.off, many && !active.isEmpty ? "Switch off " + .count(active.count) : "Switch off"),
        (.retire, many ? "Retire " + .count(rows.count) + " for good" : "Retire for good"),
      ],
      hint: scene.size.columns < 80
        ? "Tab next   Enter press   Esc cancel"
        : "Tab next   Enter press   Esc cancel   gatehouse key disable, retire")
  }

  /// Whether a program will notice.
  private func use(_ scene: Scene) -> DialogLine<ControlID> {
    if scene.session.policy.acceptance(of: .legacyKey) == .refused {
      return .text(Guidance.keysRefusedAnyway, .muted)
    }
    let used = active.count { $0.isInUse(scene.now) }
    if active.isEmpty { return .text(Guidance.keysOffAlready, .muted) }
    let text: SafeText =
      switch (used, rows.count) {
      case (0, 1): "Not used in the last 24h. A monthly job may still call."
      case (0, _): "None was used in the last 24h. A monthly job may still call."
      case (_, 1): "Used in the last 24h: its program stops at once."
      case (1, _): "1 was used in the last 24h: its program stops at once."
      default: .count(used) + " were used in the last 24h: their programs stop at once."
      }
    return .text(text, used > 0 ? .danger : .plain)
  }

  /// The first rows as a table that is as wide as the dialog.
  private func layout(_ scene: Scene) -> ColumnLayout {
    ColumnLayout(
      [
        Column("Key", minimum: 18, ideal: 24), Column("Owner", minimum: 12, ideal: 18),
        Column("Last used", minimum: 11), Column("State", minimum: 8, priority: 1),
      ], width: min(scene.size.columns, 80) - 4)
  }

  private func head(_ scene: Scene) -> SafeText {
    layout(scene).text(["Key", "Owner", "Last used", "State"])
  }

  private func line(_ row: LegacyKeyRow, _ scene: Scene) -> SafeText {
    layout(scene).text([
      SafeText(row.label), row.shownOwner, row.shownUse(scene.now), SafeText(row.state.rawValue),
    ])
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    form.setEnabled(.retire, form.text(.typed).trimmed.uppercased() == Self.word)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .typed, .cancel: context.close()
    case .off: context.perform(.disableKeys(active.map { Identifier($0.id) }))
    case .retire: context.perform(.retireKeys(rows.map { Identifier($0.id) }))
    }
  }

  /// Closes also where a key is no longer as it was shown: the list shows what it is now.
  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    LegacyKeyDesk.report(change, result, &context)
    switch result {
    case .success: context.close()
    case .failure(let failure) where failure.kind == .changed: context.close()
    case .failure: break
    }
  }
}
