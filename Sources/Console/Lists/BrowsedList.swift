import Access
import TerminalKit

/// A big list as somebody goes through it: filter, order, search and marks over its pages.
///
/// A screen hands it the common keys, what is typed while it ``isTyping``, and the replies; it asks
/// for what is missing. Every `height` is the number of rows that are drawn, titles not counted.
struct BrowsedList<Source: ListSource>: Sendable {
  typealias Row = Source.Row

  /// What it shows; after a change of it call ``restart(height:_:)``.
  var source: Source
  var pages: RowPages<Row>
  /// The filter as it was typed.
  var filterText = ""
  var sort: Source.Sort
  var isDescending: Bool
  /// How many rows there are without the filter, where that is known.
  var whole: Int?

  /// The row the cursor came to rest on; while keys come what is shown beside the list stays.
  private var resting: Row?
  let drawnHeading = Drawn<ListHeading>()
  let drawnDetail = Drawn<SeenDetail<Row, Source.Known?>>()

  /// The text that `n` finds again.
  var sought = ""
  var search: Search?
  /// The row that a page was asked for to put the cursor on.
  var landing: Row.ID?

  /// The line being typed, and what for.
  var entry: Entry?
  /// The sort menu, while it is open.
  var menu: Menu?
  /// The rows that were marked one by one, as they were then.
  var marked: [Row.ID: Row] = [:]

  struct Entry: Sendable {
    enum Purpose: Hashable, Sendable { case filter, find }

    let purpose: Purpose
    var prompt: Prompt
  }

  /// A search under way.
  struct Search: Hashable, Sendable {
    let isForward: Bool
    /// Whether it began anew at the other end.
    let isAround: Bool
  }

  init(_ source: Source, capacity: Int = 600) {
    self.source = source
    pages = RowPages(capacity: capacity)
    sort = source.usualSort
    isDescending = source.isUsuallyDescending
  }

  var isEmpty: Bool { pages.isEmpty }
  /// The row under the cursor.
  var current: Row? { pages.current }
  /// The row to show in detail: where the cursor rests, or rested until a moment ago.
  ///
  /// So a held key costs the line what the list costs, not a page of details for each row.
  var detailed: Row? {
    resting?.id == current?.id ? current : resting ?? current
  }

  /// Lets what is shown beside the list follow the cursor.
  mutating func rest() { resting = current }

  /// For ``Screen/prompt``.
  var prompt: Prompt? { entry?.prompt }
  /// For ``Screen/isTyping``: while the sort menu is open all keys are its own.
  var isTyping: Bool { menu != nil }
  var isFiltered: Bool { filterText.contains { $0 != " " } }

  /// Reads again what is on show; the cursor stays on its row.
  mutating func refresh(height: Int, _ context: inout Context) {
    ask(pages.reread(height: height), &context)
    askTotals(&context)
  }

  /// Shows another list, from its first row on.
  mutating func restart(height: Int, _ context: inout Context) {
    stopSearching(&context)
    context.forget("step")
    resting = nil
    // All but some: of another list that would be other rows.
    if pages.window.marks.isInverted { unmarkAll() }
    ask(pages.restart(height: height), &context)
    askTotals(&context)
  }

  /// Shows what a filter lets through, from the first row on.
  mutating func show(filter text: String, height: Int, _ context: inout Context) {
    guard text != filterText else { return }
    filterText = text
    restart(height: height, &context)
  }

  /// Takes away the filter; the cursor stays on its row, wherever that is in the whole list.
  mutating func clearFilter(height: Int, _ context: inout Context) {
    guard !filterText.isEmpty else { return }
    filterText = ""
    guard let current else { return restart(height: height, &context) }
    stopSearching(&context)
    if pages.window.marks.isInverted { unmarkAll() }
    go(to: current, height: height, &context)
    pages.take(total: whole)
    askTotals(&context)
  }

  /// Does what a common key says; returns false for those that are the screen's to do.
  mutating func perform(
    _ command: Everywhere, height: Int, _ context: inout Context
  ) -> Bool {
    switch command {
    case .move(let movement):
      resting = resting ?? current
      let isBeside = context.body.columns >= Rect.roomForDetail
      let steps = movement.isStep ? context.takeSteps() : 1
      if let reading = pages.move(movement, steps: steps, height: height, byParts: isBeside) {
        ask(reading, &context)
      }
    case .filter:
      entry = Entry(purpose: .filter, prompt: Self.filterPrompt(filterText))
    case .clearFilter: clearFilter(height: height, &context)
    case .find: entry = Entry(purpose: .find, prompt: Prompt("Find", TextField(limit: 64)))
    case .findNext: seek(isForward: true, &context)
    case .findPrevious: seek(isForward: false, &context)
    case .sort: openMenu(height: height, &context)
    case .mark: toggleMark(height: height, &context)
    case .markRange: markRange(&context)
    case .invertMarks: pages.invertMarks()
    case .unmark: unmarkAll()
    case .copy: if let current { context.copy(current.id) }
    default: return false
    }
    return true
  }

  /// Takes a reply; returns false if it answers nothing that was asked here.
  mutating func receive(_ reply: Reply, height: Int, _ context: inout Context) -> Bool {
    guard Self.slots.contains(reply.slot) else { return false }
    switch reply.result {
    case .failure(let failure):
      switch reply.slot {
      case "total", "whole": break
      case "find", "jump": stopSearching(&context)
      default: pages.fail(failure, as: reply.slot)
      }
      context.fail(failure)
    case .success(let answer):
      if let total = source.total(in: answer) {
        take(total: total, as: reply.slot)
      } else if let page = source.page(in: answer) {
        take(page, as: reply.slot, height: height, &context)
      }
    }
    return true
  }

  func ask(_ reading: RowPages<Row>.Reading, _ context: inout Context) {
    var request = request(filterText, reading.anchor, limit: reading.limit)
    request.skipping = reading.skipping
    context.ask(source.question(request), as: reading.slot)
  }

  func request(
    _ text: String, _ anchor: Anchor, limit: Int
  ) -> PageRequest<Source.Filter, Source.Sort> {
    PageRequest(
      filter: source.filter(text), sort: sort, isDescending: isDescending, anchor: anchor,
      limit: limit)
  }

  private mutating func take(
    _ page: Page<Row>, as slot: Slot, height: Int, _ context: inout Context
  ) {
    switch slot {
    case "find": found(page.rows.first, height: height, &context)
    case "jump":
      guard let id = landing else { return }
      landing = nil
      resting = nil
      if let next = pages.land(on: page, at: id, height: height) { ask(next, &context) }
    default:
      let (next, isLost) = pages.receive(page, as: slot, height: height)
      if let total = page.total, !isFiltered { whole = total }
      if let next { ask(next, &context) }
      if isLost {
        resting = nil
        context.say(Guidance.goneMeanwhile)
      }
    }
  }

  private mutating func take(total: Int, as slot: Slot) {
    if slot == "total" { pages.take(total: total) }
    if slot == "whole" || !isFiltered { whole = total }
  }

  /// Totals nobody waits for: of what is on show, and of all there is.
  private func askTotals(_ context: inout Context) {
    guard let question = source.totalQuestion(source.filter(filterText)) else { return }
    context.ask(question, as: "total", .later)
    if isFiltered, let all = source.totalQuestion(source.filter("")) {
      context.ask(all, as: "whole", .later)
    } else {
      context.forget("whole")
    }
  }

  private static var slots: Set<Slot> { ["again", "step", "find", "jump", "total", "whole"] }
}
