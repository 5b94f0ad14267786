import Access
import TerminalKit

// What the overview says, part by part.
extension OverviewScreen {
  func sections(_ scene: Scene) -> (left: [OverviewSection], right: [OverviewSection]) {
    let left = [inForce(scene)] + migration(scene) + notices + [checklist]
    let right =
      requests(scene) + refused(scene) + ending(scene) + latest(scene) + [figures(scene)]
    return (left, right)
  }

  private func inForce(_ scene: Scene) -> OverviewSection {
    let revision = scene.session.standing.current.revision
    let policy = scene.session.policy
    var lines: [OverviewLine] = []
    if policy.mode == .bearer {
      lines.append(
        OverviewLine(
          text: "Level " + SafeText(policy.level.name) + ", API mode bearer", target: .level))
    } else {
      let isAlarming = policy.mode == .closed || policy.mode == .conflict
      lines.append(
        OverviewLine(
          text: "API mode " + SafeText(policy.mode.rawValue) + ", level locked",
          style: isAlarming ? .danger : .plain, target: .mode))
      lines.append(
        OverviewLine(text: Guidance.mode(policy.mode), style: isAlarming ? .warning : .muted))
    }
    let by: SafeText = "by \(revision.author), "
    lines.append(
      OverviewLine(
        text: "Revision \(revision.number) " + by + revision.at.ago(scene.now), style: .muted))
    if !revision.reason.isEmpty {
      lines.append(OverviewLine(text: "Reason: " + SafeText(revision.reason), style: .muted))
    }
    return OverviewSection(title: "In force", lines: lines + operations(scene))
  }

  /// What is observed, refused for a while, and announced.
  private func operations(_ scene: Scene) -> [OverviewLine] {
    guard let operations = overview?.operations else { return [] }
    var lines: [OverviewLine] = []
    if let observation = operations.observation {
      let span = SafeText.span(seconds: scene.now.seconds(since: observation.since))
      lines.append(
        OverviewLine(
          text: "Observing " + SafeText(observation.level.name) + " for " + span,
          target: .figure(.security, "observing")))
    }
    for window in operations.brownouts where window.state(at: scene.now).isOpen {
      let text: SafeText =
        window.state(at: scene.now) == .running
        ? "Brownout of " + window.kind.plural + ", ends in " + window.until.countdown(scene.now)
        : "Brownout of " + window.kind.plural + " in "
          + .span(seconds: window.from.seconds(since: scene.now))
      lines.append(
        OverviewLine(
          text: text, style: .warning,
          target: .figure(.security, SafeText(window.id.text))))
    }
    if let cutOver = operations.cutOver {
      lines.append(
        OverviewLine(
          text: "Cut-over on \(cutOver.date)", style: .warning,
          target: .figure(.security, "cut-over")))
    }
    return lines
  }

  /// How far each stricter level is, and what is still to be done, the gravest first.
  private func migration(_ scene: Scene) -> [OverviewSection] {
    guard scene.may(.reviewMigration) else { return [] }
    guard let readiness else {
      return [
        OverviewSection(
          title: "Migration", lines: [OverviewLine(text: "Counting …", style: .muted)])
      ]
    }
    let levels = readiness.levels.map { level in
      OverviewLine(
        text: "Ready for " + SafeText(level.level.name),
        right: "\(level.percent)%"
          + (level.missing > 0
            ? ", " + .count(level.missing) + " of " + .count(level.stops) + " left" : ""),
        style: level.missing > 0 ? .plain : .ok,
        target: .list(.migration, filter: level.level == .high ? "breaks:high" : ""))
    }
    let warnings = WarningSeverity.allCases.compactMap { severity -> OverviewLine? in
      guard let count = readiness.openWarnings[severity], count > 0 else { return nil }
      return OverviewLine(
        text: severity.meaning, right: .count(count), style: severity.style,
        target: .list(.migration, filter: "severity:\(severity.rawValue) state:open"))
    }
    return [OverviewSection(title: "Migration", lines: levels + warnings)]
  }

  /// Legacy falling and Bearer rising is the picture of a migration: a column a day, one scale.
  private func requests(_ scene: Scene) -> [OverviewSection] {
    guard scene.may(.reviewMigration), let readiness else { return [] }
    let top = readiness.requests.values.joined().max() ?? 0
    func bars(_ kind: CredentialKind) -> SafeText {
      let days = readiness.requests[kind] ?? []
      return Bars.sparkline(days.map { Int(clamping: $0) }, maximum: Int(clamping: top))
    }
    let lines = CredentialKind.inFigures.map { kind in
      let last = readiness.requests[kind]?.last ?? 0
      return OverviewLine(
        text: kind.inOverview.padded(to: 10) + bars(kind), right: .count(last),
        target: kind == .bearer
          ? .figure(.tokens, "bearer")
          : .list(
            .migration,
            filter: "kind:" + (kind == .legacyKey ? WarningKind.legacyKey : .password).rawValue))
    }
    let share = readiness.bearerShare
    let shares = Bars.sparkline(share.map { $0 ?? 0 }, maximum: 100)
    return [
      OverviewSection(
        title: "Requests a day, 14d; today",
        lines: lines + [
          OverviewLine(
            text: ("Share" as SafeText).padded(to: 10) + shares,
            right: share.last?.map { "\($0)%" } ?? "-", style: .muted)
        ])
    ]
  }

