import Access
import GRDB

extension Worklist.Section {
  /// Its place among all there can be; it stays, whatever a filter leaves out.
  var number: Int {
    let severities = WarningSeverity.allCases.firstIndex(of: severity) ?? 0
    return severities * WarningKind.allCases.count
      + (WarningKind.allCases.firstIndex(of: kind) ?? 0)
  }
}

extension Worklist {
  static func sections(
    _ policy: Policy, _ snapshot: Snapshot, _ now: Instant
  ) throws -> [Section] {
    let window = (now - policy.properties.usageWindow).milliseconds
    let atHigh: WarningBreak = policy.passwordsAtHigh == .all ? .maximum : .high
    var sections: [Section] = []
    func add(
      _ kind: WarningKind, _ severity: WarningSeverity, _ breaks: WarningBreak, _ table: Table?
    ) {
      guard let table else { return }
      sections.append(
        Section(kind: kind, severity: severity, breaks: breaks, rows: .table(table)))
    }
    add(.legacyKey, .stop, .high, keys(["lastUsedAt >= \(window)"]))
    add(.legacyKey, .look, .high, keys(["lastUsedAt < \(window)"]))
    add(.password, .stop, atHigh, passwords(["passwordUsedAt >= \(window)"]))
    add(.password, .look, atHigh, passwords(["passwordUsedAt < \(window)"]))
    add(.integrationPastReview, .stop, .high, integrations(CivilDate(of: now)))
    add(.ownerWithoutAPI, .look, .now, accounts(withoutAPI: policy, now))
    add(
      .ownerDeactivated, .look, .now,
      accounts(["account.isActive = 0", holdsCredential(now)]))
    add(
      .serviceWithoutContact, .look, .never,
      accounts(["account.isActive = 1", "account.kind = 'service'", "account.contact = ''"]))
    add(.tokenExpiring, .soon, .policy, expiring(policy, now))
    add(.tokenBeyondMaximum, .soon, .policy, beyondMaximum(policy, snapshot, now))
    add(
      .tokenNeverUsed, .soon, .never,
      tokens(
        ["lastUsedAt = 0", "createdAt < \(window)"], key: "lastUsedAt", isDescending: true, now))
    let stale = (now - policy.properties.staleAfter).milliseconds
    add(
      .tokenStale, .soon, .never,
      tokens(
        ["lastUsedAt > 0", "lastUsedAt < \(stale)"], key: "lastUsedAt", isDescending: true, now))
    if policy.mode == .conflict || policy.mode == .closed {
      sections.append(
        Section(
          kind: .properties, severity: policy.mode == .closed ? .stop : .look, breaks: .now,
          rows: .fixed([policy.mode.rawValue])))
    }
    let administrators = try snapshot.administrators(under: policy)
    if let only = administrators.first, administrators.count == 1 {
      sections.append(
        Section(
          kind: .oneAdministrator, severity: .look, breaks: .never, rows: .fixed([only.text])))
    }
    return sections.sorted { $0.number < $1.number }
  }

  private static func keys(_ conditions: [Clause]) -> Table {
    Table(
      name: "legacyKey",
      columns: """
        legacyKey.id AS subject, label AS name, owner,
        (SELECT isActive = 0 FROM account WHERE login = owner) AS ownerLeft, lastUsedAt,
        lastSource AS source, lastAgent AS agent, NULL AS endsAt, replacement
        """,
      subject: "legacyKey.id", key: "lastUsedAt", isDescending: true,
      searched: ("label", "owner"), owner: "owner",
      conditions: ["disabledAt IS NULL", "retiredAt IS NULL"] + conditions)
  }

  private static func passwords(_ conditions: [Clause]) -> Table {
    Table(
      name: "account",
      columns: """
        account.id AS subject, login AS name, login AS owner, 0 AS ownerLeft,
        passwordUsedAt AS lastUsedAt, passwordSource AS source, passwordAgent AS agent,
        NULL AS endsAt, NULL AS replacement
        """,
      subject: "account.id", key: "passwordUsedAt", isDescending: true,
      searched: ("login", "name"), owner: "login",
      conditions: [
        "passwordHash IS NOT NULL", "isActive = 1",
        "NOT EXISTS (SELECT 1 FROM integration WHERE integration.account = login)",
      ] + conditions)
  }

