import Access
import TerminalKit

// How a change of the policy is named on screens, and the commands that do the same.
extension PolicyChange {
  /// `Stops at High`, `Stops at revision 40`.
  var stopsTitle: SafeText {
    switch self {
    case .level(let level), .enableBearer(let level): "Stops at \(level.name)"
    case .rollback(_, let policy, true): "Stops at \(policy.level.name)"
    case .rollback(let number, _, false): "Stops at revision \(number)"
    default: "Stops with this change"
    }
  }

  /// The command that shows the plan; nil where none does.
  var planCommand: String? {
    switch self {
    case .level(let level), .enableBearer(let level): "gatehouse level plan \(level.rawValue)"
    case .document: "gatehouse revision plan FILE"
    default: nil
    }
  }

  /// The command that makes the change, without its options for deadline and reason; nil where it
  /// takes a document.
  func command(in policy: Policy) -> String? {
    switch self {
    case .level(let level): "gatehouse level set \(level.rawValue)"
    case .enableBearer(.standard): "gatehouse bearer enable"
    case .enableBearer: nil
    case .property(let key, let text):
      "gatehouse property set \(key.rawValue) \(text.asCommandWord)"
    case .expiration(let expiration): "gatehouse expiration set \(expiration.options(in: policy))"
    case .rollback(let number, _, let levelOnly):
      "gatehouse revision rollback \(number)" + (levelOnly ? " --level-only" : "")
    case .passwordsAtHigh, .document: "gatehouse revision apply FILE"
    case .roles: nil
    }
  }
}

extension ExpirationPolicy {
  /// The options of `expiration set` that give this policy.
  fileprivate func options(in policy: Policy) -> String {
    let offer = offered.map(\.description).joined(separator: ",")
    var options =
      "--offer \(offer) --default \(defaultLifetime) --maximum \(maximum)"
      + " --unlimited \(allowsUnlimited ? "yes" : "no")"
    if let idleLimit { options += " --idle \(idleLimit)" }
    for role in policy.roles {
      guard let limit = roleMaxima[role.id] else { continue }
      options += " --role " + "\(role.name)=\(limit)".asCommandWord
    }
    return options
  }
}

extension Plan {
  /// What changes, line by line; of roles who gains and loses what.
  var changeLines: [SafeText] {
    guard case .roles = change else { return differences.map { SafeText($0.line) } }
    let (before, after) = (impact.change.from, policy)
    var lines: [SafeText] = []
    for role in before.roles {
      let name = SafeText(role.name)
      guard let next = after.role(role.id) else {
        lines.append("Role " + name + " removed")
        continue
      }
      if next.name != role.name {
        lines.append("Role " + name + " is named " + SafeText(next.name))
      }
      lines += Self.moves(of: next, from: role.permissions)
    }
    for role in after.roles where before.role(role.id) == nil {
      lines.append("Role " + SafeText(role.name) + " added")
      lines += Self.moves(of: role, from: [])
    }
    return lines
  }

  private static func moves(of role: Role, from before: PermissionSet) -> [SafeText] {
    let moves: [(String, PermissionSet)] = [
      ("gains", role.permissions.subtracting(before)),
      ("loses", before.subtracting(role.permissions)),
    ]
    return moves.filter { !$0.1.isEmpty }.map { verb, permissions in
      let names = permissions.sorted.map(\.name).joined(separator: ", ")
      return SafeText("Role \(role.name) \(verb) \(names)")
    }
  }
}
