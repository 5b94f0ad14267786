import Access
import TerminalKit

// How it looks: a title with what is shown of what, the rows, and the sort menu over them.
extension BrowsedList {
  /// What goes above and into a list.
  struct Look {
    /// As long as there is room for it, and where there is less.
    var title: SafeText
    var briefTitle: SafeText
    /// Whose rows they are, before the count: `mine`; empty for none.
    var scope: SafeText = ""
    var columns: [Column]
    var keyColumn = 0
    /// What the list will hold and the key that fills it.
    var empty: SafeText
  }

  /// The rows that are not the list's own: its title and the titles of its columns.
  static var headRows: Int { 2 }

  /// The list's part of `rect`, and where there is a row and room for it a part for its details.
  func split(_ rect: Rect) -> (list: Rect, detail: Rect?) {
    isEmpty ? (rect, nil) : rect.splitBesideList()
  }

  /// Draws title, rows and menu into `rect`, and returns where the cursor belongs.
  ///
  /// `cell` may depend on nothing beside the row and the scene's time.
  func draw(
    on canvas: inout Canvas, in rect: Rect, _ look: Look, _ scene: Scene,
    cell: (Row, _ column: Int) -> TableCell
  ) -> Point {
    let (head, body) = rect.splitRows(1)
    let position = pages.position + " "
    canvas.put(position, endingAt: head.endColumn, row: head.row, style: .muted)
    let room = head.columns - position.width - 3
    let heading = heading(look)
    let place = Rect(column: head.column + 1, row: head.row, columns: room, rows: 1)
    drawnHeading.draw(heading, on: &canvas, in: place) { canvas in
      let text = heading.text(columns: room, ellipsis: canvas.glyphs.ellipsis)
      canvas.put(text, at: place.origin, style: .title)
    }
    let mark = source.column(of: sort).map { SortMark(column: $0, isDescending: isDescending) }
    let cursor = pages.draw(
      on: &canvas, in: body, columns: look.columns, keyColumn: look.keyColumn, sort: mark,
      empty: isFiltered ? noMatch : look.empty, moment: scene.now, cell: cell)
    return drawMenu(on: &canvas, in: body) ?? cursor
  }

  /// Draws what is known of the row that the cursor rests on, and a rule between it and the list.
  ///
  /// `lines` may depend on nothing beside the row, the scene's time, what is `known` of it
  /// elsewhere, and what a change of the site moves.
  func drawDetail(
    on canvas: inout Canvas, in rect: Rect, _ scene: Scene, known: Source.Known? = nil,
    lines: (Row, _ columns: Int) -> [ScrollText.Line]
  ) {
    guard let row = detailed else { return }
    canvas.rule(column: rect.column - 2, rows: rect.row..<rect.endRow)
    let seen = SeenDetail(
      row: row, now: scene.now, lastChange: scene.session.lastChange, known: known)
    drawnDetail.draw(seen, on: &canvas, in: rect) { canvas in
      ScrollText(lines(row, rect.columns)).draw(on: &canvas, in: rect)
    }
  }

  private var noMatch: SafeText {
    source.problem(in: filterText) ?? Guidance.nothingMatches(filterText)
  }

  private func heading(_ look: Look) -> ListHeading {
    ListHeading(
      title: look.title, briefTitle: look.briefTitle, scope: look.scope, total: pages.total,
      whole: isFiltered ? whole : pages.total, filter: isFiltered ? filterText : "",
      hasMarks: hasMarks, markCount: markCount, sort: source.name(of: sort),
      isDescending: isDescending)
  }

  private func drawMenu(on canvas: inout Canvas, in rect: Rect) -> Point? {
    guard let menu else { return nil }
    let sorts = Array(Source.Sort.allCases)
    let hint: SafeText = "Enter choose, again reverses  Esc leave"
    let box = rect.centered(Size(columns: hint.width + 4, rows: sorts.count + 4))
    canvas.clear(box)
    canvas.box(box, title: "Sort by")
    let inside = box.inset(columns: 2, rows: 1)
    canvas.put(hint, at: Point(column: inside.column, row: inside.endRow - 1), style: .muted)
    let (rows, _) = inside.splitRows(-2)
    return menu.draw(on: &canvas, in: rows) { index in
      guard sorts.indices.contains(index) else { return TableCell("") }
      let isChosen = sorts[index] == sort
      return TableCell(
        source.name(of: sorts[index]) + (isChosen ? (isDescending ? " v" : " ^") : ""))
    }
  }
}

/// The line over a list: what it shows of how many rows, and in which order.
struct ListHeading: Equatable {
  let title: SafeText
  let briefTitle: SafeText
  let scope: SafeText
  /// How many rows the filter lets through, and how many there are, where that is known.
  let total: Int?
  let whole: Int?
  /// Empty for none.
  let filter: String
  let hasMarks: Bool
  let markCount: Int?
  let sort: SafeText
  let isDescending: Bool

  /// As much of it as there is room for.
  func text(columns: Int, ellipsis: SafeText) -> SafeText {
    let scope = [scope, counts].filter { !$0.isEmpty }.joined(by: " ")
    var parts: [SafeText] = scope.isEmpty ? [] : [scope]
    if !filter.isEmpty { parts.append("filter “" + SafeText(filter) + "”") }
    if hasMarks { parts.append((markCount.map { .count($0) } ?? "nearly all") + " marked") }
    let order: SafeText = "sorted by " + sort + (isDescending ? " v" : " ^")
    let texts = [[title] + parts + [order], [title] + parts, [briefTitle] + parts, parts]
      .lazy.map { $0.joined(by: " · ") }
    return texts.first { $0.width <= columns }
      ?? parts.joined(by: " · ").truncated(to: columns, ellipsis: ellipsis)
  }

  /// `1 of 4`; empty until that is counted, and where there is nothing.
  private var counts: SafeText {
    guard let total, total > 0 || !filter.isEmpty else { return "" }
    return whole.map { .count(total) + " of " + .count($0) } ?? .count(total)
  }
}

/// What details look like because of.
struct SeenDetail<Row: Equatable & Sendable, Known: Equatable & Sendable>: Equatable, Sendable {
  let row: Row
  let now: Instant
  let lastChange: Int64
  let known: Known
}

extension [SafeText] {
  /// The texts with `separator` between each two.
  func joined(by separator: SafeText) -> SafeText {
    dropFirst().reduce(first ?? "") { $0 + separator + $1 }
  }
}

extension Binding {
  /// The common keys of a list that can be filtered, ordered and searched, for a screen's keymap.
  static func browsing<Own>(
    copying what: SafeText = "copy id", marks: Bool = true
  ) -> [Binding<ScreenCommand<Own>>] where Command == ScreenCommand<Own> {
    [
      .everywhere(.filter), .everywhere(.find), .everywhere(.findNext, isInFooter: false),
      .everywhere(.findPrevious, isInFooter: false),
      .everywhere(.clearFilter, isInFooter: false), .everywhere(.sort),
    ]
      + (marks
        ? [
          .everywhere(.mark), .everywhere(.markRange, isInFooter: false),
          .everywhere(.invertMarks, isInFooter: false), .everywhere(.unmark, isInFooter: false),
        ] : [])
      + [.everywhere(.copy, what, help: Guidance.copyHelp, isInFooter: false)]
  }
}
