import Access

extension JSONValue {
  init(_ brownout: Brownout, state: Brownout.State) {
    self = .object(Self.members(of: brownout, state: state))
  }

  init(_ row: BrownoutRow) { self = .object(Self.members(of: row)) }

  init(_ report: BrownoutReport) {
    self = .object(
      Self.members(of: report.row) + [
        Member("failures", .array(report.failures.map { JSONValue($0) }))
      ])
  }

  init(_ failure: BrownoutFailure) {
    self = .object(
      Self.members(of: failure.refused) + [Member("since", .string(failure.since.rawValue))])
  }

  init(_ report: ObservationReport?) {
    self = [
      "level": JSONValue(report?.observation.level.rawValue),
      "since": JSONValue(report?.observation.since),
      "observed_seconds": report.map { .integer($0.seconds) } ?? .null,
      "credentials": JSONValue(report?.credentials ?? 0),
      "requests": .integer(report?.requests ?? 0),
      "refused": .array(
        (report?.rows ?? []).map { row in
          .object(Self.members(of: row) + [Member("reason", .string(row.reason.rawValue))])
        }),
    ]
  }

  private static func members(of brownout: Brownout, state: Brownout.State) -> [Member] {
    [
      Member("id", .string(brownout.id.text)),
      Member("method", .string(brownout.kind.rawValue)),
      Member("from", JSONValue(brownout.from)),
      Member("until", JSONValue(brownout.until)),
      Member("aborted_at", JSONValue(brownout.abortedAt)),
      Member("state", .string(state.rawValue)),
    ]
  }

  private static func members(of row: BrownoutRow) -> [Member] {
    members(of: row.brownout, state: row.state) + [
      Member("callers", JSONValue(row.callers)), Member("requests", .integer(row.requests)),
    ]
  }

  private static func members(of refused: CandidateRefusal) -> [Member] {
    [
      Member("caller", .string(refused.caller.text)),
      Member("account", JSONValue(refused.caller.owner)),
      Member("credential_id", JSONValue(refused.caller.credential)),
      Member("method", JSONValue(refused.kind?.rawValue)),
      Member("source", JSONValue(refused.source)),
      Member("user_agent", JSONValue(refused.agent)),
      Member("requests", .integer(refused.requests)),
      Member("first_at", JSONValue(refused.firstAt)),
      Member("last_at", JSONValue(refused.lastAt)),
    ]
  }
}

extension Listing<BrownoutRow> {
  static func brownouts(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Id") { Cell($0.id) },
        Column("Refuses") { Cell("\($0.brownout.kind.name)s") },
        Column("From") { Cell(clock.minute($0.brownout.from)) },
        Column("Until") { Cell(clock.minute($0.brownout.end)) },
        Column("State") { Cell($0.state.rawValue, $0.state == .running ? .danger : .plain) },
        Column("Callers", alignsRight: true) { Cell(String($0.callers)) },
        Column("Requests", alignsRight: true) { Cell(grouped(Int($0.requests))) },
      ],
      json: { JSONValue($0) },
      empty: """
        No brownout is planned or was held. \
        `gatehouse brownout add --method legacy_key --until 15m` begins one now.
        """)
  }
}

extension Listing<BrownoutFailure> {
  static func brownoutFailures(_ clock: Clock) -> Self {
    Listing(
      columns: Listing<CandidateRefusal>.columns(clock) { $0.refused } + [
        Column("Since then") { Cell($0.since.words, $0.since == .missing ? .danger : .plain) }
      ],
      json: { JSONValue($0) }, empty: "Nobody was refused in this window.")
  }
}

extension Listing<CandidateRefusal> {
  static func observed(_ clock: Clock) -> Self {
    Listing(
      columns: columns(clock) { $0 } + [Column("Reason") { Cell($0.reason.rawValue, .danger) }],
      json: { _ in .null }, empty: "Nothing that was allowed would have been refused.")
  }

  fileprivate static func columns<Other>(
    _ clock: Clock, _ refused: @escaping (Other) -> CandidateRefusal
  ) -> [Column<Other>] {
    [
      Column("Requests", alignsRight: true) { Cell(grouped(Int(refused($0).requests))) },
      Column("Who") { Cell(refused($0).caller.text) },
      Column("With") { Cell(refused($0).kind?.name ?? "-") },
      Column("From") { Cell(refused($0).source ?? "-") },
      Column("Client") { Cell(refused($0).agent ?? "-") },
      Column("Last") { Cell(clock.minute(refused($0).lastAt)) },
    ]
  }
}

extension ObservationReport {
  /// Since when, and what came of it.
  var summary: String {
    let seen = "\(observation.level.name) is observed for \(span(seconds)): "
    guard !rows.isEmpty else { return seen + "nothing would have been refused." }
    return seen + "\(counted(credentials, "caller")) would have been refused, "
      + "\(counted(Int(requests), "request"))."
  }
}

extension Brownout {
  /// Of a window that is to come or runs; nil of any other.
  func words(at now: Instant, clock: Clock) -> String? {
    switch state(at: now) {
    case .planned: "\(kind.name)s from \(clock.minute(from)) to \(clock.minute(until))"
    case .running: "\(kind.name)s are refused until \(clock.second(until))"
    case .over, .aborted: nil
    }
  }
}

extension BrownoutRow {
  func summary(_ clock: Clock) -> String {
    """
    Brownout of \(brownout.kind.name)s from \(clock.minute(brownout.from)) to \
    \(clock.minute(brownout.end)), \(state.rawValue): \(counted(callers, "caller")) refused, \
    \(counted(Int(requests), "request")).
    """
  }
}

extension BrownoutFailure.Return {
  var words: String {
    switch self {
    case .waiting: "not over yet"
    case .back: "came back"
    case .bearer: "uses a Bearer token"
    case .missing: "did not come back"
    }
  }
}

extension Desk {
  func report(_ observation: Observation?) throws {
    try show(
      [
        "level": JSONValue(observation?.level.rawValue), "since": JSONValue(observation?.since),
      ],
      lines: [
        observation.map {
          """
          \($0.level.name) is observed from now on; answers stay what they are. \
          `gatehouse level observed` shows who would be refused.
          """
        } ?? "No level is observed any more."
      ])
  }

  func report(_ brownout: Brownout) throws {
    let state = brownout.state(at: try session().at)
    let line =
      state == .aborted
      ? "Aborted; \(brownout.kind.name)s are judged as ever from the next request on."
      : """
      \(brownout.kind == .legacyKey ? "Legacy keys" : "Passwords") are refused from \(world.clock.second(brownout.from)) to \
      \(world.clock.second(brownout.until)). Abort: gatehouse brownout abort \(brownout.id)
      """
    try show(JSONValue(brownout, state: state), lines: [line])
  }

  func report(_ cutOver: CutOver?) throws {
    try show(
      [
        "date": JSONValue(cutOver?.date.description),
        "announced_at": JSONValue(cutOver?.announcedAt),
      ],
      lines: [
        cutOver.map {
          """
          Legacy methods are to end on \($0.date), UTC; callers are told since \
          \(world.clock.minute($0.announcedAt)). Nothing is switched by itself.
          """
        } ?? "No cut-over date is announced."
      ])
  }
}
