import Access
import GRDB

/// The credentials that a shift stops, as SQL over each kind's own table.
///
/// A credential stops if it is accepted now and not then: its method is refused then, or its owner
/// loses *Use REST API*. Those that are refused now for another reason are told apart by `refused`.
struct Stopping {
  private let shift: PolicyShift
  private let now: Instant
  private let snapshot: Snapshot

  init(_ shift: PolicyShift, in snapshot: Snapshot) throws {
    self.shift = shift
    self.snapshot = snapshot
    now = try snapshot.now()
  }

  /// One SELECT for each kind of which anything can stop, with the columns `kind`, `credential`,
  /// `label`, `owner`, `lastUsedAt`, `client`, `review`, `id` and `refused`.
  var selects: [Clause] {
    CredentialKind.allCases.compactMap { kind in
      candidates(of: kind).map { select(kind) + " AND " + $0 }
    }
  }

  /// Whether method or permission stop; nil where nothing of this kind can.
  private func candidates(of kind: CredentialKind) -> Clause? {
    let before = shift.from.acceptance(of: kind)
    guard before != .refused else { return nil }
    var stops: [Clause] = []
    switch (before, shift.to.acceptance(of: kind)) {
    case (_, .accepted), (.listed, .listed), (.refused, _): break
    case (.accepted, .listed): stops.append("NOT " + isListed(kind))
    case (_, .refused): stops.append("1")
    }
    if granting(shift.from) != granting(shift.to) {
      stops.append("(" + mayUse(shift.from, kind) + " AND NOT " + mayUse(shift.to, kind) + ")")
    }
    guard !stops.isEmpty else { return nil }
    let stop: Clause = "(" + stops.joined(separator: " OR ") + ")"
    return before == .listed ? isListed(kind) + " AND " + stop : stop
  }

  private func select(_ kind: CredentialKind) -> Clause {
    let at = now.milliseconds
    let review: Clause =
      "(SELECT state FROM review WHERE review.id = " + Clause(sql: "'\(kind.rawValue):' || ")
    switch kind {
    case .bearer:
      return "SELECT 'bearer' AS kind, id AS credential, name AS label, owner, lastUsedAt, "
        + "coalesce(lastAgent, lastSource) AS client, NULL AS review, 'bearer:' || id AS id, "
        + isRefused(kind) + " AS refused FROM token WHERE revokedAt IS NULL "
        // Live tokens are many: a page of them is met in the order of their last use.
        + "AND (+replacedAt IS NULL OR +replacedAt > \(at)) AND +expiresAt > \(at)"
    case .legacyKey:
      return "SELECT 'legacy_key' AS kind, id AS credential, label, owner, lastUsedAt, "
        + "coalesce(lastAgent, lastSource) AS client, " + review
        + "legacyKey.id) AS review, 'legacy_key:' || id AS id, " + isRefused(kind)
        + " AS refused FROM legacyKey WHERE disabledAt IS NULL AND retiredAt IS NULL"
    case .password:
      return "SELECT 'password' AS kind, id AS credential, 'password' AS label, login AS owner, "
        + "passwordUsedAt AS lastUsedAt, coalesce(passwordAgent, passwordSource) AS client, "
        + review + "account.id) AS review, 'password:' || id AS id, " + isRefused(kind)
        + " AS refused FROM account WHERE passwordHash IS NOT NULL"
    }
  }

  /// Whether a credential is refused today for a reason of its own or of its owner.
  private func isRefused(_ kind: CredentialKind) -> Clause {
    var reasons: [Clause] = [
      "NOT " + mayUse(shift.from, kind),
      "EXISTS (SELECT 1 FROM account AS holder WHERE holder.login = " + owner(kind)
        + " AND holder.isActive = 0)",
    ]
    if kind == .bearer { reasons.append(snapshot.isAsleep(at: now, under: shift.from)) }
    if shift.from.acceptance(of: kind) == .listed {
      let today = CivilDate(of: now).description
      reasons.append(
        "EXISTS (SELECT 1 FROM integration WHERE integration.account = " + owner(kind)
          + " AND reviewDate < \(today))")
    }
    return "(" + reasons.joined(separator: " OR ") + ")"
  }

  private func owner(_ kind: CredentialKind) -> Clause {
    kind == .password ? "account.login" : "owner"
  }

  private func isListed(_ kind: CredentialKind) -> Clause {
    "EXISTS (SELECT 1 FROM integration WHERE integration.account = " + owner(kind) + ")"
  }

  private func granting(_ policy: Policy) -> [String] {
    policy.roles.filter { $0.permissions.contains(.useAPI) }.map(\.id.text).sorted()
  }

  private func mayUse(_ policy: Policy, _ kind: CredentialKind) -> Clause {
    let roles = granting(policy)
    guard !roles.isEmpty else { return "0" }
    return "EXISTS (SELECT 1 FROM accountRole WHERE accountRole.account = " + owner(kind)
      + " AND role IN \(roles))"
  }
}
