import Access
import TerminalKit

/// A line of the overview: words, what stands at its right end, and where Enter goes.
struct OverviewLine: Hashable, Sendable {
  let text: SafeText
  var right: SafeText = ""
  var style: Style = .plain
  var target: Target?

  enum Target: Hashable, Sendable {
    case level, mode
    case step(ChecklistItem.Step)
    case figure(Place, SafeText)
    /// What a filter lets through there.
    case list(Place, filter: String)
    /// Who was refused for this reason.
    case refusals(String)
    case token(String)
    case audit(Int64, action: String, target: String)

    /// Where one can see more of it, and change it.
    var place: Place {
      switch self {
      case .level: .security
      case .mode: .properties
      case .figure(let place, _), .list(let place, _): place
      case .refusals: .overview
      case .token: .tokens
      case .audit: .audit
      case .step(let step):
        switch step {
        case .bearer: .properties
        case .level, .backup: .security
        case .role: .roles
        case .token, .request: .tokens
        case .reviews: .migration
        case .secondAdministrator: .accounts
        }
      }
    }

    /// What brings up just this there.
    var filter: String? {
      switch self {
      case .token(let id): "id:\(id)"
      case .audit(_, let action, let target): "action:\(action) \(target)"
      case .list(_, let filter): filter
      case .level, .mode, .step, .figure, .refusals: nil
      }
    }

    /// What `y` copies.
    var copied: String? {
      switch self {
      case .token(let id): id
      case .audit(let seq, _, _): String(seq)
      case .level, .mode, .step, .figure, .list, .refusals: nil
      }
    }
  }
}

/// Some lines under a title.
struct OverviewSection: Sendable {
  let title: SafeText
  var lines: [OverviewLine]

  var targets: [OverviewLine.Target] { lines.compactMap(\.target) }

  /// The lines on a width, wrapped unless something stands at their right end, with a blank behind.
  func laidOut(columns: Int) -> [OverviewLine] {
    let body = lines.flatMap { line -> [OverviewLine] in
      guard line.right.isEmpty, line.text.width > columns else { return [line] }
      return line.text.wrapped(to: columns).enumerated().map { index, text in
        OverviewLine(text: text, style: line.style, target: index == 0 ? line.target : nil)
      }
    }
    return [OverviewLine(text: title, style: .title)] + body + [OverviewLine(text: "")]
  }
}

/// Lines one below the other, scrolled so that the one under the cursor is seen.
struct OverviewColumn {
  let lines: [OverviewLine]
  let focus: OverviewLine.Target

  func draw(on frame: inout Frame, in rect: Rect) {
    let cursor = lines.firstIndex { $0.target == focus }
    // The title above the first line is worth seeing too, and what is below costs nothing.
    let wanted = cursor.map { $0 - rect.rows + 2 } ?? 0
    let first = min(max(wanted, 0), max(lines.count - rect.rows, 0))
    for (row, line) in lines.dropFirst(first).prefix(rect.rows).enumerated() {
      draw(
        line, hasFocus: cursor == first + row, on: &frame,
        at: Point(column: rect.column, row: rect.row + row), columns: rect.columns)
    }
    if lines.dropFirst(first + rect.rows).contains(where: { !$0.text.isEmpty }) {
      frame.canvas.put(
        " v more", endingAt: rect.endColumn, row: rect.endRow - 1, style: .accent)
    }
  }

  private func draw(
    _ line: OverviewLine, hasFocus: Bool, on frame: inout Frame, at point: Point, columns: Int
  ) {
    let isTitle = line.style == .title
    let indent = isTitle ? 0 : 2
    let end = point.column + columns
    let room = columns - indent - (line.right.isEmpty ? 0 : line.right.width + 1)
    if hasFocus {
      frame.canvas.put(">", at: point, style: Style(.accent, .bold))
      frame.cursor = point
    }
    frame.canvas.put(
      line.text, at: Point(column: point.column + indent, row: point.row),
      style: hasFocus ? line.style.with(.reverse) : line.style, maxWidth: max(room, 0))
    frame.canvas.put(line.right, endingAt: end, row: point.row, maxWidth: columns)
  }
}
