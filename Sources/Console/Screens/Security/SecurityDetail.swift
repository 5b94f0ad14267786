import Access
import TerminalKit

/// The right side of the Security screen: what the line under the cursor is about.
struct SecurityDetail {
  struct Line {
    let text: SafeText
    let style: Style
    /// The number of the figure it belongs to, where that can be opened.
    let figure: Int?

    init(_ text: SafeText, _ style: Style = .plain, figure: Int? = nil) {
      self.text = text
      self.style = style
      self.figure = figure
    }
  }

  private let screen: SecurityScreen
  private let scene: Scene
  private let columns: Int

  init(_ screen: SecurityScreen, _ scene: Scene, columns: Int) {
    self.screen = screen
    self.scene = scene
    self.columns = columns
  }

  /// The lines for a place of `rows` rows; what breaks comes first where not all of it fits.
  func lines(rows: Int) -> [Line] {
    switch screen.entry {
    case .level(let level): lines(for: level, rows: rows)
    case .passwords: passwords
    case .expiration: expiration
    case .integrations: integrations
    case .revisions: revisions
    case .observing: observing
    case .brownouts: brownouts
    case .cutOver: cutOver
    }
  }

  // MARK: - A level

  private func lines(for level: SecurityLevel, rows: Int) -> [Line] {
    let name = SafeText(level.name)
    let mark: SafeText = level == Guidance.recommended ? "recommended" : ""
    let head = [
      Line(name.padded(to: max(columns - mark.width, name.width + 1)) + mark, .title)
    ]
    let meaning = meaning(of: level) + [Line("")]
    let consequences = consequences(of: level) + [Line("")]
    let closing = wrapped(Guidance.level(level), .muted)
    let isLocked = scene.session.policy.mode != .bearer
    let ordered =
      !isLocked && head.count + meaning.count + consequences.count <= rows + 1
      ? meaning + consequences : consequences + meaning
    return head + ordered + closing
  }

  private func meaning(of level: SecurityLevel) -> [Line] {
    let policy = scene.session.policy.at(level)
    let accepted = CredentialKind.inFigures.reversed().compactMap { kind -> SafeText? in
      switch policy.acceptance(of: kind) {
      case .accepted: kind.plural
      case .listed: "passwords of " + listed
      case .refused: nil
      }
    }
    let worksNow = scene.session.policy.acceptance(of: .legacyKey) == .accepted
    let refused = CredentialKind.inFigures.compactMap { kind -> SafeText? in
      switch policy.acceptance(of: kind) {
      case .accepted: nil
      case .listed: "all other passwords"
      case .refused where kind == .legacyKey && worksNow: "legacy keys, from the next request"
      case .refused: kind.plural
      }
    }
    var lines = labelled("Accepts", Self.joined(accepted))
    if !refused.isEmpty { lines += labelled("Refuses", Self.joined(refused)) }
    lines += labelled(
      "Tokens",
      level == .standard
        ? "30d, 90d, 1y or unlimited" : "as the expiration policy: " + policy.expiration.short)
    if scene.session.policy.mode == .bearer {
      lines += labelled("Keeps", "every Bearer token that works today")
    }
    return lines
  }

  private var listed: SafeText {
    guard case .success(let rows) = screen.integrations else { return "essential integrations" }
    return .count(rows.count, "essential integration")
  }

  private func consequences(of level: SecurityLevel) -> [Line] {
    let mode = scene.session.policy.mode
    var lines: [Line] = []
    if mode != .bearer {
      lines = wrapped(Guidance.mode(mode), .warning)
      lines += wrapped(Guidance.enableBearerWay, .accent) + [Line("")]
    }
    switch screen.plans[level] {
    case nil:
      let current = scene.session.standing.current.revision
      return lines
        + wrapped(
          "In force. Revision \(current.number) by \(current.author), "
            + scene.zone.minute(current.at) + ".")
    case .counting: return lines + [Line("If applied now", .title), Line("counting…", .muted)]
    case .failed(let failure):
      return lines + [Line("If applied now", .title)]
        + wrapped(SafeText(failure.description), .danger)
    case .known(let plan): return lines + figures(plan) + [Line("")] + closing(plan)
    }
  }

  private func figures(_ plan: Plan) -> [Line] {
    let lead: SafeText =
      plan.impact.change.isLowering ? "If lowered now" : "If applied now"
    let watched = plan.impact.watched + " watched"
    let gap = columns - lead.width - watched.width
    var lines =
      gap > 0
      ? [Line(lead + .blanks(gap) + watched, .title)] : [Line(lead, .title), Line(watched, .muted)]
    if plan.impact.change.isLowering { lines += wrapped(Guidance.loweringLead, .warning) }
    var number = 0
    for figure in LevelFigure.all(of: plan.impact) {
      let words = ("  " + figure.text).wrapped(to: columns)
      if figure.target == nil {
        lines += words.map { Line($0, figure.style) }
      } else {
        lines += figure.text.wrapped(to: columns - 2).map {
          Line($0, figure.style, figure: number)
        }
        number += 1
      }
    }
    return lines
  }

  private func closing(_ plan: Plan) -> [Line] {
    wrapped(Guidance.looking, .muted)
  }

  // MARK: - The settings

