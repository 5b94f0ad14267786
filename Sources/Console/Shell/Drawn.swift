import Synchronization
import TerminalKit

/// A part of the screen as it was last drawn, to be copied as long as it would look the same.
///
/// A key changes little of what is seen: laying out all the rest anew would be most of its work.
final class Drawn<Key: Equatable & Sendable>: Sendable {
  private struct Memo {
    let key: Key
    let rect: Rect
    let size: Size
    let glyphs: Glyphs
    let rows: [[Cell]]
  }

  private let memo = Mutex<Memo?>(nil)

  init() {}

  /// Has `draw` fill `rect`, unless it did for an equal `key` last time: then what it drew is put
  /// there again.
  ///
  /// `draw` may depend on nothing but the key, write nothing outside of `rect`, and take nothing from
  /// what is below.
  func draw(
    _ key: Key, on canvas: inout Canvas, in rect: Rect, _ draw: (inout Canvas) -> Void
  ) {
    if let rows = rows(for: key, on: canvas, in: rect) {
      for row in rows.indices {
        canvas.put(rows[row], at: Point(column: rect.column, row: rect.row + row))
      }
      return
    }
    draw(&canvas)
    let rows = (rect.row..<rect.endRow).map { row in
      canvas.cells(at: Point(column: rect.column, row: row), columns: rect.columns)
    }
    let new = Memo(
      key: key, rect: rect, size: canvas.size, glyphs: canvas.glyphs, rows: rows)
    memo.withLock { $0 = new }
  }

  private func rows(for key: Key, on canvas: Canvas, in rect: Rect) -> [[Cell]]? {
    memo.withLock { memo in
      guard let memo, memo.rect == rect, memo.size == canvas.size, memo.glyphs == canvas.glyphs,
        memo.key == key
      else { return nil }
      return memo.rows
    }
  }
}
