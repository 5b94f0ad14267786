import Synchronization

/// One cell of the screen: what is drawn there, and how.
///
/// A plain value of eight bytes without references or padding, so a screen of them is one block of
/// memory, and two screens are compared byte by byte.
package struct Cell: Hashable, Sendable {
  package let base: Unicode.Scalar
  private var marks: MarkSequence
  package let span: Span
  package var style: Style

  package static let blank = Cell(" ", .narrow, .plain)

  package init(_ base: Unicode.Scalar, _ span: Span, _ style: Style) {
    self.base = base
    marks = .none
    self.span = span
    self.style = style
  }

  package var hasMarks: Bool { marks != .none }

  /// The base and then its marks, at most ``maximumScalars``.
  package var scalars: [Unicode.Scalar] { [base] + marks.scalars }

  /// A base and four marks, which is what one cell of ncurses holds.
  package static let maximumScalars = 5

  /// Adds a combining mark; a fifth is left out.
  package mutating func append(_ mark: Unicode.Scalar) { marks = marks.appending(mark) }

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

/// The combining marks of a cell: a number that stands for a sequence of them.
///
/// Sequences are numbered as they are met. There is room for 65,535 of them in one process, far
/// beyond what writing needs; a mark that would need one more is left out.
private struct MarkSequence: Hashable, Sendable {
  private var number: UInt16

  static let none = MarkSequence(number: 0)

  private struct Table {
    var sequences: [[Unicode.Scalar]] = [[]]
    var numbers: [[Unicode.Scalar]: UInt16] = [:]
  }

  private static let table = Mutex(Table())

  var scalars: [Unicode.Scalar] {
    self == .none ? [] : Self.table.withLock { $0.sequences[Int(number)] }
  }

  func appending(_ mark: Unicode.Scalar) -> MarkSequence {
    Self.table.withLock { table in
      let sequence = table.sequences[Int(number)] + [mark]
      guard sequence.count < Cell.maximumScalars else { return self }
      if let known = table.numbers[sequence] { return MarkSequence(number: known) }
      guard let next = UInt16(exactly: table.sequences.count) else { return self }
      table.sequences.append(sequence)
      table.numbers[sequence] = next
      return MarkSequence(number: next)
    }
  }
}
