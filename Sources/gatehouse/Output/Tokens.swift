import Access

extension JSONValue {
  init(_ row: TokenRow) {
    self = .object(Self.members(of: row))
  }

  init(_ details: TokenDetails) {
    self = .object(
      Self.members(of: details.row) + [
        Member("predecessor", JSONValue(details.predecessor)),
        Member("successor", JSONValue(details.successor)),
        Member("replaced_at", JSONValue(details.replacedAt)),
        Member("suspended_at", JSONValue(details.suspendedAt)),
        Member("signing_key", .string(details.signingKey)),
      ])
  }

  /// A token just made, its value beside its fields.
  init(_ issued: IssuedToken) {
    self = .object([Member("token", .string(issued.text))] + Self.members(of: issued.row))
  }

  private static func members(of row: TokenRow) -> [Member] {
    [
      Member("id", .string(row.id)),
      Member("name", .string(row.name)),
      Member("owner", .string(row.owner)),
      Member("state", .string(row.state.rawValue)),
      Member("scope", .string(row.scope.rawValue.replacing(" ", with: "_"))),
      Member("purpose", .string(row.purpose)),
      Member("created_at", JSONValue(row.createdAt)),
      Member("expires_at", JSONValue(row.expiresAt)),
      Member("revoked_at", JSONValue(row.revocation?.at)),
      Member("revoked_by", JSONValue(row.revocation?.by.text)),
      Member("revoke_reason", JSONValue(row.revocation?.reason)),
      Member("last_used_at", JSONValue(row.lastUsedAt)),
      Member("last_source", JSONValue(row.lastSource)),
      Member("last_agent", JSONValue(row.lastAgent)),
      Member("uses", .integer(row.uses)),
    ]
  }
}

extension IssuedToken {
  /// The token itself; nothing else turns it into text.
  var text: String { String(decoding: value.bytes, as: UTF8.self) }
}

extension Listing<TokenRow> {
  static func tokens(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Name") { Cell($0.name) },
        Column("Owner") { Cell($0.owner) },
        Column("May") { Cell($0.scope.letters) },
        Column("State") { Cell($0.state.rawValue, $0.state.tone) },
        Column("Ends") { Cell($0.ending(clock)) },
        Column("Last used") { Cell($0.lastUsedAt.map(clock.minute) ?? "never") },
        Column("From") { Cell($0.lastSource ?? "-") },
        Column("Id") { Cell($0.id, .muted) },
      ],
      json: { JSONValue($0) },
      empty: "No token matches. `gatehouse token create NAME` makes one.")
  }
}

extension TokenRow {
  fileprivate func ending(_ clock: Clock) -> String {
    expiresAt.map(clock.minute) ?? "never"
  }
}

extension TokenState {
  fileprivate var tone: Tone {
    switch self {
    case .active: .ok
    case .expiring, .suspended: .warning
    case .revoked: .danger
    case .expired, .replaced: .muted
    }
  }
}

extension Fields {
  init(_ row: TokenRow, clock: Clock) {
    self.init()
    add("Id", row.id)
    add("Name", row.name)
    add("Owner", row.owner)
    add("Purpose", row.purpose)
    add("May", row.scope == .read ? "read only: GET, HEAD, OPTIONS" : "read and write")
    add("State", Cell(row.state.rawValue, row.state.tone))
    add("Created", clock.minute(row.createdAt))
    add("Ends", row.ending(clock))
    if let revocation = row.revocation {
      add("Revoked", "\(clock.second(revocation.at)) by \(revocation.by)")
      add("Reason", revocation.reason)
    }
    add("Last used", row.lastUsedAt.map(clock.second) ?? "never")
    add("From", row.lastSource)
    add("Client", row.lastAgent)
    add("Uses", grouped(row.uses))
  }

  init(_ details: TokenDetails, clock: Clock) {
    self.init(details.row, clock: clock)
    add("Replaces", details.predecessor)
    add("Replaced by", details.successor)
    add("Replaced at", details.replacedAt.map(clock.second))
    add("Asleep since", details.suspendedAt.map(clock.second))
    add("Signing key", details.signingKey)
  }
}
