import Access
package import TerminalKit

/// The windows in which a method is, was or will be refused, the latest first.
package struct BrownoutsScreen: Screen {
  package enum Command: Hashable, Sendable { case add, abort }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.open, "report", help: "who failed in it, and who came back"),
    .own("a", .add, "add", help: "plan a window"),
    .own("d", .abort, "abort", help: "end it; holds from the next request; asks first"),
    .everywhere(.copy, "copy id", help: Guidance.copyHelp),
  ])

  package let title: SafeText = "Brownouts"
  private var pages = RowPages<BrownoutRow>()

  package init() {}

  package func commandLine(_ scene: Scene) -> String? { "gatehouse brownout list" }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.abort):
      pages.current?.state.isOpen == true ? usual : nil
    case .everywhere(.open), .everywhere(.copy): pages.isEmpty ? nil : usual
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.brownouts, as: "brownouts")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.brownouts(let rows)): _ = pages.show(rows)
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
    switch command {
    case .add: context.open(BrownoutDialog())
    case .abort:
      guard let row = pages.current, row.state.isOpen else {
        return context.say(Guidance.nothingToAbort)
      }
      context.open(AbortBrownoutDialog(row))
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement): _ = pages.move(movement, height: context.body.rows - 2)
    case .open: if let row = pages.current { context.push(BrownoutScreen(row)) }
    case .copy: if let row = pages.current { context.copy(row.id) }
    default: break
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, body) = rect.splitRows(1)
    frame.canvas.put(
      " Brownouts: a method is refused, to see who fails", at: head.origin, style: .title,
      maxWidth: head.columns - 14)
    frame.canvas.put(
      pages.position + " ", endingAt: head.endColumn, row: head.row, style: .muted)
    frame.cursor = pages.draw(
      on: &frame.canvas, in: body, columns: Self.columns, empty: Guidance.noBrownouts
    ) { row, column in
      Self.cell(row, column, scene)
    }
  }

  private static let columns = [
    Column("From", minimum: 20),
    Column("Until", minimum: 20, priority: 1),
    Column("Refuses", minimum: 11),
    Column("State", minimum: 8),
    Column("Callers", minimum: 7, priority: 2, alignment: .right),
    Column("Requests", minimum: 8, priority: 3, alignment: .right),
  ]

  private static func cell(_ row: BrownoutRow, _ column: Int, _ scene: Scene) -> TableCell {
    switch column {
    case 0: TableCell(scene.zone.minute(row.brownout.from))
    case 1: TableCell(scene.zone.minute(row.brownout.end))
    case 2: TableCell(row.brownout.kind.plural)
    case 3: TableCell(SafeText(row.state.rawValue), row.state.style)
    case 4: TableCell(.count(row.callers))
    default: TableCell(.count(row.requests))
    }
  }
}

extension Brownout.State {
  var style: Style {
    switch self {
    case .planned: .warning
    case .running: .danger
    case .over, .aborted: .muted
    }
  }
}
