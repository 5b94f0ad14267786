import Access

extension JSONValue {
  init(_ row: RevisionRow) {
    self = .object(Self.members(of: row.revision, state: row.state, inForce: row.isInForce))
  }

  static func members(of revision: Revision, state: Revision.State, inForce: Bool) -> [Member] {
    let verdict = revision.verdict?.parts
    return [
      Member("number", JSONValue(revision.number)),
      Member("base", JSONValue(revision.base)),
      Member("author", .string(revision.author.text)),
      Member("at", JSONValue(revision.at)),
      Member("state", .string(state.rawValue)),
      Member("in_force", .bool(inForce)),
      Member("summary", .string(revision.summary)),
      Member("reason", .string(revision.reason)),
      Member("lapses_at", JSONValue(revision.deadline)),
      Member("decided_at", JSONValue(verdict?.at)),
      Member("decided_by", JSONValue(verdict?.by.text)),
    ]
  }

  init(_ difference: PolicyDifference) {
    self = [
      "what": .string(difference.what),
      "before": JSONValue(difference.before),
      "after": JSONValue(difference.after),
    ]
  }

  /// The pending revision as `status` names it; null where there is none.
  init(pending revision: Revision?) {
    self =
      revision.map {
        [
          "number": JSONValue($0.number), "author": .string($0.author.text),
          "lapses_at": JSONValue($0.deadline),
        ]
      } ?? .null
  }
}

extension Revision.Verdict {
  fileprivate var parts: (at: Instant, by: Login) {
    switch self {
    case .confirmed(let at, let by), .cancelled(let at, let by): (at, by)
    }
  }
}

extension Revision.State {
  var tone: Tone {
    switch self {
    case .standing, .confirmed: .plain
    case .pending: .warning
    case .cancelled, .lapsed: .muted
    }
  }
}

extension Listing<RevisionRow> {
  static func revisions(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Number", alignsRight: true) { Cell(String($0.revision.number)) },
        Column("State") {
          $0.isInForce
            ? Cell("\($0.state.rawValue), in force", .ok) : Cell($0.state.rawValue, $0.state.tone)
        },
        Column("Time") { Cell(clock.minute($0.revision.at)) },
        Column("Author") { Cell($0.revision.author.text) },
        Column("Summary") { Cell($0.revision.summary) },
        Column("Reason") { Cell($0.revision.reason) },
      ],
      json: { JSONValue($0) }, empty: "There are no revisions.")
  }
}

extension Listing<PolicyDifference> {
  static var differences: Self {
    Listing(
      columns: [
        Column("What") { Cell($0.what) },
        Column("Before") { Cell($0.before ?? "-") },
        Column("After") { Cell($0.after ?? "-") },
      ],
      json: { JSONValue($0) }, empty: "The two revisions say the same.")
  }
}
