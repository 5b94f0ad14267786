import Access
package import TerminalKit

/// Announces the day on which legacy methods are to end, or takes that back.
package struct CutOverDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case date, cancel, announce, off }

  private let current: CutOver?
  package var form: Form<ControlID>
  package var scroll = 0

  init(_ current: CutOver?, at now: Instant) {
    self.current = current
    let date = current?.date ?? CivilDate(of: now + .days(60))
    form = Form(
      [
        .init(.date, .field(TextField(date.description, limit: 10))),
        .init(.cancel, .button), .init(.announce, .button),
        .init(.off, .button, isEnabled: current != nil),
      ], focus: .cancel)
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = [
      .text(Guidance.cutOver), .blank,
      .row([
        .text("First day without  "), .field(.date, columns: 14), .text("  UTC", .muted),
      ]),
    ]
    if let current {
      lines.append(
        .text(
          "Announced since " + scene.zone.minute(current.announcedAt)
            + ": \(current.date).", .muted))
    }
    return Dialog(
      title: "Cut-over date", lines: lines,
      buttons: [
        (.cancel, "Cancel"), (.announce, "Announce"),
        (.off, "Take it back"),
      ], hint: "Tab next   Enter press   Esc cancel   gatehouse cutover set, off", columns: 76)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .announce:
      guard let date = CivilDate(parsing: form.text(.date).trimmed) else {
        context.fail("Write a day that exists, like 2027-03-31.")
        return
      }
      context.perform(.announceCutOver(date))
    case .off: context.perform(.announceCutOver(nil))
    case .cancel, .date: context.close()
    }
  }
}
