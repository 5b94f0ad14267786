package import Access
package import TerminalKit

/// One legacy key with everything that is known of it, and what can be done to it.
package struct LegacyKeyScreen: Screen {
  package enum Command: Hashable, Sendable { case end, enable }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .own("d", .end, "switch off", help: "switch off, or retire for good; asks which"),
    .own("e", .enable, "switch on", help: "switch on again what was switched off"),
    .everywhere(.copy, "copy id", help: Guidance.copyHelp),
  ])

  package var title: SafeText { "Legacy key " + SafeText(row.label) }
  private var row: LegacyKeyRow
  private var top = 0

  init(_ row: LegacyKeyRow) { self.row = row }

  package func commandLine(_ scene: Scene) -> String? {
    "gatehouse key show " + row.id.asCommandWord
  }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch (command, row.state) {
    case (.own, .retired), (.own(.enable), .active): nil
    case (.own(.end), .disabled): "retire"
    default: usual
    }
  }

  /// Its label never changes, so that the order by label finds it whatever else did.
  package mutating func refresh(_ context: inout Context) {
    let place = RowCursor(key: .text(row.label), id: row.cursor.id)
    let request = PageRequest(
      filter: LegacyKeyFilter(), sort: LegacyKeySort.label, anchor: .from(place), limit: 1)
    context.ask(.keys(request), as: "key")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.keys(let page)):
      guard let row = page.rows.first, row.id == self.row.id else {
        context.say(Guidance.goneMeanwhile)
        context.pop()
        return
      }
      self.row = row
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    guard LegacyKeyDesk.permits(&context) else { return }
    LegacyKeyDesk.perform(command == .end ? .end : .enable, [row], &context)
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      var text = text(context.scene, columns: context.body.columns)
      text.move(movement, height: context.body.rows)
      top = text.top
    case .copy: context.copy(row.id)
    default: break
    }
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    LegacyKeyDesk.report(change, result, &context)
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let inside = rect.inset(columns: 1)
    text(scene, columns: rect.columns).draw(on: &frame.canvas, in: inside)
    frame.cursor = inside.origin
  }

  private func text(_ scene: Scene, columns: Int) -> ScrollText {
    ScrollText(LegacyKeyDetail(row: row, scene: scene).lines(columns: columns - 2), top: top)
  }
}
