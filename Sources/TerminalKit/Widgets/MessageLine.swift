/// What is said in place of the footer.
package struct MessageLine: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Goes by itself after ``MessageLine/informationLasts``.
    case information
    /// Stays until a key is pressed.
    case error
  }

  package let kind: Kind
  package let text: SafeText
  /// When it came, on a clock that only goes forward.
  package let shownAt: Duration

  package static let informationLasts = Duration.seconds(4)

  package init(_ kind: Kind, _ text: SafeText, shownAt: Duration) {
    self.kind = kind
    self.text = text
    self.shownAt = shownAt
  }

  package func isVisible(at now: Duration) -> Bool {
    kind == .error || now - shownAt < Self.informationLasts
  }

  /// When it has to be taken away without a key; nil for never.
  package var ends: Duration? {
    kind == .error ? nil : shownAt + Self.informationLasts
  }

  /// The most rows a message takes; what is longer than that is cut.
  private static let mostRows = 4

  /// Draws the message over the lowest rows that it needs, the last of them `row`.
  ///
  /// An error is marked with `!` too, for screens without colours.
  package func draw(on canvas: inout Canvas, endingAt row: Int) {
    let text = kind == .error ? "! " + text : text
    let columns = max(canvas.size.columns - 2, 1)
    let all = text.wrapped(to: columns)
    let lines = all.prefix(min(Self.mostRows, row + 1))
    for (index, line) in lines.enumerated() {
      let start = Point(column: 0, row: row - lines.count + 1 + index)
      canvas.clear(Rect(column: 0, row: start.row, columns: canvas.size.columns, rows: 1))
      let isCut = index == lines.count - 1 && all.count > lines.count
      canvas.put(
        isCut ? line + " …" : line, at: Point(column: 1, row: start.row),
        style: kind == .error ? .danger : .accent, maxWidth: columns)
    }
  }
}
