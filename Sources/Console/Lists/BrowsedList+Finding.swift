import Access
import TerminalKit

// Finding: whoever has the whole list is asked for the next row with the words, round its end.
extension BrowsedList {
  /// Looks for the next row that holds what is sought; from the cursor on, then from the other end.
  mutating func seek(isForward: Bool, _ context: inout Context) {
    guard sought.contains(where: { $0 != " " }) else {
      return context.say(Guidance.nothingSought)
    }
    look(isForward, from: current?.cursor, &context)
  }

  private mutating func look(
    _ isForward: Bool, from cursor: RowCursor?, _ context: inout Context
  ) {
    let anchor: Anchor =
      if let cursor {
        isForward ? .after(cursor) : .before(cursor)
      } else {
        isForward ? .start : .end
      }
    search = Search(isForward: isForward, isAround: cursor == nil)
    context.ask(
      source.question(request(filterText + " " + sought, anchor, limit: 1)), as: "find")
  }

  /// Takes the row that was found, or looks from the other end.
  mutating func found(_ row: Row?, height: Int, _ context: inout Context) {
    guard let search else { return }
    self.search = nil
    guard let row else {
      if search.isAround {
        context.say(Guidance.notFound(sought))
      } else {
        look(search.isForward, from: nil, &context)
      }
      return
    }
    if search.isAround, let current {
      context.say(row.id == current.id ? Guidance.foundOnlyHere(sought) : Guidance.foundAround)
    }
    if !pages.moveCursor(to: row.id) { go(to: row, height: height, &context) }
  }

  /// Reads the list from a row on, with the cursor on it.
  mutating func go(to row: Row, height: Int, _ context: inout Context) {
    context.forget("step")
    context.forget("again")
    landing = row.id
    ask(pages.jump(to: row.cursor, height: height), &context)
  }

  mutating func stopSearching(_ context: inout Context) {
    search = nil
    landing = nil
    context.forget("find")
    context.forget("jump")
  }
}
