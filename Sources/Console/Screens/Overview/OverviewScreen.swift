import Access
package import TerminalKit

/// How the site stands: what is in force, what is left to set up, what ends next, what was done.
package struct OverviewScreen: Screen {
  package typealias Command = Never

  package static let keymap = Keymap<ScreenCommand<Never>>([
    .everywhere(.open, "go there", help: "go where the line belongs"),
    .everywhere(.nextPane, "next part", help: "the next part of the screen"),
    .everywhere(.previousPane, "previous part", isInFooter: false),
    .everywhere(.copy, "copy", isInFooter: false),
  ])

  package let title: SafeText = "Overview"

  private(set) var overview: Overview?
  /// Arrives after the first frame.
  private(set) var counts: Overview.Counts?
  /// Arrives later still, for those who work through the migration.
  private var count = ReadinessCount()
  /// The line under the cursor, by what it is about.
  private var focus: OverviewLine.Target = .level

  package init() {}

  var readiness: Readiness? { count.readiness }

  package func commandLine(_ scene: Scene) -> String? { "gatehouse status" }

  package mutating func appear(isFirst: Bool, _ context: inout Context) { refresh(&context) }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.overview, as: "overview")
    if context.scene.may(.reviewMigration) { count.refresh(&context) }
    context.ask(.overviewCounts, as: "counts", .later)
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.overview(let overview)): self.overview = overview
    case .success(.overviewCounts(let counts)): self.counts = counts
    case .success(.readiness): count.receive(reply)
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement): move(movement, context.scene)
    case .nextPane: changePart(by: 1, context.scene)
    case .previousPane: changePart(by: -1, context.scene)
    case .open: open(&context)
    case .copy: if let text = focus.copied { context.copy(text) }
    default: break
    }
  }

  private func open(_ context: inout Context) {
    switch focused(context.scene) {
    case .step(.backup): context.say(Guidance.backup)
    case .refusals(let reason): context.push(RefusalsScreen(filter: reason))
    case let target: context.go(to: target.place, filter: target.filter)
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let focus = focused(scene)
    let columns = columns(scene)
    let areas = Self.areas(rect, columns: columns.count)
    for (area, sections) in zip(areas, columns) {
      if area.column > rect.column {
        frame.canvas.rule(column: area.column - 2, rows: rect.row..<rect.endRow)
      }
      let lines = sections.flatMap { $0.laidOut(columns: area.columns - 2) }
      OverviewColumn(lines: lines, focus: focus).draw(on: &frame, in: area)
    }
  }

  /// One column of sections, or two side by side where there is room.
  private func columns(_ scene: Scene) -> [[OverviewSection]] {
    let (left, right) = sections(scene)
    return Self.isWide(scene.body) ? [left, right] : [left + right]
  }

  private static func isWide(_ size: Size) -> Bool { size.columns >= 76 }

  private static func areas(_ rect: Rect, columns: Int) -> [Rect] {
    guard columns == 2 else { return [rect.inset(columns: 1)] }
    let (left, right) = rect.splitColumns(rect.columns * 9 / 16, gap: 2)
    return [
      left.inset(columns: 1),
      Rect(
        column: right.column, row: right.row, columns: right.columns - 1, rows: right.rows),
    ]
  }

  // MARK: - The cursor

  /// The line the cursor is on: the one it was put on, or the first where that is gone.
  private func focused(_ scene: Scene) -> OverviewLine.Target {
    let targets = columns(scene).flatMap { $0.flatMap(\.targets) }
    return targets.contains(focus) ? focus : targets.first ?? .level
  }

  private mutating func move(_ movement: Movement, _ scene: Scene) {
    let focus = focused(scene)
    let columns = columns(scene).map { $0.flatMap(\.targets) }
    guard let column = columns.firstIndex(where: { $0.contains(focus) }),
      let index = columns[column].firstIndex(of: focus)
    else { return }
    switch movement {
    case .left, .right:
      let next = column + (movement == .left ? -1 : 1)
      if columns.indices.contains(next), let first = columns[next].first { self.focus = first }
    case .up, .down, .pageUp, .pageDown, .home, .end:
      var menu = Menu(count: columns[column].count, cursor: index)
      menu.move(movement, height: scene.body.rows)
      self.focus = columns[column][menu.cursor]
    }
  }

  private mutating func changePart(by step: Int, _ scene: Scene) {
    let focus = focused(scene)
    let parts = columns(scene).flatMap { $0.map(\.targets) }.filter { !$0.isEmpty }
    guard let index = parts.firstIndex(where: { $0.contains(focus) }) else { return }
    self.focus = parts[(index + step + parts.count) % parts.count].first ?? focus
  }
}
