import Access
package import TerminalKit

/// The credentials behind a figure: those that stop if a change of the policy is applied.
package struct StoppingScreen: Screen {
  package typealias Command = Never

  package static let keymap = Keymap<ScreenCommand<Never>>([
    .everywhere(.back, "back", help: "back to the figures"),
    .everywhere(.copy, "copy id", help: Guidance.copyHelp),
  ])

  package let title: SafeText = "Credentials that stop"
  private var list: StoppingList

  init(_ change: PolicyChange) { list = StoppingList(change) }

  package func commandLine(_ scene: Scene) -> String? { list.change.planCommand }

  package mutating func refresh(_ context: inout Context) {
    list.refresh(height: Self.height(context.scene), &context)
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      list.move(movement, height: Self.height(context.scene), &context)
    case .copy: if let id = list.current?.credential { context.copy(id) }
    default: break
    }
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    list.receive(reply, height: Self.height(context.scene), &context)
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, body) = rect.splitRows(1)
    frame.canvas.put(
      " " + list.change.stopsTitle, at: head.origin, style: .title, maxWidth: head.columns - 14)
    frame.canvas.put(
      list.position + " ", endingAt: head.endColumn, row: head.row, style: .muted, maxWidth: 14)
    frame.cursor = list.draw(on: &frame.canvas, in: body, scene)
  }

  private static func height(_ scene: Scene) -> Int { scene.body.rows - 2 }
}
