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

  /// Adds requests that the observed level refuses, unless observing has begun anew since.
  func record(_ refused: RefusedRequests, observedSince since: Instant) throws {
    let group = try kept(refused.group, beside: "observation")
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
  func record(_ refused: RefusedRequests, of brownout: Identifier<Brownout>) throws {
    let group = try kept(refused.group, beside: "brownoutFailure")
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

  /// The group itself, or the others once a table is full.
  ///
  /// A caller that is known keeps its name, only its sources are no longer told apart; a stranger
  /// may come from any number of addresses.
  private func kept(_ group: RefusalGroup, beside table: String) throws -> RefusalGroup {
    let rows =
      try Int.fetchOne(
        db.cachedStatement(
          sql: "SELECT count(*) FROM (SELECT 1 FROM \(table) LIMIT \(RefusalGroup.limit))"))
      ?? 0
    guard rows >= RefusalGroup.limit else { return group }
    return group.caller.isEmpty
      ? group.others
      : RefusalGroup(caller: group.caller, kind: group.kind, source: "", reason: group.reason)
  }
}
