package import Access
package import TerminalKit

/// The worklist: what stands in the way of a stricter level, the gravest first.
package struct MigrationScreen: Screen {
  package enum Command: Hashable, Sendable { case review, link, end, keys, export }

  package static let keymap = Keymap<ScreenCommand<Command>>(
    [
      .everywhere(.open, "evidence", help: "what was seen of it, and what to do"),
      .own("r", .review, "review", help: "write what was decided, then on to the next"),
      .own("t", .link, "link", help: "name the token that takes the key's place"),
      .own("d", .end, "switch off", help: "switch keys off, or go where it is ended"),
      .own("m", .keys, "all keys", help: "all legacy keys, those that are off too"),
      .own(
        "x", .export, "export", help: "the command that writes the list, for a table or an owner"),
    ] + Binding<ScreenCommand<Command>>.browsing())

  package let title: SafeText = "Migration"
  private var list = BrowsedList(WarningSource())
  private var count = ReadinessCount()
  private let drawnReadiness = Drawn<Readiness?>()
  /// What is to be done to the marked rows, once they are read.
  private var intended: WarningDesk.Act?

  package init() {}

  package var prompt: Prompt? { list.prompt }
  package var isTyping: Bool { list.isTyping }

  package func commandLine(_ scene: Scene) -> String? {
    ("gatehouse migration list " + filterWords).trimmed
  }

  private var filterWords: String {
    list.filterText.split(separator: " ").map { String($0).asCommandWord }.joined(separator: " ")
  }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.review): return list.isEmpty ? nil : usual + several
    case .own(.link): return !list.hasMarks && list.current?.kind == .legacyKey ? usual : nil
    case .own(.end):
      guard let row = list.current else { return nil }
      return list.hasMarks || row.kind == .legacyKey ? usual + several : "go there"
    case .everywhere(.open), .everywhere(.mark): return list.isEmpty ? nil : usual
    case .everywhere(.sort): return nil
    case .everywhere(.find), .everywhere(.filter):
      return list.isEmpty && !list.isFiltered ? nil : usual
    default: return usual
    }
  }

  /// How many an action is meant for; empty for the one under the cursor.
  private var several: SafeText {
    list.hasMarks ? " " + (list.markCount.map { .count($0) } ?? "marked") : ""
  }

  // MARK: - Reading

  package mutating func refresh(_ context: inout Context) {
    list.refresh(height: Self.height(context.scene), &context)
    count.refresh(&context)
  }

  package mutating func arrive(filter: String, _ context: inout Context) {
    list.show(filter: filter, height: Self.height(context.scene), &context)
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    if list.receive(reply, height: Self.height(context.scene), &context) { return }
    switch reply.slot {
    case "readiness": count.receive(reply)
    case "reviewed", "next", "first": takeNext(reply, &context)
    default:
      if let rows = list.chosen(in: reply, &context), let act = intended {
        WarningDesk.perform(act, rows, &context)
      }
      intended = nil
    }
  }

  // MARK: - Keys

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .review: act(.review, &context)
    case .link: WarningDesk.perform(.link, list.current.map { [$0] } ?? [], &context)
    case .end: act(.end, &context)
    case .keys: context.push(LegacyKeysScreen())
    case .export:
      let line = "gatehouse migration export --format markdown " + filterWords
      context.open(CommandDialog(line.trimmed, remote: context.scene.remote))
    }
  }

  private mutating func act(_ act: WarningDesk.Act, _ context: inout Context) {
    if let rows = list.chosen(&context) {
      WarningDesk.perform(act, rows, &context)
    } else {
      intended = act
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    if list.perform(command, height: Self.height(context.scene), &context) { return }
    guard case .open = command, let row = list.current else { return }
    context.push(WarningScreen(row))
  }

  package mutating func type(_ key: Key, _ context: inout Context) {
    _ = list.type(key, height: Self.height(context.scene), &context)
  }

  package mutating func paste(_ text: String, _ context: inout Context) -> Bool {
    list.paste(text, height: Self.height(context.scene), &context).isTaken
  }

  package mutating func rest(_ context: inout Context) { list.rest() }

  package mutating func changed(_ change: Change, _ outcome: Outcome, _ context: inout Context) {
    if change.isOfKeys { list.unmarkAll() }
    guard case .review = change else { return }
    list.unmarkAll()
    count.restart(&context)
    // On to what is still without a review, from where the row is now: traffic may have moved it.
    guard let id = list.current?.id else { return }
    let request = PageRequest(filter: WarningFilter(id: id), sort: list.sort, limit: 1)
    context.ask(.warnings(request), as: "reviewed")
  }

  private func askNext(_ anchor: Anchor, as slot: Slot, _ context: inout Context) {
    var filter = list.source.filter(list.filterText)
    filter.states = [.new]
    let request = PageRequest(
      filter: filter, sort: list.sort, isDescending: list.isDescending, anchor: anchor, limit: 1)
    context.ask(.warnings(request), as: slot)
  }

  /// Behind the row that was reviewed, then from the first on.
  private mutating func takeNext(_ reply: Reply, _ context: inout Context) {
    guard case .success(.warnings(let page)) = reply.result else { return }
    switch (reply.slot, page.rows.first) {
    case ("reviewed", let row?): askNext(.after(row.cursor), as: "next", &context)
    case ("reviewed", nil), ("next", nil): askNext(.start, as: "first", &context)
    case (_, let row?): list.go(to: row, height: Self.height(context.scene), &context)
    case (_, nil): context.say(Guidance.allReviewed)
    }
  }

  // MARK: - Drawing

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, body) = rect.splitRows(1)
    drawnReadiness.draw(count.readiness, on: &frame.canvas, in: head) {
      draw(count.readiness, on: &$0, in: head)
    }
    let (left, right) = list.split(body)
    let look = BrowsedList<WarningSource>.Look(
      title: "Migration", briefTitle: "Migration",
      scope: list.isFiltered ? "" : count.readiness.map { .count($0.open) + " open," } ?? "",
      columns: Self.columns, keyColumn: 1, empty: Guidance.noWarnings)
    frame.cursor = list.draw(on: &frame.canvas, in: left, look, scene) { row, column in
      Self.cell(row, column, scene)
    }
    guard let right else { return }
    list.drawDetail(on: &frame.canvas, in: right, scene) { row, columns in
      WarningDetail(row: row, scene: scene).lines(columns: columns)
    }
  }

  /// How far each level is, and how many of the requests carry a Bearer token.
  private func draw(_ readiness: Readiness?, on canvas: inout Canvas, in rect: Rect) {
    guard let readiness else {
      canvas.put(" counting…", at: rect.origin, style: .muted)
      return
    }
    let levels = readiness.levels.map { level -> SafeText in
      let name = SafeText(level.level.name) + " \(level.percent)%"
      return level.missing > 0 ? name + ", " + .count(level.missing) + " left" : name
    }
    let share = Bars.sparkline(readiness.bearerShare.map { $0 ?? 0 }, maximum: 100)
    let ready: SafeText = levels.isEmpty ? "" : "Ready for " + levels.joined(by: " · ") + " · "
    let text = " " + ready + "Bearer 14d " + share
    canvas.put(text, at: rect.origin, style: .muted, maxWidth: rect.columns)
  }

  private static let columns = [
    Column("Sev", minimum: 5),
    Column("What", minimum: 22, ideal: 32, stretch: 2),
    Column("Owner", minimum: 11, ideal: 14, stretch: 1, priority: 1),
    Column("Last used", minimum: 11, priority: 2),
    Column("Breaks at", minimum: 9, priority: 3),
    Column("Review", minimum: 9, ideal: 14),
  ]

  private static func cell(_ row: WarningRow, _ column: Int, _ scene: Scene) -> TableCell {
    let quiet: Style = row.isOpen(at: scene.now) ? .plain : .muted
    switch column {
    case 0: return TableCell(SafeText(row.severity.rawValue), row.severity.style)
    case 1: return TableCell(SafeText(row.what), quiet)
    case 2: return TableCell(row.shownOwner, row.isOwnerActive ? quiet : .warning)
    case 3: return TableCell(row.shownUse(scene.now), row.lastUsedAt == nil ? .muted : quiet)
    case 4: return TableCell(SafeText(row.breaks.words), quiet)
    default: return row.shownReview(scene.now)
    }
  }

  /// Without the line of readiness, the title and the titles of the columns.
  private static func height(_ scene: Scene) -> Int {
    scene.body.rows - BrowsedList<WarningSource>.headRows - 1
  }
}
