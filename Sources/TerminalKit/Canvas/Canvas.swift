/// A screen in memory: a flat array of cells that only ``SafeText`` can be written on.
///
/// Whatever falls outside is cut off. A wide character claims two cells; overwriting one half
/// blanks the other, and one that would stick out on the right is replaced by a blank.
package struct Canvas: Equatable, Sendable {
  package let size: Size
  package let glyphs: Glyphs
  /// Row after row, `size.columns` cells each.
  package private(set) var cells: [Cell]

  package init(size: Size, glyphs: Glyphs = .unicode) {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  package var bounds: Rect { Rect(size) }

  /// The cell at `point`, or a blank outside the canvas.
  package subscript(point: Point) -> Cell {
    bounds.contains(point) ? cells[point.row * size.columns + point.column] : .blank
  }

  /// Writes one line of text and returns the columns it took, cut ones not counted.
  ///
  /// Text longer than `maxWidth` ends in the ellipsis of ``glyphs``.
  @discardableResult
  package mutating func put(
    _ text: SafeText, at point: Point, style: Style = .plain, maxWidth: Int = .max
  ) -> Int {
    let text =
      text.width <= maxWidth ? text : text.truncated(to: maxWidth, ellipsis: glyphs.ellipsis)
    guard point.row >= 0, point.row < size.rows, point.column < size.columns else {
      return text.width
    }
    if text.isASCII {
      putASCII(text, at: point, style: style)
    } else {
      putGraphemes(text, at: point, style: style)
    }
    return text.width
  }

  /// Writes text so that it ends before `endColumn`, cut on the right to `maxWidth`.
  package mutating func put(
    _ text: SafeText, endingAt endColumn: Int, row: Int, style: Style = .plain,
    maxWidth: Int = .max
  ) {
    let shown = text.truncated(to: maxWidth, ellipsis: glyphs.ellipsis)
    put(shown, at: Point(column: endColumn - shown.width, row: row), style: style)
  }

  /// Fills a rectangle with blanks in `style`.
  package mutating func clear(_ rect: Rect, style: Style = .plain) {
    fill(rect, with: " ", style: style)
  }

  /// Fills a rectangle with a narrow character in `style`.
  mutating func fill(_ rect: Rect, with scalar: Unicode.Scalar, style: Style) {
    let cell = Cell(glyphs.shown(scalar), .narrow, style)
    forEachRun(in: rect) { canvas, range in
      canvas.detach(range)
      var cells = canvas.cells.mutableSpan
      for index in range { cells[index] = cell }
    }
  }

  /// Cells of a row from `point` on, as many of `columns` as there are.
  package func cells(at point: Point, columns: Int) -> [Cell] {
    Array(cells[run(at: point, columns: columns)])
  }

  /// Writes cells side by side; what has no room is cut off.
  package mutating func put(_ cells: [Cell], at point: Point) {
    let run = run(at: point, columns: cells.count)
    detach(run)
    self.cells.replaceSubrange(run, with: cells.prefix(run.count))
  }

  private func run(at point: Point, columns: Int) -> Range<Int> {
    guard bounds.contains(point) else { return 0..<0 }
    let start = point.row * size.columns + point.column
    return start..<start + max(min(columns, size.columns - point.column), 0)
  }

  /// Where a row differs from another canvas of the same size: from the first such cell to the last.
  ///
  /// - Parameters:
  ///   - other: what the row is compared with.
  ///   - row: a row both have.
  ///   - width: how many columns to look at, at most ``Size/columns``.
  /// - Returns: columns that hold whole wide characters; nil if the row is the same.
  package func difference(from other: Canvas, row: Int, width: Int) -> Range<Int>? {
    let start = row * size.columns
    let (new, old) = (cells.span, other.cells.span)
    var first = start
    var end = start + width
    while first < end, new[first] == old[first] { first += 1 }
    guard first < end else { return nil }
    while new[end - 1] == old[end - 1] { end -= 1 }
    // A wide character is written whole: what stands in for it may be narrow.
    while first > start, new[first].span == .continuation { first -= 1 }
    while end < start + width, new[end].span == .continuation { end += 1 }
    return first - start..<end - start
  }

  private mutating func putASCII(_ text: SafeText, at point: Point, style: Style) {
    let columns = detach(text, at: point)
    let row = point.row * size.columns
    let bytes = text.string.utf8Span.span
    var cells = cells.mutableSpan
    for column in columns {
      let scalar = Unicode.Scalar(bytes[column - point.column])
      cells[row + column] = Cell(scalar, .narrow, style)
    }
  }

  private mutating func putGraphemes(_ text: SafeText, at point: Point, style: Style) {
    let visible = detach(text, at: point)
    let row = point.row * size.columns
    var column = point.column
    var last: Int?
    for scalar in text.string.unicodeScalars {
      switch CharacterWidth(of: scalar) {
      case .combining, .unprintable:
        // A mark can only follow a base: text that is safe begins with none.
        if let last, glyphs.isUTF8 { cells[last].append(scalar) }
      case .narrow:
        last = nil
        if visible.contains(column) {
          last = row + column
          cells[row + column] = Cell(glyphs.shown(scalar), .narrow, style)
        }
        column += 1
      case .wide:
        last = putWide(
          glyphs.shown(scalar), row: row, columns: visible.clamped(to: column..<column + 2),
          style: style)
        column += 2
      }
    }
  }

  /// Writes a wide character and returns its index, or nil if it was replaced.
  ///
  /// `columns` are those of its two that are visible.
  private mutating func putWide(
    _ scalar: Unicode.Scalar, row: Int, columns: Range<Int>, style: Style
  ) -> Int? {
    guard columns.count == 2, CharacterWidth(of: scalar) == .wide else {
      let stand = columns.count == 2 ? scalar : " "
      for column in columns { cells[row + column] = Cell(stand, .narrow, style) }
      return nil
    }
    cells[row + columns.lowerBound] = Cell(scalar, .wide, style)
    cells[row + columns.lowerBound + 1] = Cell(" ", .continuation, style)
    return row + columns.lowerBound
  }

  /// Makes room for a line of text, and returns the columns of it that are visible.
  private mutating func detach(_ text: SafeText, at point: Point) -> Range<Int> {
    let columns = (point.column..<point.column + text.width).clamped(to: 0..<size.columns)
    let row = point.row * size.columns
    detach(row + columns.lowerBound..<row + columns.upperBound)
    return columns
  }

  /// Blanks the halves of wide characters that stick out of a range about to be overwritten.
  private mutating func detach(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let first = range.lowerBound
    if cells[first].span == .continuation, first > 0 {
      cells[first - 1] = Cell(" ", .narrow, cells[first - 1].style)
    }
    let last = range.upperBound - 1
    if cells[last].span == .wide, last + 1 < cells.count {
      cells[last + 1] = Cell(" ", .narrow, cells[last + 1].style)
    }
  }

  private mutating func forEachRun(in rect: Rect, _ body: (inout Canvas, Range<Int>) -> Void) {
    let columns = max(rect.column, 0)..<max(min(rect.endColumn, size.columns), max(rect.column, 0))
    guard !columns.isEmpty else { return }
    for row in max(rect.row, 0)..<max(min(rect.endRow, size.rows), max(rect.row, 0)) {
      let start = row * size.columns
      body(&self, start + columns.lowerBound..<start + columns.upperBound)
    }
  }
}
