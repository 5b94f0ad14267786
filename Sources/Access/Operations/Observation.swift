/// A level that live traffic is judged by as well; answers stay what they are.
package struct Observation: Hashable, Sendable {
  package let level: SecurityLevel
  package let since: Instant

  package init(level: SecurityLevel, since: Instant) {
    self.level = level
    self.since = since
  }
}

extension Policy {
  /// This policy as it would be at a level, in mode `bearer`: what traffic is judged by as well while
  /// the level is observed.
  ///
  /// From another mode it is what enabling Bearer support at that level would make of it.
  package func at(_ level: SecurityLevel) -> Policy {
    var candidate = self
    candidate.properties.enableLegacyAPIKey = false
    candidate.properties.emulateLegacyAPIKey = true
    candidate.level = level
    return candidate
  }
}

/// Requests of one caller that a candidate level, or a brownout, refuses.
package struct CandidateRefusal: ListRow {
  package let caller: RefusedCaller
  package let kind: CredentialKind?
  /// An address; nil where the gateway named none.
  package let source: String?
  package let reason: Refusal
  package let requests: Int64
  package let firstAt: Instant
  package let lastAt: Instant
  /// The user agent of the last of them.
  package let agent: String?

  package var id: String {
    "\(caller.text)\n\(kind?.rawValue ?? "")\n\(source ?? "")\n\(reason.rawValue)"
  }
  package var cursor: RowCursor { RowCursor(key: .integer(requests), id: id) }

  package init(
    caller: RefusedCaller, kind: CredentialKind?, source: String?, reason: Refusal,
    requests: Int64, firstAt: Instant, lastAt: Instant, agent: String?
  ) {
    self.caller = caller
    self.kind = kind
    self.source = source
    self.reason = reason
    self.requests = requests
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.agent = agent
  }
}

/// What the observed level would have refused since it was first observed.
package struct ObservationReport: Hashable, Sendable {
  package let observation: Observation
  /// Seconds since then.
  package let seconds: Int64
  /// The most requests first.
  package let rows: [CandidateRefusal]

  package init(observation: Observation, seconds: Int64, rows: [CandidateRefusal]) {
    self.observation = observation
    self.seconds = seconds
    self.rows = rows
  }

  /// How many credentials are in it; sources of one are not told apart.
  package var credentials: Int { Set(rows.map(\.caller)).count }
  package var requests: Int64 {
    rows.reduce(0) { sum, row in
      let (total, overflows) = sum.addingReportingOverflow(row.requests)
      return overflows ? .max : total
    }
  }
}
