/// One line of a diff between two policies.
package struct PolicyDifference: Hashable, Sendable {
  /// Where, as people say it: `Security level`, `EnableLegacyAPIKey`, `Role Integrators`.
  package let what: String
  /// nil where it did not exist.
  package let before: String?
  package let after: String?

  package init(what: String, before: String?, after: String?) {
    self.what = what
    self.before = before
    self.after = after
  }

  /// `Security level: Standard → High`, in ASCII.
  package var line: String {
    switch (before, after) {
    case (let before?, let after?): "\(what): \(before) to \(after)"
    case (nil, let after?): "\(what) added: \(after)"
    case (let before?, nil): "\(what) removed: \(before)"
    case (nil, nil): what
    }
  }
}

extension Policy {
  /// What differs from this policy to `other`, in the order people read a policy.
  package func differences(to other: Policy) -> [PolicyDifference] {
    var found: [PolicyDifference] = []
    func compare(_ what: String, _ before: String?, _ after: String?) {
      if before != after { found.append(.init(what: what, before: before, after: after)) }
    }
    if mode != other.mode { compare("API mode", mode.rawValue, other.mode.rawValue) }
    compare("Security level", level.name, other.level.name)
    for key in PropertyKey.allCases {
      compare(key.rawValue, properties[key], other.properties[key])
    }
    compare("Passwords at High", passwordsAtHigh.rawValue, other.passwordsAtHigh.rawValue)
    compareExpiration(to: other, compare)
    for role in roles {
      let successor = other.role(role.id)
      if let successor, successor.name != role.name {
        compare("Name of role \(role.name)", role.name, successor.name)
      }
      compare("Role \(role.name)", role.grants, successor?.grants)
    }
    for role in other.roles where self.role(role.id) == nil {
      compare("Role \(role.name)", nil, role.grants)
    }
    return found
  }

  private func compareExpiration(
    to other: Policy, _ compare: (String, String?, String?) -> Void
  ) {
    let (old, new) = (expiration, other.expiration)
    func list(_ lifetimes: [FiniteLifetime]) -> String {
      lifetimes.map(\.description).joined(separator: ", ")
    }
    compare("Offered lifetimes", list(old.offered), list(new.offered))
    compare("Default lifetime", old.defaultLifetime.description, new.defaultLifetime.description)
    compare("Maximum lifetime", old.maximum.description, new.maximum.description)
    compare(
      "Unlimited tokens", old.allowsUnlimited ? "yes" : "no", new.allowsUnlimited ? "yes" : "no")
    compare(
      "Idle limit", old.idleLimit?.description ?? "none", new.idleLimit?.description ?? "none")
    for id in Set(old.roleMaxima.keys).union(new.roleMaxima.keys).sorted() {
      let name = role(id)?.name ?? other.role(id)?.name ?? id.text
      compare(
        "Maximum of role \(name)", old.roleMaxima[id]?.description, new.roleMaxima[id]?.description)
    }
  }
}

extension Role {
  /// Its permissions as people read them; `nothing` where there are none.
  package var grants: String {
    permissions.isEmpty ? "nothing" : permissions.sorted.map(\.name).joined(separator: ", ")
  }
}
