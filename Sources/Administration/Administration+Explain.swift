package import Access
import Credentials
import Storage

extension Administration {
  /// Decides for a credential as if it were presented now, with every check behind it.
  ///
  /// - Parameters:
  ///   - id: a token's or legacy key's id, or a login for its password.
  ///   - request: what would be asked, and from where.
  ///   - actor: needs *Review migration*.
  /// - Returns: the decision, whose the credential is, and what it is called.
  /// - Throws: ``ExplanationError/unknown(_:)``, or ``AccountError`` where the permission is missing.
  package func explain(
    credential id: String, request: RequestFacts, for actor: Actor
  ) throws -> Explanation {
    try store.read { snapshot in try Office(actor, in: snapshot).explain(id, request) }
  }

  /// Judges a request as the gate would, and counts it as the gate would: it is an attempt like any
  /// other, a wrong password included.
  ///
  /// May wait for scrypt and for a commit.
  ///
  /// - Parameters:
  ///   - read: reads the request; it is given the header that legacy keys arrive in.
  ///   - actor: needs *Manage settings*, since a secret is tried.
  /// - Returns: the decision, and whose credential it is where that is known.
  /// - Throws: ``AccountError`` where the permission is missing, ``ExplanationError/unavailable(_:)``
  ///   where the gate could not judge either.
  package func explain(
    _ read: (_ legacyKeyHeader: String) throws -> Attempt, for actor: Actor
  ) throws -> Explanation {
    let header = try store.read { snapshot in
      let office = try Office(actor, in: snapshot)
      try office.require(.manageSettings)
      return office.policy.properties.legacyKeyHeader
    }
    let site = try EnforcementSite(self)
    let attempt = try read(header)
    let judgement = try Enforcement(site).judge { _ in attempt }
    let ruling = Result { try judgement.ruling() }
    try site.flush()
    let decision = try ruling.get().decision
    let known = try store.read { try site.known(attempt.presentation, in: $0) }
    return Explanation(
      decision: decision, credential: known?.credential, name: known?.name ?? "",
      account: known?.account)
  }
}

extension Judgement {
  /// What it comes to, with what takes scrypt or a commit done here.
  fileprivate func ruling() throws -> Ruling {
    switch self {
    case .ruled(let ruling): ruling
    case .deferred(let work): try work().ruling()
    case .unavailable(let reason): throw ExplanationError.unavailable(reason)
    }
  }
}

extension EnforcementSite {
  /// Whose credential was presented, and what it is called; nil where it is nobody's.
  fileprivate func known(
    _ presentation: Presentation, in snapshot: Snapshot
  ) throws -> (credential: String, name: String, account: Login)? {
    switch presentation {
    case .missing, .ambiguous, .malformed: return nil
    case .bearer(let secret):
      guard let token = try snapshot.token(digest: secrets.digest(of: secret)) else { return nil }
      return (token.authorization.id.text, token.authorization.name, token.ownerLogin)
    case .legacyKey(let secret):
      guard let key = try snapshot.key(digest: secrets.digest(of: secret)),
        let owner = try snapshot.account(id: key.owner)
      else { return nil }
      return (key.id.text, key.label, owner.login)
    case .password(let text, _):
      guard let login = try? Login(parsing: text),
        let account = try snapshot.account(login: login)
      else { return nil }
      return (account.login.text, "password", account.login)
    }
  }
}

extension Office {
  func explain(_ id: String, _ request: RequestFacts) throws -> Explanation {
    try require(.reviewMigration)
    let (presented, owner, name) = try credential(id)
    guard let account = try snapshot.account(id: owner) else { throw AccountError.unknown(id) }
    let facts = AccountFacts(account: account, integration: try snapshot.integration(of: owner))
    let decision = decide(
      policy, try snapshot.operations(), credential: presented, account: facts,
      request: request, at: try snapshot.now())
    return Explanation(
      decision: decision, credential: presented.id ?? account.login.text, name: name,
      account: account.login)
  }

  /// The credential somebody means by an id, its owner and its name.
  fileprivate func credential(
    _ id: String
  ) throws -> (PresentedCredential, Identifier<Account>, name: String) {
    if let token = try snapshot.token(id: Identifier(id)) {
      return (.bearer(token.authorization), token.authorization.owner, token.authorization.name)
    }
    if let key = try snapshot.key(id: Identifier(id)) {
      return (.legacyKey(key), key.owner, key.label)
    }
    if let login = try? Login(parsing: id), let account = try snapshot.account(login: login) {
      return (account.hasPassword ? .password : .unrecognised(.password), account.id, "password")
    }
    throw ExplanationError.unknown(id)
  }
}

/// Why nothing can be explained.
package enum ExplanationError: Failure, Equatable {
  case unknown(String)
  case unavailable(String)

  package var description: String {
    switch self {
    case .unknown(let id):
      "“\(Visible.text(id))” is neither a token's nor a legacy key's id, nor a login."
    case .unavailable(let reason): "The request cannot be judged: \(reason)"
    }
  }
}
