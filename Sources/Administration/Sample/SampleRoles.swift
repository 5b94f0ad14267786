import Access

/// The sample's own roles, beside the built-in three.
enum SampleRole: String, CaseIterable {
  case integrators = "Integrators"
  case developers = "Developers"
  case releaseEngineers = "Release Engineers"
  case siteReliability = "Site Reliability"
  case dataAnalysts = "Data Analysts"
  case automation = "Automation"
  case partners = "Partners"
  case supportDesk = "Support Desk"
  case finance = "Finance"
  case auditors = "Auditors"
  case securityTeam = "Security Team"
  case accountDesk = "Account Desk"

  var id: Identifier<Role> {
    Identifier(rawValue.lowercased().replacing(" ", with: "-"))
  }

  var permissions: PermissionSet {
    switch self {
    case .integrators, .dataAnalysts, .automation, .partners: [.useAPI]
    case .developers, .releaseEngineers: [.useAPI, .createTokens]
    case .siteReliability: [.useAPI, .createTokens, .viewAudit]
    case .supportDesk, .finance: []
    case .auditors: [.viewAudit]
    case .securityTeam: [.manageTokens, .reviewMigration, .viewAudit]
    case .accountDesk: [.manageAccess]
    }
  }

  /// How many of the people made up have it; the rest are members only.
  var people: Int {
    switch self {
    case .integrators: 15
    case .developers: 184
    case .releaseEngineers: 12
    case .siteReliability: 23
    case .dataAnalysts: 61
    case .automation: 0
    case .partners: 38
    case .supportDesk: 87
    case .finance: 44
    case .auditors: 6
    case .securityTeam: 9
    case .accountDesk: 5
    }
  }

  /// The whole matrix as staged changes.
  static var changes: [RoleChange] {
    allCases.flatMap { role in
      [.add(id: role.id, name: role.rawValue)]
        + role.permissions.sorted.map { .grant(role.id, $0) }
    }
  }
}
