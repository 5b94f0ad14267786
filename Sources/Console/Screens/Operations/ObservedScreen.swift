import Access
package import TerminalKit

/// What the observed level would have refused, the most requests first.
package struct ObservedScreen: Screen {
  package enum Command: Hashable, Sendable { case observe }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .own("o", .observe, "stop observing", help: "end it, and forget what was found; asks first"),
    .everywhere(.copy, "copy id", help: Guidance.copyHelp),
  ])

  package let title: SafeText = "Observed level"
  private var pages = RowPages<CandidateRefusal>()
  private var report: ObservationReport?

  package init() {}

  package func commandLine(_ scene: Scene) -> String? { "gatehouse level observed" }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.observe): report != nil ? usual : nil
    case .everywhere(.copy): pages.current?.caller.credential == nil ? nil : usual
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.observed, as: "observed")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.observed(let report)):
      self.report = report
      _ = pages.show(report?.rows ?? [])
    case .success: break
    case .failure(let failure):
      pages.fail(failure, as: reply.slot)
      context.fail(failure)
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    guard let report else { return context.say(Guidance.notObserving) }
    guard context.scene.may(.manageSettings) else {
      context.fail(Guidance.noPermission(.manageSettings, contact: context.session.contact))
      return
    }
    context.open(ObserveDialog(nil, instead: report.observation))
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement): _ = pages.move(movement, height: context.body.rows - 3)
    case .copy: if let id = pages.current?.caller.credential { context.copy(id) }
    default: break
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, body) = rect.splitRows(2)
    frame.canvas.put(
      " " + heading, at: head.origin, style: .title, maxWidth: head.columns - 14)
    frame.canvas.put(
      pages.position + " ", endingAt: head.endColumn, row: head.row, style: .muted)
    frame.canvas.put(
      " Answers stay what they are; this is what they would have been.",
      at: Point(column: head.column, row: head.row + 1), style: .muted, maxWidth: head.columns)
    frame.cursor = pages.draw(
      on: &frame.canvas, in: body, columns: CandidateRefusal.columns(last: "Reason"), keyColumn: 1,
      empty: report == nil ? Guidance.nothingObserved : Guidance.nothingWouldStop
    ) { row, column in
      column == 5
        ? TableCell(SafeText(row.reason.rawValue), .danger) : row.cell(column, scene)
    }
  }

  private var heading: SafeText {
    guard let report else { return "No level is observed" }
    return SafeText(report.observation.level.name) + " observed for "
      + .span(seconds: report.seconds) + ": " + .count(report.credentials, "caller") + ", "
      + .count(report.requests) + (report.requests == 1 ? " request" : " requests")
  }
}

extension CandidateRefusal {
  /// Requests, who, with what, from where, when last, and one more.
  static func columns(last: SafeText) -> [Column] {
    [
      Column("Times", minimum: 6, alignment: .right),
      Column("Who", minimum: 16, ideal: 24, stretch: 2),
      Column("With", minimum: 10, priority: 2),
      Column("From", minimum: 10, ideal: 15, priority: 1),
      Column("Last", minimum: 10, priority: 3),
      Column(last, minimum: 17, ideal: 18),
    ]
  }

  func cell(_ column: Int, _ scene: Scene) -> TableCell {
    switch column {
    case 0: TableCell(.count(requests))
    case 1: TableCell(SafeText(caller.text))
    case 2: TableCell(kind.map { SafeText($0.name) } ?? "-", .muted)
    case 3: TableCell(source.map { SafeText($0) } ?? agent.map { SafeText($0) } ?? "-")
    default: TableCell(lastAt.ago(scene.now), .muted)
    }
  }
}
