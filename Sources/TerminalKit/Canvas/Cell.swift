/// One cell of the screen: what is drawn there, and how.
///
/// A plain value of 24 bytes without references, so a screen of them is one block of memory.
package struct Cell: Hashable, Sendable {
  package var grapheme: Grapheme
  package var span: Span
  package var style: Style

  package static let blank = Cell(Grapheme(" "), .narrow, .plain)

  package init(_ grapheme: Grapheme, _ span: Span, _ style: Style) {
    self.grapheme = grapheme
    self.span = span
    self.style = style
  }

  /// How a cell relates to its neighbour.
  package enum Span: UInt8, Hashable, Sendable {
    /// The right half of the wide cell before it; nothing is written for it.
    case continuation = 0
    case narrow = 1
    /// The left half of a wide character; the next cell is its continuation.
    case wide = 2
  }

  /// The columns a backend moves on by when it writes this cell: 0, 1 or 2.
  package var width: Int { Int(span.rawValue) }
}

/// A base scalar and at most four marks, which is what one cell of ncurses holds.
package struct Grapheme: Hashable, Sendable {
  package private(set) var base: Unicode.Scalar
  /// The marks in order; zero means none.
  private var marks: (first: UInt32, second: UInt32, third: UInt32, fourth: UInt32) = (0, 0, 0, 0)

  package static let maximumScalars = 5

  package init(_ base: Unicode.Scalar) { self.base = base }

  /// Whether the base stands alone, which is all but always so.
  package var isSingle: Bool { marks.first == 0 }

  /// Adds a combining mark; a fifth is left out.
  package mutating func append(_ mark: Unicode.Scalar) {
    if marks.first == 0 {
      marks.first = mark.value
    } else if marks.second == 0 {
      marks.second = mark.value
    } else if marks.third == 0 {
      marks.third = mark.value
    } else if marks.fourth == 0 {
      marks.fourth = mark.value
    }
  }

  /// Calls `body` with the base and then each mark.
  package func forEachScalar(_ body: (Unicode.Scalar) -> Void) {
    body(base)
    guard !isSingle else { return }
    for value in [marks.first, marks.second, marks.third, marks.fourth] where value != 0 {
      if let scalar = Unicode.Scalar(value) { body(scalar) }
    }
  }

  package static func == (one: Grapheme, other: Grapheme) -> Bool {
    // Nearly every cell has no marks, and every one is compared for every frame.
    one.base == other.base && one.marks.first == other.marks.first
      && (one.isSingle || one.marks == other.marks)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(base)
    hasher.combine(marks.first)
    hasher.combine(marks.second)
  }
}
