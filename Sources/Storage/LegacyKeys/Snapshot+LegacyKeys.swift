package import Access
import FoundationEssentials
import GRDB

extension Snapshot {
  package func key(id: Identifier<LegacyKey>) throws -> LegacyKey? {
    try Row.fetchOne(
      db.cachedStatement(sql: "\(Self.keySelect) WHERE legacyKey.id = ?"), arguments: [id.text]
    ).map(legacyKey)
  }

  package func key(digest: [UInt8]) throws -> LegacyKey? {
    try Row.fetchOne(
      db.cachedStatement(sql: "\(Self.keySelect) WHERE digest = ?"), arguments: [Data(digest)]
    ).map(legacyKey)
  }

  /// Whether there is a key of this digest.
  package func hasKey(digest: [UInt8]) throws -> Bool {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT 1 FROM legacyKey WHERE digest = ?"),
      arguments: [Data(digest)]) != nil
  }

  package func keys(
    _ request: PageRequest<LegacyKeyFilter, LegacyKeySort>, under policy: Policy
  ) throws -> Page<LegacyKeyRow> {
    let filter = request.filter
    let find = Find(in: self, table: "legacyKey", columns: ["label", "owner"])
    let found = try find.conditions(for: filter.words)
    var list = Keyset(
      select: Clause(sql: Self.keySelect), conditions: found.conditions,
      key: request.sort == .label ? "label" : "lastUsedAt", tie: "legacyKey.number",
      // Latest use first is the plain order.
      isDescending: request.isDescending != (request.sort == .lastUsed),
      sortsMatches: found.isSelective)
    if let owner = filter.owner { list.conditions.append("owner = \(owner)") }
    if let account = filter.account {
      list.conditions.append("owner = (SELECT login FROM account WHERE id = \(account.text))")
    }
    if !filter.states.isEmpty {
      let states = filter.states.sorted { $0.rawValue < $1.rawValue }.map(Self.condition)
      list.conditions.append("(" + states.joined(separator: " OR ") + ")")
    }
    let firstDay = (try now() - policy.properties.usageWindow).milliseconds / 86_400_000
    var page = try list.page(
      db, anchor: request.anchor, skipping: request.skipping, limit: request.limit
    ) { row in
      try keyRow(row, sort: request.sort, since: firstDay)
    }
    page.total = try list.conditions.isEmpty ? total("legacyKey") : count(list, in: "legacyKey")
    return page
  }

  /// The token that takes a key's place.
  package func replacement(of id: Identifier<LegacyKey>) throws -> Identifier<Authorization>? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT replacement FROM legacyKey WHERE id = ?"),
      arguments: [id.text]
    ).map(Identifier.init)
  }

  private static let keySelect = """
    SELECT legacyKey.number, legacyKey.id, owner, label, legacyKey.createdAt, disabledAt, retiredAt,
      lastUsedAt, lastSource, lastAgent,
      (SELECT id FROM account WHERE login = owner) AS ownerID,
      (SELECT isActive FROM account WHERE login = owner) AS isOwnerActive,
      (SELECT state FROM review WHERE review.id = 'legacy_key:' || legacyKey.id) AS review
    FROM legacyKey
    """

  private static func condition(for state: LegacyKeyState) -> Clause {
    switch state {
    case .active: "(disabledAt IS NULL AND retiredAt IS NULL)"
    case .disabled: "(disabledAt IS NOT NULL AND retiredAt IS NULL)"
    case .retired: "(retiredAt IS NOT NULL)"
    }
  }

  private func legacyKey(from row: Row) throws -> LegacyKey {
    func instant(_ column: String) throws -> Instant? {
      try (row[cell: column] as Int64?).map(Instant.init(milliseconds:))
    }
    return try LegacyKey(
      id: Identifier(row[cell: "id"]), owner: Identifier(row[cell: "ownerID"]),
      label: row[cell: "label"],
      createdAt: instant("createdAt"),
      lastUsedAt: Self.instant(unlessZero: row[cell: "lastUsedAt"]),
      disabledAt: instant("disabledAt"), retiredAt: instant("retiredAt"))
  }

  private func keyRow(_ row: Row, sort: LegacyKeySort, since day: Int64) throws -> LegacyKeyRow {
    let key = try legacyKey(from: row)
    let uses = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT sum(count) FROM usage WHERE kind = 'legacy_key' AND credential = ? AND day >= ?
          """), arguments: [key.id.text, day])
    let number: Int64 = try row[cell: "number"]
    return try LegacyKeyRow(
      id: key.id.text, label: key.label, owner: row[cell: "owner"],
      isOwnerActive: row[cell: "isOwnerActive"], state: key.state, createdAt: key.createdAt,
      lastUsedAt: key.lastUsedAt, lastSource: row[cell: "lastSource"],
      lastAgent: row[cell: "lastAgent"],
      uses: uses ?? 0,
      review: (row[cell: "review"] as String?).flatMap(ReviewState.init) ?? .new,
      cursor: Access.RowCursor(
        key: sort == .label ? .text(key.label) : .integer(row[cell: "lastUsedAt"]),
        id: String(number)))
  }
}
