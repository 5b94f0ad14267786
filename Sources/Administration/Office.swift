import Access
import Storage

/// The actor as the database knows them in one transaction, and what they may do.
struct Office {
  let snapshot: Snapshot
  let actor: Actor
  let account: Account
  let standing: Standing
  let permissions: PermissionSet

  /// Re-reads account, roles and policy.
  ///
  /// - Throws: ``SiteError/noAccount(_:)`` if the account is gone or deactivated,
  ///   ``SSHAccessError/removed`` if the key with which the actor came in is.
  init(_ actor: Actor, in snapshot: Snapshot) throws {
    guard let id = actor.account, let account = try snapshot.account(id: id), account.isActive
    else { throw SiteError.noAccount(actor.login) }
    if let key = actor.sshKey, try snapshot.sshKey(id: key)?.owner != account.login {
      throw SSHAccessError.removed
    }
    try self.init(actor, account, in: snapshot)
  }

  /// Whoever opens a console.
  ///
  /// - Throws: also ``SiteError/noAccount(_:)`` for a login that has no active account.
  init(_ caller: Caller, in snapshot: Snapshot) throws {
    switch caller {
    case .known(let actor): try self.init(actor, in: snapshot)
    case .named(let name, let through, let source):
      guard let login = try? Login(parsing: name),
        let account = try snapshot.account(login: login), account.isActive
      else { throw SiteError.noAccount(name) }
      let actor = Actor(account: account.id, login: login.text, through: through, source: source)
      try self.init(actor, account, in: snapshot)
    }
  }

  private init(_ actor: Actor, _ account: Account, in snapshot: Snapshot) throws {
    self.snapshot = snapshot
    self.actor = actor
    self.account = account
    standing = try snapshot.standing()
    permissions = standing.policy.permissions(of: account.roles)
  }

  var policy: Policy { standing.policy }

  func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

  func require(_ permission: Permission) throws {
    guard !may(permission) else { return }
    throw AccountError.notPermitted(account.login, permission, contact: try contact())
  }

  /// Requires any one of some permissions; the first is named where none is held.
  func requireAny(_ permissions: Permission...) throws {
    guard !permissions.contains(where: may) else { return }
    if let first = permissions.first { try require(first) }
  }

  /// Somebody who can grant what is missing: the first active administrator of access.
  func contact() throws -> String? {
    let granting = policy.roles.filter { $0.permissions.contains(.manageAccess) }.map(\.id)
    let person = try snapshot.firstActivePerson(withAnyOf: Set(granting))
    return person.map { $0.name.isEmpty ? $0.login.text : "\($0.name) (\($0.login))" }
  }

  /// Without its surroundings three statements less have to be compiled.
  func session(withSurroundings isWhole: Bool = true) throws -> Session {
    Session(
      account: account, permissions: permissions,
      roleNames: account.roles.map { policy.role($0)?.name ?? "\($0) (absent)" },
      standing: standing, lastChange: try snapshot.lastChange(), at: try snapshot.now(),
      surroundings: isWhole ? try surroundings() : nil)
  }

  private func surroundings() throws -> Surroundings {
    Surroundings(
      contact: Contact(try contact()),
      refusedLastHour: may(.reviewMigration) ? try snapshot.refusedLastHour() : 0,
      lastTraffic: try snapshot.lastTraffic())
  }

  /// Checks that somebody can still administer, under every policy that may come to be in force.
  ///
  /// Called after a change within its transaction.
  ///
  /// - Parameters:
  ///   - policies: the policy in force, and what returns if a pending revision lapses.
  ///   - login: whom the change was about; named in the refusal.
  /// - Throws: ``AccountError/lastAdministrator(_:pendingRevision:)`` if nobody could.
  func requireAdministrator(under policies: [Policy], without login: Login? = nil) throws {
    for (index, policy) in policies.enumerated() {
      let granting = policy.roles.filter {
        !$0.permissions.isDisjoint(with: Policy.administration)
      }
      let people = try snapshot.activePersons(withAnyOf: Set(granting.map(\.id)))
      guard people.contains(where: policy.canAdminister) else {
        throw AccountError.lastAdministrator(
          login, pendingRevision: index == 0 ? nil : standing.pending?.number)
      }
    }
  }

  /// The roles meant by names or ids that somebody typed.
  func roles(named names: [String]) throws -> [Identifier<Role>] {
    let ids = try names.map { name in
      guard let role = policy.role(named: name) else { throw PolicyError.unknownRole(name) }
      return role.id
    }
    return Set(ids).sorted()
  }
}
