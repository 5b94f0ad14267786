import Access

/// Changes of the matrix that are not saved, and the policy they were drawn up against.
struct RolesDraft: Hashable, Sendable {
  /// The revision it was drawn up against.
  private(set) var base: Revision
  /// What that revision says.
  private(set) var policy: Policy
  /// What the policy would be.
  private(set) var staged: Policy
  /// As they were made, so that the last can be taken back.
  private(set) var steps: [RoleChange] = []
  /// Whether the revision in force became another while there were changes.
  private(set) var wasOvertaken = false

  init(_ revised: RevisedPolicy) {
    base = revised.revision
    policy = revised.policy
    staged = revised.policy
  }

  var isEmpty: Bool { changes.isEmpty }

  mutating func stage(_ change: RoleChange) throws(PolicyError) {
    var next = staged
    try change.apply(to: &next)
    staged = next
    steps.append(change)
  }

  /// Grants what is not granted, and the other way round.
  mutating func toggle(_ permission: Permission, of id: Identifier<Role>) throws(PolicyError) {
    let isGranted = staged.role(id)?.permissions.contains(permission) ?? false
    try stage(isGranted ? .withdraw(id, permission) : .grant(id, permission))
  }

  /// Takes the last step back; returns false if there is none.
  mutating func undo() -> Bool {
    guard !steps.isEmpty else { return false }
    let earlier = steps.dropLast()
    steps = []
    staged = policy
    for step in earlier { keep(step) }
    if steps.isEmpty { wasOvertaken = false }
    return true
  }

  /// The steps without those that came to nothing: what is reviewed and saved.
  var changes: [RoleChange] {
    guard staged != policy else { return [] }
    var removed: [RoleChange] = []
    var renamed: [RoleChange] = []
    var added: [RoleChange] = []
    var cells: [RoleChange] = []
    for role in policy.roles {
      guard let after = staged.role(role.id) else {
        removed.append(.remove(role.id))
        continue
      }
      if after.name != role.name { renamed.append(.rename(role.id, to: after.name)) }
      cells += after.permissions.subtracting(role.permissions).sorted.map { .grant(role.id, $0) }
      cells += role.permissions.subtracting(after.permissions).sorted.map { .withdraw(role.id, $0) }
    }
    for role in staged.roles where policy.role(role.id) == nil {
      added.append(.add(id: role.id, name: role.name))
      cells += role.permissions.sorted.map { .grant(role.id, $0) }
    }
    let net = removed + renamed + added + cells
    // Two roles that swapped their names need the steps between.
    return (try? PolicyChange.roles(net).applied(to: policy)) == staged ? net : steps
  }

  /// Draws the changes up against another revision; returns those that no longer can be made.
  ///
  /// What that revision says already is no change any more, so a draft that was saved is empty.
  mutating func rebase(onto revised: RevisedPolicy) -> [RoleChange] {
    guard revised.revision.number != base.number else { return [] }
    let wanted = changes
    base = revised.revision
    policy = revised.policy
    staged = revised.policy
    steps = []
    let lost = wanted.filter { !isMade($0) && !keep($0) }
    wasOvertaken = !steps.isEmpty
    return lost
  }

  /// An id that no role has, or had before.
  func newID(at now: Instant) -> Identifier<Role> {
    let first = "role-" + String(now.milliseconds, radix: 36)
    let taken = Set((policy.roles + staged.roles).map(\.id.text))
    var id = first
    var number = 1
    while taken.contains(id) {
      number += 1
      id = "\(first)-\(number)"
    }
    return Identifier(id)
  }

  /// Whether the policy says so already.
  private func isMade(_ change: RoleChange) -> Bool {
    switch change {
    case .add(let id, _): policy.role(id) != nil
    case .remove(let id): policy.role(id) == nil
    case .rename(let id, let name): policy.role(id)?.name == name
    case .grant(let id, let permission):
      policy.role(id)?.permissions.contains(permission) == true
    case .withdraw(let id, let permission):
      policy.role(id)?.permissions.contains(permission) == false
    }
  }

  @discardableResult
  private mutating func keep(_ step: RoleChange) -> Bool {
    do {
      try stage(step)
      return true
    } catch {
      return false
    }
  }
}

extension RoleChange {
  var role: Identifier<Role> {
    switch self {
    case .add(let id, _), .rename(let id, _), .remove(let id), .grant(let id, _),
      .withdraw(let id, _):
      id
    }
  }
}
