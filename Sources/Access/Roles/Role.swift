/// A row of the matrix: a name for a set of permissions.
package struct Role: Hashable, Sendable, Identifiable {
  package let id: Identifier<Role>
  package var name: String
  package var permissions: PermissionSet

  package init(id: Identifier<Role>, name: String, permissions: PermissionSet) {
    self.id = id
    self.name = name
    self.permissions = permissions
  }

  package static let siteAdministrator = Role(
    id: Identifier("site-administrator"), name: "Site Administrator", permissions: .all)
  package static let apiOperator = Role(
    id: Identifier("api-operator"), name: "API Operator",
    permissions: [.useAPI, .reviewMigration, .viewAudit])
  package static let member = Role(id: Identifier("member"), name: "Member", permissions: [])

  /// The roles every policy has, in the order they are shown.
  package static let builtIn: [Role] = [.siteAdministrator, .apiOperator, .member]

  /// Whether a text can be a role's id: 1 to 64 of letters, digits, dot, underscore and hyphen.
  package static func isID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
          || "._-".utf8.contains(byte)
      }
  }

  package var isBuiltIn: Bool { Role.builtIn.contains { $0.id == id } }

  /// Whether its permissions can never be changed: the Site Administrator's.
  package var isFixed: Bool { id == Role.siteAdministrator.id }
}

extension Policy {
  /// The union of what the roles grant; a role this policy does not have grants nothing.
  package func permissions(of roleIDs: [Identifier<Role>]) -> PermissionSet {
    var union = PermissionSet()
    for id in roleIDs {
      if let role = role(id) { union.formUnion(role.permissions) }
    }
    return union
  }

  /// Whether this account alone keeps a site governable: an active person with both permissions.
  package func canAdminister(_ account: Account) -> Bool {
    account.isActive && account.kind == .person
      && permissions(of: account.roles).isSuperset(of: Policy.administration)
  }

  package func role(_ id: Identifier<Role>) -> Role? { roles.first { $0.id == id } }

  /// The role with this name, or this id; names are compared without regard to case.
  package func role(named text: String) -> Role? {
    let folded = text.lowercased()
    return roles.first { $0.name.lowercased() == folded } ?? role(Identifier(folded))
  }
}
