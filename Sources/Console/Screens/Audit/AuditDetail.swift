import Access
import TerminalKit

/// One row of the audit, whole: who, when, from where and why, and what it changed line by line.
struct AuditDetail {
  let row: AuditRow
  let scene: Scene

  func lines(columns: Int) -> [ScrollText.Line] {
    [.init("Row \(row.seq), " + SafeText(row.action), .title)]
      + facts.flatMap { wrapped($0.name.padded(to: 8), $0.value, columns, .plain) }
      + [.init("")] + changes(columns) + [.init("")]
      + wrapped("Hash    ", SafeText(row.hash), columns, .muted)
  }

  private var facts: [(name: SafeText, value: SafeText)] {
    [
      ("Time", scene.zone.second(row.at) + ", " + row.at.ago(scene.now)),
      ("Actor", SafeText(row.actor) + ", through " + SafeText(row.through)),
      ("Source", row.source.isEmpty ? "none" : SafeText(row.source)),
      ("Target", SafeText(row.target)),
      ("Reason", row.reason.map { SafeText($0) } ?? "none given"),
    ]
  }

  private func changes(_ columns: Int) -> [ScrollText.Line] {
    let diff = LineDiff(before: row.before, after: row.after)
    guard !diff.lines.isEmpty else {
      return wrapped("", Guidance.auditWithoutChange, columns, .muted)
    }
    let head: SafeText =
      switch (row.before, row.after) {
      case (nil, _): "After (there was nothing before)"
      case (_, nil): "Before (there is nothing after)"
      default: "Before - and after +"
      }
    return [.init(head, .title)]
      + diff.lines.flatMap { line in
        let (sign, style): (SafeText, Style) =
          switch line.kind {
          case .same: (" ", .muted)
          case .removed: ("-", .danger)
          case .added: ("+", .ok)
          }
        return wrapped(sign + " ", SafeText(line.text), columns, style)
      }
  }

  /// A value behind its name; what does not fit goes below itself.
  private func wrapped(
    _ name: SafeText, _ value: SafeText, _ columns: Int, _ style: Style
  ) -> [ScrollText.Line] {
    value.wrapped(to: max(columns - name.width, 1)).enumerated().map { index, part in
      .init((index == 0 ? name : .blanks(name.width)) + part, style)
    }
  }
}
