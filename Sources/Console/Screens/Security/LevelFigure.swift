import Access
import TerminalKit

/// One of the figures beside a level: how many, and what opens behind it.
struct LevelFigure: Hashable, Sendable {
  enum Target: Hashable, Sendable { case stopping, tokens, observed }

  let text: SafeText
  let style: Style
  /// Nil where there is nothing to open.
  let target: Target?

  private init(_ text: SafeText, _ style: Style = .plain, _ target: Target?) {
    self.text = text
    self.style = style
    self.target = target
  }

  /// What an impact comes to, what stops first.
  static func all(of impact: Impact) -> [LevelFigure] {
    var figures = CredentialKind.inFigures.compactMap { kind -> LevelFigure? in
      guard let count = impact.stopping[kind], count > 0 else { return nil }
      return LevelFigure(kind.stops(count), .danger, .stopping)
    }
    if impact.stops == 0 {
      if !impact.change.isLowering { figures.append(LevelFigure("Nothing stops.", .ok, nil)) }
    } else {
      let window = SafeText(impact.change.to.properties.usageWindow.description)
      figures.append(
        LevelFigure(
          .count(impact.usedWithinDay) + " used in 24h, " + .count(impact.usedWithinWeek)
            + " in 7d, " + .count(impact.usedWithinWindow) + " in " + window, .plain, .stopping))
      figures.append(
        LevelFigure(
          .count(impact.ownerCount, "owner") + ": " + impact.ownerNames(atMost: 4), .plain,
          .stopping))
    }
    if let observed = impact.observed {
      figures.append(
        LevelFigure(
          "Observed " + .span(seconds: observed.seconds) + ": " + observed.found,
          observed.callers > 0 ? .warning : .ok, .observed))
    }
    if impact.tokensBeyondMaximum > 0 {
      let count = impact.tokensBeyondMaximum
      figures.append(
        LevelFigure(
          .count(count, "token") + (count == 1 ? " outlives" : " outlive") + " the policy",
          .warning, .tokens))
    }
    if impact.unreviewed > 0 {
      figures.append(
        LevelFigure(.count(impact.unreviewed) + " in use without a review", .warning, .stopping))
    }
    if impact.alreadyRefused > 0 {
      figures.append(
        LevelFigure(
          .count(impact.alreadyRefused) + " refused today already, for another reason", .muted,
          nil))
    }
    return figures
  }
}

extension CredentialKind {
  /// The order in which figures name them.
  static let inFigures: [CredentialKind] = [.legacyKey, .password, .bearer]

  /// `12 legacy keys stop`, `1 password client stops`.
  func stops(_ count: Int) -> SafeText {
    let noun =
      switch self {
      case .legacyKey: "legacy key"
      case .password: "password client"
      case .bearer: "Bearer token"
      }
    return .count(count, noun) + (count == 1 ? " stops" : " stop")
  }
}

extension Impact.Observed {
  /// `3 callers would be refused`.
  var found: SafeText {
    callers == 0 ? "nobody would be refused" : .count(callers, "caller") + " would be refused"
  }
}

extension Impact {
  /// As people read it: `bob, carol and 3 more`.
  func ownerNames(atMost limit: Int) -> SafeText {
    let shown = owners.prefix(limit)
    let rest = ownerCount - shown.count
    let names = SafeText(shown.joined(separator: ", "))
    return rest > 0 ? names + " and " + .count(rest) + " more" : names
  }

  /// `6d 4h of traffic`, or that none was ever seen.
  var watched: SafeText {
    observedSeconds.map { SafeText.span(seconds: $0) + " of traffic" } ?? "no traffic at all"
  }
}
