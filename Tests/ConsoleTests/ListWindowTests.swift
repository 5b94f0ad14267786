import TerminalKit
import Testing

@testable import Console

/// A table of a million rows that counts what is asked of it.
private struct Table {
  struct Row: Identifiable, Equatable, Sendable {
    let id: Int
    var name: String
  }

  var ids: [Int]
  private(set) var rowsRead = 0

  init(_ count: Int) { ids = Array(0..<count) }

  mutating func answer(
    _ fetch: ListFetch<Row>?, to list: inout ListWindow<Row>, height: Int
  ) {
    var next = fetch
    while let fetch = next {
      let page = page(for: fetch)
      next = list.receive(page, for: fetch, height: height).next
    }
  }

  mutating func page(for fetch: ListFetch<Row>) -> ListPage<Row> {
    switch fetch {
    case .start(let count): page(0..<min(count, ids.count))
    case .end(let count): page(max(ids.count - count, 0)..<ids.count)
    case .after(let row, let skipping, let count): page(from: place(row.id + 1) + skipping, count)
    case .before(let row, let count): page(max(place(row.id) - count, 0)..<place(row.id))
    case .from(let row, let count): page(from: row.map { place($0.id) } ?? 0, count)
    }
  }

  private mutating func page(from first: Int, _ count: Int) -> ListPage<Row> {
    page(min(first, ids.count)..<min(first + count, ids.count))
  }

  private mutating func page(_ range: Range<Int>) -> ListPage<Row> {
    ListPage(
      read(range), isAtStart: range.lowerBound == 0, isAtEnd: range.upperBound == ids.count)
  }

  private mutating func read(_ range: Range<Int>) -> [Row] {
    rowsRead += range.count
    return ids[range].map { Row(id: $0, name: "row \($0)") }
  }

  private func place(_ id: Int) -> Int { ids.firstIndex { $0 >= id } ?? ids.count }
}

@Suite("A list")
struct ListWindowTests {
  private let height = 20
  private var table = Table(1_000_000)
  private var list = ListWindow<Table.Row>()

  init() {
    table.answer(.start(count: 60), to: &list, height: height)
  }

  private mutating func move(_ movements: Movement...) {
    for movement in movements {
      table.answer(list.move(movement, height: height), to: &list, height: height)
    }
  }

  @Test("scrolls by a third of the page where something stands beside it, and by a row elsewhere")
  mutating func parts() {
    for _ in 0..<height { move(.down) }
    #expect(list.visible(height: height).lowerBound == 1)

    move(.home)
    list.scrollsByParts = true
    for _ in 0..<height { move(.down) }

    #expect(list.current?.id == height)
    #expect(list.visible(height: height).lowerBound == 1 + height / 3)
  }

  @Test("reads what it shows first, and then as much as steps are owed")
  mutating func amounts() {
    #expect(list.firstCount(for: height) == height + 2)
    var short = ListWindow<Table.Row>()
    table.answer(.start(count: short.firstCount(for: height)), to: &short, height: height)
    #expect(short.rows.count == height + 2)
    #expect(short.move(.down, height: height) == nil)
    let first = short.move(.down, height: height)
    guard case .after(_, _, let count) = first else {
      Issue.record("Nothing is fetched for the page after.")
      return
    }
    #expect(count == short.count(for: height))
    table.answer(first, to: &short, height: height)
    #expect(short.rows.count == height + 2 + count)
  }

  private mutating func hold(_ movement: Movement, _ steps: Int) {
    table.answer(list.move(movement, steps: steps, height: height), to: &list, height: height)
  }

  @Test("a key held down reads what comes into view, not what passes by", arguments: [false, true])
  mutating func held(byParts: Bool) {
    list.scrollsByParts = byParts
    let before = table.rowsRead
    hold(.down, 5_000)

    #expect(list.current?.id == 5_000)
    #expect(list.rank == 5_000)
    #expect(table.rowsRead - before == height + 2)
    let seen = list.visible(height: height)
    #expect(seen.count == height)
    #expect(seen.contains(list.cursor))
    #expect(list.rows.map(\.id) == Array(list.rows[0].id..<list.rows[0].id + list.rows.count))

    for _ in 0..<2 * height { move(.up) }
    #expect(list.current?.id == 5_000 - 2 * height)
    #expect(list.rank == 5_000 - 2 * height)
  }

  @Test("a key held down beyond the end stops there")
  mutating func heldBeyond() {
    table.ids = Array(0..<100)
    hold(.down, 500)
    #expect(list.current?.id == 99)
    #expect(list.isAtEnd)
    hold(.up, 500)
    #expect(list.current?.id == 0)
    #expect(list.rank == 0)
  }

