import Foundation
import TerminalKit
import Testing

/// Whole screens as files: what is seen, how it is seen, and where the cursor is.
///
/// `RECORD=1 swift test --filter ConsoleTests` writes them anew; look at the difference before
/// committing it.
enum Golden {
  /// Compares a console with `Goldens/NAME-SIZE.txt` at the sizes that everything is made for, going
  /// from one to the next as a terminal does that is resized.
  static func expect(
    _ console: ConsoleHarness, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var console = console
    for size in [Size.usual, .large, .small] {
      console.resize(size.columns, size.rows)
      expect(console, name, at: size, sourceLocation: sourceLocation)
    }
  }

  /// Compares a console with `Goldens/NAME-SIZE.txt`.
  ///
  /// After the text come blocks for how it looks: one letter a cell as in ``Frame/styles``; then what
  /// is left of that without colours, `b` bold, `u` underlined, upper-case reversed; then the rows
  /// that are other ones in ASCII.
  static func expect(
    _ console: ConsoleHarness, _ name: String, at size: Size,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(console.frame.size == size, sourceLocation: sourceLocation)
    let ascii = console.inASCII().frame
    for row in ascii.text where !row.utf8.allSatisfy({ $0 < 0x80 }) {
      Issue.record("\(name) has more than ASCII in ASCII: \(row)", sourceLocation: sourceLocation)
    }
    let shown = describe(console.frame, ascii: ascii)
    let name = "\(name)-\(size)"
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

  private static func describe(_ frame: Frame, ascii: Frame) -> String {
    let cursor = frame.cursor.map { "row \($0.row), column \($0.column)" } ?? "hidden"
    let run = frame.wrappedRun.map { ["== run of \($0.rowCount) rows from \($0.firstRow)"] } ?? []
    let others = zip(frame.text, ascii.text).enumerated().filter { $1.0 != $1.1 }
    let parts =
      ["== \(frame.size), cursor \(cursor)"] + run + frame.text + ["== styles"] + frame.styles
      + ["== without colours"] + monochrome(frame) + ["== in ASCII"]
      + others.map { row, texts in "\(row): \(texts.1)" }
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
