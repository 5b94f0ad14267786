/// A column of a table, and how it gives way where there is no room.
package struct Column: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable { case left, right }

  package let title: SafeText
  /// Below this width the column is dropped.
  package let minimum: Int
  /// The width at which nothing usual is cut.
  package let ideal: Int
  /// The share of room left over when every column has its ideal width; 0 takes none.
  package let stretch: Int
  /// Columns with the highest number go first; 0 never goes.
  package let priority: Int
  package let alignment: Alignment

  package init(
    _ title: SafeText, minimum: Int, ideal: Int? = nil, stretch: Int = 0, priority: Int = 0,
    alignment: Alignment = .left
  ) {
    self.title = title
    self.minimum = minimum
    self.ideal = max(ideal ?? minimum, minimum)
    self.stretch = stretch
    self.priority = priority
    self.alignment = alignment
  }
}

/// What stands in one column of one row.
package struct TableCell: Hashable, Sendable {
  package let text: SafeText
  package let style: Style

  package init(_ text: SafeText, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// What a table is sorted by, marked in its header.
package struct SortMark: Hashable, Sendable {
  /// The number of the column, as given to the layout.
  package let column: Int
  package let isDescending: Bool

  package init(column: Int, isDescending: Bool) {
    self.column = column
    self.isDescending = isDescending
  }
}
