/// One request to the API as a gateway reported it, before anything is looked up.
package struct Attempt: Hashable, Sendable {
  package var presentation: Presentation
  package var request: RequestFacts
  /// The caller's `User-Agent`, as it came.
  package var agent: String?
  /// The path asked for, without its query: that may hold a secret.
  package var path: String?

  package init(
    _ presentation: Presentation, request: RequestFacts, agent: String? = nil, path: String? = nil
  ) {
    self.presentation = presentation
    self.request = request
    self.agent = agent
    self.path = path
  }
}

/// What a caller presented, read from the headers only.
package enum Presentation: Hashable, Sendable {
  case missing
  /// More than one kind, or a header repeated.
  case ambiguous
  case bearer(Secret)
  case legacyKey(Secret)
  case password(login: String, Secret)
  /// Of this kind, but nothing that anybody could hold.
  case malformed(CredentialKind)
}

/// Who a caller is, as an allowed request tells the API behind the gateway.
package struct Identity: Hashable, Sendable {
  package let login: Login
  /// The token's or legacy key's name; empty for a password.
  package let client: String
  /// The token's or legacy key's id; empty for a password.
  package let keyID: String
  package let kind: CredentialKind
  package let scope: TokenScope
  /// Names of the roles that the policy in force has.
  package let roles: [String]

  package init(
    login: Login, client: String, keyID: String, kind: CredentialKind, scope: TokenScope,
    roles: [String]
  ) {
    self.login = login
    self.client = client
    self.keyID = keyID
    self.kind = kind
    self.scope = scope
    self.roles = roles
  }
}
