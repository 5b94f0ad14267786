package import Access
import GRDB

extension Snapshot {
  /// What operators have set beside the policy.
  package func operations() throws -> Operations {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT observedLevel, observedSince, cutOver, announcedAt FROM operation"))
    let brownouts = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT id, kind, fromAt, untilAt, abortedAt FROM brownout ORDER BY fromAt, id"))
    var operations = Operations(brownouts: try brownouts.map(brownout))
    guard let row else { return operations }
    if let level = try (row[cell: "observedLevel"] as String?).flatMap(SecurityLevel.init),
      let since = try row[cell: "observedSince"] as Int64?
    {
      operations.observation = Observation(level: level, since: Instant(milliseconds: since))
    }
    if let date = try (row[cell: "cutOver"] as String?).flatMap(CivilDate.init(parsing:)),
      let at = try row[cell: "announcedAt"] as Int64?
    {
      operations.cutOver = CutOver(date: date, announcedAt: Instant(milliseconds: at))
    }
    return operations
  }

  /// Every window with how many failed in it, the latest beginning first.
  package func brownouts() throws -> [BrownoutRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, brownout.kind, fromAt, untilAt, abortedAt,
          count(DISTINCT caller || ' ' || source) AS callers, coalesce(sum(count), 0) AS requests
        FROM brownout LEFT JOIN brownoutFailure ON brownoutFailure.brownout = brownout.id
        GROUP BY brownout.id ORDER BY fromAt DESC, id
        """
    ).map(brownoutRow)
  }

  /// Who failed in a window, the most requests first, and what became of them; nil where there is
  /// no such window.
  package func brownoutReport(_ id: Identifier<Brownout>) throws -> BrownoutReport? {
    guard let row = try brownouts().first(where: { $0.brownout.id == id }) else { return nil }
    let now = try now()
    let failures = try candidateRefusals(
      "SELECT *, 'brownout' AS reason FROM brownoutFailure WHERE brownout = ?", [id.text]
    ).map { refused in
      BrownoutFailure(
        refused: refused, since: try fate(of: refused.caller, after: row.brownout, at: now))
    }
    return BrownoutReport(row: row, failures: failures)
  }

  /// What the observed level would have refused, the most requests first; nil where none is observed.
  package func observation() throws -> ObservationReport? {
    guard let observation = try operations().observation else { return nil }
    return ObservationReport(
      observation: observation, seconds: max(0, try now().seconds(since: observation.since)),
      rows: try candidateRefusals("SELECT * FROM observation", []))
  }

  /// What observing found of a policy's level; nil where another is observed, or none.
  func observed(_ policy: Policy) throws -> Impact.Observed? {
    guard policy.mode == .bearer, let observation = try operations().observation,
      observation.level == policy.level
    else { return nil }
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(DISTINCT caller) AS callers, coalesce(sum(count), 0) AS requests
        FROM observation
        """)
    return Impact.Observed(
      seconds: max(0, try now().seconds(since: observation.since)),
      callers: try row?[cell: "callers"] ?? 0, requests: try row?[cell: "requests"] ?? 0)
  }

  /// Rows of a table with a refusal's columns, with the names that are known of the callers now.
  private func candidateRefusals(
    _ select: String, _ arguments: StatementArguments
  ) throws -> [CandidateRefusal] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT found.*, \(Self.ownerAndName("found.caller")) FROM (\(select)) AS found
        ORDER BY count DESC, lastAt DESC, found.caller, found.kind, found.source, found.reason
        """, arguments: arguments
    ).compactMap { row in
      guard let reason = try Refusal(rawValue: row[cell: "reason"]) else { return nil }
      let source: String = try row[cell: "source"]
      return try CandidateRefusal(
        caller: caller(row[cell: "caller"], owner: row[cell: "owner"], name: row[cell: "name"]),
        kind: CredentialKind(rawValue: row[cell: "kind"]), source: source.isEmpty ? nil : source,
        reason: reason, requests: row[cell: "count"],
        firstAt: Instant(milliseconds: row[cell: "firstAt"]),
        lastAt: Instant(milliseconds: row[cell: "lastAt"]), agent: row[cell: "agent"])
    }
  }

  /// Whether a caller came back once a window was over, or took a token instead.
  private func fate(
    of caller: RefusedCaller, after brownout: Brownout, at now: Instant
  ) throws -> BrownoutFailure.Return {
    guard brownout.end <= now else { return .waiting }
    func isUsed(_ sql: String, _ key: String, since instant: Instant) throws -> Bool {
      let last = try Int64.fetchOne(db.cachedStatement(sql: sql), arguments: [key]) ?? 0
      return last >= instant.milliseconds
    }
    let sql =
      switch caller {
      case .legacyKey: "SELECT lastUsedAt FROM legacyKey WHERE id = ?"
      case .account: "SELECT passwordUsedAt FROM account WHERE login = ?"
      case .token: "SELECT lastUsedAt FROM token WHERE id = ?"
      case .unknown, .others: ""
      }
    guard let credential = caller.credential, let owner = caller.owner else { return .missing }
    if try isUsed(sql, credential, since: brownout.end) { return .back }
    let tokens = "SELECT max(lastUsedAt) FROM token WHERE owner = ?"
    return try isUsed(tokens, owner, since: brownout.from) ? .bearer : .missing
  }

  private func brownout(_ row: Row) throws -> Brownout {
    guard let kind = try CredentialKind(rawValue: row[cell: "kind"]) else {
      throw StoreError.damaged("database", detail: "a brownout of no known kind")
    }
    return try Brownout(
      id: Identifier(row[cell: "id"]), kind: kind,
      from: Instant(milliseconds: row[cell: "fromAt"]),
      until: Instant(milliseconds: row[cell: "untilAt"]),
      abortedAt: (row[cell: "abortedAt"] as Int64?).map(Instant.init(milliseconds:)))
  }

  private func brownoutRow(_ row: Row) throws -> BrownoutRow {
    let brownout = try brownout(row)
    return BrownoutRow(
      brownout: brownout, state: brownout.state(at: try now()), callers: try row[cell: "callers"],
      requests: try row[cell: "requests"])
  }
}
