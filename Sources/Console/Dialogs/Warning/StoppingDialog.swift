import Access
package import TerminalKit

/// All credentials that stop, over the warning they were counted in.
package struct StoppingDialog: OpenDialog {
  package var applies: Bool { false }

  private var list: StoppingList

  init(_ change: PolicyChange) { list = StoppingList(change) }

  package mutating func appear(_ context: inout Context) {
    list.refresh(height: Self.height(context.scene), &context)
  }

  package mutating func handle(_ key: Key, _ context: inout Context) {
    if let movement = Movement(key) {
      list.move(movement, height: Self.height(context.scene), &context)
      return
    }
    switch key {
    case .escape, .control("C"), .enter, "q": context.close()
    case "y": if let id = list.current?.credential { context.copy(id) }
    default: break
    }
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    list.receive(reply, height: Self.height(context.scene), &context)
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    frame.canvas.clear(rect)
    frame.canvas.box(rect, title: list.change.stopsTitle)
    frame.cursor = list.draw(on: &frame.canvas, in: rect.inset(columns: 2, rows: 1), scene)
    let edge = rect.endRow - 1
    frame.canvas.put(
      " y copy id   Esc back ", at: Point(column: rect.column + 2, row: edge), style: .muted)
    if !list.position.isEmpty {
      frame.canvas.put(
        " " + list.position + " ", endingAt: rect.endColumn - 2, row: edge, style: .muted)
    }
  }

  /// Without the border and the titles of the columns.
  private static func height(_ scene: Scene) -> Int { Chrome.dialogBounds(scene.size).rows - 3 }
}
