import Access

// The rows a made-up site begins with.
extension SampleSite {
  static let sampleAccounts: [AccountRow] = [
    .sample("alice", name: "Alice Moreau", roles: ["Site Administrator"], hasPassword: true),
    .sample("bob", name: "Bob Tanaka", roles: ["Site Administrator"]),
    .sample(
      "build-bot", name: "Builds", kind: .service, roles: ["Integrators"], liveTokens: 1,
      liveKeys: 1),
    .sample("carol", name: "Carol Núñez", roles: ["API Operator"], liveKeys: 2, hasPassword: true),
    .sample("crm", name: "CRM", kind: .service, roles: ["Integrators"], hasPassword: true),
    .sample("dave", name: "Dave Olsen", roles: ["Member"]),
    .sample("erin", name: "Erin Park", isActive: false, roles: ["Member"], liveKeys: 1),
  ]

  static let sampleTokens: [TokenRow] = [
    .sample("ci-deploy", owner: "alice", ends: .days(12), state: .expiring, used: 240),
    .sample("deploy-2", owner: "build-bot", ends: .days(80), used: 3600),
    .sample("grafana-pull", owner: "alice", scope: .read, ends: nil, used: 1, uses: 90_214),
    .sample("nightly", owner: "carol", ends: .days(30), used: nil),
    .sample(
      "old-laptop", owner: "alice", ends: .days(300), state: .revoked, used: 310 * 86_400),
  ]

  static let sampleKeys: [LegacyKeyRow] = [
    .sample("ci-deploy", owner: "build-bot", used: 240, agent: "curl/8.5", review: .notified),
    .sample("crm-sync", owner: "carol", used: 7200, agent: "python-requests"),
    .sample("monthly", owner: "carol", used: 20 * 86_400),
    .sample("wiki-export", owner: "erin", isOwnerActive: false, used: nil),
  ]

  static let sampleIntegrations: [IntegrationRow] = [
    .sample("crm", purpose: "Customer relations", used: 7200),
    .sample("payroll", purpose: "Payroll, monthly", used: 20 * 86_400),
    .sample("scanner", purpose: "Invoice scanner", used: 86_400, isPastReview: true),
  ]

  static let sampleAudit: [AuditRow] = [
    .sample(1, "site.init", "site Northwind", by: "system", ago: 90 * 86_400),
    .sample(
      2, "revision.apply", "revision 40", before: "SiteName: Gatehouse",
      after: "SiteName: Northwind", reason: "INC-4600", ago: 9 * 86_400),
    .sample(3, "account.add", "account build-bot", by: "bob", ago: 3 * 86_400),
    .sample(4, "token.create", "token ci-deploy", ago: 86_400),
    .sample(
      5, "token.revoke", "token old-laptop", before: "active", after: "revoked",
      reason: "left behind", ago: 7200),
    .sample(6, "key.disable", "legacy key old-export", by: "carol", ago: 60),
  ]

  static let sampleSigningKeys = [
    SigningKeyRow(
      kid: "2026-11", state: .current, createdAt: start - .days(22), liveTokens: 4),
    SigningKeyRow(kid: "2026-08", state: .retiring, createdAt: start - .days(110), liveTokens: 1),
  ]

  static let sampleOverview = Overview(
    checklist: ChecklistItem.Step.allCases.map { step in
      ChecklistItem(step: step, isDone: ![.level, .reviews, .backup].contains(step))
    },
    notices: [
      Notice(.warning, "Past review: scanner."),
      Notice(.information, "2 legacy keys have no review."),
    ],
    endingNext: Array(sampleTokens.prefix(2)), latest: sampleAudit.suffix(5).reversed(),
    refused: [
      .init(.methodRefused, requests: 96), .init(.credentialInvalid, requests: 40),
      .init(.sourceRefused, requests: 9), .init(.tokenExpired, requests: 3),
    ])

  static let sampleStopping: [StoppingCredential] = sampleKeys.map { key in
    StoppingCredential(
      kind: .legacyKey, credential: key.id, label: key.label, owner: key.owner,
      lastUsedAt: key.lastUsedAt, client: key.lastAgent, review: key.review)
  }
}

