package import Access
import Storage

extension Administration {
  /// What a policy change would come to; changes nothing.
  package func plan(_ change: PolicyChange, for actor: Actor) throws -> Plan {
    try store.read { snapshot in
      let office = try Office(actor, in: snapshot)
      return try office.plan(change)
    }
  }
}

extension Office {
  func plan(_ change: PolicyChange) throws -> Plan {
    try requirePlanning(of: change)
    let current = standing.current
    let change = try resolved(change)
    let next = try change.applied(to: current.policy)
    let base = current.revision.number
    return Plan(
      change: change, base: base, policy: next,
      differences: current.policy.differences(to: next),
      impact: try snapshot.impact(of: PolicyShift(from: current.policy, to: next), base: base))
  }

  /// The shift a change would make; from what is in force to what would be.
  func shift(_ change: PolicyChange) throws -> PolicyShift {
    try requirePlanning(of: change)
    return PolicyShift(from: policy, to: try resolved(change).applied(to: policy))
  }

  /// Any permission over others suffices; named where all are missing is the one that applies it.
  private func requirePlanning(of change: PolicyChange) throws {
    guard permissions.isDisjoint(with: Self.planning) else { return }
    if case .roles = change { try require(.manageAccess) }
    try require(.manageSettings)
  }

  private static let planning: PermissionSet = [
    .manageSettings, .manageAccess, .reviewMigration, .viewAudit, .manageTokens,
  ]

  private func resolved(_ change: PolicyChange) throws -> PolicyChange {
    guard case .rollback(let number, _, let levelOnly) = change else { return change }
    guard let earlier = try snapshot.revision(number) else { throw RevisionError.unknown(number) }
    return .rollback(to: number, policy: earlier.policy, levelOnly: levelOnly)
  }
}
