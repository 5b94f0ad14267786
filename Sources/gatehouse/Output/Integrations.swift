import Access

extension JSONValue {
  init(_ integration: EssentialIntegration, login: String) {
    self = .object(Self.members(of: integration, login: login))
  }

  init(_ row: IntegrationRow) {
    self = .object(
      Self.members(of: row.integration, login: row.login) + [
        Member("past_review", .bool(row.isPastReview)),
        Member("last_used_at", JSONValue(row.lastUsedAt)),
      ])
  }

  private static func members(of integration: EssentialIntegration, login: String) -> [Member] {
    [
      Member("login", .string(login)),
      Member("purpose", .string(integration.purpose)),
      Member("networks", JSONValue(integration.networks.map(\.description))),
      Member("contact", .string(integration.contact)),
      Member("review_date", .string(integration.reviewDate.description)),
    ]
  }
}

extension Listing<IntegrationRow> {
  static func integrations(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Login") { Cell($0.login) },
        Column("Purpose") { Cell($0.integration.purpose) },
        Column("Networks") {
          Cell($0.integration.networks.map(\.description).joined(separator: ", "))
        },
        Column("Contact") { Cell($0.integration.contact) },
        Column("Review by") {
          $0.isPastReview
            ? Cell("\($0.integration.reviewDate) past", .danger)
            : Cell($0.integration.reviewDate.description)
        },
        Column("Last used") { Cell($0.lastUsedAt.map(clock.minute) ?? "never") },
      ],
      json: { JSONValue($0) },
      empty: """
        No account is registered as an essential integration. \
        `gatehouse integration add LOGIN` registers one.
        """)
  }
}
