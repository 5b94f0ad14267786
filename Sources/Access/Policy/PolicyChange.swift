/// One thing an administrator decides about the policy.
package enum PolicyChange: Hashable, Sendable {
  case property(PropertyKey, String)
  /// Sets both legacy properties in one revision and starts at `level`.
  case enableBearer(SecurityLevel)
  case level(SecurityLevel)
  case passwordsAtHigh(PasswordsAtHigh)
  case expiration(ExpirationPolicy)
  case roles([RoleChange])
  /// Everything as in an earlier revision, or only its level.
  case rollback(to: Int, policy: Policy, levelOnly: Bool)
  case document(Policy)

  /// Applies the change to a draft.
  ///
  /// - Throws: ``PolicyError``; also where nothing would change, and where the level is locked.
  package func applied(to policy: Policy) throws(PolicyError) -> Policy {
    var next = policy
    switch self {
    case .property(let key, let text):
      do { try next.properties.set(key, to: text) } catch { throw .property(error) }
    case .enableBearer(let level):
      // Where it is on already this would be a change of level that nobody asked for.
      guard policy.mode != .bearer else { throw .nothingChanged }
      next.properties.enableLegacyAPIKey = false
      next.properties.emulateLegacyAPIKey = true
      next.level = level
    case .level(let level):
      guard policy.mode == .bearer else { throw .levelLocked(policy.mode) }
      next.level = level
    case .passwordsAtHigh(let passwords): next.passwordsAtHigh = passwords
    case .expiration(let expiration): next.expiration = expiration
    case .roles(let changes):
      for change in changes { try change.apply(to: &next) }
    case .rollback(_, let earlier, let levelOnly):
      guard levelOnly else {
        next = earlier
        break
      }
      guard policy.mode == .bearer else { throw .levelLocked(policy.mode) }
      next.level = earlier.level
    case .document(let document): next = document
    }
    guard next != policy else { throw .nothingChanged }
    try next.validate()
    return next
  }

  /// The audit's word for it.
  package var action: String {
    switch self {
    case .property: "property.set"
    case .enableBearer: "bearer.enable"
    case .level: "level.set"
    case .passwordsAtHigh: "level.passwords"
    case .expiration: "expiration.set"
    case .roles: "role.change"
    case .rollback(_, _, let levelOnly): levelOnly ? "revision.rollback-level" : "revision.rollback"
    case .document: "revision.apply"
    }
  }
}

/// One staged change of the matrix.
package enum RoleChange: Hashable, Sendable {
  case add(id: Identifier<Role>, name: String)
  case rename(Identifier<Role>, to: String)
  case remove(Identifier<Role>)
  case grant(Identifier<Role>, Permission)
  case withdraw(Identifier<Role>, Permission)

  /// Makes the change on a draft; refused where the policy has no such role, or it is built in.
  package func apply(to policy: inout Policy) throws(PolicyError) {
    switch self {
    case .add(let id, let text):
      let name: String
      do { name = try VisibleName.roleName(text) } catch { throw .name(error) }
      guard policy.role(named: name) == nil, policy.role(id) == nil else { throw .roleExists(name) }
      policy.roles.append(Role(id: id, name: name, permissions: []))
    case .rename(let id, let text):
      let name: String
      do { name = try VisibleName.roleName(text) } catch { throw .name(error) }
      if let other = policy.role(named: name), other.id != id { throw .roleExists(name) }
      try edit(id, in: &policy, isNameChange: true) { $0.name = name }
    case .remove(let id):
      try edit(id, in: &policy, isNameChange: true) { _ in }
      policy.roles.removeAll { $0.id == id }
      policy.expiration.roleMaxima[id] = nil
    case .grant(let id, let permission):
      try edit(id, in: &policy) { $0.permissions.insert(permission) }
    case .withdraw(let id, let permission):
      try edit(id, in: &policy) { $0.permissions.remove(permission) }
    }
  }

  private func edit(
    _ id: Identifier<Role>, in policy: inout Policy, isNameChange: Bool = false,
    _ body: (inout Role) -> Void
  ) throws(PolicyError) {
    guard let index = policy.roles.firstIndex(where: { $0.id == id }) else {
      throw .unknownRole(id.text)
    }
    let role = policy.roles[index]
    if isNameChange, role.isBuiltIn { throw .builtIn(role.name) }
    if role.isFixed { throw .fixedRole }
    body(&policy.roles[index])
  }
}
