import Access
import TerminalKit

/// The site as `status` shows it.
struct SiteStatus {
  let session: Session
  let overview: Overview
  let counts: Overview.Counts

  private var policy: Policy { session.policy }

  var json: JSONValue {
    [
      "site": .string(policy.properties.siteName),
      "mode": .string(policy.mode.rawValue),
      "level": .string(policy.level.rawValue),
      "observed_level": JSONValue(overview.operations.observation?.level.rawValue),
      "observed_since": JSONValue(overview.operations.observation?.since),
      "cut_over": JSONValue(overview.operations.cutOver?.date.description),
      "revision": JSONValue(session.standing.current.revision.number),
      "pending": JSONValue(pending: session.standing.pending),
      "counts": [
        "accounts": JSONValue(counts.accounts),
        "live_tokens": JSONValue(counts.liveTokens),
        "expiring_tokens": JSONValue(counts.expiringTokens),
        "live_keys": JSONValue(counts.liveKeys),
        "passwords": JSONValue(counts.passwords),
        "integrations": JSONValue(counts.integrations),
      ],
      "checklist": .array(
        overview.checklist.map {
          ["step": .string($0.step.rawValue), "done": .bool($0.isDone)]
        }),
      "notices": .array(
        overview.notices.map {
          ["severity": .string($0.severity.rawValue), "text": .string($0.text)]
        }),
    ]
  }

  func lines(clock: Clock, ink: Ink) -> [String] {
    fields(clock: clock).lines(ink: ink)
      + (overview.notices.isEmpty ? [] : [""])
      + overview.notices.sorted { $0.severity < $1.severity }.map { notice in
        ink.paint(.init(notice.severity.rawValue), notice.severity.tone) + ": "
          + Printed.line(notice.text)
      }
      + (overview.checklist.isEmpty ? [] : [""])
      + overview.checklist.map { "[\($0.isDone ? "x" : " ")] \($0.step.text)" }
  }

  private func fields(clock: Clock) -> Fields {
    let revision = session.standing.current.revision
    var fields = Fields()
    fields.add("Site", policy.properties.siteName)
    fields.add("Mode", Cell(policy.mode.rawValue, policy.mode.tone))
    fields.add("Level", policy.level.name + (policy.mode == .bearer ? "" : ", locked"))
    fields.add(
      "Revision", "\(revision.number) by \(revision.author), \(clock.minute(revision.at))")
    if let pending = session.standing.pending, let end = pending.deadline {
      fields.add("Pending", Cell("takes itself back at \(clock.second(end))", .warning))
    }
    if let observation = overview.operations.observation {
      fields.add(
        "Observing", "\(observation.level.name), since \(clock.minute(observation.since))")
    }
    for window in overview.operations.brownouts {
      guard let words = window.words(at: session.at, clock: clock) else { continue }
      fields.add("Brownout", Cell(words, .warning))
    }
    fields.add("Cut-over", overview.operations.cutOver?.date.description)
    fields.add("Accounts", grouped(counts.accounts))
    fields.add(
      "Tokens", "\(grouped(counts.liveTokens)) live, \(grouped(counts.expiringTokens)) expiring")
    fields.add("Legacy keys", "\(grouped(counts.liveKeys)) live")
    fields.add("Passwords", grouped(counts.passwords))
    fields.add("Integrations", grouped(counts.integrations))
    return fields
  }
}

extension APIMode {
  fileprivate var tone: Tone {
    switch self {
    case .bearer: .ok
    case .legacy: .plain
    case .conflict: .warning
    case .closed: .danger
    }
  }
}

extension Notice.Severity {
  fileprivate var tone: Tone {
    switch self {
    case .error: .danger
    case .warning: .warning
    case .information: .muted
    }
  }
}

extension JSONValue {
  init(_ finding: Finding) {
    let remedy: String? = finding.remedy
    self = [
      "subject": .string(finding.subject),
      "fine": .bool(finding.isFine),
      "detail": .string(finding.detail),
      "remedy": JSONValue(remedy),
    ]
  }
}

extension Finding {
  func line(ink: Ink) -> String {
    let remedy: String? = isFine ? nil : self.remedy
    let mark = isFine ? ink.paint("ok   ", .ok) : ink.paint("WRONG", .danger)
    return "\(mark)  \(Printed.line(subject)): \(Printed.line(detail))"
      + (remedy.map { "\n       \(Printed.line($0))" } ?? "")
  }
}
