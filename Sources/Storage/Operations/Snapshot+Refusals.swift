package import Access
import GRDB

extension Snapshot {
  /// Refused requests by caller, kind, source and reason, the latest first.
  package func refusals(_ filter: RefusalFilter) throws -> RefusalReport {
    let words = filter.words.filter { !$0.isEmpty }
    let condition =
      words.isEmpty
      ? Clause(sql: "1")
      : words.map { Clause.contains(Self.searched, $0) }.joined(separator: " AND ")
    let slot = RefusedRequests.slot(of: max(filter.since, try now() - .hours(24)))
    let named: Clause = """
      WITH grouped AS (
        SELECT caller, kind, source, reason, sum(count) AS times, max(lastAt) AS lastAt, agent,
          method, path
        FROM refusal WHERE slot >= \(slot) GROUP BY caller, kind, source, reason),
      named AS (
        SELECT grouped.*, \(Clause(sql: Self.ownerAndName("grouped.caller"))) FROM grouped)
      """
    let listed: Clause =
      named + """
         SELECT named.*, acceptance.caller AS acceptedCaller, acceptance.at AS acceptedAt
        FROM named LEFT JOIN acceptance ON named.caller = '' AND acceptance.source = named.source
        WHERE \(condition) ORDER BY lastAt DESC, named.caller, kind, named.source, reason
        LIMIT \(filter.limit)
        """
    let summed: Clause =
      named + " SELECT count(*) AS callers, sum(times) AS requests FROM named WHERE \(condition)"
    let rows = try listed.rows(db)
    let sums = try summed.rows(db).first
    return RefusalReport(
      rows: try rows.compactMap(refusal), callers: try sums?[cell: "callers"] ?? 0,
      requests: try (sums?[cell: "requests"] as Int64?) ?? 0)
  }

