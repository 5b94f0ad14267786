import Access
package import TerminalKit

/// The keys of a screen: its own, and those that mean the same everywhere.
package struct HelpDialog: OpenDialog {
  package var applies: Bool { false }

  let title: SafeText
  private let own: [HelpRow]
  private let everywhere: [HelpRow]
  private var text = ScrollText([])

  init(_ screen: any Screen) {
    title = screen.title
    (own, everywhere) = screen.helpRows
  }

  package mutating func appear(_ context: inout Context) {
    text = ScrollText(lines(columns: Self.inside(Chrome.dialogBounds(context.size)).columns))
  }

  package mutating func handle(_ key: Key, _ context: inout Context) {
    if let movement = Movement(key) {
      text.move(movement, height: Self.inside(Chrome.dialogBounds(context.size)).rows)
      return
    }
    switch key {
    case .space:
      text.move(.pageDown, height: Self.inside(Chrome.dialogBounds(context.size)).rows)
    case .escape, .control("C"), .enter, .function(1), "q", "?": context.close()
    default: break
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let box = Self.box(rect)
    let inside = Self.inside(rect)
    // The terminal may have another width than when the help was opened.
    let shown = ScrollText(lines(columns: inside.columns), top: text.top)
    frame.canvas.clear(box)
    frame.canvas.box(box, title: "Keys: " + title)
    shown.draw(on: &frame.canvas, in: inside)
    let edge = box.endRow - 1
    frame.canvas.put(
      " Esc close ", at: Point(column: box.column + 2, row: edge), style: .muted)
    let position = shown.position(height: inside.rows)
    if !position.isEmpty {
      frame.canvas.put(" " + position + " ", endingAt: box.endColumn - 2, row: edge, style: .muted)
    }
    frame.cursor = inside.origin
  }

  private static func box(_ bounds: Rect) -> Rect {
    bounds.centered(Size(columns: 80, rows: bounds.rows))
  }

  private static func inside(_ bounds: Rect) -> Rect { box(bounds).inset(columns: 2, rows: 1) }

  private func lines(columns: Int) -> [ScrollText.Line] {
    let keys = min((own + everywhere).map(\.keys.width).max() ?? 0, 14)
    func section(_ rows: [HelpRow]) -> [ScrollText.Line] {
      rows.flatMap { row in
        row.help.wrapped(to: max(columns - keys - 2, 1)).enumerated().map { index, help in
          let name = index == 0 ? row.keys : ""
          return ScrollText.Line(name.truncated(to: keys).padded(to: keys + 2) + help)
        }
      }
    }
    var lines: [ScrollText.Line] = []
    if !own.isEmpty { lines += section(own) + [ScrollText.Line("")] }
    lines.append(ScrollText.Line("On every screen", .title))
    return lines + section(everywhere)
  }
}
