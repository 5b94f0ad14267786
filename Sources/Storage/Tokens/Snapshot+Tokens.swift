package import Access
import FoundationEssentials
import GRDB

/// A token with what only storage knows of it.
package struct StoredToken: Hashable, Sendable {
  package let authorization: Authorization
  package let ownerLogin: Login
  /// The signing key its value was signed with.
  package let kid: String
  package let predecessor: Identifier<Authorization>?
  package let successor: Identifier<Authorization>?
}

extension Snapshot {
  package func token(id: Identifier<Authorization>) throws -> StoredToken? {
    try token(where: "id = ?", [id.text])
  }

  package func token(digest: [UInt8]) throws -> StoredToken? {
    try token(where: "digest = ?", [Data(digest)])
  }

  /// The token of an account that holds a name, whatever became of it.
  package func tokenNamed(
    _ name: String, owner: Identifier<Account>
  ) throws -> StoredToken? {
    try token(
      where: """
        owner = (SELECT login FROM account WHERE id = ?) AND name = ? COLLATE BINARY
          AND holdsName = 1
        """, [owner.text, name])
  }

  /// Tokens in one of their orders.
  package func tokens(
    _ request: PageRequest<TokenFilter, TokenSort>, under policy: Policy
  ) throws -> Page<TokenRow> {
    var list = try tokenList(request.filter, request.sort, page: request.limit, under: policy)
    let now = try now()
    list = Keyset(
      select: list.select, conditions: list.conditions, key: list.key, tie: list.tie,
      isDescending: request.isDescending, sortsMatches: list.sortsMatches,
      first: request.sort == .end ? now.milliseconds + 1 : nil)
    return try list.page(
      db, anchor: request.anchor, skipping: request.skipping, limit: request.limit
    ) { row in
      try tokenRow(row, sort: request.sort, at: now, under: policy)
    }
  }

  /// How many tokens a filter lets through; all of them cost no counting.
  package func tokenTotal(_ filter: TokenFilter, under policy: Policy) throws -> Int {
    let list = try tokenList(filter, .end, page: nil, under: policy)
    return try list.conditions.isEmpty ? total("token") : count(list, in: "token")
  }

  /// Live tokens by end, those that never end last.
  package func endingNext(
    limit: Int, account: Identifier<Account>?, under policy: Policy
  ) throws -> [TokenRow] {
    let now = try now()
    // They are the same for what was not revoked; each has the index that is walked here.
    let end = Clause(sql: account == nil ? "expiresAt" : "endsAt")
    var query = Clause(sql: Self.tokenRowSelect)
    query += " WHERE revokedAt IS NULL AND replacedAt IS NULL AND " + end + " > \(now.milliseconds)"
    query += " AND NOT " + isAsleep(at: now, under: policy)
    if let account {
      query += " AND owner = (SELECT login FROM account WHERE id = \(account.text))"
    }
    query += " AND " + end + " < \(Schema.never) ORDER BY " + end + ", number LIMIT \(limit)"
    return try query.rows(db).map {
      try tokenRow($0, sort: .end, at: now, under: policy)
    }
  }

  /// Live tokens that last longer than a policy lets their owners have them, the earliest end first;
  /// `end` is nil for one that never ends.
  package func tokensBeyondMaximum(
    under policy: Policy
  ) throws -> [(id: Identifier<Authorization>, end: Instant?)] {
    let now = try now()
    guard let isBeyond = isBeyondMaximum(under: policy, at: now) else { return [] }
    let query: Clause = """
      SELECT id, expiresAt FROM token
      WHERE revokedAt IS NULL AND (replacedAt IS NULL OR replacedAt > \(now.milliseconds))
        AND \(isBeyond)
      ORDER BY expiresAt, number
      """
    return try query.rows(db, isCached: false).map { row in
      let end: Int64 = try row[cell: "expiresAt"]
      return (
        Identifier(try row[cell: "id"]), end < Schema.never ? Instant(milliseconds: end) : nil
      )
    }
  }

  /// How many there are.
  func countBeyondMaximum(under policy: Policy) throws -> Int {
    let now = try now()
    guard let isBeyond = isBeyondMaximum(under: policy, at: now) else { return 0 }
    // One that is being replaced is in no index of those that live.
    let query: Clause = """
      SELECT
        (SELECT count(*) FROM token
         WHERE revokedAt IS NULL AND replacedAt IS NULL AND \(isBeyond))
        + (SELECT count(*) FROM token
           WHERE replacedAt > \(now.milliseconds) AND revokedAt IS NULL AND \(isBeyond))
      """
    return try query.number(db, isCached: false)
  }

