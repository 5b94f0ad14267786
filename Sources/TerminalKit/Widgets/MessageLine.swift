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

  /// Draws the message; an error is marked with `!` too, for screens without colours.
  package func draw(on canvas: inout Canvas, at point: Point, columns: Int) {
    let text = kind == .error ? "! " + text : text
    canvas.put(
      text, at: point, style: kind == .error ? .danger : .accent, maxWidth: columns)
  }
}
