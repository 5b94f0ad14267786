import Access
import TerminalKit

/// One legacy key, whole, but for its value, which nobody sees.
struct LegacyKeyDetail {
  let row: LegacyKeyRow
  let scene: Scene

  func lines(columns: Int) -> [ScrollText.Line] {
    [.init("Legacy key " + SafeText(row.label), .title)]
      + facts.flatMap { wrapped($0.name.padded(to: 11), $0.value, columns, $0.style) }
      + [.init("")]
      + advice.flatMap { line in line.text.wrapped(to: columns).map { .init($0, line.style) } }
  }

  private var facts: [(name: SafeText, value: SafeText, style: Style)] {
    let window = SafeText(scene.session.policy.properties.usageWindow.description)
    return [
      ("State", row.state.meaning, row.state.style),
      (
        "Owner",
        row.isOwnerActive ? SafeText(row.owner) : SafeText(row.owner) + ", left: deactivated",
        row.isOwnerActive ? .plain : .warning
      ),
      ("Last used", used, .plain),
      ("Uses", .count(row.uses) + " in " + window, .plain),
      ("From", row.lastSource.map { SafeText($0) } ?? "-", .plain),
      ("Client", row.lastAgent.map { SafeText($0) } ?? "-", .plain),
      ("Created", row.createdAt.map(scene.zone.minute) ?? "not known", .plain),
      ("Review", row.review.words, row.review == .new ? .warning : .plain),
      ("Id", SafeText(row.id), .muted),
    ]
  }

  private var used: SafeText {
    guard let at = row.lastUsedAt else { return "never seen in use" }
    return scene.zone.second(at) + ", " + at.ago(scene.now)
  }

  private var advice: [ScrollText.Line] {
    let policy = scene.session.policy
    var lines: [ScrollText.Line] = []
    switch row.state {
    case .retired: lines.append(.init(Guidance.keyRetired, .muted))
    case .disabled: lines.append(.init(Guidance.keyOff, .muted))
    case .active where policy.acceptance(of: .legacyKey) == .refused:
      lines.append(.init(Guidance.keyRefused, .warning))
    case .active where row.lastUsedAt == nil: lines.append(.init(Guidance.keyNeverSeen, .muted))
    case .active: lines.append(.init(Guidance.keyBreaks, .muted))
    }
    return lines
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
