import Access

extension JSONValue {
  init(_ row: LegacyKeyRow) {
    self = [
      "id": .string(row.id),
      "label": .string(row.label),
      "owner": .string(row.owner),
      "owner_active": .bool(row.isOwnerActive),
      "state": .string(row.state.rawValue),
      "created_at": JSONValue(row.createdAt),
      "last_used_at": JSONValue(row.lastUsedAt),
      "last_source": JSONValue(row.lastSource),
      "last_agent": JSONValue(row.lastAgent),
      "uses": .integer(row.uses),
      "review": .string(row.review.rawValue),
    ]
  }
}

extension Listing<LegacyKeyRow> {
  static func legacyKeys(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Label") { Cell($0.label) },
        Column("Owner") { Cell($0.shownOwner) },
        Column("State") { Cell($0.state.rawValue, $0.state.tone) },
        Column("Last used") { Cell($0.lastUsedAt.map(clock.minute) ?? "never seen") },
        Column("From") { Cell($0.lastSource ?? "-") },
        Column("Review") { Cell($0.review.words) },
        Column("Id") { Cell($0.id, .muted) },
      ],
      json: { JSONValue($0) },
      empty: "No legacy key matches. `gatehouse key import FILE` brings them in.")
  }
}

extension LegacyKeyRow {
  /// The owner; in brackets where they have left.
  fileprivate var shownOwner: String { isOwnerActive ? owner : "(\(owner))" }
}

extension ReviewState {
  var words: String { self == .acceptedBreak ? "accepted break" : rawValue }
}

extension LegacyKeyState {
  fileprivate var tone: Tone {
    switch self {
    case .active: .ok
    case .disabled: .warning
    case .retired: .muted
    }
  }
}

extension Fields {
  init(_ row: LegacyKeyRow, clock: Clock) {
    self.init()
    add("Id", row.id)
    add("Label", row.label)
    add("Owner", row.isOwnerActive ? row.owner : "\(row.owner), deactivated")
    add("State", Cell(row.state.rawValue, row.state.tone))
    add("Created", row.createdAt.map(clock.minute) ?? "not known")
    add("Last used", row.lastUsedAt.map(clock.second) ?? "never seen")
    add("From", row.lastSource)
    add("Client", row.lastAgent)
    add("Uses", grouped(row.uses))
    add("Review", row.review.words)
  }
}