  private var passwords: [Line] {
    let isAll = scene.session.policy.passwordsAtHigh == .all
    return [Line("Passwords at High", .title)]
      + wrapped(isAll ? Guidance.passwordsOfAll : Guidance.passwordsOfListed) + [Line("")]
      + wrapped(Guidance.passwordsElsewhere, .muted)
  }

  private var expiration: [Line] {
    let policy = scene.session.policy
    let expiration = policy.expiration
    var lines = [Line("Expiration policy", .title)]
    lines += labelled("Offered", SafeText(expiration.offered.listed))
    lines += labelled("Default", SafeText(expiration.defaultLifetime.description))
    lines += labelled("Maximum", SafeText(expiration.maximum.description))
    lines += labelled("Never", expiration.allowsUnlimited ? "may be chosen" : "switched off")
    lines += labelled(
      "Sleep", expiration.idleLimit.map { "after \($0) without use" } ?? "no idle limit")
    for role in policy.roles {
      guard let limit = expiration.roleMaxima[role.id] else { continue }
      lines += labelled("Role", SafeText(role.name) + ": at most \(limit)")
    }
    if policy.tokenMaximum == nil { lines += wrapped(Guidance.expirationIdle, .warning) }
    lines.append(Line(""))
    for advice in Guidance.expiration { lines += hanging("- ", advice, .muted) }
    return lines
  }

  private var integrations: [Line] {
    var lines = [Line("Essential integrations", .title)] + wrapped(Guidance.integrations)
    switch screen.integrations {
    case nil: lines.append(Line("counting…", .muted))
    case .failure(let failure): lines += wrapped(SafeText(failure.description), .muted)
    case .success(let rows):
      lines.append(Line(""))
      for row in rows.prefix(8) {
        let past: SafeText = row.isPastReview ? ", past its review" : ""
        lines.append(
          Line(
            SafeText(row.login) + ", " + row.lastUsedAt.ago(scene.now, never: "never seen") + past,
            row.isPastReview ? .warning : .plain))
      }
      if rows.count > 8 { lines.append(Line("and " + .count(rows.count - 8) + " more", .muted)) }
      if rows.isEmpty { lines.append(Line("None is listed.", .muted)) }
    }
    return lines
  }

  private var observing: [Line] {
    let head = [Line("Observed level", .title)]
    guard let observation = screen.operations?.observation else {
      return head + wrapped(Guidance.nothingObserved)
    }
    var lines = head + wrapped(Guidance.observing) + [Line("")]
    lines += labelled("Level", SafeText(observation.level.name))
    lines += labelled("Since", scene.zone.minute(observation.since))
    if let observed = screen.plans[observation.level]?.plan?.impact.observed {
      lines += labelled("Found", observed.found)
    }
    return lines
  }

  private var brownouts: [Line] {
    let head = [Line("Brownouts", .title)] + wrapped(Guidance.brownout) + [Line("")]
    let open = (screen.operations?.brownouts ?? []).filter { $0.state(at: scene.now).isOpen }
    if open.isEmpty { return head + wrapped("None is planned. Enter, then a plans one.", .muted) }
    return head
      + open.prefix(6).flatMap { window in
        let state = window.state(at: scene.now)
        return wrapped(
          window.kind.plural + ", " + scene.zone.minute(window.from) + " to "
            + scene.zone.minute(window.until) + ", " + SafeText(state.rawValue), state.style)
      }
  }

  private var cutOver: [Line] {
    var lines = [Line("Cut-over date", .title)] + wrapped(Guidance.cutOver) + [Line("")]
    guard let cutOver = screen.operations?.cutOver else {
      return lines + wrapped("No date is announced.", .muted)
    }
    lines += labelled("Date", "\(cutOver.date), UTC")
    lines += labelled("Since", scene.zone.minute(cutOver.announcedAt))
    return lines
  }

  private var revisions: [Line] {
    let current = scene.session.standing.current.revision
    return [Line("Revisions", .title)] + wrapped(Guidance.revisions) + [
      Line(""), Line("In force: revision \(current.number)"),
    ] + wrapped(SafeText(current.summary))
      + [Line("by \(current.author), " + scene.zone.minute(current.at), .muted)]
  }

  // MARK: - Lines

  private func labelled(_ label: SafeText, _ text: SafeText) -> [Line] {
    hanging(label.padded(to: 9), text, .plain)
  }

  private func hanging(_ lead: SafeText, _ text: SafeText, _ style: Style) -> [Line] {
    text.wrapped(to: max(columns - lead.width, 1)).enumerated().map { index, words in
      Line((index == 0 ? lead : .blanks(lead.width)) + words, style)
    }
  }

  private func wrapped(_ text: SafeText, _ style: Style = .plain) -> [Line] {
    text.wrapped(to: columns).map { Line($0, style) }
  }

  private static func joined(_ parts: [SafeText]) -> SafeText {
    parts.dropFirst().reduce(parts.first ?? "nothing") { $0 + "; " + $1 }
  }
}

extension CredentialKind {
  /// As people read it: `legacy keys`, `passwords`, `Bearer tokens`.
  var plural: SafeText { SafeText(name) + "s" }
}

extension ExpirationPolicy {
  /// As people read it: `30d, max 90d`.
  var short: SafeText { SafeText("\(defaultLifetime), max \(maximum)") }
}

extension [FiniteLifetime] {
  /// As people read it: `7d, 30d, 90d`.
  var listed: String { map(\.description).joined(separator: ", ") }
}
