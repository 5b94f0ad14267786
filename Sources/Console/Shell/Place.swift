package import Access
package import TerminalKit

/// The screens one can go to, in the order of their tabs.
package enum Place: String, CaseIterable, Hashable, Sendable {
  case account, overview, properties, security, roles, tokens, migration, accounts, audit

  package var key: Key {
    switch self {
    case .account: "0"
    case .overview: "1"
    case .properties: "2"
    case .security: "3"
    case .roles: "4"
    case .tokens: "5"
    case .migration: "6"
    case .accounts: "7"
    case .audit: "8"
    }
  }

  /// The label of its tab; *My account* has none, as it is there for everyone.
  package var label: SafeText {
    switch self {
    case .account: "My account"
    case .overview: "Overview"
    case .properties: "Props"
    case .security: "Security"
    case .roles: "Roles"
    case .tokens: "Tokens"
    case .migration: "Migration"
    case .accounts: "Accounts"
    case .audit: "Audit"
    }
  }

  /// Whether somebody with these permissions may see it; a tab one may not see is not there.
  package func isVisible(to permissions: PermissionSet) -> Bool {
    switch self {
    case .account: true
    case .overview: Place.allCases.contains { !$0.isEveryones && $0.isVisible(to: permissions) }
    case .properties, .security:
      [.manageTokens, .reviewMigration, .viewAudit, .manageSettings, .manageAccess]
        .contains(where: permissions.contains)
    case .roles, .accounts: permissions.contains(.manageAccess)
    case .tokens: permissions.contains(.useAPI) || permissions.contains(.manageTokens)
    case .migration: permissions.contains(.reviewMigration)
    case .audit: permissions.contains(.viewAudit)
    }
  }

  /// Whether it follows from others, or from nothing at all.
  private var isEveryones: Bool { self == .account || self == .overview }
}
