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
    /// What cells depend on beside their row; nil where that is more than the time.
    var moment: Instant?
  }

  /// The rows that are not the list's own: its title and the titles of its columns.
  static var headRows: Int { 2 }

  /// Draws title, rows and menu into `rect`, and returns where the cursor belongs.
  func draw(
    on canvas: inout Canvas, in rect: Rect, _ look: Look, cell: (Row, _ column: Int) -> TableCell
  ) -> Point {
    let (head, body) = rect.splitRows(1)
    let position = pages.position + " "
    canvas.put(position, endingAt: head.endColumn, row: head.row, style: .muted)
    let room = head.columns - position.width - 3
    canvas.put(
      heading(look, columns: room, glyphs: canvas.glyphs),
      at: Point(column: head.column + 1, row: head.row), style: .title, maxWidth: room)
    let mark = source.column(of: sort).map { SortMark(column: $0, isDescending: isDescending) }
    let cursor = pages.draw(
      on: &canvas, in: body, columns: look.columns, keyColumn: look.keyColumn, sort: mark,
      empty: isFiltered ? noMatch : look.empty, moment: look.moment, cell: cell)
    return drawMenu(on: &canvas, in: body) ?? cursor
  }

  private var noMatch: SafeText {
    source.problem(in: filterText) ?? Guidance.nothingMatches(filterText)
  }

  /// How many the filter lets through of how many there are, `1 of 4`; empty until that is counted,
  /// and where there is nothing.
  var counts: SafeText {
    guard let total = pages.total, total > 0 || isFiltered else { return "" }
    let whole = isFiltered ? whole : total
    return whole.map { .count(total) + " of " + .count($0) } ?? .count(total)
  }

  private func heading(_ look: Look, columns: Int, glyphs: Glyphs) -> SafeText {
    let scope = [look.scope, counts].filter { !$0.isEmpty }.joined(by: " ")
    var parts: [SafeText] = scope.isEmpty ? [] : [scope]
    if isFiltered { parts.append("filter “" + SafeText(filterText) + "”") }
    if hasMarks { parts.append((markCount.map { .count($0) } ?? "nearly all") + " marked") }
    let order: SafeText = "sorted by " + source.name(of: sort) + (isDescending ? " v" : " ^")
    let texts = [
      [look.title] + parts + [order], [look.title] + parts, [look.briefTitle] + parts, parts,
    ].lazy.map { $0.joined(by: " · ") }
    return texts.first { $0.width <= columns }
      ?? parts.joined(by: " · ").truncated(to: columns, ellipsis: glyphs.ellipsis)
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
