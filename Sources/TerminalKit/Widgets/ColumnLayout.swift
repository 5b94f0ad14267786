/// Where the columns of a table stand on a given width.
package struct ColumnLayout: Hashable, Sendable {
  /// A column that has room.
  package struct Slot: Hashable, Sendable {
    /// Its number among the columns the layout was made from.
    package let index: Int
    /// Counted from the table's left edge.
    package let offset: Int
    package let width: Int
    package let column: Column
  }

  package let slots: [Slot]
  package let width: Int

  /// Drops columns by priority until the rest fits, then shares out the room.
  ///
  /// Columns of priority 0 stay even where they do not fit; they are cut.
  package init(_ columns: [Column], width: Int, gap: Int = 1) {
    self.width = width
    var kept = Array(columns.enumerated())
    func minimum() -> Int {
      kept.reduce(0) { $0 + $1.element.minimum } + gap * max(kept.count - 1, 0)
    }
    while minimum() > width,
      let last = kept.indices.max(by: { Self.goesLater(kept[$0], kept[$1]) }),
      kept[last].element.priority > 0
    {
      kept.remove(at: last)
    }
    var widths = kept.map(\.element.minimum)
    var room = width - minimum()
    for (index, entry) in kept.enumerated() where room > 0 {
      let more = min(entry.element.ideal - entry.element.minimum, room)
      widths[index] += more
      room -= more
    }
    Self.stretch(&widths, kept.map(\.element.stretch), by: room)
    var slots: [Slot] = []
    var offset = 0
    for (entry, wanted) in zip(kept, widths) {
      let given = min(wanted, width - offset)
      guard given > 0 else { break }
      slots.append(
        Slot(index: entry.offset, offset: offset, width: given, column: entry.element))
      offset += given + gap
    }
    self.slots = slots
  }

  /// Draws the titles, with `^` or `v` beside the one the table is sorted by.
  package func drawHeader(
    on canvas: inout Canvas, at point: Point, sort: SortMark? = nil, style: Style = .muted
  ) {
    for slot in slots {
      var title = slot.column.title
      if let sort, sort.column == slot.index {
        title = title.truncated(to: slot.width - 2, ellipsis: canvas.glyphs.ellipsis)
        title += sort.isDescending ? " v" : " ^"
      }
      draw(TableCell(title, style), in: slot, on: &canvas, at: point)
    }
  }

  /// Draws one row; `cell` is asked only for the columns that have room.
  package func drawRow(
    on canvas: inout Canvas, at point: Point, cell: (_ column: Int) -> TableCell
  ) {
    for slot in slots { draw(cell(slot.index), in: slot, on: &canvas, at: point) }
  }

  /// The row as one text, for places that take text only.
  package func text(_ cells: [SafeText], ellipsis: SafeText = "…") -> SafeText {
    var line: SafeText = ""
    for slot in slots where cells.indices.contains(slot.index) {
      let cut = cells[slot.index].truncated(to: slot.width, ellipsis: ellipsis)
      let padded = cut.padded(to: slot.width, right: slot.column.alignment == .right)
      line = line.padded(to: slot.offset) + padded
    }
    return line
  }

  func draw(_ cell: TableCell, in slot: Slot, on canvas: inout Canvas, at point: Point) {
    let column = point.column + slot.offset
    switch slot.column.alignment {
    case .left:
      canvas.put(
        cell.text, at: Point(column: column, row: point.row), style: cell.style,
        maxWidth: slot.width)
    case .right:
      canvas.put(
        cell.text, endingAt: column + slot.width, row: point.row, style: cell.style,
        maxWidth: slot.width)
    }
  }

  private static func goesLater(
    _ one: (offset: Int, element: Column), _ other: (offset: Int, element: Column)
  ) -> Bool {
    (one.element.priority, one.offset) < (other.element.priority, other.offset)
  }

  private static func stretch(_ widths: inout [Int], _ shares: [Int], by room: Int) {
    let total = shares.reduce(0, +)
    guard room > 0, total > 0 else { return }
    var left = room
    for index in widths.indices where shares[index] > 0 {
      let more = room * shares[index] / total
      widths[index] += more
      left -= more
    }
    if let first = shares.firstIndex(where: { $0 > 0 }) { widths[first] += left }
  }
}
