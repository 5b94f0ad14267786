import Foundation
import TerminalKit
import Testing

/// Whole screens as files: what is seen, how it is seen, and where the cursor is.
///
/// `RECORD=1 swift test --filter ConsoleTests` writes them anew; look at the difference before
/// committing it.
enum Golden {
  /// Compares a frame with `Goldens/NAME.txt`.
  ///
  /// Styles are a second block, one letter a cell as in ``Frame/styles``; with `theme: .mono` they
  /// are what is left of them without colours: `b` bold, `u` underlined, upper-case reversed.
  static func expect(
    _ frame: Frame, _ name: String, theme: Theme = .dark,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let shown = describe(frame, theme: theme)
    let file = directory.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      do {
        try shown.write(to: file, atomically: true, encoding: .utf8)
      } catch {
        Issue.record("\(name) cannot be recorded: \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    guard let wanted = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("There is no golden \(name). Record it.", sourceLocation: sourceLocation)
      return
    }
    guard shown != wanted else { return }
    Issue.record(
      "\(name) looks different.\n\(difference(wanted, shown))", sourceLocation: sourceLocation)
  }

  /// Every golden there is: its name and its lines.
  static func all() throws -> [(name: String, lines: [String])] {
    try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "txt" }
      .map { file in
        let text = try String(contentsOf: file, encoding: .utf8)
        return (
          file.lastPathComponent,
          text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        )
      }
  }

  private static let directory = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Goldens")

  private static func describe(_ frame: Frame, theme: Theme) -> String {
    let styles = theme == .mono ? monochrome(frame) : frame.styles
    let cursor = frame.cursor.map { "row \($0.row), column \($0.column)" } ?? "hidden"
    let run = frame.wrappedRun.map { ["== run of \($0.rowCount) rows from \($0.firstRow)"] } ?? []
    let parts =
      ["== \(frame.size), cursor \(cursor)"] + run + frame.text + ["== styles"] + styles
    return parts.joined(separator: "\n") + "\n"
  }

  private static func monochrome(_ frame: Frame) -> [String] {
    let size = frame.size
    return (0..<size.rows).map { row in
      let line = (0..<size.columns).map { column in
        let style = frame.canvas[Point(column: column, row: row)].style
        let attributes = Theme.mono.appearance(of: style).attributes
        let letter =
          attributes.contains(.bold) ? "b" : attributes.contains(.underline) ? "u" : " "
        guard attributes.contains(.reverse) else { return letter }
        return letter == " " ? "R" : letter.uppercased()
      }
      return trimmed(line.joined())
    }
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }

  private static func difference(_ wanted: String, _ shown: String) -> String {
    let old = wanted.split(separator: "\n", omittingEmptySubsequences: false)
    let new = shown.split(separator: "\n", omittingEmptySubsequences: false)
    let rows = (0..<max(old.count, new.count)).filter { row in
      (row < old.count ? old[row] : "") != (row < new.count ? new[row] : "")
    }
    return rows.prefix(12).map { row in
      let before = row < old.count ? String(old[row]) : "(none)"
      let after = row < new.count ? String(new[row]) : "(none)"
      return "\(row): -\(before)\n\(row): +\(after)"
    }.joined(separator: "\n")
  }
}
