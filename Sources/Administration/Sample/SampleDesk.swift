import Access
import Storage

/// The door of the site as the people of the sample use it.
struct SampleDesk {
  let site: Administration
  let cast: SampleCast
  let osUser: String

  /// Makes a change as the account with this login would.
  @discardableResult
  func perform(_ change: Change, as login: Login) throws -> Outcome {
    try site.perform(change, by: actor(login))
  }

  @discardableResult
  func perform(_ change: Change, as name: String) throws -> Outcome {
    try perform(change, as: cast.login(name))
  }

  func revise(
    _ change: PolicyChange, as login: Login, because reason: String,
    within: FiniteLifetime? = nil, confirmation: SecurityLevel? = nil
  ) throws {
    let commitment = Commitment(within: within, reason: reason, confirmation: confirmation)
    try perform(.revise(change, commitment), as: login)
  }

  /// Keeps or cancels whatever is pending.
  func end(confirming: Bool, as login: Login) throws {
    guard let pending = try site.store.read({ try $0.standing().pending }) else {
      throw RevisionError.nothingPending
    }
    let number = pending.number
    try perform(confirming ? .confirmRevision(number) : .cancelRevision(number), as: login)
  }

  /// The newest revision whose policy is like this.
  func revision(where matches: (Policy) -> Bool) throws -> RevisedPolicy {
    try site.store.read { snapshot in
      var number = try snapshot.standing().current.revision.number
      while let revision = try snapshot.revision(number) {
        if matches(revision.policy) { return revision }
        number -= 1
      }
      throw RevisionError.unknown(number)
    }
  }

  func account(_ login: Login) throws -> Account {
    guard let account = try site.store.read({ try $0.account(login: login) }) else {
      throw AccountError.unknown(login.text)
    }
    return account
  }

  func token(_ name: String, of login: Login) throws -> Authorization {
    let owner = try account(login)
    guard let token = try site.store.read({ try $0.tokenNamed(name, owner: owner.id) }) else {
      throw TokenError.unknown(name)
    }
    return token.authorization
  }

  /// The legacy key with exactly this label.
  func key(_ label: String) throws -> Identifier<LegacyKey> {
    let request = PageRequest(filter: LegacyKeyFilter(words: [label]), sort: LegacyKeySort.label)
    let row = try site.store.read { snapshot in
      try snapshot.keys(request, under: snapshot.standing().policy).rows
    }.first { $0.label == label }
    guard let row else { throw LegacyKeyError.unknown(label) }
    return Identifier(row.id)
  }

  /// The credential behind each source of traffic, in their order, by the names of today.
  func credentials(of sources: [SampleTraffic]) throws -> [Usage.Credential] {
    try site.store.read { snapshot in
      let request = PageRequest(filter: LegacyKeyFilter(), sort: LegacyKeySort.label)
      let keys = try snapshot.keys(request, under: snapshot.standing().policy).rows
      return try sources.map { source in
        guard let owner = try snapshot.account(login: source.owner) else {
          throw AccountError.unknown(source.owner.text)
        }
        switch source.kind {
        case .password: return .password(owner.id)
        case .key(let label):
          guard let key = keys.first(where: { $0.label == label }) else {
            throw LegacyKeyError.unknown(label)
          }
          return .legacyKey(Identifier(key.id))
        case .token(let name):
          guard let token = try snapshot.tokenNamed(name, owner: owner.id) else {
            throw TokenError.unknown(name)
          }
          return .token(token.authorization.id)
        }
      }
    }
  }

  private func actor(_ login: Login) throws -> Actor {
    let isMaker = login == cast.administrator
    return try site.actor(
      login: login.text, osUser: osUser, through: isMaker ? .command : .console,
      source: isMaker ? "os:\(osUser)" : Self.address(of: login))
  }

  /// The address somebody always comes from.
  private static func address(of login: Login) -> String {
    let sum = login.text.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1000 }
    return "10.1.\(sum % 8).\(20 + sum % 200)"
  }
}
