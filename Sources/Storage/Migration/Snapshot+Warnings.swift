package import Access
import GRDB

extension Snapshot {
  package func warnings(
    _ request: PageRequest<WarningFilter, WarningSort>, under policy: Policy
  ) throws -> Page<WarningRow> {
    try Worklist(request.filter, under: policy, in: self).page(request)
  }

  /// The warning of an id like `legacy_key:01J…`; nil where there is none, or no longer.
  package func warning(_ id: String, under policy: Policy) throws -> WarningRow? {
    try warnings(
      PageRequest(filter: WarningFilter(id: id), sort: .urgency, limit: 1), under: policy
    ).rows.first
  }

  package func warningTotal(_ filter: WarningFilter, under policy: Policy) throws -> Int {
    try Worklist(filter, under: policy, in: self).count().values.reduce(0, +)
  }

  /// What was last written about a warning.
  package func review(_ id: String) throws -> Review? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT state, note, until, reviewer, at FROM review WHERE id = ?"),
      arguments: [id]
    ).flatMap(Self.review)
  }

  /// The review in a row with its columns; nil where they are empty.
  static func review(from row: Row) throws -> Review? {
    guard let state = try (row[cell: "state"] as String?).flatMap(ReviewState.init) else {
      return nil
    }
    return try Review(
      state: state, note: row[cell: "note"],
      until: (row[cell: "until"] as Int64?).map(Instant.init(milliseconds:)),
      reviewer: row[cell: "reviewer"], at: Instant(milliseconds: row[cell: "at"]))
  }

  /// What each stricter level would still stop, and how requests came in on the last days.
  package func readiness(under policy: Policy) throws -> Readiness {
    let levels: [Readiness.Level] = try [SecurityLevel.high, .maximum]
      .filter { policy.mode != .bearer || $0 > policy.level }
      .map { level in
        let shift = PolicyShift(from: policy, to: policy.at(level))
        var counts: [ReviewState: Int] = [:]
        for select in try Stopping(shift, in: self).selects {
          let query: Clause =
            "SELECT coalesce(review, 'new') AS state, count(*) AS count FROM (" + select
            + ") WHERE NOT refused GROUP BY 1"
          for row in try query.rows(db, isCached: false) {
            let state = try ReviewState(rawValue: row[cell: "state"]) ?? .new
            counts[state, default: 0] += try row[cell: "count"]
          }
        }
        return Readiness.Level(level: level, stopping: counts)
      }
    return Readiness(
      levels: levels, warnings: try warningTotal(WarningFilter(), under: policy),
      openWarnings: try Worklist(WarningFilter(isOpen: true), under: policy, in: self).count(),
      requests: try requestsPerDay(),
      observedSeconds: try observedSeconds())
  }

  /// Requests per kind on each of the last days, the earliest first.
  private func requestsPerDay() throws -> [CredentialKind: [Int64]] {
    let last = try now().milliseconds / 86_400_000
    let first = last - Int64(Readiness.days) + 1
    var requests: [CredentialKind: [Int64]] = [:]
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT kind, day, sum(count) AS count FROM usage WHERE day BETWEEN ? AND ?
        GROUP BY kind, day
        """, arguments: [first, last])
    for row in rows {
      guard let kind = try CredentialKind(rawValue: row[cell: "kind"]),
        let day = try Int(exactly: (row[cell: "day"] as Int64) - first)
      else { continue }
      requests[kind, default: Array(repeating: 0, count: Readiness.days)][day] =
        try row[cell: "count"]
    }
    return requests
  }
}
