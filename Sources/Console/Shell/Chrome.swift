package import TerminalKit

/// Where the parts of every screen are.
///
/// From top to bottom: header, tabs, a rule or the banner of a pending revision, the screen's own
/// part, a rule, and the footer or what takes its place.
package enum Chrome {
  /// The smallest terminal the console can be used on.
  package static let smallest = Size(columns: 60, rows: 16)

  static let headerRow = 0
  static let tabRow = 1
  /// A rule, or while a revision is pending its banner.
  static let bannerRow = 2

  static func ruleRow(of size: Size) -> Int { size.rows - 2 }
  static func footerRow(of size: Size) -> Int { size.rows - 1 }

  /// The screen's own part.
  package static func body(of size: Size) -> Rect {
    Rect(
      column: 0, row: bannerRow + 1, columns: size.columns,
      rows: ruleRow(of: size) - bannerRow - 1)
  }

  /// What dialogs may cover: everything but the line that messages are shown in.
  package static func dialogBounds(_ size: Size) -> Rect {
    Rect(column: 0, row: 0, columns: size.columns, rows: size.rows - 1)
  }
}
