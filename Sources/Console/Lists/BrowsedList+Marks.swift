import Access
import TerminalKit

// Marks, and the rows an action is meant for.
extension BrowsedList {
  /// The most rows that one action takes.
  static var mostChosen: Int { 1000 }

  /// How many rows are marked; nil where that takes a total which is not known.
  var markCount: Int? { pages.window.marks.count(of: pages.total) }
  var hasMarks: Bool { !pages.window.marks.isEmpty }

  mutating func toggleMark(height: Int, _ context: inout Context) {
    guard let current else { return }
    let reading = pages.toggleMark(height: height)
    marked[current.id] = pages.window.marks.contains(current.id) ? current : nil
    if let reading { ask(reading, &context) }
  }

  mutating func markRange(_ context: inout Context) {
    if !pages.markRange() { context.say(Guidance.rangeBegins) }
    for row in pages.window.rows {
      marked[row.id] = pages.window.marks.contains(row.id) ? row : nil
    }
  }

  mutating func unmarkAll() {
    pages.unmarkAll()
    marked = [:]
  }

  /// The rows an action is meant for: the marked ones, else that under the cursor.
  ///
  /// Nil where they have to be read first: then they come in the reply that ``chosen(in:_:)`` takes.
  mutating func chosen(_ context: inout Context) -> [Row]? {
    let marks = pages.window.marks
    if marks.isEmpty { return current.map { [$0] } ?? [] }
    guard marks.isInverted else {
      let held = pages.window.rows.filter { marks.contains($0.id) }
      let others = Set(marks.ids).subtracting(held.map(\.id)).sorted()
      return held + others.compactMap { marked[$0] }
    }
    if pages.window.isAtStart, pages.window.isAtEnd {
      return pages.window.rows.filter { marks.contains($0.id) }
    }
    context.ask(
      source.question(
        request(filterText, .start, limit: Self.mostChosen + marks.ids.count)), as: "chosen")
    return nil
  }

  /// The rows that were read for an action; nil if the reply is none of those, or they are too many.
  func chosen(in reply: Reply, _ context: inout Context) -> [Row]? {
    guard reply.slot == "chosen" else { return nil }
    switch reply.result {
    case .failure(let failure):
      context.fail(failure)
      return nil
    case .success(let answer):
      guard let page = source.page(in: answer) else { return nil }
      if page.hasAfter {
        context.fail(Guidance.tooManyMarked(Self.mostChosen))
        return nil
      }
      return page.rows.filter { pages.window.marks.contains($0.id) }
    }
  }
}
