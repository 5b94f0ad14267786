import Access
package import TerminalKit

/// Who failed in one window, and what became of them.
package struct BrownoutScreen: Screen {
  package enum Command: Hashable, Sendable { case abort }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .own("d", .abort, "abort", help: "end it; holds from the next request; asks first"),
    .everywhere(.copy, "copy id", help: Guidance.copyHelp),
  ])

  package let title: SafeText = "Brownout"
  private var row: BrownoutRow
  private var pages = RowPages<BrownoutFailure>()

  init(_ row: BrownoutRow) { self.row = row }

  package func commandLine(_ scene: Scene) -> String? {
    "gatehouse brownout report " + row.id.asCommandWord
  }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.abort): row.state.isOpen ? usual : nil
    case .everywhere(.copy): pages.current?.refused.caller.credential == nil ? nil : usual
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.brownout(row.brownout.id), as: "report")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.brownout(let report)):
      row = report.row
      _ = pages.show(report.failures)
    case .success: break
    case .failure(let failure):
      pages.fail(failure, as: reply.slot)
      context.fail(failure)
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    guard context.scene.may(.manageSettings) else {
      context.fail(Guidance.noPermission(.manageSettings, contact: context.session.contact))
      return
    }
    guard row.state.isOpen else { return context.say(Guidance.nothingToAbort) }
    context.open(AbortBrownoutDialog(row))
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement): _ = pages.move(movement, height: context.body.rows - 3)
    case .copy: if let id = pages.current?.refused.caller.credential { context.copy(id) }
    default: break
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, body) = rect.splitRows(2)
    let window = row.brownout
    frame.canvas.put(
      " Brownout of " + window.kind.plural + ": " + .count(row.callers, "caller") + ", "
        + .count(row.requests) + (row.requests == 1 ? " request" : " requests"),
      at: head.origin, style: .title, maxWidth: head.columns - 14)
    frame.canvas.put(
      pages.position + " ", endingAt: head.endColumn, row: head.row, style: .muted)
    frame.canvas.put(
      " " + scene.zone.minute(window.from) + " to " + scene.zone.minute(window.end) + ", "
        + SafeText(row.state.rawValue),
      at: Point(column: head.column, row: head.row + 1), style: row.state.style,
      maxWidth: head.columns)
    frame.cursor = pages.draw(
      on: &frame.canvas, in: body, columns: CandidateRefusal.columns(last: "Since then"),
      keyColumn: 1, empty: Guidance.nobodyFailed
    ) { row, column in
      column == 5 ? row.since.cell : row.refused.cell(column, scene)
    }
  }
}

extension BrownoutFailure.Return {
  fileprivate var cell: TableCell {
    switch self {
    case .waiting: TableCell("not over yet", .muted)
    case .back: TableCell("came back", .plain)
    case .bearer: TableCell("uses a token", .ok)
    case .missing: TableCell("did not come back", .danger)
    }
  }
}
