/// The screens one can go to, in one line.
package struct TabBar: Hashable, Sendable {
  package struct Tab: Hashable, Sendable {
    package let key: SafeText
    /// With what has to be said about it: `Roles*`.
    package let label: SafeText

    package init(key: SafeText, label: SafeText) {
      self.key = key
      self.label = label
    }
  }

  package let tabs: [Tab]
  package let active: Int?

  package init(_ tabs: [Tab], active: Int?) {
    self.tabs = tabs
    self.active = active
  }

  /// Draws all the tabs, or where they do not fit the active one and the keys of the others.
  package func draw(on canvas: inout Canvas, at point: Point, columns: Int) {
    let width = tabs.reduce(0) { $0 + $1.key.width + 2 + $1.label.width } - 1
    var column = point.column
    if width <= columns {
      for (index, tab) in tabs.enumerated() {
        draw(tab, isActive: index == active, on: &canvas, at: Point(column: column, row: point.row))
        column += tab.key.width + tab.label.width + 2
      }
      return
    }
    let end = point.column + columns
    if let active, tabs.indices.contains(active) {
      let tab = tabs[active]
      draw(tab, isActive: true, on: &canvas, at: point)
      column += tab.key.width + tab.label.width + 3
    }
    guard let first = tabs.first, let last = tabs.last, column < end else { return }
    canvas.put(
      "‹" + first.key + "–" + last.key + "›", at: Point(column: column, row: point.row),
      style: .muted, maxWidth: end - column)
  }

  private func draw(_ tab: Tab, isActive: Bool, on canvas: inout Canvas, at point: Point) {
    let style = isActive ? Style(.title, [.bold, .reverse]) : .plain
    let keyStyle = isActive ? style : .accent
    let column = point.column + canvas.put(tab.key + " ", at: point, style: keyStyle)
    canvas.put(tab.label, at: Point(column: column, row: point.row), style: style)
  }
}
