import Access

extension JSONValue {
  init(_ row: RefusalRow) {
    self = [
      "last_at": JSONValue(row.lastAt),
      "times": .integer(row.times),
      "caller": .string(row.caller.text),
      "account": JSONValue(row.caller.owner),
      "credential_id": JSONValue(row.caller.credential),
      "method": JSONValue(row.kind?.rawValue),
      "source": JSONValue(row.source),
      "reason": .string(row.reason.rawValue),
      "user_agent": JSONValue(row.agent),
      "http_method": JSONValue(row.method),
      "path": JSONValue(row.path),
      "last_accepted_from_source": row.lastAccepted.map {
        ["caller": .string($0.caller.text), "at": JSONValue($0.at)]
      } ?? .null,
    ]
  }

  init(_ row: UsageRow) {
    self = [
      "method": JSONValue(row.kind?.rawValue),
      "name": .string(row.name),
      "requests": .integer(row.requests),
      "last_day": .string(row.lastDate),
    ]
  }
}

extension UsageRow {
  /// The last day with any requests, UTC.
  fileprivate var lastDate: String {
    CivilDate(of: Instant(milliseconds: lastDay * 86_400_000)).description
  }
}

extension Listing<RefusalRow> {
  static func refusals(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Last") { Cell(clock.second($0.lastAt)) },
        Column("Times", alignsRight: true) { Cell(String($0.times)) },
        Column("Who") { Cell($0.caller.text) },
        Column("With") { Cell($0.kind?.name ?? "-") },
        Column("From") { Cell($0.source ?? "-") },
        Column("Reason") { Cell($0.reason.rawValue, .danger) },
        Column("Id") { Cell($0.caller.credential ?? "-") },
      ],
      json: { JSONValue($0) },
      empty: "Nothing was refused. `gatehouse usage` shows what was allowed.")
  }
}

extension Listing<UsageRow> {
  static func usage(by grouping: UsageGrouping) -> Self {
    let requests = Column<UsageRow>("Requests", alignsRight: true) { Cell(String($0.requests)) }
    let last = Column<UsageRow>("Last day") { Cell($0.lastDate) }
    let kind = Column<UsageRow>("With") { Cell($0.kind?.name ?? "-") }
    let columns =
      switch grouping {
      case .method: [kind, requests, last]
      case .credential: [kind, Column("Who") { Cell($0.name) }, requests, last]
      case .account: [Column("Account") { Cell($0.name) }, requests, last]
      case .reason: [Column("Refused because") { Cell($0.name) }, requests, last]
      }
    return Listing(
      columns: columns, json: { JSONValue($0) },
      empty: "No requests were counted. `gatehouse serve` counts them.")
  }
}
