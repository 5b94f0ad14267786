package import Access
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
      decision: decision, kind: presented.kind ?? .password,
      credential: presented.id ?? account.login.text, name: name, account: account.login)
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

  package var description: String {
    switch self {
    case .unknown(let id):
      "“\(Visible.text(id))” is neither a token's nor a legacy key's id, nor a login."
    }
  }
}
