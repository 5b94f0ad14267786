import Access

extension JSONValue {
  init(_ client: GatewayClient) { self = .object(Self.members(of: client)) }

  init(_ issued: IssuedClient) {
    self = .object(
      Self.members(of: issued.client) + [
        .init("secret", .string(String(decoding: issued.secret.bytes, as: UTF8.self)))
      ])
  }

  private static func members(of client: GatewayClient) -> [Member] {
    [
      .init("client_id", .string(client.id.text)), .init("name", .string(client.name)),
      .init("audience", .string(client.audience)),
      .init("created_at", JSONValue(client.createdAt)),
    ]
  }
}

extension Listing<GatewayClient> {
  static func clients(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Name") { Cell($0.name) },
        Column("Audience") { Cell($0.audience) },
        Column("Created") { Cell(clock.minute($0.createdAt)) },
        Column("Id") { Cell($0.id.text) },
      ],
      json: { JSONValue($0) },
      empty: "No gateway may introspect. Add one: gatehouse client add NAME")
  }
}

extension Desk {
  /// Puts the secret alone on standard output, and all about it beside.
  func report(_ issued: IssuedClient) throws {
    if isJSON { return try world.output.line(JSONValue(issued).pretty) }
    try world.say(
      """
      Client \(issued.client.name) may ask about tokens of audience \(issued.client.audience).
      Its id is \(issued.client.id). Its secret, shown this once; Gatehouse keeps only a digest:
      """)
    try world.output.line(String(decoding: issued.secret.bytes, as: UTF8.self))
  }
}
