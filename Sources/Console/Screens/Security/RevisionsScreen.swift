import Access
package import TerminalKit

/// Every version the policy ever had, newest first.
package struct RevisionsScreen: Screen {
  package enum Command: Hashable, Sendable { case undo, decide }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.open, "diff", help: "what the revision changed, and what changed since"),
    .own("u", .undo, "back to it", help: "back to the level or the whole of this revision"),
    .own("d", .decide, "keep or cancel", help: "keep or cancel the pending revision; asks first"),
    .everywhere(.copy, "copy number", help: Guidance.copyHelp, isInFooter: false),
  ])

  package let title: SafeText = "Revisions"
  private var pages = RowPages<RevisionRow>()

  package init() {}

  package func commandLine(_ scene: Scene) -> String? { "gatehouse revision list" }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    guard let row = pages.current else { return nil }
    return switch command {
    case .own(.undo): row.isInForce ? nil : "back to \(row.revision.number)"
    case .own(.decide): row.revision.state(at: scene.now) == .pending ? usual : nil
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    ask(pages.reread(height: Self.height(context.scene)), &context)
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    guard let row = pages.current else { return }
    let number = row.revision.number
    switch command {
    case .undo where row.isInForce: context.say(Guidance.isInForce(number))
    case .undo: context.open(UndoDialog(to: number))
    case .decide:
      guard let pending = context.session.standing.pending, pending.number == number else {
        context.say(Guidance.notPending(number))
        return
      }
      context.open(PendingDialog(pending, mayDecide: context.scene.may(.manageSettings)))
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      if let reading = pages.move(movement, height: Self.height(context.scene)) {
        ask(reading, &context)
      }
    case .open:
      if let row = pages.current { context.push(RevisionScreen(row.revision.number)) }
    case .copy: if let row = pages.current { context.copy(row.id) }
    default: break
    }
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.revisions(let page)):
      let (next, isLost) = pages.receive(
        page, as: reply.slot, height: Self.height(context.scene))
      if let next { ask(next, &context) }
      if isLost { context.say(Guidance.goneMeanwhile) }
    case .success: break
    case .failure(let failure):
      pages.fail(failure, as: reply.slot)
      context.fail(failure)
    }
  }

  private func ask(_ reading: RowPages<RevisionRow>.Reading, _ context: inout Context) {
    let request = PageRequest(
      filter: NoFilter(), sort: RevisionSort.number, isDescending: true, anchor: reading.anchor,
      limit: reading.limit)
    context.ask(.revisions(request), as: reading.slot)
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, body) = rect.splitRows(1)
    frame.canvas.put(" Revisions of the policy, newest first", at: head.origin, style: .title)
    frame.canvas.put(
      pages.position + " ", endingAt: head.endColumn, row: head.row, style: .muted)
    frame.cursor = pages.draw(
      on: &frame.canvas, in: body, columns: Self.columns, empty: Guidance.noRevisions
    ) { row, column in
      Self.cell(row, column, scene)
    }
  }

  private static let columns = [
    Column("No", minimum: 4, alignment: .right),
    Column("State", minimum: 9),
    Column("Saved", minimum: 16, priority: 1),
    Column("By", minimum: 8, ideal: 12, priority: 2),
    Column("What", minimum: 24, ideal: 40, stretch: 1),
  ]

  private static func cell(_ row: RevisionRow, _ column: Int, _ scene: Scene) -> TableCell {
    let revision = row.revision
    switch column {
    case 0: return TableCell(SafeText(row.id))
    case 1: return TableCell(revision.stateWord(scene), revision.stateStyle(scene))
    case 2: return TableCell(scene.zone.brief(revision.at, now: scene.now))
    case 3: return TableCell(SafeText(revision.author.text))
    default: return TableCell(SafeText(revision.summary))
    }
  }

  private static func height(_ scene: Scene) -> Int { scene.body.rows - 2 }
}

extension Revision {
  /// How it stands now, as people say it: `in force`, `pending`, `lapsed`.
  func stateWord(_ scene: Scene) -> SafeText {
    let state = state(at: scene.now)
    let isInForce = scene.session.standing.current.revision.number == number
    return switch state {
    case .standing, .confirmed: isInForce ? "in force" : "past"
    case .pending, .cancelled, .lapsed: SafeText(state.rawValue)
    }
  }

  func stateStyle(_ scene: Scene) -> Style {
    switch state(at: scene.now) {
    case .pending: .warning
    case .cancelled, .lapsed: .muted
    case .standing, .confirmed:
      scene.session.standing.current.revision.number == number ? .ok : .plain
    }
  }
}
