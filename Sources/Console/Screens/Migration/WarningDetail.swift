import Access
import TerminalKit

/// One warning, whole: what was seen, what to do, what was agreed.
struct WarningDetail {
  let row: WarningRow
  let scene: Scene

  func text(columns: Int) -> ScrollText {
    ScrollText(
      wrapped("", SafeText(row.what), columns, .title)
        + facts.flatMap { wrapped($0.name.padded(to: 11), $0.value, columns, $0.style) }
        + [.init("")] + wrapped("", SafeText(row.nextStep), columns, .accent)
        + [.init("")]
        + review.flatMap { wrapped($0.name.padded(to: 11), $0.value, columns, $0.style) })
  }

  private typealias Fact = (name: SafeText, value: SafeText, style: Style)

  private var facts: [Fact] {
    let window = scene.session.policy.properties.usageWindow
    var facts: [Fact] = [
      ("Severity", row.severity.meaning, row.severity.style),
      ("Breaks", row.breaks.meaning, .plain),
    ]
    if row.owner != nil {
      facts.append(
        ("Owner", row.shownOwner, row.isOwnerActive ? .plain : .warning))
    }
    if let at = row.lastUsedAt {
      facts.append(("Last used", scene.zone.second(at) + ", " + at.ago(scene.now), .plain))
    }
    if let source = row.source { facts.append(("From", SafeText(source), .plain)) }
    if let agent = row.agent { facts.append(("Client", SafeText(agent), .plain)) }
    if let end = row.endsAt { facts.append(("Ends", scene.zone.minute(end), .plain)) }
    let evidence = row.evidence(window: window)
    if !evidence.isEmpty { facts.append(("Evidence", SafeText(evidence), .plain)) }
    return facts
  }

  private var review: [Fact] {
    var facts: [Fact] = [
      ("Review", row.shownReview(scene.now).text, row.shownReview(scene.now).style)
    ]
    if let review = row.review {
      facts.append(
        ("By", SafeText(review.reviewer) + ", " + scene.zone.minute(review.at), .plain))
      if let until = review.until { facts.append(("Until", scene.zone.minute(until), .plain)) }
      if !review.note.isEmpty { facts.append(("Note", SafeText(review.note), .plain)) }
    }
    return facts + [("Id", SafeText(row.id), .muted)]
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
