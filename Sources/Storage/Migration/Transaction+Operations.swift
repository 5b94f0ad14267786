package import Access
import GRDB

extension Transaction {
  /// Begins to observe a level, and forgets what was found before; nil ends it.
  package func observe(_ level: SecurityLevel?) throws {
    try execute(
      "UPDATE operation SET observedLevel = ?, observedSince = ?",
      [level?.rawValue, level == nil ? nil : now.milliseconds])
    try execute("DELETE FROM observation", [])
  }

  package func announce(_ date: CivilDate?) throws {
    try execute(
      "UPDATE operation SET cutOver = ?, announcedAt = ?",
      [date?.description, date == nil ? nil : now.milliseconds])
  }

  package func insert(_ brownout: Brownout) throws {
    try execute(
      "INSERT INTO brownout (id, kind, fromAt, untilAt) VALUES (?, ?, ?, ?)",
      [
        brownout.id.text, brownout.kind.rawValue, brownout.from.milliseconds,
        brownout.until.milliseconds,
      ])
  }

  package func abort(_ brownout: Identifier<Brownout>) throws {
    try execute(
      "UPDATE brownout SET abortedAt = ? WHERE id = ? AND abortedAt IS NULL",
      [now.milliseconds, brownout.text])
  }

  /// Adds what the observed level would have refused, and what brownouts did.
  ///
  /// A table takes no new groups once it has ``RefusalGroup/limit``, looked at once for all of these.
  func record(findings: [RefusedRequests]) throws {
    let findings = findings.filter { $0.ledger != .refusals }
    guard !findings.isEmpty else { return }
    let isFull = (try isFull("observation"), try isFull("brownoutFailure"))
    for refused in findings {
      switch refused.ledger {
      case .refusals: break
      case .observation(let since):
        try record(refused, observedSince: since, isFull: isFull.0)
      case .brownout(let id): try record(refused, of: id, isFull: isFull.1)
      }
    }
  }

  /// Adds requests that the observed level refuses, unless observing has begun anew since.
  private func record(
    _ refused: RefusedRequests, observedSince since: Instant, isFull: Bool
  ) throws {
    let group =
      try isFull
      && !exists(
        """
        SELECT 1 FROM observation WHERE caller = ? AND kind = ? AND source = ? AND reason = ?
        """,
        [
          refused.group.caller, refused.group.kind?.rawValue ?? "", refused.group.source,
          refused.group.reason.rawValue,
        ])
      ? refused.group.coarser : refused.group
    try execute(
      """
      INSERT INTO observation (caller, kind, source, reason, count, firstAt, lastAt, agent)
      SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM operation WHERE observedSince = ?
      ON CONFLICT (caller, kind, source, reason) DO UPDATE SET count = count + excluded.count,
        firstAt = min(firstAt, excluded.firstAt), lastAt = max(lastAt, excluded.lastAt),
        agent = excluded.agent
      """,
      [
        group.caller, group.kind?.rawValue ?? "", group.source, group.reason.rawValue,
        refused.count, refused.firstAt.milliseconds, refused.at.milliseconds, refused.agent,
        since.milliseconds,
      ])
  }

  /// Adds requests that a brownout refused.
  private func record(
    _ refused: RefusedRequests, of brownout: Identifier<Brownout>, isFull: Bool
  ) throws {
    let group =
      try isFull
      && !exists(
        """
        SELECT 1 FROM brownoutFailure
        WHERE brownout = ? AND caller = ? AND kind = ? AND source = ?
        """,
        [
          brownout.text, refused.group.caller, refused.group.kind?.rawValue ?? "",
          refused.group.source,
        ])
      ? refused.group.coarser : refused.group
    try execute(
      """
      INSERT INTO brownoutFailure
        (brownout, caller, kind, source, count, firstAt, lastAt, agent)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (brownout, caller, kind, source) DO UPDATE SET count = count + excluded.count,
        firstAt = min(firstAt, excluded.firstAt), lastAt = max(lastAt, excluded.lastAt),
        agent = excluded.agent
      """,
      [
        brownout.text, group.caller, group.kind?.rawValue ?? "", group.source, refused.count,
        refused.firstAt.milliseconds, refused.at.milliseconds, refused.agent,
      ])
  }

  private func isFull(_ table: String) throws -> Bool {
    let rows = try Int.fetchOne(
      db.cachedStatement(
        sql: "SELECT count(*) FROM (SELECT 1 FROM \(table) LIMIT \(RefusalGroup.limit))"))
    return (rows ?? 0) >= RefusalGroup.limit
  }

  private func exists(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
    try Int.fetchOne(db.cachedStatement(sql: sql), arguments: arguments) != nil
  }
}

extension RefusalGroup {
  /// What a group is counted as where there is no room for more: a caller that is known keeps its
  /// name, only its sources are no longer told apart; a stranger may come from any number of them.
  fileprivate var coarser: RefusalGroup {
    caller.isEmpty
      ? others : RefusalGroup(caller: caller, kind: kind, source: "", reason: reason)
  }
}
