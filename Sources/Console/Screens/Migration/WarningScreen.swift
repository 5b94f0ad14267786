import Access
package import TerminalKit

/// One warning with its evidence, and what can be done about it.
package struct WarningScreen: Screen {
  package enum Command: Hashable, Sendable { case review, link, end }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .own("r", .review, "review", help: "write what was decided"),
    .own("t", .link, "link", help: "name the token that takes the key's place"),
    .own("d", .end, "switch off", help: "switch the key off, or go where it is ended"),
    .everywhere(.copy, "copy id", help: Guidance.copyHelp),
  ])

  package var title: SafeText { SafeText(row.what) }
  private var row: WarningRow
  private var top = 0

  init(_ row: WarningRow) { self.row = row }

  package func commandLine(_ scene: Scene) -> String? {
    "gatehouse migration show " + row.id.asCommandWord
  }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.link): row.kind == .legacyKey ? usual : nil
    case .own(.end): row.kind == .legacyKey ? usual : "go there"
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    let request = PageRequest(
      filter: WarningFilter(id: row.id), sort: WarningSort.urgency, limit: 1)
    context.ask(.warnings(request), as: "warning")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.warnings(let page)):
      guard let row = page.rows.first else {
        context.say(Guidance.warningSolved)
        context.pop()
        return
      }
      self.row = row
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .review: WarningDesk.perform(.review, [row], &context)
    case .link: WarningDesk.perform(.link, [row], &context)
    case .end: WarningDesk.perform(.end, [row], &context)
    }
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

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let inside = rect.inset(columns: 1)
    text(scene, columns: rect.columns).draw(on: &frame.canvas, in: inside)
    frame.cursor = inside.origin
  }

  private func text(_ scene: Scene, columns: Int) -> ScrollText {
    ScrollText(WarningDetail(row: row, scene: scene).lines(columns: columns - 2), top: top)
  }
}