extension AccountRow {
  static func sample(
    _ login: String, name: String = "", kind: AccountKind = .person, isActive: Bool = true,
    roles: [String] = [], liveTokens: Int = 0, liveKeys: Int = 0, hasPassword: Bool = false
  ) -> AccountRow {
    AccountRow(
      id: "account-\(login)", login: login, name: name, kind: kind, isActive: isActive,
      roles: roles, liveTokens: liveTokens, liveKeys: liveKeys, hasPassword: hasPassword,
      cursor: RowCursor(key: .text(login), id: "account-\(login)"))
  }
}

extension TokenRow {
  /// A token of the sample site; `used` is how many seconds ago.
  static func sample(
    _ name: String, owner: String = "alice", scope: TokenScope = .readWrite,
    ends: FiniteLifetime? = .days(30), state: TokenState = .active, used: Int64? = nil,
    uses: Int64 = 7
  ) -> TokenRow {
    let end = ends.map { SampleSite.start + $0 }
    let revocation = Authorization.Revocation(
      at: SampleSite.start - .hours(2), by: SampleSite.name("alice"), reason: "left behind")
    return TokenRow(
      id: "token-\(name)", name: name, purpose: "", owner: owner, scope: scope,
      createdAt: SampleSite.start - .days(60), expiresAt: end, state: state,
      lastUsedAt: used.map { SampleSite.start.advanced(bySeconds: -$0) },
      lastSource: used == nil ? nil : "10.2.0.14", lastAgent: used == nil ? nil : "curl/8.5",
      uses: used == nil ? 0 : uses, revocation: state == .revoked ? revocation : nil,
      cursor: RowCursor(key: .integer(end?.milliseconds ?? .max), id: "token-\(name)"))
  }
}

extension LegacyKeyRow {
  /// A legacy key of the sample site; `used` is how many seconds ago.
  static func sample(
    _ label: String, owner: String = "carol", isOwnerActive: Bool = true,
    state: LegacyKeyState = .active, used: Int64? = nil, agent: String? = nil,
    review: ReviewState = .new
  ) -> LegacyKeyRow {
    let lastUsed = used.map { SampleSite.start.advanced(bySeconds: -$0) }
    return LegacyKeyRow(
      id: "key-\(label)", label: label, owner: owner, isOwnerActive: isOwnerActive, state: state,
      createdAt: SampleSite.start - .days(700), lastUsedAt: lastUsed,
      lastSource: used == nil ? nil : "10.2.0.14", lastAgent: agent, uses: used == nil ? 0 : 51,
      review: review,
      cursor: RowCursor(key: .integer(lastUsed?.milliseconds ?? 0), id: "key-\(label)"))
  }
}

extension IntegrationRow {
  static func sample(
    _ login: String, purpose: String, used: Int64? = nil, isPastReview: Bool = false
  ) -> IntegrationRow {
    let network: Network
    do { network = try Network(parsing: "10.2.0.0/24") } catch { preconditionFailure("\(error)") }
    let day = CivilDate(of: isPastReview ? SampleSite.start - .days(3) : SampleSite.start + .year)
    return IntegrationRow(
      login: login,
      integration: EssentialIntegration(
        account: Identifier("account-\(login)"), purpose: purpose, networks: [network],
        contact: "carol", reviewDate: day),
      isPastReview: isPastReview,
      lastUsedAt: used.map { SampleSite.start.advanced(bySeconds: -$0) })
  }
}

extension AuditRow {
  static func sample(
    _ seq: Int64, _ action: String, _ target: String, by actor: String = "alice",
    before: String? = nil, after: String? = nil, reason: String? = nil, ago: Int64 = 60
  ) -> AuditRow {
    AuditRow(
      seq: seq, at: SampleSite.start.advanced(bySeconds: -ago), actor: actor,
      through: actor == "system" ? "system" : "console", source: "10.2.0.9", action: action,
      target: target, before: before, after: after, reason: reason,
      hash: String(repeating: "0123456789abcdef", count: 4))
  }
}
