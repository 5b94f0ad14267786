import Access
import TerminalKit

/// The credentials that a change of the policy would stop, used last first.
struct StoppingList: Sendable {
  let change: PolicyChange
  // An answer holds at most a hundred rows; so does a re-reading.
  private var pages = RowPages<StoppingCredentialRow>(capacity: 100)

  init(_ change: PolicyChange) { self.change = change }

  var current: StoppingCredential? { pages.current?.credential }
  var position: SafeText { pages.position }

  mutating func refresh(height: Int, _ context: inout Context) {
    ask(pages.reread(height: height), &context)
  }

  mutating func move(_ movement: Movement, height: Int, _ context: inout Context) {
    if let reading = pages.move(movement, height: height) { ask(reading, &context) }
  }

  mutating func receive(_ reply: Reply, height: Int, _ context: inout Context) {
    switch reply.result {
    case .success(.stopping(let page)):
      let (next, isLost) = pages.receive(page, as: reply.slot, height: height)
      if let next { ask(next, &context) }
      if isLost { context.say(Guidance.goneMeanwhile) }
    case .success: break
    case .failure(let failure):
      pages.fail(failure, as: reply.slot)
      context.fail(failure)
    }
  }

  private func ask(
    _ reading: RowPages<StoppingCredentialRow>.Reading, _ context: inout Context
  ) {
    context.ask(.stopping(change, reading.anchor), as: reading.slot)
  }

  func draw(on canvas: inout Canvas, in rect: Rect, _ scene: Scene) -> Point {
    pages.draw(
      on: &canvas, in: rect, columns: Self.columns, empty: Guidance.nothingStops
    ) { row, column in
      Self.cell(row.credential, column, now: scene.now)
    }
  }

  static let columns = [
    Column("Name", minimum: 10, ideal: 12, stretch: 2),
    Column("Kind", minimum: 12, priority: 2),
    Column("Owner", minimum: 8, ideal: 9, stretch: 1, priority: 1),
    Column("Last used", minimum: 11),
    Column("Client", minimum: 8, ideal: 15, stretch: 1, priority: 4),
    Column("Review", minimum: 8, ideal: 14, priority: 3),
  ]

  static func cell(_ credential: StoppingCredential, _ column: Int, now: Instant) -> TableCell {
    switch column {
    case 0: TableCell(SafeText(credential.label))
    case 1: TableCell(SafeText(credential.kind.name))
    case 2: TableCell(SafeText(credential.owner))
    case 3:
      TableCell(
        credential.lastUsedAt.ago(now, never: "never seen"),
        credential.lastUsedAt == nil ? .muted : .plain)
    case 4: TableCell(credential.client.map { SafeText($0) } ?? "-", .muted)
    default:
      TableCell(credential.review.words, credential.review == .new ? .warning : .plain)
    }
  }
}

extension ReviewState {
  /// As people read it: `accepted break`.
  var words: SafeText { self == .acceptedBreak ? "accepted break" : SafeText(rawValue) }
}