  @Test("keys held down and single ones lead to the same row", arguments: 0..<40)
  mutating func heldAnyhow(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    table.ids = Array(0..<(1 + random(900)))
    list = ListWindow(capacity: 200)
    list.scrollsByParts = random(2) == 0
    table.answer(.start(count: list.firstCount(for: height)), to: &list, height: height)
    var wanted = 0
    for _ in 0..<60 {
      let steps = 1 + random(random(2) == 0 ? 3 : 300)
      let isDown = random(5) < 3
      hold(isDown ? .down : .up, steps)
      wanted = min(max(wanted + (isDown ? steps : -steps), 0), table.ids.count - 1)
      #expect(list.current?.id == wanted)
      if let rank = list.rank { #expect(rank == wanted) }
      #expect(list.visible(height: height).contains(list.cursor))
    }
  }

  @Test("steps taken back while rows are read do not lead beyond them")
  mutating func heldAndBack() {
    let fetch = list.move(.down, steps: 3_000, height: height)
    #expect(list.move(.up, steps: 2_990, height: height) == nil)
    table.answer(fetch, to: &list, height: height)
    #expect(list.current?.id == 10)
    let again = list.move(.down, steps: 3_000, height: height)
    #expect(list.move(.down, steps: 7, height: height) == nil)
    table.answer(again, to: &list, height: height)
    #expect(list.current?.id == 3_017)
    #expect(list.rank == 3_017)
  }

  @Test("reaches the end and the start of a million rows by reading a page of each")
  mutating func ends() {
    list.total = 1_000_000
    move(.end)
    #expect(list.current?.id == 999_999)
    #expect(list.rank == 999_999)
    move(.home)
    #expect(list.current?.id == 0)
    #expect(table.rowsRead == 104)
  }

  @Test("goes down and up as many rows as it was told, holding only some")
  mutating func walks() {
    for _ in 0..<5_000 { move(.down) }
    #expect(list.current?.id == 5_000)
    #expect(list.rank == 5_000)
    #expect(list.rows.count <= 600)
    for _ in 0..<5_000 { move(.up) }
    #expect(list.current?.id == 0)
    #expect(list.isAtStart)
    #expect(list.rows.count <= 600)
    #expect(list.firstRank == 0)
  }

  @Test("pages by the height of the screen, and the cursor stays in its line")
  mutating func pages() {
    move(.down, .down, .pageDown, .pageDown)
    #expect(list.current?.id == 42)
    #expect(list.visible(height: height) == 40..<60)
    for _ in 0..<100 { move(.pageDown) }
    #expect(list.current?.id == 2_042)
    for _ in 0..<100 { move(.pageUp) }
    #expect(list.current?.id == 42)
    move(.pageUp, .pageUp, .pageUp)
    #expect(list.current?.id == 0)
  }

  @Test("reads the same for a step in a million rows as in a thousand")
  mutating func sameCost() {
    var small = Table(1_000)
    var shortList = ListWindow<Table.Row>()
    small.answer(.start(count: 60), to: &shortList, height: height)
    for _ in 0..<300 {
      move(.down)
      small.answer(shortList.move(.down, height: height), to: &shortList, height: height)
    }
    #expect(table.rowsRead == small.rowsRead)
    #expect(table.rowsRead < 400)
  }

  @Test("catches up with keys pressed while rows were on their way")
  mutating func owed() {
    var fetches: [ListFetch<Table.Row>] = []
    for _ in 0..<200 {
      if let fetch = list.move(.down, height: height) { fetches.append(fetch) }
    }
    #expect(fetches.count == 1)
    #expect(list.current?.id == 59)

    table.answer(fetches.first, to: &list, height: height)

    #expect(list.current?.id == 200)
    #expect(list.visible(height: height).contains(200 - list.rows[0].id))
  }

  @Test("ignores rows for a place it has left")
  mutating func stale() throws {
    for _ in 0..<45 { _ = list.move(.down, height: height) }
    let late = try #require(list.awaited)
    move(.end)
    let before = list.rows
    table.answer(late, to: &list, height: height)
    #expect(list.rows == before)
    #expect(list.current?.id == 999_999)
  }

  @Test("reads again what was read again too early")
  mutating func early() throws {
    for _ in 0..<70 { _ = list.move(.down, height: height) }
    let awaited = try #require(list.awaited)
    table.ids.removeAll { $0 == 3 }

    let early = list.rereading(height: height)
    table.answer(early, to: &list, height: height)
    #expect(list.rows.contains { $0.id == 3 })
    table.answer(awaited, to: &list, height: height)

    #expect(!list.rows.contains { $0.id == 3 })
    #expect(list.current?.id == 70)
  }

  @Test("asks again after a fetch that failed")
  mutating func failed() {
    for _ in 0..<45 { _ = list.move(.down, height: height) }
    #expect(list.awaited != nil)
    list.fetchFailed()
    #expect(list.move(.down, height: height) != nil)
  }

  @Test("keeps the cursor on its row when rows come and go before it")
  mutating func followsIdentity() {
    for _ in 0..<10 { move(.down) }
    table.ids.removeAll { $0 < 5 }
    table.answer(list.rereading(height: height), to: &list, height: height)
    #expect(list.current?.id == 10)
    #expect(list.rank == 5)

    for _ in 0..<2_000 { move(.down) }
    table.answer(list.rereading(height: height), to: &list, height: height)
    #expect(list.current?.id == 2_010)
    #expect(list.rows.count <= 600)
  }

  @Test("says when the row under the cursor is gone, and goes to the next one")
  mutating func lost() {
    move(.down, .down, .down)
    let without = list.rows.filter { $0.id != 3 && $0.id != 4 }
    let fate = list.show(ListPage(without, isAtStart: true, isAtEnd: false))
    #expect(fate == .lost(3))
    #expect(list.current?.id == 5)
  }

  @Test("goes to the row before when the last one is gone, and nowhere when all are")
  mutating func lostAtEnd() {
    move(.end)
    let fate = list.show(ListPage(Array(list.rows.dropLast(2)), isAtStart: false, isAtEnd: true))
    #expect(fate == .lost(999_999))
    #expect(list.current?.id == 999_997)

    #expect(list.show(ListPage([], isAtStart: true, isAtEnd: true)) == .lost(999_997))
    #expect(list.current == nil)
    #expect(list.rank == nil)
    #expect(list.visible(height: height).isEmpty)
    #expect(list.move(.down, height: height) == nil)
    #expect(list.move(.end, height: height) == nil)
  }

  @Test("stays in its line of the screen when rows are added above")
  mutating func anchored() {
    move(.down, .down)
    let line = list.cursor - list.visible(height: height).lowerBound
    let added = (0..<7).map { Table.Row(id: -7 + $0, name: "new") }
    list.show(ListPage(added + list.rows, isAtStart: true, isAtEnd: false))
    #expect(list.current?.id == 2)
    #expect(list.cursor - list.visible(height: height).lowerBound == line)
  }

  @Test("marks and steps, marks ranges, inverts and counts")
  mutating func marks() {
    _ = list.toggleMark(height: height)
    #expect(list.current?.id == 1)
    move(.down, .down)
    #expect(list.markRange() == true)
    #expect(list.marks.ids == [0, 1, 2, 3])
    #expect(list.marks.count(of: nil) == 4)

    list.invertMarks()
    #expect(list.marks.contains(999) && !list.marks.contains(2))
    #expect(list.marks.count(of: 1_000_000) == 999_996)
    #expect(list.marks.count(of: nil) == nil)
    list.moveCursor(to: 2)
    _ = list.toggleMark(height: height)
    #expect(list.marks.count(of: 1_000_000) == 999_997)

    list.unmarkAll()
    #expect(list.marks.isEmpty)
    #expect(list.markRange() == false)
    #expect(list.marks.ids == [3])
  }

  @Test("T06: shows the cursor on a screen of any height", arguments: [0, 1, 2, 5, 24, 100])
  mutating func heights(height: Int) {
    for _ in 0..<30 { move(.down) }
    let visible = list.visible(height: height)
    #expect(visible.count == min(height, list.rows.count))
    #expect(height == 0 || visible.contains(list.cursor))
  }

  @Test("draws its rows, its cursor and its marks")
  mutating func drawing() {
    let layout = ColumnLayout(
      [Column("Name", minimum: 8, stretch: 1), Column("Number", minimum: 6, alignment: .right)],
      width: 18)
    _ = list.toggleMark(height: 3)
    var canvas = Canvas(size: Size(columns: 21, rows: 4))
    layout.drawHeader(
      on: &canvas, at: Point(column: 3, row: 0), sort: SortMark(column: 1, isDescending: false))

    let place = list.draw(
      on: &canvas, in: Rect(column: 1, row: 1, columns: 20, rows: 3), layout: layout
    ) { row, column in TableCell(column == 0 ? SafeText(row.name) : SafeText("\(row.id)")) }

    let frame = Frame(canvas: canvas, cursor: place)
    #expect(
      frame.text == [
        "   Name        Num~ ^".replacing("~", with: "…"), "  *row 0            0",
        " > row 1            1", "   row 2            2",
      ])
    #expect(frame.styles[2] == " a RRRRR")
    #expect(frame.cursor == Point(column: 1, row: 2))
  }
}
