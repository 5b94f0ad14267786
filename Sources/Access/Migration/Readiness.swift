/// How far a migration is: what each stricter level would still stop.
package struct Readiness: Hashable, Sendable {
  /// High and Maximum, as far as they are stricter than what is in force.
  package let levels: [Level]
  package let warnings: Int
  /// Warnings that are still to be worked on.
  package let openWarnings: [WarningSeverity: Int]
  /// Requests per kind on each of the last ``days`` days, UTC, the earliest first.
  package let requests: [CredentialKind: [Int64]]
  /// Seconds for which traffic has been seen; nil where it never was.
  package let observedSeconds: Int64?

  package static let days = 14
  /// For how long what was counted is good enough to be shown: counting goes through every warning.
  package static let freshSeconds: Int64 = 5

  package init(
    levels: [Level], warnings: Int, openWarnings: [WarningSeverity: Int],
    requests: [CredentialKind: [Int64]], observedSeconds: Int64?
  ) {
    self.levels = levels
    self.warnings = warnings
    self.openWarnings = openWarnings
    self.requests = requests
    self.observedSeconds = observedSeconds
  }

  package var open: Int { openWarnings.values.reduce(0, +) }

  /// What one level would stop, and how much of that somebody has settled.
  package struct Level: Hashable, Sendable {
    package let level: SecurityLevel
    /// Credentials that stop, by the state of their review.
    package let stopping: [ReviewState: Int]

    package init(level: SecurityLevel, stopping: [ReviewState: Int]) {
      self.level = level
      self.stopping = stopping
    }

    package var stops: Int { stopping.values.reduce(0, +) }
    package var settled: Int {
      stopping.reduce(0) { $0 + ($1.key.isSettled ? $1.value : 0) }
    }
    package var missing: Int { stops - settled }

    /// How many of those that stop are settled, 0 to 100; 100 only where all are.
    package var percent: Int { stops == 0 ? 100 : settled * 100 / stops }
  }

  /// The share of Bearer tokens in a day's requests, 0 to 100; nil on a day without any.
  package var bearerShare: [Int?] {
    (0..<Self.days).map { day in
      func count(_ kind: CredentialKind) -> Double {
        let days = requests[kind] ?? []
        return days.indices.contains(day) ? Double(days[day]) : 0
      }
      let all = CredentialKind.allCases.reduce(0) { $0 + count($1) }
      return all > 0 ? Int(count(.bearer) / all * 100) : nil
    }
  }
}
