import Access

extension JSONValue {
  init(_ row: SigningKeyRow) {
    self = [
      "kid": .string(row.kid),
      "state": .string(row.state.rawValue),
      "created_at": JSONValue(row.createdAt),
      "live_tokens": row.liveTokens.map { JSONValue($0) } ?? .null,
    ]
  }
}

extension Listing<SigningKeyRow> {
  static func signingKeys(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Kid") { Cell($0.kid) },
        Column("State") { Cell($0.state.rawValue, $0.state == .current ? .ok : .plain) },
        Column("Created") { Cell(clock.minute($0.createdAt)) },
        Column("Live tokens", alignsRight: true) { Cell($0.liveTokens.map(grouped) ?? "-") },
      ],
      json: { JSONValue($0) }, empty: "There are no signing keys.")
  }
}
