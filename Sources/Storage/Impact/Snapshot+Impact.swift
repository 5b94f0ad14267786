package import Access
import GRDB

extension Snapshot {
  /// What a shift from one policy to another would come to.
  ///
  /// Reads every credential of the kinds that stop: for all but leaving `bearer` that is the legacy
  /// keys and passwords.
  package func impact(of shift: PolicyShift, base: Int) throws -> Impact {
    let now = try now()
    var tally = Tally(now: now, window: shift.from.properties.usageWindow)
    for select in try Stopping(shift, in: self).selects {
      let query: Clause =
        "SELECT kind, owner, lastUsedAt, review, id, refused FROM (" + select + ")"
      let cursor = try query.cursor(db, isCached: false)
      while let row = try cursor.next() { try tally.count(row) }
    }
    var impact = tally.impact(of: shift, base: base)
    impact.first = try stopping(shift, anchor: .start, limit: Impact.firstShown).rows
      .map(\.credential)
    impact.tokensBeyondMaximum = try countBeyondMaximum(under: shift.to)
    if shift.from.expiration != shift.to.expiration {
      impact.beyondMaximumEnding = try ExistingTokens.endings(
        of: tokensBeyondMaximum(under: shift.to).map(\.end), from: now)
    }
    impact.observedSeconds = try observedSeconds()
    impact.observed = try observed(shift.to)
    impact.administratorUse = try administratorUse(under: shift.from)
    if shift.from.roles != shift.to.roles {
      for permission in Permission.allCases {
        let gaining = try accounts(gaining: permission, from: shift.from, to: shift.to)
        let losing = try accounts(gaining: permission, from: shift.to, to: shift.from)
        if gaining > 0 { impact.gaining[permission] = gaining }
        if losing > 0 { impact.losing[permission] = losing }
      }
    }
    return impact
  }

  /// How many accounts have a permission under `next` that none of their roles grants under
  /// `policy`.
  private func accounts(
    gaining permission: Permission, from policy: Policy, to next: Policy
  ) throws -> Int {
    func granting(_ policy: Policy) -> Set<String> {
      Set(policy.roles.filter { $0.permissions.contains(permission) }.map(\.id.text))
    }
    let before = granting(policy)
    let added = granting(next).subtracting(before)
    guard !added.isEmpty else { return 0 }
    let query: Clause = """
      SELECT count(DISTINCT account) FROM accountRole
      WHERE role IN \(added)
        AND account NOT IN (SELECT account FROM accountRole WHERE role IN \(before))
      """
    return try query.number(db, isCached: false)
  }

  /// The credentials that a shift stops, used last first.
  package func stopping(
    _ shift: PolicyShift, anchor: Anchor, limit: Int
  ) throws -> Page<StoppingCredentialRow> {
    let selects = try Stopping(shift, in: self).selects
    guard !selects.isEmpty else { return Page(rows: [], total: 0) }
    let limit = min(limit, .max - 1)
    func rows(
      _ limit: Int, _ bound: Clause? = nil, isReversed: Bool = false
    ) throws -> [StoppingCredentialRow] {
      let order = isReversed ? "lastUsedAt ASC, id DESC" : "lastUsedAt DESC, id ASC"
      let end: Clause = Clause(sql: " ORDER BY \(order) LIMIT ") + "\(limit)"
      let condition: Clause = bound.map { "NOT refused AND " + $0 } ?? "NOT refused"
      // Each kind by itself first: its index on the last use then ends the search early.
      let parts = selects.map { select -> Clause in
        let matching: Clause = "SELECT * FROM (" + select + ") WHERE " + condition
        return "SELECT * FROM (" + matching + end + ")"
      }
      let query: Clause = parts.joined(separator: " UNION ALL ") + end
      let found = try query.rows(db, isCached: false).map(stoppingRow)
      return isReversed ? found.reversed() : found
    }
    switch anchor {
    case .start:
      let found = try rows(limit + 1)
      return Page(rows: Array(found.prefix(limit)), hasAfter: found.count > limit)
    case .end:
      let found = try rows(limit + 1, isReversed: true)
      return Page(rows: Array(found.suffix(limit)), hasBefore: found.count > limit)
    case .after(let cursor):
      let found = try rows(limit + 1, behind(cursor))
      return Page(rows: Array(found.prefix(limit)), hasBefore: true, hasAfter: found.count > limit)
    case .before(let cursor):
      let found = try rows(limit + 1, before(cursor), isReversed: true)
      return Page(rows: Array(found.suffix(limit)), hasBefore: found.count > limit, hasAfter: true)
    case .from(let cursor):
      let found = try rows(limit + 1, behind(cursor, isInclusive: true))
      let earlier = try rows(1, before(cursor), isReversed: true)
      return Page(
        rows: Array(found.prefix(limit)), hasBefore: !earlier.isEmpty,
        hasAfter: found.count > limit)
    }
  }

