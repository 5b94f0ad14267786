package import Access
import GRDB

extension Transaction {
  func record(_ traffic: Traffic) throws {
    for usage in traffic.usages { try record(usage) }
    try record(traffic.refusals.filter { $0.ledger == .refusals })
    try record(findings: traffic.refusals)
    for acceptance in traffic.acceptances {
      try execute(
        """
        INSERT INTO acceptance (source, caller, at) VALUES (?, ?, ?)
        ON CONFLICT (source) DO UPDATE SET caller = excluded.caller, at = excluded.at
        WHERE excluded.at >= at
        """,
        [acceptance.source, acceptance.caller, acceptance.at.milliseconds])
    }
    for (guessed, guesses) in traffic.guesses { try record(guesses, of: guessed) }
    try forgetOldTraffic()
  }

  private func record(_ refusals: [RefusedRequests]) throws {
    guard !refusals.isEmpty else { return }
    var room = try RefusalGroup.limit - snapshot.refusalGroupCount()
    for refused in refusals {
      var group = refused.group
      if try group != group.others && !snapshot.hasRefusals(group) {
        if room > 0 { room -= 1 } else { group = group.others }
      }
      let slot = RefusedRequests.slot(of: refused.at)
      try execute(
        """
        INSERT INTO refusal (slot, caller, kind, source, reason, count, lastAt, agent, method, path)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (slot, caller, kind, source, reason) DO UPDATE SET
          count = count + excluded.count, lastAt = max(lastAt, excluded.lastAt),
          agent = excluded.agent, method = excluded.method, path = excluded.path
        """,
        [
          slot, group.caller, group.kind?.rawValue ?? "", group.source, group.reason.rawValue,
          refused.count, refused.at.milliseconds, refused.agent, refused.method, refused.path,
        ])
      try execute(
        """
        INSERT INTO refusalDay (day, reason, kind, count) VALUES (?, ?, ?, ?)
        ON CONFLICT (day, reason, kind) DO UPDATE SET count = count + excluded.count
        """,
        [
          refused.at.milliseconds / 86_400_000, group.reason.rawValue,
          group.kind?.rawValue ?? "", refused.count,
        ])
    }
  }

  private func record(_ guesses: Guesses, of guessed: GuessedLogin) throws {
    try execute(
      """
      INSERT INTO guessing (login, network, failures, since, delayedUntil, delay)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (login, network) DO UPDATE SET
        failures = excluded.failures, since = excluded.since,
        delayedUntil = excluded.delayedUntil, delay = excluded.delay
      """,
      [
        guessed.login, guessed.network, guesses.failures, guesses.since.milliseconds,
        guesses.delayedUntil.milliseconds, guesses.delay,
      ])
  }

  /// Refusals of more than 24 hours ago, guesses that matter no more, addresses of a month ago.
  private func forgetOldTraffic() throws {
    try execute(
      "DELETE FROM refusal WHERE slot < ?", [RefusedRequests.slot(of: now - .hours(24))])
    try execute(
      "DELETE FROM guessing WHERE since < ? AND delayedUntil < ?",
      [
        (now - Guesses.window).milliseconds,
        now.advanced(bySeconds: -Guesses.longestDelay).milliseconds,
      ])
    try execute("DELETE FROM acceptance WHERE at < ?", [(now - .days(30)).milliseconds])
  }
}

extension Snapshot {
  /// How many groups are told apart, at most one more than may be.
  func refusalGroupCount() throws -> Int {
    // Fewer rows than that cannot be more groups; the slots of one group need no counting then.
    let rows =
      try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT count(*) FROM (
              SELECT 1 FROM refusal WHERE caller <> 'others' LIMIT \(RefusalGroup.limit + 1))
            """)) ?? 0
    guard rows > RefusalGroup.limit else { return rows }
    return try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM (
            SELECT DISTINCT caller, kind, source, reason FROM refusal WHERE caller <> 'others'
            LIMIT \(RefusalGroup.limit + 1))
          """)) ?? 0
  }

  /// Whether a group was refused before within 24 hours; walks the slots, 145 at the most.
  func hasRefusals(_ group: RefusalGroup) throws -> Bool {
    let last = RefusedRequests.slot(of: try now())
    return try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          WITH RECURSIVE slots (slot) AS (
            SELECT :last UNION ALL SELECT slot - 1 FROM slots WHERE slot > :last - 144)
          SELECT EXISTS (
            SELECT 1 FROM slots CROSS JOIN refusal ON refusal.slot = slots.slot
              AND caller = :caller AND kind = :kind AND source = :source AND reason = :reason)
          """),
      arguments: [
        "last": last, "caller": group.caller, "kind": group.kind?.rawValue ?? "",
        "source": group.source, "reason": group.reason.rawValue,
      ]) ?? false
  }

  /// Wrong passwords that still matter.
  package func guesses() throws -> [GuessedLogin: Guesses] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT login, network, failures, since, delayedUntil, delay FROM guessing")
    return Dictionary(
      try rows.map { row in
        (
          try GuessedLogin(login: row[cell: "login"], network: row[cell: "network"]),
          try Guesses(
            failures: row[cell: "failures"], since: Instant(milliseconds: row[cell: "since"]),
            delayedUntil: Instant(milliseconds: row[cell: "delayedUntil"]),
            delay: row[cell: "delay"])
        )
      }, uniquingKeysWith: { $1 })
  }
}
