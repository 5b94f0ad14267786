/// One finished picture: the cells, where the cursor stands, and text the terminal wraps itself.
package struct Frame: Equatable, Sendable {
  package var canvas: Canvas
  /// Where the real cursor stands, so that screen readers follow; nil hides it.
  package var cursor: Point?
  package var wrappedRun: WrappedRun?

  package init(canvas: Canvas, cursor: Point? = nil, wrappedRun: WrappedRun? = nil) {
    self.canvas = canvas
    self.cursor = cursor
    self.wrappedRun = wrappedRun
  }

  package var size: Size { canvas.size }

  /// Rows written as one line that the terminal itself wraps, so that a mouse selection joins them.
  ///
  /// A backend leaves these rows blank in its own buffer, then writes the text from column 0 of
  /// `firstRow` in one go with autowrap on, and touches the rows when the run goes away. The canvas
  /// holds the same characters, for dumps and for backends that cannot wrap.
  package struct WrappedRun: Equatable, Sendable {
    package let firstRow: Int
    package let rowCount: Int
    package let text: SafeText
    package let style: Style
  }

  /// Writes `text` over whole rows from `firstRow` on, as one run without line breaks.
  ///
  /// Returns the first row below it. What does not fit above `endRow` is left out, and then the run
  /// is too: half a secret is worse than none, so check ``rows(for:columns:)`` first.
  @discardableResult
  package mutating func putWrappedRun(
    _ text: SafeText, firstRow: Int, endRow: Int, style: Style = .plain
  ) -> Int {
    let rows = Self.rows(for: text, columns: size.columns)
    guard firstRow >= 0, rows > 0, firstRow + rows <= min(endRow, size.rows) else {
      return firstRow
    }
    var rest = text
    for row in firstRow..<firstRow + rows {
      let (head, tail) = rest.split(at: size.columns)
      canvas.put(head, at: Point(column: 0, row: row), style: style)
      rest = tail
    }
    wrappedRun = WrappedRun(firstRow: firstRow, rowCount: rows, text: text, style: style)
    return firstRow + rows
  }

  /// The rows `text` takes when a terminal of `columns` wraps it.
  package static func rows(for text: SafeText, columns: Int) -> Int {
    guard columns > 0 else { return 0 }
    var rows = 0
    var rest = text
    while !rest.isEmpty {
      let (head, tail) = rest.split(at: columns)
      guard !head.isEmpty else { return 0 }
      rest = tail
      rows += 1
    }
    return rows
  }
}

extension Frame {
  /// The rows as text, blanks at their ends trimmed: what golden tests compare.
  package var text: [String] {
    dump { cell, line in
      guard cell.span != .continuation else { return }
      line.unicodeScalars.append(contentsOf: cell.scalars)
    }
  }

  /// One letter a cell for its style: the role's first letter, upper-case where reversed.
  ///
  /// A blank is plain; `b` bold and `_` underlined plain text; danger, warning, ok, muted, accent
  /// and title are `d w o m a t`; reversed plain text is `R`.
  package var styles: [String] {
    dump { cell, line in line.append(Self.letter(for: cell.style)) }
  }

  private func dump(_ write: (Cell, inout String) -> Void) -> [String] {
    (0..<size.rows).map { row in
      var line = ""
      for cell in canvas.cells[row * size.columns..<(row + 1) * size.columns] { write(cell, &line) }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func letter(for style: Style) -> String {
    let letter =
      switch style.role {
      case .plain where style.attributes.contains(.reverse): "r"
      case .plain where style.attributes.contains(.bold): "b"
      case .plain where style.attributes.contains(.underline): "_"
      case .plain: " "
      case .danger: "d"
      case .warning: "w"
      case .ok: "o"
      case .muted: "m"
      case .accent: "a"
      case .title: "t"
      }
    return style.attributes.contains(.reverse) ? letter.uppercased() : letter
  }
}
