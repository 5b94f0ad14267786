import Access
package import TerminalKit

/// Everything that was ever changed, newest first: who did it, through what, to what.
package struct AuditScreen: Screen {
  package enum Command: Hashable, Sendable { case undo }

  package static let keymap = Keymap<ScreenCommand<Command>>(
    [
      .everywhere(.open, "before and after", help: "the whole row, with before and after"),
      .own("u", .undo, "undo", help: "take a change of the policy back; shows the plan first"),
    ] + Binding<ScreenCommand<Command>>.browsing(copying: "copy number", marks: false))

  package let title: SafeText = "Audit"
  private var list = BrowsedList(AuditSource(now: Instant(milliseconds: 0)))
  private var rollback = AuditRollback()

  package init() {}

  package var prompt: Prompt? { list.prompt }
  package var isTyping: Bool { list.isTyping }

  package func commandLine(_ scene: Scene) -> String? { list.source.command(list.filterText) }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.undo): scene.may(.manageSettings) && list.current?.revision != nil ? usual : nil
    case .everywhere(.open): list.current == nil ? nil : usual
    case .everywhere(.sort): "reverse"
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    list.source.now = context.now
    list.refresh(height: Self.height(context.scene), &context)
  }

  package mutating func arrive(filter: String, _ context: inout Context) {
    list.source.now = context.now
    list.show(filter: filter, height: Self.height(context.scene), &context)
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .undo: rollback.begin(list.current, &context)
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    if list.perform(command, height: Self.height(context.scene), &context) { return }
    guard case .open = command, let row = list.current else { return }
    context.push(
      AuditRowScreen(
        row, filter: list.source.filter(list.filterText), isDescending: list.isDescending))
  }

  package mutating func type(_ key: Key, _ context: inout Context) {
    list.source.now = context.now
    _ = list.type(key, height: Self.height(context.scene), &context)
  }

  package mutating func paste(_ text: String, _ context: inout Context) -> Bool {
    list.source.now = context.now
    return list.paste(text, height: Self.height(context.scene), &context).isTaken
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    if rollback.receive(reply, &context) { return }
    _ = list.receive(reply, height: Self.height(context.scene), &context)
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (left, right) = rect.splitBesideList()
    let look = BrowsedList<AuditSource>.Look(
      title: "Audit", briefTitle: "Audit", columns: Self.columns, keyColumn: 4,
      empty: Guidance.noAudit)
    frame.cursor = list.draw(on: &frame.canvas, in: left, look) { row, column in
      Self.cell(row, column, scene)
    }
    guard let right, let row = list.current else { return }
    frame.canvas.rule(column: right.column - 2, rows: right.row..<right.endRow)
    AuditDetail(row: row, scene: scene).text(columns: right.columns)
      .draw(on: &frame.canvas, in: right)
  }

  private static let columns = [
    Column("Time", minimum: 20),
    Column("Actor", minimum: 8, ideal: 12),
    Column("Through", minimum: 7, priority: 1),
    Column("Action", minimum: 12, ideal: 19),
    Column("Target", minimum: 12, ideal: 24, stretch: 1),
  ]

  private static func cell(_ row: AuditRow, _ column: Int, _ scene: Scene) -> TableCell {
    switch column {
    case 0:
      let isToday = scene.zone.day(row.at) == scene.zone.day(scene.now)
      return TableCell(isToday ? scene.zone.clock(row.at) : scene.zone.minute(row.at), .muted)
    case 1: return TableCell(SafeText(row.actor))
    case 2: return TableCell(SafeText(row.through), .muted)
    case 3: return TableCell(SafeText(row.action))
    default: return TableCell(SafeText(row.target))
    }
  }

  private static func height(_ scene: Scene) -> Int {
    scene.body.rows - BrowsedList<AuditSource>.headRows
  }
}