  private func behind(_ cursor: Access.RowCursor, isInclusive: Bool = false) -> Clause {
    guard case .integer(let use) = cursor.key else { return "1" }
    // The first half is what the index on the last use answers.
    let later: Clause = isInclusive ? "id >= \(cursor.id)" : "id > \(cursor.id)"
    return "(lastUsedAt <= \(use) AND (lastUsedAt < \(use) OR " + later + "))"
  }

  private func before(_ cursor: Access.RowCursor) -> Clause {
    guard case .integer(let use) = cursor.key else { return "1" }
    return "(lastUsedAt >= \(use) AND (lastUsedAt > \(use) OR id < \(cursor.id)))"
  }

  private func stoppingRow(_ row: Row) throws -> StoppingCredentialRow {
    guard let kind = try CredentialKind(rawValue: row[cell: "kind"]) else {
      throw StoreError.damaged("database", detail: "a credential of no known kind")
    }
    let lastUse: Int64 = try row[cell: "lastUsedAt"]
    return try StoppingCredentialRow(
      credential: StoppingCredential(
        kind: kind, credential: row[cell: "credential"], label: row[cell: "label"],
        owner: row[cell: "owner"],
        lastUsedAt: Self.instant(unlessZero: lastUse), client: row[cell: "client"],
        review: (row[cell: "review"] as String?).flatMap(ReviewState.init) ?? .new),
      cursor: Access.RowCursor(key: .integer(lastUse), id: row[cell: "id"]))
  }

  /// Seconds for which traffic has been seen; nil where it never was.
  func observedSeconds() throws -> Int64? {
    let since = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT trafficSince FROM site"))
    let now = try now()
    return since.map { now.seconds(since: Instant(milliseconds: $0)) }
  }

  /// Who last used a Bearer token while holding both administrative permissions.
  private func administratorUse(under policy: Policy) throws -> Impact.AdministratorUse? {
    let uses = try administrators(under: policy).compactMap { login -> Impact.AdministratorUse? in
      let last = try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT max(lastUsedAt) FROM token WHERE owner = ?"),
        arguments: [login.text])
      return Self.instant(unlessZero: last ?? 0)
        .map { Impact.AdministratorUse(login: login.text, at: $0) }
    }
    return uses.max { $0.at < $1.at }
  }
}

/// What is counted of the credentials that stop, in one pass.
private struct Tally {
  let now: Instant
  let window: FiniteLifetime
  private var stopping: [CredentialKind: Int] = [:]
  private var refused = 0
  private var day = 0
  private var week = 0
  private var withinWindow = 0
  private var unreviewed = 0
  private var lastUses: [String: Int64] = [:]
  /// A sum of hashes does not depend on the order the ids come in.
  private var fingerprint: UInt64 = 0

  init(now: Instant, window: FiniteLifetime) {
    self.now = now
    self.window = window
  }

  mutating func count(_ row: Row) throws {
    guard try !(row[cell: "refused"] as Bool) else {
      refused += 1
      return
    }
    if let kind = try CredentialKind(rawValue: row[cell: "kind"]) {
      stopping[kind, default: 0] += 1
    }
    fingerprint &+= try Self.hash(row[cell: "id"])
    let lastUse: Int64 = try row[cell: "lastUsedAt"]
    let owner: String = try row[cell: "owner"]
    lastUses[owner] = max(lastUses[owner] ?? 0, lastUse)
    let last = Instant(milliseconds: lastUse)
    if last >= now - .days(1) { day += 1 }
    if last >= now - .days(7) { week += 1 }
    guard last >= now - window else { return }
    withinWindow += 1
    if try (row[cell: "review"] as String?) ?? "new" == "new" { unreviewed += 1 }
  }

  func impact(of shift: PolicyShift, base: Int) -> Impact {
    let owners = lastUses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let digits = String(fingerprint, radix: 16)
    return Impact(
      change: shift, stopping: stopping, alreadyRefused: refused, usedWithinDay: day,
      usedWithinWeek: week, usedWithinWindow: withinWindow,
      owners: owners.prefix(Impact.ownersShown).map(\.key), ownerCount: owners.count,
      unreviewed: unreviewed,
      ground: Impact.Ground(
        base: base, count: stopping.values.reduce(0, +), fingerprint: digits))
  }

  /// FNV-1a over the bytes of an id, stirred so that sums of similar ids differ.
  private static func hash(_ id: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash ^= hash >> 33
    hash = hash &* 0xff51_afd7_ed55_8ccd
    return hash ^ (hash >> 33)
  }
}
