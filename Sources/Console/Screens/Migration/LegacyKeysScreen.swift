package import Access
package import TerminalKit

/// All legacy keys, those that are off or retired too, used last first.
package struct LegacyKeysScreen: Screen {
  package enum Command: Hashable, Sendable { case end, enable }

  package static let keymap = Keymap<ScreenCommand<Command>>(
    [
      .everywhere(.open, "details", help: "the whole of a key, but for its value"),
      .own("d", .end, "switch off", help: "switch off, or retire for good; asks which"),
      .own("e", .enable, "switch on", help: "switch on again what was switched off"),
    ] + Binding<ScreenCommand<Command>>.browsing())

  package let title: SafeText = "Legacy keys"
  private var list = BrowsedList(LegacyKeySource())
  /// What is to be done to the marked keys, once they are read.
  private var intended: LegacyKeyDesk.Act?

  package init() {}

  package var prompt: Prompt? { list.prompt }
  package var isTyping: Bool { list.isTyping }

  package func commandLine(_ scene: Scene) -> String? { "gatehouse key list" }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    let count: SafeText = list.hasMarks ? " " + (list.markCount.map { .count($0) } ?? "marked") : ""
    switch command {
    case .own(.end):
      guard let row = list.current else { return nil }
      if list.hasMarks { return usual + count }
      return switch row.state {
      case .active: usual
      case .disabled: "retire"
      case .retired: nil
      }
    case .own(.enable):
      guard let row = list.current else { return nil }
      if list.hasMarks { return usual + count }
      return row.state == .disabled ? usual : nil
    case .everywhere(.open), .everywhere(.mark): return list.isEmpty ? nil : usual
    case .everywhere(.find), .everywhere(.sort), .everywhere(.filter):
      return list.isEmpty && !list.isFiltered ? nil : usual
    default: return usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    list.refresh(height: Self.height(context.scene), &context)
  }

  package mutating func arrive(filter: String, _ context: inout Context) {
    list.show(filter: filter, height: Self.height(context.scene), &context)
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    guard LegacyKeyDesk.permits(&context) else { return }
    let act: LegacyKeyDesk.Act = command == .end ? .end : .enable
    if let rows = list.chosen(&context) {
      LegacyKeyDesk.perform(act, rows, &context)
    } else {
      intended = act
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    if list.perform(command, height: Self.height(context.scene), &context) { return }
    guard case .open = command, let row = list.current else { return }
    context.push(LegacyKeyScreen(row))
  }

  package mutating func type(_ key: Key, _ context: inout Context) {
    _ = list.type(key, height: Self.height(context.scene), &context)
  }

  package mutating func paste(_ text: String, _ context: inout Context) -> Bool {
    list.paste(text, height: Self.height(context.scene), &context).isTaken
  }

  package mutating func rest(_ context: inout Context) { list.rest() }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    if list.receive(reply, height: Self.height(context.scene), &context) { return }
    if let rows = list.chosen(in: reply, &context), let act = intended {
      LegacyKeyDesk.perform(act, rows, &context)
    }
    intended = nil
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    LegacyKeyDesk.report(change, result, &context)
    if case .success = result { list.unmarkAll() }
  }

  package mutating func changed(_ change: Change, _ outcome: Outcome, _ context: inout Context) {
    if change.isOfKeys { list.unmarkAll() }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (left, right) = list.split(rect)
    let look = BrowsedList<LegacyKeySource>.Look(
      title: "Migration: legacy keys", briefTitle: "Legacy keys", columns: Self.columns(scene),
      empty: Guidance.noKeys)
    frame.cursor = list.draw(on: &frame.canvas, in: left, look, scene) { row, column in
      Self.cell(row, column, scene)
    }
    guard let right else { return }
    list.drawDetail(on: &frame.canvas, in: right, scene) { row, columns in
      LegacyKeyDetail(row: row, scene: scene).lines(columns: columns)
    }
  }

  private static func columns(_ scene: Scene) -> [Column] {
    let window = SafeText(scene.session.policy.properties.usageWindow.description)
    return [
      Column("Label", minimum: 13, ideal: 20, stretch: 2),
      Column("Owner", minimum: 11, ideal: 16, stretch: 1),
      Column("State", minimum: 8),
      Column("Last used", minimum: 11),
      Column("Uses " + window, minimum: 8, priority: 2, alignment: .right),
      Column("From", minimum: 12, ideal: 15, priority: 3),
      Column("Review", minimum: 9, ideal: 14, priority: 1),
    ]
  }

  private static func cell(_ row: LegacyKeyRow, _ column: Int, _ scene: Scene) -> TableCell {
    let quiet: Style = row.state == .retired ? .muted : .plain
    switch column {
    case 0: return TableCell(SafeText(row.label), quiet)
    case 1: return TableCell(row.shownOwner, row.isOwnerActive ? quiet : .warning)
    case 2: return TableCell(SafeText(row.state.rawValue), row.state.style)
    case 3:
      return TableCell(row.shownUse(scene.now), row.lastUsedAt == nil ? .muted : quiet)
    case 4: return TableCell(.count(row.uses), quiet)
    case 5: return TableCell(row.lastSource.map { SafeText($0) } ?? "-", .muted)
    default:
      return TableCell(
        row.review.words, row.review == .new && row.state == .active ? .warning : quiet)
    }
  }

  private static func height(_ scene: Scene) -> Int {
    scene.body.rows - BrowsedList<LegacyKeySource>.headRows
  }
}
