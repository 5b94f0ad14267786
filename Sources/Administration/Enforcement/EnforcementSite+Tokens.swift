package import Access
import Credentials
import Storage

// MARK: - For those who ask about tokens (RFC 7662, RFC 7009). All of it may block.

extension EnforcementSite {
  /// Answers about a token or a legacy key, for a gateway of its audience.
  ///
  /// Decides as for a request that reads and comes from nowhere, and counts as one: gateways that
  /// introspect send no other.
  package func introspect(_ token: Secret, by client: ClientCredentials?) -> Introspection {
    do {
      return try read { snapshot, rules in
        guard let client = try self.client(client, in: snapshot) else { return .clientRefused }
        let matter = Case(
          attempt: Attempt(.bearer(token), request: RequestFacts()), rules: rules,
          now: try snapshot.now())
        guard let found = try credential(token, snapshot, rules) else {
          _ = rule(.unrecognised(.bearer), matter, account: nil, introspections)
          return .inactive
        }
        guard found.audience == client.audience else { return .inactive }
        return judge(found, matter)
      }
    } catch {
      return .unavailable("\(error)")
    }
  }

  private func judge(_ found: Found, _ matter: Case) -> Introspection {
    let decision = matter.decide(found.presented, found.account)
    if decision.isAllowed, let id = found.successor, !store.isCopy {
      switch useFirst(id, matter.attempt, introspections) {
      case .unavailable(let reason): return .unavailable(reason)
      case .ruled(let ruling) where ruling.decision.isAllowed: return .active(found.token)
      case .ruled, .deferred: return .inactive
      }
    }
    _ = rule(decision, found.presented, matter, account: found.account, introspections)
    return decision.isAllowed || observesOnly ? .active(found.token) : .inactive
  }

  /// Revokes a token of the client's audience; an unknown one counts as done.
  ///
  /// Legacy keys are nobody's to revoke but an administrator's.
  package func revoke(_ token: Secret, by client: ClientCredentials?) -> Revocation {
    do {
      let found = try read { snapshot, _ in
        try self.client(client, in: snapshot).map { client in
          (client, try snapshot.token(digest: secrets.digest(of: token)))
        }
      }
      guard let (client, stored) = found else { return .clientRefused }
      guard let stored, TokenClaims(of: token)?.audience == client.audience else { return .done }
      try administration.revoke(stored, by: client)
      return .done
    } catch {
      return .unavailable("\(error)")
    }
  }

  /// What everybody may know: issuer, public keys, revoked tokens that have not ended.
  package func publication() throws -> Publication {
    let keys = try administration.secrets().jwks().compact
    return try read { snapshot, rules in
      Publication(
        issuer: rules.policy.properties.tokenIssuer, keySet: keys,
        revoked: try snapshot.revokedTokens())
    }
  }

  // MARK: - Reading

  private func read<Value>(_ body: (Snapshot, Rules) throws -> Value) throws -> Value {
    func read(_ snapshot: Snapshot) throws -> Value {
      try body(snapshot, Rules(snapshot, epoch: snapshot.epoch()))
    }
    // A copy may have been replaced since a connection to it was made.
    guard !store.isCopy else { return try FactsReader(store).read(read) }
    try look()
    return try store.read(read)
  }

  private func client(
    _ credentials: ClientCredentials?, in snapshot: Snapshot
  ) throws -> GatewayClient? {
    guard let credentials else { return nil }
    // Digests are keyed: how long it takes to compare two says nothing about the secret.
    let digest = secrets.digest(of: credentials.secret)
    let known = try snapshot.client(Identifier(credentials.id))
    return known?.digest == digest ? known?.client : nil
  }

  /// A credential of ours, and what may be said of it.
  private struct Found {
    let presented: PresentedCredential
    let account: KnownAccount?
    let audience: String
    let token: IntrospectedToken
    /// The token's id where its first use has to end another's time.
    var successor: Identifier<Authorization>?
  }

  private func credential(
    _ secret: Secret, _ snapshot: Snapshot, _ rules: Rules
  ) throws -> Found? {
    let digest = secrets.digest(of: secret)
    if let stored = try snapshot.token(digest: digest), let claims = TokenClaims(of: secret) {
      let token = stored.authorization
      let account = try snapshot.knownAccount(stored.ownerLogin, under: rules.policy)
      return Found(
        presented: .bearer(token), account: account, audience: claims.audience,
        token: IntrospectedToken(
          subject: claims.subject, clientID: claims.clientID, scope: token.scope.rawValue,
          roles: account?.roleNames ?? [], issuer: claims.issuer, audience: claims.audience,
          expiresAt: claims.expiresAt?.seconds ?? TokenClaims.never,
          issuedAt: claims.issuedAt.seconds, id: claims.jti),
        successor: try snapshot.overlapEnd(of: stored) == nil ? nil : token.id)
    }
    guard let key = try snapshot.key(digest: digest),
      let owner = try snapshot.account(id: key.owner)
    else { return nil }
    let account = try snapshot.knownAccount(owner.login, under: rules.policy)
    let properties = rules.policy.properties
    return Found(
      presented: .legacyKey(key), account: account, audience: properties.tokenAudience,
      token: IntrospectedToken(
        subject: owner.login.text, clientID: key.label, scope: TokenScope.readWrite.rawValue,
        roles: account?.roleNames ?? [], issuer: properties.tokenIssuer,
        audience: properties.tokenAudience, expiresAt: TokenClaims.never,
        issuedAt: key.createdAt?.seconds ?? 0, id: key.id.text))
  }
}

extension Administration {
  /// Revokes a token for a gateway; one that is revoked already stays as it was.
  fileprivate func revoke(_ token: StoredToken, by client: GatewayClient) throws {
    let system = try Login(parsing: Actor.system.login)
    let gate = Actor(
      account: nil, login: system.text, through: .gate, source: client.target)
    let id = token.authorization.id
    do {
      try store.write(by: gate) { transaction in
        let now = try transaction.snapshot.now()
        let policy = try transaction.snapshot.standing().policy
        guard
          let state = try transaction.snapshot.token(id: id)?.authorization
            .state(at: now, under: policy), state.isRevocable
        else { throw NothingToRevoke() }
        let reason = "revoked by \(client.target)"
        try transaction.revoke([id], by: system, reason: reason)
        return Recorded(
          (),
          AuditEvent(
            "token.revoke", target: token.target, before: state.rawValue, after: "revoked",
            reason: reason))
      }
    } catch is NothingToRevoke {
      return
    }
  }

  private struct NothingToRevoke: Error {}
}
