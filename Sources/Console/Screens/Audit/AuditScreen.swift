import Access
package import TerminalKit

/// Everything that was ever changed, newest first: who did it, through what, to what.
package struct AuditScreen: Screen {
  package enum Command: Hashable, Sendable { case undo, integrity }

  package static let keymap = Keymap<ScreenCommand<Command>>(
    [
      .everywhere(.open, "before and after", help: "the whole row, with before and after"),
      .own("u", .undo, "undo", help: "take a change of the policy back; shows the plan first"),
      .own("i", .integrity, "integrity", help: "check that nothing of it was altered or lost"),
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
    case .own(.undo): list.current?.revision != nil ? usual : nil
    case .everywhere(.open): list.isEmpty ? nil : usual
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
    case .integrity: context.open(IntegrityDialog())
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

  package mutating func rest(_ context: inout Context) { list.rest() }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    if rollback.receive(reply, &context) { return }
    _ = list.receive(reply, height: Self.height(context.scene), &context)
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (left, right) = list.split(rect)
    let fields = Self.fields(left, isBesideDetail: right != nil)
    let look = BrowsedList<AuditSource>.Look(
      title: "Audit", briefTitle: "Audit", columns: fields.map { $0.column },
      keyColumn: fields.count - 1, empty: Guidance.noAudit)
    frame.cursor = list.draw(on: &frame.canvas, in: left, look, scene) { row, column in
      fields.indices.contains(column) ? fields[column].cell(row, scene) : TableCell("")
    }
    guard let right else { return }
    list.drawDetail(on: &frame.canvas, in: right, scene) { row, columns in
      AuditDetail(row: row, scene: scene).lines(columns: columns)
    }
  }

  /// Where there is little room, or the details beside have the rest, what was done to what gets it.
  private static func fields(_ rect: Rect, isBesideDetail: Bool) -> [AuditField] {
    if isBesideDetail { return [.time, .actor, .action, .target] }
    return rect.columns < 76
      ? [.day, .actor, .action, .target] : [.time, .actor, .through, .action, .target]
  }

  private static func height(_ scene: Scene) -> Int {
    scene.body.rows - BrowsedList<AuditSource>.headRows
  }
}

/// What the list shows of a row.
private enum AuditField {
  case time, day, actor, through, action, target

  var column: Column {
    switch self {
    case .time: Column("Time", minimum: 20)
    case .day: Column("Time", minimum: 10)
    case .actor: Column("Actor", minimum: 8, ideal: 10)
    case .through: Column("Through", minimum: 7)
    case .action: Column("Action", minimum: 12, ideal: 16)
    case .target: Column("Target", minimum: 12, ideal: 24, stretch: 1)
    }
  }

  /// Times of today are without their day; where there is no room for both, others are without
  /// their time.
  func cell(_ row: AuditRow, _ scene: Scene) -> TableCell {
    switch self {
    case .time, .day:
      let day = scene.zone.day(row.at)
      if day == scene.zone.day(scene.now) { return TableCell(scene.zone.clock(row.at), .muted) }
      return TableCell(self == .day ? day : scene.zone.minute(row.at), .muted)
    case .actor: return TableCell(SafeText(row.actor))
    case .through: return TableCell(SafeText(row.through), .muted)
    case .action: return TableCell(SafeText(row.action))
    case .target: return TableCell(SafeText(row.briefTarget))
    }
  }
}
