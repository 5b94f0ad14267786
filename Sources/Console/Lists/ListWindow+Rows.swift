extension ListWindow {
  /// Where the cursor goes when rows are shown anew.
  enum Place: Sendable {
    /// Where it is: on the same row, or if that is gone on the next one still there.
    case followingRow
    case first
    case last
    case row(Row.ID)
  }

  /// What to read again when something may have changed: the rows that are held.
  func rereading(height: Int) -> ListFetch<Row> {
    .from(isAtStart ? nil : rows.first, count: max(rows.count, count(for: height)))
  }

  /// Takes the answer to a fetch; one to a question that is no longer asked changes nothing.
  mutating func receive(
    _ page: ListPage<Row>, for fetch: ListFetch<Row>, height: Int
  ) -> ListReception<Row> {
    switch fetch {
    case .start, .end:
      guard awaited == nil || awaited == fetch else { return ListReception() }
      let place: Place = if case .start = fetch { .first } else { .last }
      show(page, cursor: place)
      return ListReception()
    case .after(let row, let skipping, let count):
      guard awaited == fetch, rows.last?.id == row.id else { return ListReception() }
      guard skipping == 0 else { return leap(to: page, over: skipping, count, height: height) }
      append(page, height: height)
      return ListReception(next: resume(height: height))
    case .before(let row, _):
      guard awaited == fetch, rows.first?.id == row.id else { return ListReception() }
      prepend(page, height: height)
      return ListReception(next: resume(height: height))
    case .from(let row, _):
      if awaited != nil {
        isStale = true
        return ListReception()
      }
      guard row?.id == (isAtStart ? nil : rows.first?.id) else {
        return ListReception(next: rereading(height: height))
      }
      return ListReception(fate: show(page))
    }
  }

  /// Replaces the rows held: after a jump, a search, a filter or a change of the order.
  @discardableResult
  mutating func show(
    _ page: ListPage<Row>, cursor place: Place = .followingRow
  ) -> CursorFate<Row.ID> {
    let old = rows
    let oldCursor = cursor
    let line = cursor - top
    rows = page.rows
    isAtStart = page.isAtStart
    isAtEnd = page.isAtEnd
    firstRank = page.isAtStart ? 0 : page.firstRank ?? lastRank(of: page)
    awaited = nil
    owed = 0
    isStale = false
    var fate = CursorFate<Row.ID>.kept
    switch place {
    case .first: cursor = 0
    case .last: cursor = max(rows.count - 1, 0)
    case .row(let id): cursor = rows.firstIndex { $0.id == id } ?? 0
    case .followingRow: fate = follow(from: old, at: oldCursor)
    }
    top = max(cursor - line, 0)
    return fate
  }

  /// What to fetch after a jump so that the screen is full and the next step is at hand.
  mutating func filling(height: Int) -> ListFetch<Row>? { step(0, height: height) }

  /// Scrolls so that some rows are seen above the cursor's, as far as they are held.
  mutating func showAbove(height: Int) { top = max(cursor - height / 3, 0) }

  /// Lets go of a fetch that failed, so that the next movement asks again.
  mutating func fetchFailed() {
    awaited = nil
    owed = 0
    isStale = false
  }

  private func lastRank(of page: ListPage<Row>) -> Int? {
    guard page.isAtEnd, let total else { return nil }
    return max(total - page.rows.count, 0)
  }

  private mutating func append(_ page: ListPage<Row>, height: Int) {
    rows += page.rows
    isAtEnd = page.isAtEnd
    let excess = min(rows.count - capacity, visible(height: height).lowerBound)
    guard excess > 0 else { return }
    rows.removeFirst(excess)
    cursor -= excess
    top = max(top - excess, 0)
    firstRank = firstRank.map { $0 + excess }
    isAtStart = false
  }

  /// Goes on behind rows that were left out; where there are not so many, to the end.
  private mutating func leap(
    to page: ListPage<Row>, over skipped: Int, _ count: Int, height: Int
  ) -> ListReception<Row> {
    let place = owed - skipped - 1
    guard page.rows.indices.contains(place) else {
      // Steps back were made meanwhile, or the list is shorter than that.
      awaited = nil
      guard place >= page.rows.count, page.isAtEnd else {
        return ListReception(next: step(0, height: height))
      }
      owed = 0
      awaited = .end(count: count)
      return ListReception(next: awaited)
    }
    var page = page
    page.isAtStart = false
    page.firstRank = firstRank.map { $0 + rows.count + skipped }
    show(page, cursor: .row(page.rows[place].id))
    top = 0
    return ListReception()
  }

  private mutating func prepend(_ page: ListPage<Row>, height: Int) {
    rows.insert(contentsOf: page.rows, at: 0)
    cursor += page.rows.count
    top += page.rows.count
    firstRank = page.isAtStart ? 0 : firstRank.map { max($0 - page.rows.count, 0) }
    isAtStart = page.isAtStart
    let excess = min(rows.count - capacity, rows.count - visible(height: height).upperBound)
    guard excess > 0 else { return }
    rows.removeLast(excess)
    isAtEnd = false
  }

  /// Makes the steps that were owed, then asks for what is still missing.
  private mutating func resume(height: Int) -> ListFetch<Row>? {
    awaited = nil
    if owed != 0 {
      let before = cursor
      let fetch = step(0, height: height)
      if abs(cursor - before) > 1 { top = max(top + cursor - before, 0) }
      if fetch != nil { return fetch }
    }
    guard isStale else { return nil }
    isStale = false
    return rereading(height: height)
  }

  /// Puts the cursor on the row that was at `index` of `old`, or on the next one still there.
  private mutating func follow(from old: [Row], at index: Int) -> CursorFate<Row.ID> {
    guard old.indices.contains(index) else {
      cursor = 0
      return .kept
    }
    let id = old[index].id
    if rows.indices.contains(index), rows[index].id == id { return .kept }
    var places: [Row.ID: Int] = [:]
    for (place, row) in rows.enumerated() { places[row.id] = place }
    if let place = places[id] {
      cursor = place
      return .kept
    }
    let heirs = old[(index + 1)...] + old[..<index].reversed()
    cursor = heirs.lazy.compactMap { places[$0.id] }.first ?? 0
    return .lost(id)
  }
}
