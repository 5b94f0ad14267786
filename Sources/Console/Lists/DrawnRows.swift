import Synchronization
import TerminalKit

/// The rows of a table as they were last drawn, to be copied as long as they would look the same.
///
/// A step in a list changes two rows of it; laying out all the others anew would be most of its work.
final class DrawnRows<Row: Identifiable & Equatable & Sendable>: Sendable
where Row.ID: Sendable {
  /// What all rows look like because of, beside themselves.
  private struct Ground: Equatable {
    let layout: ColumnLayout
    let glyphs: Glyphs
    /// When they are drawn: times are told as they are from then.
    let moment: Int64
  }

  private struct Memo {
    var ground: Ground?
    var lines: [Row.ID: (row: Row, cells: [Cell])] = [:]
  }

  /// Some screens of rows.
  private static var limit: Int { 200 }

  private let memo = Mutex(Memo())
  private let layout = Mutex<(columns: [Column], layout: ColumnLayout)?>(nil)
  let titles = Drawn<SeenTitles>()
  /// All that are seen at once: mostly a step moves nothing but the cursor.
  let page = Drawn<SeenRows<Row>>()

  init() {}

  /// The layout of the columns, which is the same from frame to frame.
  func layout(_ columns: [Column], width: Int) -> ColumnLayout {
    layout.withLock { known in
      if let known, known.layout.width == width, known.columns == columns { return known.layout }
      let layout = ColumnLayout(columns, width: width)
      known = (columns, layout)
      return layout
    }
  }

  /// Forgets what was drawn on another ground than this; as many as `count` rows are to come.
  func begin(_ layout: ColumnLayout, _ glyphs: Glyphs, moment: Int64, count: Int) {
    let ground = Ground(layout: layout, glyphs: glyphs, moment: moment)
    memo.withLock { memo in
      guard memo.ground != ground || memo.lines.count > Self.limit else { return }
      memo = Memo(ground: ground, lines: Dictionary(minimumCapacity: count))
    }
  }

  /// Puts a row where it is to stand; returns false if it has to be drawn.
  func put(_ row: Row, on canvas: inout Canvas, at point: Point) -> Bool {
    guard let line = memo.withLock({ $0.lines[row.id] }), line.row == row else { return false }
    canvas.put(line.cells, at: point)
    return true
  }

  /// Keeps a row that was drawn into the columns from `point` on.
  func keep(_ row: Row, from canvas: Canvas, at point: Point, columns: Int) {
    let cells = canvas.cells(at: point, columns: columns)
    memo.withLock { $0.lines[row.id] = (row, cells) }
  }
}

/// What the titles of the columns look like because of.
struct SeenTitles: Equatable, Sendable {
  let layout: ColumnLayout
  let sort: SortMark?
}
