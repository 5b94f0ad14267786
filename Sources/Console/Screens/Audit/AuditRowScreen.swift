import Access
package import TerminalKit

/// One row of the audit with what was before and what was after, line by line.
package struct AuditRowScreen: Screen {
  package enum Command: Hashable, Sendable { case undo }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.findNext, "next row", help: "the next row of the list"),
    .everywhere(.findPrevious, "row before", help: "the row before, in the list"),
    .own("u", .undo, "undo", help: "take a change of the policy back; shows the plan first"),
    .everywhere(.copy, "copy number", help: Guidance.copyHelp),
  ])

  package var title: SafeText { "Row \(row.seq) of the audit" }
  private var row: AuditRow
  /// The list it was opened from, for the steps to its neighbours.
  private let filter: AuditFilter
  private let isDescending: Bool
  private var top = 0
  private var rollback = AuditRollback()

  init(_ row: AuditRow, filter: AuditFilter, isDescending: Bool) {
    self.row = row
    self.filter = filter
    self.isDescending = isDescending
  }

  package func commandLine(_ scene: Scene) -> String? { "gatehouse audit show \(row.seq)" }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    if case .own(.undo) = command, row.revision == nil { return nil }
    return usual
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .undo: rollback.begin(row, &context)
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      var text = text(context.scene, in: Rect(context.body))
      text.move(movement, height: context.body.rows)
      top = text.top
    case .findNext: ask(.after(row.cursor), &context)
    case .findPrevious: ask(.before(row.cursor), &context)
    case .copy: context.copy(row.id)
    default: break
    }
  }

  private func ask(_ anchor: Anchor, _ context: inout Context) {
    let request = PageRequest(
      filter: filter, sort: AuditSort.seq, isDescending: isDescending, anchor: anchor, limit: 1)
    context.ask(.audit(request), as: "neighbour")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    if rollback.receive(reply, &context) { return }
    switch reply.result {
    case .success(.audit(let page)):
      guard let next = page.rows.first else {
        context.say(Guidance.noNeighbour)
        return
      }
      row = next
      top = 0
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let inside = rect.inset(columns: 1)
    let text = text(scene, in: rect)
    text.draw(on: &frame.canvas, in: inside)
    frame.canvas.put(
      text.position(height: rect.rows), endingAt: inside.endColumn, row: rect.row, style: .muted)
    frame.cursor = inside.origin
  }

  private func text(_ scene: Scene, in rect: Rect) -> ScrollText {
    ScrollText(AuditDetail(row: row, scene: scene).lines(columns: rect.columns - 2), top: top)
  }
}
