/// What an administrator decides for everyone: one immutable, comparable value.
///
/// Accounts, credentials, essential integrations, reviews and operations are not part of it and so
/// are never rolled back.
package struct Policy: Hashable, Sendable {
  package var properties: SystemProperties
  package var level: SecurityLevel
  package var passwordsAtHigh: PasswordsAtHigh
  package var expiration: ExpirationPolicy
  /// Built-in roles first, then own roles in the order they were added; ids and names are unique.
  package var roles: [Role]

  package init(
    properties: SystemProperties = SystemProperties(), level: SecurityLevel = .standard,
    passwordsAtHigh: PasswordsAtHigh = .registered,
    expiration: ExpirationPolicy = ExpirationPolicy(), roles: [Role] = Role.builtIn
  ) {
    self.properties = properties
    self.level = level
    self.passwordsAtHigh = passwordsAtHigh
    self.expiration = expiration
    self.roles = roles
  }

  /// The permissions somebody needs to hold together for a site to stay governable.
  package static let administration: PermissionSet = [.manageSettings, .manageAccess]

  /// Checks the rules that tie the members together.
  package func validate() throws(PolicyError) {
    do { try expiration.validate() } catch { throw .expiration(error) }
    for builtIn in Role.builtIn {
      guard let role = role(builtIn.id) else { throw .builtInMissing(builtIn.name) }
      guard role.name == builtIn.name else { throw .builtIn(builtIn.name) }
    }
    guard role(Role.siteAdministrator.id)?.permissions == .all else { throw .fixedRole }
    var names = Set<String>()
    var ids = Set<Identifier<Role>>()
    for role in roles {
      do { _ = try VisibleName.roleName(role.name) } catch { throw .name(error) }
      guard Role.isID(role.id.text) else { throw .roleID(role.id.text) }
      guard names.insert(role.name.lowercased()).inserted, ids.insert(role.id).inserted else {
        throw .roleExists(role.name)
      }
    }
    for id in expiration.roleMaxima.keys.sorted() where !ids.contains(id) {
      throw .unknownRole(id.text)
    }
  }
}

/// Why a policy, or a change of it, is refused.
package enum PolicyError: Failure, Equatable {
  case expiration(ExpirationError)
  case property(PropertyError)
  case name(NameError)
  case builtInMissing(String)
  case builtIn(String)
  case fixedRole
  case roleExists(String)
  case roleID(String)
  case unknownRole(String)
  case levelLocked(APIMode)
  case nothingChanged

  package var description: String {
    switch self {
    case .expiration(let error): error.description
    case .property(let error): error.description
    case .name(let error): error.description
    case .builtInMissing(let name):
      "The built-in role “\(name)” is missing. Built-in roles cannot be removed."
    case .builtIn(let name):
      "“\(name)” is a built-in role: it cannot be renamed or removed. Add a role of your own."
    case .fixedRole:
      "Site Administrator always has every permission. Use another role for less."
    case .roleExists(let name): "There is already a role “\(name)”. Choose another name."
    case .roleID(let id):
      "“\(Visible.text(id))” is not a role's id. Use 1 to 64 of letters, digits, dot, underscore and hyphen."
    case .unknownRole(let name):
      "There is no role “\(Visible.text(name))”. `gatehouse role list` shows the roles."
    case .levelLocked(let mode):
      """
      The security level is locked while the API mode is \(mode.rawValue): it needs \
      EnableLegacyAPIKey=false and EmulateLegacyAPIKey=true. `gatehouse bearer enable` sets both.
      """
    case .nothingChanged: "Nothing would change: the policy in force says this already."
    }
  }
}
