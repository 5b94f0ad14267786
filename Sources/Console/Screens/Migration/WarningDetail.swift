import Access
import TerminalKit

/// One warning, whole: what was seen, what to do, what was agreed.
struct WarningDetail {
  let row: WarningRow
  let scene: Scene

  func lines(columns: Int) -> [ScrollText.Line] {
    func line(_ text: String, _ style: Style) -> [ScrollText.Line] {
      SafeText(text).wrapped(to: columns).map { .init($0, style) }
    }
    return line(row.what, .title) + facts.lines(columns: columns) + [.init("")]
      + line(row.nextStep, .accent) + [.init("")] + review.lines(columns: columns)
  }

  private var facts: [Fact] {
    let window = scene.session.policy.properties.usageWindow
    var facts: [Fact] = []
    func add(_ name: SafeText, _ text: SafeText?, _ style: Style = .plain) {
      if let text, !text.isEmpty { facts.append(Fact(name: name, text: text, style: style)) }
    }
    add("Severity", row.severity.meaning, row.severity.style)
    add("Breaks", row.breaks.meaning)
    add(
      "Owner", row.owner == nil ? nil : row.shownOwner, row.isOwnerActive ? .plain : .warning)
    add("Last used", row.lastUsedAt.map { scene.zone.second($0) + ", " + $0.ago(scene.now) })
    add("From", row.source.map { SafeText($0) })
    add("Client", row.agent.map { SafeText($0) })
    add("Ends", row.endsAt.map(scene.zone.minute))
    add("Evidence", SafeText(row.evidence(window: window)))
    return facts
  }

  private var review: [Fact] {
    let shown = row.shownReview(scene.now)
    var facts = [Fact(name: "Review", text: shown.text, style: shown.style)]
    func add(_ name: SafeText, _ text: SafeText?) {
      if let text, !text.isEmpty { facts.append(Fact(name: name, text: text)) }
    }
    add("By", row.review.map { SafeText($0.reviewer) + ", " + scene.zone.minute($0.at) })
    add("Until", row.review?.until.map(scene.zone.minute))
    add("Note", row.review.map { SafeText($0.note) })
    return facts + [Fact(name: "Id", text: SafeText(row.id), style: .muted)]
  }
}
