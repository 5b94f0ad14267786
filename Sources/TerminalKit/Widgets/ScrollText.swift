/// Text longer than its place: help, a diff, an explanation.
package struct ScrollText: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package let text: SafeText
    package let style: Style

    package init(_ text: SafeText, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  package let lines: [Line]
  /// The first line shown, as far as it was moved; drawing never leaves a screen half empty.
  package private(set) var top = 0

  package init(_ lines: [Line]) { self.lines = lines }

  /// The lines wrapped to a width, each keeping its style.
  package init(_ lines: [Line], wrappedTo columns: Int) {
    self.lines = lines.flatMap { line in
      line.text.wrapped(to: columns).map { Line($0, line.style) }
    }
  }

  /// Moves the text; returns false if it was at that end already.
  @discardableResult
  package mutating func move(_ movement: Movement, height: Int) -> Bool {
    let last = max(lines.count - height, 0)
    let before = min(top, last)
    let page = max(height - 1, 1)
    switch movement {
    case .up: top = before - 1
    case .down: top = before + 1
    case .pageUp: top = before - page
    case .pageDown: top = before + page
    case .home: top = 0
    case .end: top = last
    case .left, .right: return false
    }
    top = min(max(top, 0), last)
    return top != before
  }

  /// `1-20 of 64`, or nothing where all of it is seen.
  package func position(height: Int) -> SafeText {
    guard lines.count > height, height > 0 else { return "" }
    let first = min(top, lines.count - height)
    return "\(first + 1)-\(first + height) of \(lines.count)"
  }

  package func draw(on canvas: inout Canvas, in rect: Rect) {
    let first = min(top, max(lines.count - rect.rows, 0))
    for (row, line) in lines.dropFirst(first).prefix(rect.rows).enumerated() {
      canvas.put(
        line.text, at: Point(column: rect.column, row: rect.row + row), style: line.style,
        maxWidth: rect.columns)
    }
  }
}