  private static func integrations(_ today: CivilDate) -> Table {
    Table(
      name: "account",
      columns: """
        account.id AS subject, login AS name, login AS owner, account.isActive = 0 AS ownerLeft,
        passwordUsedAt AS lastUsedAt, passwordSource AS source, passwordAgent AS agent,
        (unixepoch(reviewDate) + 86400) * 1000 AS endsAt, NULL AS replacement
        """,
      joins: "JOIN integration ON integration.account = login",
      subject: "account.id", key: "account.number", searched: ("login", "name"), owner: "login",
      conditions: ["reviewDate < \(today.description)"])
  }

  private static func accounts(_ conditions: [Clause]) -> Table {
    Table(
      name: "account",
      columns: """
        account.id AS subject, login AS name, login AS owner, account.isActive = 0 AS ownerLeft,
        0 AS lastUsedAt, NULL AS source, NULL AS agent, NULL AS endsAt, NULL AS replacement
        """,
      subject: "account.id", key: "account.number", searched: ("login", "name"), owner: "login",
      conditions: conditions)
  }

  private static func accounts(withoutAPI policy: Policy, _ now: Instant) -> Table {
    let granting = policy.roles.filter { $0.permissions.contains(.useAPI) }.map(\.id.text)
    let grants: Clause = """
      NOT EXISTS (SELECT 1 FROM accountRole WHERE accountRole.account = login AND role IN \(granting))
      """
    return accounts(["account.isActive = 1", grants, holdsCredential(now)])
  }

  /// Whether an account has a credential that is not revoked, retired, switched off or expired.
  private static func holdsCredential(_ now: Instant) -> Clause {
    """
    (passwordHash IS NOT NULL
      OR EXISTS (SELECT 1 FROM legacyKey
        WHERE legacyKey.owner = login AND disabledAt IS NULL AND retiredAt IS NULL)
      OR EXISTS (SELECT 1 FROM token
        WHERE token.owner = login AND endsAt > \(now.milliseconds) AND endsAt <= \(Schema.never)
          AND (replacedAt IS NULL OR replacedAt > \(now.milliseconds))))
    """
  }

  private static func tokens(
    _ conditions: [Clause], key: String, isDescending: Bool, _ now: Instant
  ) -> Table {
    Table(
      name: "token",
      columns: """
        token.id AS subject, token.name AS name, owner,
        (SELECT isActive = 0 FROM account WHERE login = owner) AS ownerLeft, lastUsedAt,
        lastSource AS source, lastAgent AS agent, expiresAt AS endsAt, NULL AS replacement
        """,
      subject: "token.id", key: key, isDescending: isDescending, searched: ("name", "owner"),
      owner: "owner",
      conditions: [
        "revokedAt IS NULL", "replacedAt IS NULL",
        key == "expiresAt"
          ? "expiresAt > \(now.milliseconds)" : "+expiresAt > \(now.milliseconds)",
      ] + conditions)
  }

  private static func expiring(_ policy: Policy, _ now: Instant) -> Table {
    let soon = (now + policy.properties.expiryNotice).milliseconds
    return tokens(["expiresAt <= \(soon)"], key: "expiresAt", isDescending: false, now)
  }

  private static func beyondMaximum(
    _ policy: Policy, _ snapshot: Snapshot, _ now: Instant
  ) -> Table? {
    // At Standard nothing is limited yet: what High would limit is what one wants to know.
    let limited = policy.tokenMaximum == nil ? policy.at(.high) : policy
    return snapshot.isBeyondMaximum(under: limited, at: now).map {
      tokens([$0], key: "expiresAt", isDescending: false, now)
    }
  }
}