  private var checklist: OverviewSection {
    guard let items = overview?.checklist else {
      return OverviewSection(
        title: "After set-up", lines: [OverviewLine(text: "Reading …", style: .muted)])
    }
    let done = items.filter(\.isDone).count
    return OverviewSection(
      title: "After set-up: \(done) of \(items.count) done",
      lines: items.map { item in
        OverviewLine(
          text: (item.isDone ? "[x] " : "[ ] ") + SafeText(item.step.text),
          style: item.isDone ? .muted : .plain, target: .step(item.step))
      })
  }

  private var notices: [OverviewSection] {
    guard let notices = overview?.notices, !notices.isEmpty else { return [] }
    let lines = notices.sorted { $0.severity < $1.severity }.map { notice in
      switch notice.severity {
      case .error: OverviewLine(text: "! " + SafeText(notice.text), style: .danger)
      case .warning: OverviewLine(text: "! " + SafeText(notice.text), style: .warning)
      case .information: OverviewLine(text: SafeText(notice.text))
      }
    }
    return [OverviewSection(title: "To look at", lines: lines)]
  }

  private func figures(_ scene: Scene) -> OverviewSection {
    func line(_ place: Place, _ text: SafeText, _ figure: SafeText?) -> OverviewLine {
      let isReachable = place.isVisible(to: scene.session.permissions)
      return OverviewLine(
        text: text, right: figure ?? "…", target: isReachable ? .figure(place, text) : nil)
    }
    let tokens = counts.map { counts in
      counts.expiringTokens > 0
        ? .count(counts.liveTokens) + ", " + .count(counts.expiringTokens) + " end soon"
        : SafeText.count(counts.liveTokens)
    }
    return OverviewSection(
      title: "Here",
      lines: [
        line(.accounts, "Accounts", counts.map { .count($0.accounts) }),
        line(.tokens, "Live tokens", tokens),
        line(.migration, "Legacy keys that work", counts.map { .count($0.liveKeys) }),
        line(.accounts, "Passwords", counts.map { .count($0.passwords) }),
        line(.security, "Essential integrations", counts.map { .count($0.integrations) }),
      ])
  }

  /// Why requests were refused; who they came from is a key away.
  private func refused(_ scene: Scene) -> [OverviewSection] {
    guard scene.may(.reviewMigration), let refused = overview?.refused, !refused.isEmpty else {
      return []
    }
    let lines = refused.prefix(3).map { count in
      OverviewLine(
        text: SafeText(count.reason.rawValue), right: .count(count.requests), style: .danger,
        target: .refusals(count.reason.rawValue))
    }
    let rest = refused.dropFirst(3).reduce(0) { $0 + $1.requests }
    let others = rest > 0 ? [OverviewLine(text: "other reasons", right: .count(rest))] : []
    return [OverviewSection(title: "Refused in 1h", lines: lines + others)]
  }

  private func ending(_ scene: Scene) -> [OverviewSection] {
    guard scene.may(.useAPI) || scene.may(.manageTokens) else { return [] }
    let isEmpty = overview.map(\.endingNext.isEmpty) ?? true
    let lines: [OverviewLine] =
      isEmpty
      ? [
        OverviewLine(
          text: overview == nil ? "Reading …" : "No token has an end yet. 5 then a makes one.",
          style: .muted)
      ]
      : (overview?.endingNext ?? []).map { token in
        OverviewLine(
          text: SafeText(token.name) + "  " + SafeText(token.owner),
          right: token.expiresAt.ends(scene.now),
          style: token.state == .expiring ? .warning : .plain, target: .token(token.id))
      }
    return [OverviewSection(title: "Tokens ending next", lines: lines)]
  }

  private func latest(_ scene: Scene) -> [OverviewSection] {
    guard scene.may(.viewAudit) else { return [] }
    let rows = overview?.latest ?? []
    let lines: [OverviewLine] =
      rows.isEmpty
      ? [
        OverviewLine(
          text: overview == nil ? "Reading …" : "Every change will be listed here.", style: .muted)
      ]
      : rows.map { row in
        OverviewLine(
          text: SafeText("\(row.actor) \(row.action) \(row.briefTarget)"),
          right: row.at.age(scene.now),
          target: .audit(row.seq, action: row.action, target: row.target))
      }
    return [OverviewSection(title: "Latest changes", lines: lines)]
  }
}

extension CredentialKind {
  /// As short as a line with bars needs it.
  fileprivate var inOverview: SafeText {
    switch self {
    case .legacyKey: "Keys"
    case .password: "Passwords"
    case .bearer: "Bearer"
    }
  }
}