  /// Whether a token ends later than the maximum for its owner from now; nil where nothing is limited.
  ///
  /// The tightest of the owner's roles holds, so it is enough that any of them is exceeded.
  func isBeyondMaximum(under policy: Policy, at now: Instant) -> Clause? {
    guard let general = policy.tokenMaximum else { return nil }
    var ends: [Instant] = []
    var limits: [Clause] = []
    if case .finite(let maximum) = general {
      ends.append(now + maximum)
      limits.append("expiresAt > \((now + maximum).milliseconds)")
    }
    for (role, maximum) in policy.expiration.roleMaxima.sorted(by: { $0.key < $1.key })
    where maximum < policy.expiration.maximum {
      ends.append(now + maximum)
      limits.append(
        """
        (expiresAt > \((now + maximum).milliseconds)
          AND owner IN (SELECT account FROM accountRole WHERE role = \(role.text)))
        """)
    }
    guard let first = ends.min() else { return nil }
    return "(expiresAt > \(first.milliseconds) AND (" + limits.joined(separator: " OR ") + "))"
  }

  /// How many tokens signed with a key have not ended.
  package func liveTokens(signedBy kid: String) throws -> Int {
    let now = try now().milliseconds
    return try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM token
        WHERE kid = :kid AND revokedAt IS NULL AND expiresAt > :now
          AND (replacedAt IS NULL OR replacedAt > :now)
        """, arguments: ["kid": kid, "now": now]) ?? 0
  }
}

// MARK: - Rows

extension Snapshot {
  private static let tokenSelect = """
    SELECT \(tokenColumns), kid, predecessor, (SELECT id FROM account WHERE login = owner)
    FROM token
    """

  /// What lists show: their rows name the owner, and need not find them.
  static let tokenRowSelect = "SELECT \(tokenColumns) FROM token"

  private static let tokenColumns = """
    number, id, owner, name, purpose, scope, createdAt, expiresAt, endsAt, suspendedAt, wokenAt,
    revokedAt, revokedBy, revokedReason, replacedAt, lastUsedAt, lastSource, lastAgent, uses
    """

  /// The columns of ``tokenSelect``, in its order.
  private enum TokenColumn: Int {
    case number, id, owner, name, purpose, scope, createdAt, expiresAt, endsAt, suspendedAt, wokenAt
    case revokedAt, revokedBy, revokedReason, replacedAt, lastUsedAt, lastSource, lastAgent, uses
    case kid, predecessor, ownerID
  }

  /// From when an idle limit counts: the last use, else the making, or a later waking.
  static let lastActivity =
    "max(iif(lastUsedAt = 0, createdAt, lastUsedAt), coalesce(wokenAt, createdAt))"

  private func token(
    where condition: String, _ arguments: StatementArguments
  ) throws
    -> StoredToken?
  {
    let sql = "\(Self.tokenSelect) WHERE \(condition)"
    guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: arguments) else {
      return nil
    }
    let token = try authorization(from: row)
    let successor = try String.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM token WHERE predecessor = ?"),
      arguments: [token.id.text])
    return try StoredToken(
      authorization: token, ownerLogin: try login(row[cell: TokenColumn.owner]),
      kid: row[cell: TokenColumn.kid],
      predecessor: (row[cell: TokenColumn.predecessor] as String?).map(Identifier.init),
      successor: successor.map(Identifier.init))
  }

  private func authorization(from row: Row) throws -> Authorization {
    try Authorization(
      id: Identifier(row[cell: TokenColumn.id]), owner: Identifier(row[cell: TokenColumn.ownerID]),
      name: row[cell: TokenColumn.name], purpose: row[cell: TokenColumn.purpose],
      scope: scope(from: row), lifespan: lifespan(from: row))
  }

  private func scope(from row: Row) throws -> TokenScope {
    TokenScope(rawValue: try row[cell: TokenColumn.scope]) ?? .read
  }

  private func lifespan(from row: Row) throws -> Authorization.Lifespan {
    func instant(_ column: TokenColumn) throws -> Instant? {
      try (row[cell: column] as Int64?).map(Instant.init(milliseconds:))
    }
    let expiresAt: Int64 = try row[cell: TokenColumn.expiresAt]
    var revocation: Authorization.Revocation?
    if let at = try instant(.revokedAt), let by = try row[cell: TokenColumn.revokedBy] as String? {
      revocation = try Authorization.Revocation(
        at: at, by: try login(by), reason: (row[cell: TokenColumn.revokedReason] as String?) ?? "")
    }
    return try Authorization.Lifespan(
      createdAt: Instant(milliseconds: row[cell: TokenColumn.createdAt]),
      expiresAt: expiresAt >= Schema.never ? nil : Instant(milliseconds: expiresAt),
      suspendedAt: instant(.suspendedAt), revocation: revocation,
      replacedAt: instant(.replacedAt), wokenAt: instant(.wokenAt),
      lastUsedAt: Self.instant(unlessZero: row[cell: TokenColumn.lastUsedAt]))
  }

  private func tokenRow(
    _ row: Row, sort: TokenSort, at now: Instant, under policy: Policy
  ) throws -> TokenRow {
    let lifespan = try lifespan(from: row)
    let name: String = try row[cell: TokenColumn.name]
    let number: Int64 = try row[cell: TokenColumn.number]
    let key: Access.RowCursor.Key =
      switch sort {
      case .end: try .integer(row[cell: TokenColumn.endsAt])
      case .name: .text(name)
      case .lastUsed: try .integer(row[cell: TokenColumn.lastUsedAt])
      }
    return try TokenRow(
      id: row[cell: TokenColumn.id], name: name, purpose: row[cell: TokenColumn.purpose],
      owner: row[cell: TokenColumn.owner], scope: scope(from: row), createdAt: lifespan.createdAt,
      expiresAt: lifespan.expiresAt, state: lifespan.state(at: now, under: policy),
      lastUsedAt: lifespan.lastUsedAt, lastSource: row[cell: TokenColumn.lastSource],
      lastAgent: row[cell: TokenColumn.lastAgent], uses: row[cell: TokenColumn.uses],
      revocation: lifespan.revocation, cursor: Access.RowCursor(key: key, id: String(number)))
  }
}

// MARK: - Filters

extension Snapshot {
  private func tokenList(
    _ filter: TokenFilter, _ sort: TokenSort, page: Int?, under policy: Policy
  ) throws -> Keyset {
    let find = Find(in: self, table: "token", columns: ["name", "owner"], page: page)
    let found = try find.conditions(for: filter.words)
    let key =
      switch sort {
      case .end: "endsAt"
      case .name: "name"
      case .lastUsed: "lastUsedAt"
      }
    var list = Keyset(
      select: Clause(sql: Self.tokenRowSelect), conditions: found.conditions, key: key,
      tie: "number",
      isDescending: false, sortsMatches: found.isSelective || filter.id != nil)
    if let account = filter.account {
      list.conditions.append("owner = (SELECT login FROM account WHERE id = \(account.text))")
    }
    if let owner = filter.owner { list.conditions.append("owner = \(owner)") }
    if let id = filter.id { list.conditions.append("id = \(id)") }
    if let scope = filter.scope { list.conditions.append("scope = \(scope.rawValue)") }
    if !filter.states.isEmpty {
      let now = try now()
      let states = filter.states.sorted { $0.rawValue < $1.rawValue }
        .map { condition(for: $0, at: now, under: policy, sort: sort) }
      list.conditions.append("(" + states.joined(separator: " OR ") + ")")
    }
    return list
  }

  /// A state as SQL; the same rules in the same order as ``Authorization/state(at:under:)``.
  private func condition(
    for state: TokenState, at now: Instant, under policy: Policy, sort: TokenSort
  ) -> Clause {
    let at = now.milliseconds
    // In another order than by end, a plus sign keeps SQLite from gathering all live tokens by
    // their end to sort them; those that end soon are few enough.
    let expiresAt = Clause(sql: sort == .end || state == .expiring ? "endsAt" : "+endsAt")
    let soon = (now + policy.properties.expiryNotice).milliseconds
    let standing: Clause = "revokedAt IS NULL AND (replacedAt IS NULL OR replacedAt > \(at))"
    let isAhead: Clause = expiresAt + " > \(at)"
    let awake: Clause =
      standing + " AND " + isAhead + " AND NOT " + isAsleep(at: now, under: policy)
    return switch state {
    case .revoked: "revokedAt IS NOT NULL"
    case .replaced: "(revokedAt IS NULL AND replacedAt <= \(at))"
    case .expired: "(" + standing + " AND " + expiresAt + " <= \(at))"
    case .suspended:
      "(" + standing + " AND " + isAhead + " AND " + isAsleep(at: now, under: policy) + ")"
    case .expiring: "(" + awake + " AND " + expiresAt + " <= \(soon))"
    case .active: "(" + awake + " AND " + expiresAt + " > \(soon))"
    }
  }

  /// Whether a token is suspended: stored as such, or unused beyond the idle limit.
  func isAsleep(at now: Instant, under policy: Policy) -> Clause {
    guard let limit = policy.idleLimit else { return "(suspendedAt IS NOT NULL)" }
    return "(suspendedAt IS NOT NULL OR " + Clause(sql: Self.lastActivity)
      + " <= \((now - limit).milliseconds))"
  }
}
