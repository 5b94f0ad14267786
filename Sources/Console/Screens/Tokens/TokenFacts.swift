import Access
import TerminalKit

/// All that is said of a token: a name and a text for each thing known.
struct TokenFacts {
  private(set) var facts: [Fact] = []

  /// What a row of a list knows.
  init(_ row: TokenRow, _ scene: Scene) {
    add("State", row.state.words, row.state.style)
    add("Owner", SafeText(row.owner))
    add("May", row.scope == .read ? "read only: GET, HEAD, OPTIONS" : "read and write")
    add("Purpose", row.purpose.isEmpty ? "none given" : SafeText(row.purpose))
    add("Created", Self.at(row.createdAt, scene))
    add("Ends", Self.end(of: row, scene))
    if let revocation = row.revocation {
      add(
        "Revoked", Self.at(revocation.at, scene) + ", by " + SafeText(revocation.by.text), .danger)
      add("Reason", revocation.reason.isEmpty ? "none given" : SafeText(revocation.reason))
    }
    add("Last used", row.lastUsedAt.map { Self.at($0, scene) } ?? "never used")
    if row.lastUsedAt != nil {
      add("From", row.lastSource.map { SafeText($0) } ?? "not known")
      add("Client", row.lastAgent.map { SafeText($0) } ?? "not said")
    }
    add("Uses", .count(row.uses))
    add("Id", SafeText(row.id), .muted)
  }

  init(_ details: TokenDetails, _ scene: Scene) {
    self.init(details.row, scene)
    if let since = details.suspendedAt { add("Asleep", "since " + Self.at(since, scene), .warning) }
    if let name = details.predecessor { add("Replaces", SafeText(name)) }
    if let name = details.successor { add("Successor", SafeText(name)) }
    if let at = details.replacedAt {
      let isPast = at <= scene.now
      add(
        "Replaced",
        isPast
          ? Self.at(at, scene)
          : "works beside its successor until "
            + scene.zone.minute(at), isPast ? .muted : .warning)
    }
    add("Signed with", "key " + SafeText(details.signingKey))
  }

  func lines(columns: Int) -> [ScrollText.Line] { facts.lines(columns: columns) }

  private mutating func add(_ name: SafeText, _ text: SafeText, _ style: Style = .plain) {
    facts.append(Fact(name: name, text: text, style: style))
  }

  /// `2026-11-23 14:31 UTC, 4 min ago`.
  private static func at(_ instant: Instant, _ scene: Scene) -> SafeText {
    scene.zone.minute(instant) + ", " + instant.ago(scene.now)
  }

  private static func end(of row: TokenRow, _ scene: Scene) -> SafeText {
    guard let end = row.expiresAt else { return "never" }
    // Ended before its time: how far ahead its own end is says nothing.
    if row.state == .revoked || row.state == .replaced {
      return "would have ended " + scene.zone.minute(end)
    }
    return scene.zone.minute(end) + (end > scene.now ? ", " + end.ahead(scene.now) : ", ended")
  }
}

extension TokenState {
  /// As lists say it, and what it means where that is not plain.
  var words: SafeText {
    switch self {
    case .suspended: "suspended: unused too long, e wakes it"
    case .expiring: "expiring: works, ends soon"
    case .replaced: "replaced by its successor"
    case .active, .expired, .revoked: SafeText(rawValue)
    }
  }

  var style: Style {
    switch self {
    case .active: .ok
    case .expiring, .suspended: .warning
    case .revoked: .danger
    case .expired, .replaced: .muted
    }
  }
}
