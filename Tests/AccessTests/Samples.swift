import Access

/// The instant at which the tests of this folder happen.
let noon = Instant(milliseconds: 1_790_000_000_123)

extension Policy {
  /// The policy of a new site, in `mode`.
  static func sample(
    _ mode: APIMode = .bearer, _ level: SecurityLevel = .standard,
    passwords: PasswordsAtHigh = .registered, expiration: ExpirationPolicy = ExpirationPolicy(),
    roles: [Role] = Role.builtIn
  ) -> Policy {
    var properties = SystemProperties()
    properties.enableLegacyAPIKey = mode == .legacy || mode == .conflict
    properties.emulateLegacyAPIKey = mode == .bearer || mode == .conflict
    return Policy(
      properties: properties, level: level, passwordsAtHigh: passwords, expiration: expiration,
      roles: roles)
  }
}

extension Login {
  static let mira: Login = sample("mira")

  static func sample(_ text: String) -> Login {
    do { return try Login(parsing: text) } catch { preconditionFailure("\(error)") }
  }
}

extension Network {
  static func sample(_ text: String) -> Network {
    do { return try Network(parsing: text) } catch { preconditionFailure("\(error)") }
  }
}

extension CivilDate {
  static func sample(_ text: String) -> CivilDate {
    guard let date = CivilDate(parsing: text) else { preconditionFailure(text) }
    return date
  }
}

extension Account {
  static func sample(
    kind: AccountKind = .person, isActive: Bool = true, roles: [Role] = [.apiOperator]
  ) -> Account {
    Account(
      id: Identifier("mira"), login: .mira, kind: kind, isActive: isActive, roles: roles.map(\.id))
  }
}

extension Authorization {
  /// A token made ten days before ``noon`` that is active there.
  static func sample(
    scope: TokenScope = .readWrite, expiresAt: Instant? = noon + .days(60),
    suspendedAt: Instant? = nil, isRevoked: Bool = false, replacedAt: Instant? = nil,
    wokenAt: Instant? = nil, lastUsedAt: Instant? = nil
  ) -> Authorization {
    Authorization(
      id: Identifier("t1"), owner: Identifier("mira"), name: "ci-deploy", scope: scope,
      createdAt: noon - .days(10), expiresAt: expiresAt, suspendedAt: suspendedAt,
      revocation: isRevoked ? .init(at: noon - .days(1), by: .mira, reason: "leaked") : nil,
      replacedAt: replacedAt, wokenAt: wokenAt, lastUsedAt: lastUsedAt)
  }
}

extension EssentialIntegration {
  static func sample(
    networks: [String] = ["10.2.0.0/16"], review: CivilDate = CivilDate(of: noon + .days(30))
  ) -> EssentialIntegration {
    EssentialIntegration(
      account: Identifier("mira"), purpose: "nightly import",
      networks: networks.map(Network.sample),
      contact: "ops", reviewDate: review)
  }
}

extension Instant {
  /// One millisecond, the smallest step there is, before this instant.
  var justBefore: Instant { Instant(milliseconds: milliseconds - 1) }
}