  /// How many requests were refused within the last hour.
  package func refusedLastHour() throws -> Int64 {
    let since = try now() - .hours(1)
    return try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT sum(count) FROM refusal WHERE slot > ?"),
      arguments: [RefusedRequests.slot(of: since)]) ?? 0
  }

  /// Refused requests of the last hour by reason, the most frequent first.
  package func refusalsByReason() throws -> [Overview.Refused] {
    let since = RefusedRequests.slot(of: try now() - .hours(1))
    return try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT reason, sum(count) AS requests FROM refusal WHERE slot > ?
          GROUP BY reason ORDER BY requests DESC, reason
          """), arguments: [since]
    ).compactMap { row in
      try Refusal(rawValue: row[cell: "reason"]).map { reason in
        try Overview.Refused(reason, requests: row[cell: "requests"])
      }
    }
  }

  /// When a request was last counted, allowed or refused; moves with each flush of a gate.
  ///
  /// Asked each second by every console: each part is the end of an index or a few slots.
  package func lastTraffic() throws -> Instant? {
    let latest = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT max(
            coalesce((SELECT max(lastUsedAt) FROM token), 0),
            coalesce((SELECT max(at) FROM acceptance), 0),
            coalesce((SELECT max(lastAt) FROM refusal WHERE slot >= ?), 0))
          """), arguments: [RefusedRequests.slot(of: try now() - .minutes(10))])
    return latest.flatMap { $0 > 0 ? Instant(milliseconds: $0) : nil }
  }

  /// Requests since a day, summed up; the most first.
  package func usage(by grouping: UsageGrouping, since day: Int64) throws -> [UsageRow] {
    let sql =
      switch grouping {
      case .method:
        "SELECT kind, '' AS name, sum(count) AS requests, max(day) AS lastDay FROM usage "
          + "WHERE day >= ? GROUP BY kind"
      case .credential:
        """
        SELECT kind, \(Self.usageName) AS name, sum(count) AS requests, max(day) AS lastDay
        FROM usage WHERE day >= ? GROUP BY kind, credential
        """
      case .account:
        """
        SELECT '' AS kind, \(Self.usageOwner) AS name, sum(count) AS requests, max(day) AS lastDay
        FROM usage WHERE day >= ? GROUP BY name
        """
      case .reason:
        "SELECT '' AS kind, reason AS name, sum(count) AS requests, max(day) AS lastDay "
          + "FROM refusalDay WHERE day >= ? GROUP BY reason"
      }
    return try Row.fetchAll(
      db, sql: sql + " ORDER BY requests DESC, kind, name", arguments: [day]
    ).map { row in
      try UsageRow(
        kind: CredentialKind(rawValue: row[cell: "kind"]),
        name: (row[cell: "name"] as String?) ?? "", requests: row[cell: "requests"],
        lastDay: row[cell: "lastDay"])
    }
  }

  // MARK: - Who it is

  /// The owner and the name of a caller like `token:ID`, as columns.
  static func ownerAndName(_ caller: String) -> String {
    let token = "(SELECT %@ FROM token WHERE id = substr(\(caller), 7))"
    let key = "(SELECT %@ FROM legacyKey WHERE id = substr(\(caller), 12))"
    func column(_ column: String, of select: String) -> String {
      select.split(separator: "%@", maxSplits: 1).joined(separator: column)
    }
    func choice(_ token: String, _ key: String, _ account: String) -> String {
      "CASE WHEN \(caller) LIKE 'token:%' THEN \(token) "
        + "WHEN \(caller) LIKE 'legacy_key:%' THEN \(key) "
        + "WHEN \(caller) LIKE 'account:%' THEN \(account) END"
    }
    let owner = choice(
      column("owner", of: token), column("owner", of: key), "substr(\(caller), 9)")
    let name = choice(column("name", of: token), column("label", of: key), "NULL")
    return "\(owner) AS owner, \(name) AS name"
  }

  /// What a filter's words are looked for in.
  private static let searched = """
    (coalesce(named.owner, '') || ' ' || coalesce(named.name, '') || ' ' || named.source
      || ' ' || named.reason || iif(named.caller = '', ' not known', '')
      || iif(named.reason = 'credential_invalid', ' not recognised', ''))
    """

  private static let usageOwner = """
    CASE kind WHEN 'bearer' THEN (SELECT owner FROM token WHERE id = credential)
      WHEN 'legacy_key' THEN (SELECT owner FROM legacyKey WHERE id = credential)
      ELSE (SELECT login FROM account WHERE id = credential) END
    """

  private static let usageName = """
    CASE kind
      WHEN 'bearer' THEN (SELECT owner || ' ' || name FROM token WHERE id = credential)
      WHEN 'legacy_key' THEN (SELECT owner || ' ' || label FROM legacyKey WHERE id = credential)
      ELSE (SELECT login FROM account WHERE id = credential) END
    """

  private func refusal(from row: Row) throws -> RefusalRow? {
    guard let reason = Refusal(rawValue: try row[cell: "reason"]) else { return nil }
    let source: String = try row[cell: "source"]
    var accepted: RefusalRow.Accepted?
    if let caller = try row[cell: "acceptedCaller"] as String?,
      let at = try row[cell: "acceptedAt"] as Int64?
    {
      accepted = RefusalRow.Accepted(
        caller: try self.caller(caller), at: Instant(milliseconds: at))
    }
    return try RefusalRow(
      caller: caller(
        row[cell: "caller"], owner: row[cell: "owner"], name: row[cell: "name"]),
      kind: CredentialKind(rawValue: row[cell: "kind"]), source: source.isEmpty ? nil : source,
      reason: reason, times: row[cell: "times"],
      lastAt: Instant(milliseconds: row[cell: "lastAt"]), agent: row[cell: "agent"],
      method: row[cell: "method"], path: row[cell: "path"], lastAccepted: accepted)
  }

  /// The caller with the names that are known of it now.
  private func caller(_ text: String) throws -> RefusedCaller {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(Self.ownerAndName(":caller"))"),
      arguments: ["caller": text])
    return try caller(text, owner: row?[cell: "owner"], name: row?[cell: "name"])
  }

  func caller(_ text: String, owner: String?, name: String?) -> RefusedCaller {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard let kind = parts.first, let id = parts.dropFirst().first.map(String.init) else {
      return text == "others" ? .others : .unknown
    }
    switch kind {
    case "token": return .token(id: id, owner: owner ?? "", name: name ?? id)
    case "legacy_key": return .legacyKey(id: id, owner: owner ?? "", label: name ?? id)
    case "account": return .account(login: id)
    default: return .unknown
    }
  }
}
