import CCurses
import Glibc
import TerminalKit

/// Brings frames to curses, and only what differs from the frame before.
struct CursesScreen {
  var palette: Palette {
    didSet { forget() }
  }

  private let wraps: Bool
  /// What curses was given last; nil if all has to be given again.
  private var shown: Canvas?
  private var shownRun: Frame.WrappedRun?
  /// One row on its way, kept to spare an allocation per row.
  private var scratch: [cc_cell] = []

  init(palette: Palette, wraps: Bool) {
    self.palette = palette
    self.wraps = wraps
  }

  /// Makes the next frame be written whole.
  mutating func forget() {
    shown = nil
    shownRun = nil
  }

  /// Shows a frame on a terminal of `size`: it is cut, or has blanks around it, if it has another.
  mutating func show(_ frame: Frame, on size: Size) {
    let repaints = shown == nil
    if shown?.size != frame.size {
      cc_erase()
      // What curses holds then is an empty canvas, unless a theme has a look of its own for that.
      let isPlain = palette.look(of: .plain) == .plain
      shown = isPlain ? Canvas(size: frame.size, glyphs: frame.canvas.glyphs) : nil
    }
    let changed = write(frame.canvas, on: size)
    if let cursor = frame.cursor, Rect(size).contains(cursor) {
      cc_put_cursor(Int32(cursor.row), Int32(cursor.column))
    } else {
      cc_put_cursor(-1, 0)
    }
    cc_refresh(repaints)
    shown = frame.canvas
    wrap(frame, on: size, changed: changed)
  }

  // MARK: - The run that the terminal wraps

  private mutating func wrap(_ frame: Frame, on size: Size, changed: Range<Int>) {
    defer { shownRun = frame.wrappedRun }
    guard let run = frame.wrappedRun, wraps, frame.size == size,
      palette.look(of: run.style) == .plain
    else { return }
    let rows = run.firstRow..<run.firstRow + run.rowCount
    guard run != shownRun || changed.overlaps(rows) else { return }
    let text = Array(run.text.string.utf8)
    _ = text.withUnsafeBufferPointer { cc_put_run(Int32(run.firstRow), $0.baseAddress, $0.count) }
  }

  // MARK: - Rows

  /// Writes the rows that differ from what is shown, and returns a range that holds them all.
  private mutating func write(_ canvas: Canvas, on size: Size) -> Range<Int> {
    let columns = min(canvas.size.columns, size.columns)
    var first = 0
    var last = -1
    for row in 0..<min(canvas.size.rows, size.rows) {
      let start = row * canvas.size.columns
      guard let difference = difference(canvas, row, start..<start + columns) else { continue }
      fill(canvas.cells[start + difference.lowerBound..<start + difference.upperBound])
      cc_put_cells(Int32(row), Int32(difference.lowerBound), scratch, Int32(difference.count))
      if last < 0 { first = row }
      last = row
    }
    return first..<last + 1
  }

  /// The columns of a row from the first that differs from what is shown to the last, or nil.
  private func difference(_ canvas: Canvas, _ row: Int, _ range: Range<Int>) -> Range<Int>? {
    guard let shown, !range.isEmpty else { return range.isEmpty ? nil : 0..<range.count }
    let isSame = shown.cells[range].withUnsafeBytes { old in
      canvas.cells[range].withUnsafeBytes { new in
        guard let old = old.baseAddress, let newStart = new.baseAddress else { return true }
        return memcmp(old, newStart, new.count) == 0
      }
    }
    return isSame ? nil : canvas.difference(from: shown, row: row, width: range.count)
  }

  /// Puts the cells into `scratch`, which may be longer.
  ///
  /// Each cell of a frame passes here: what most of them need none of is kept out of the way.
  private mutating func fill(_ cells: ArraySlice<Cell>) {
    if scratch.count < cells.count {
      scratch = Array(repeating: cc_cell(), count: cells.count)
    }
    let palette = palette
    cells.withUnsafeBufferPointer { cells in
      scratch.withUnsafeMutableBufferPointer { scratch in
        var isReplacing = false
        var gap = 0
        var ink = Palette.Look.plain
        for index in cells.indices {
          let cell = cells[index]
          let look = palette.look(of: cell.style)
          scratch[index] = cc_cell(
            scalars: (cell.base.value, 0, 0, 0, 0), width: cell.span.rawValue,
            attributes: look.attributes.rawValue, color: look.color)
          if isReplacing || !cell.base.isASCII || cell.hasMarks {
            Self.spell(cell, &scratch[index], &isReplacing)
          }
          if cell.base == " ", !look.isSeenOnBlanks {
            gap += 1
          } else {
            if gap > 0, gap <= Self.widestGap, !ink.isSeenOnBlanks {
              for blank in index - gap..<index { scratch[blank].take(ink) }
            }
            gap = 0
            ink = look
          }
        }
      }
    }
  }

  /// So many blanks between words keep the look before them.
  ///
  /// They show nothing of it, and the terminal need not be told to change it twice. More of them are
  /// passed over by moving the cursor.
  private static let widestGap = 4

  private static func spell(_ cell: Cell, _ out: inout cc_cell, _ isReplacing: inout Bool) {
    if isReplacing, cell.span == .continuation {
      (out.scalars.0, out.width) = (0x20, 1)
      isReplacing = false
    } else if !cell.base.isASCII, Int(cc_width(cell.base.value)) != cell.width {
      // What curses takes for wider or narrower than we do would shift the rest of the row.
      (out.scalars.0, out.width) = (0x3F, 1)
      isReplacing = true
    } else if cell.hasMarks {
      spellMarks(of: cell, &out)
    }
  }

  private static func spellMarks(of cell: Cell, _ out: inout cc_cell) {
    let marks = cell.scalars.dropFirst().filter { cc_width($0.value) == 0 }
    for (place, mark) in marks.enumerated() {
      switch place {
      case 0: out.scalars.1 = mark.value
      case 1: out.scalars.2 = mark.value
      case 2: out.scalars.3 = mark.value
      default: out.scalars.4 = mark.value
      }
    }
  }
}

extension cc_cell {
  fileprivate mutating func take(_ look: Palette.Look) {
    color = look.color
    attributes = look.attributes.rawValue
  }
}
