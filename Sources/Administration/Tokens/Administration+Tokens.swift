import Access
import Credentials
import Storage

extension Administration {
  func createToken(_ draft: TokenDraft, by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      // Under the lock: a key retired meanwhile must not sign once more.
      let secrets = try secrets()
      let draft = try draft.checked()
      let owner = try office.owner(ofNewTokenFor: draft.service)
      let lifetime = try office.policy.lifetimes(for: owner.roles).resolve(draft.lifetime)
      try office.release(draft.name, of: owner, in: transaction)
      let now = try office.snapshot.now()
      let authorization = Authorization(
        id: Identifier(RandomID.make()), owner: owner.id, name: draft.name,
        purpose: draft.purpose, scope: draft.scope, createdAt: now,
        expiresAt: lifetime.end(from: now))
      let issued = try office.issue(
        authorization, for: owner, with: secrets, predecessor: nil, in: transaction)
      return Recorded(
        .token(issued),
        AuditEvent(
          "token.create", target: issued.row.target,
          after: """
            scope: \(draft.scope.rawValue)
            ends: \(authorization.expiresAt?.rfc3339 ?? "never")
            purpose: \(draft.purpose)
            """))
    }
  }

  func revoke(
    _ ids: [Identifier<Authorization>], reason: String, by actor: Actor
  ) throws -> Outcome {
    try write(by: actor) { office, transaction in
      let reason = try VisibleName.text(reason, what: "reason", limit: 500)
      var events: [AuditEvent] = []
      var revocable: [Identifier<Authorization>] = []
      let now = try office.snapshot.now()
      var seen = Set<Identifier<Authorization>>()
      for id in ids where seen.insert(id).inserted {
        let token = try office.token(id)
        let state = token.authorization.state(at: now, under: office.policy)
        guard state.isRevocable else {
          if ids.count == 1 { throw TokenError.notLive(token.authorization.name, state) }
          continue
        }
        revocable.append(id)
        events.append(
          AuditEvent(
            "token.revoke", target: token.target, before: state.rawValue, after: "revoked",
            reason: reason.isEmpty ? "none given" : reason))
      }
      guard let first = events.first else { throw TokenError.changed("\(ids.count) marked") }
      try transaction.revoke(revocable, by: office.account.login, reason: reason)
      return Recorded(.changed(events.count), first, Array(events.dropFirst()))
    }
  }

  /// The successor takes the name; both work until its first use, or the overlap's end.
  func rotate(
    _ id: Identifier<Authorization>, overlap: FiniteLifetime, by actor: Actor
  ) throws -> Outcome {
    guard (FiniteLifetime.minutes(1)...FiniteLifetime.days(30)).contains(overlap) else {
      throw TokenError.overlap(overlap)
    }
    return try write(by: actor) { office, transaction in
      let secrets = try secrets()
      let token = try office.token(id)
      let old = token.authorization
      let now = try office.snapshot.now()
      let state = old.state(at: now, under: office.policy)
      guard state.isLive else { throw TokenError.notLive(old.name, state) }
      guard let owner = try office.snapshot.account(id: old.owner) else {
        throw TokenError.unknown(id.text)
      }
      try office.requireReceivable(for: owner)
      try office.requireCapable(owner)
      let lifetime = office.policy.lifetimes(for: owner.roles).nearest(to: old)
      let overlapEnd = now + overlap
      try transaction.retire(
        id, renamed: try office.rotatedName(of: old),
        at: min(overlapEnd, old.expiresAt ?? overlapEnd))
      let successor = Authorization(
        id: Identifier(RandomID.make()), owner: owner.id, name: old.name, purpose: old.purpose,
        scope: old.scope, createdAt: now, expiresAt: lifetime.end(from: now))
      let issued = try office.issue(
        successor, for: owner, with: secrets, predecessor: id, in: transaction)
      return Recorded(
        .token(issued),
        AuditEvent(
          "token.rotate", target: token.target,
          before: "token \(id), ends \(old.expiresAt?.rfc3339 ?? "never")",
          after: """
            token \(successor.id), ends \(successor.expiresAt?.rfc3339 ?? "never")
            the old one works until its first use, or \(overlapEnd.rfc3339)
            """))
    }
  }

  func wake(_ ids: [Identifier<Authorization>], by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      let now = try office.snapshot.now()
      var events: [AuditEvent] = []
      for id in ids {
        let token = try office.token(id)
        let state = token.authorization.state(at: now, under: office.policy)
        guard state == .suspended else {
          if ids.count == 1 { throw TokenError.notSuspended(token.authorization.name, state) }
          continue
        }
        try transaction.wake(id)
        events.append(
          AuditEvent("token.wake", target: token.target, before: "suspended", after: "active"))
      }
      guard let first = events.first else { throw TokenError.changed("\(ids.count) marked") }
      return Recorded(.changed(events.count), first, Array(events.dropFirst()))
    }
  }
}

extension Office {
  /// Whose the new token will be; checks every permission it takes.
  func owner(ofNewTokenFor service: String?) throws -> Account {
    let owner = try service.map { try known(try Login(parsing: $0)) } ?? account
    if owner.id == account.id {
      try require(.useAPI)
      try require(.createTokens)
    } else {
      try require(.manageTokens)
      try requireReceivable(for: owner)
    }
    try requireCapable(owner)
    return owner
  }

  /// Whoever makes a token sees it: of another person nobody may, only its owner.
  func requireReceivable(for owner: Account) throws {
    guard owner.id == account.id || owner.kind == .service else {
      throw TokenError.notAService(owner.login)
    }
  }

  /// A token is only made where it could be used.
  func requireCapable(_ owner: Account) throws {
    guard policy.mode == .bearer else { throw TokenError.notInBearerMode(policy.mode) }
    guard owner.isActive else { throw TokenError.ownerInactive(owner.login) }
    guard policy.permissions(of: owner.roles).contains(.useAPI) else {
      throw TokenError.ownerLacksAPI(owner.login)
    }
  }

  /// A token the actor may act on: their own, or anybody's with *Manage all tokens*.
  func token(_ id: Identifier<Authorization>) throws -> StoredToken {
    guard let token = try snapshot.token(id: id) else { throw TokenError.unknown(id.text) }
    if token.authorization.owner == account.id {
      if !may(.manageTokens) { try require(.useAPI) }
    } else if !may(.manageTokens) {
      throw TokenError.notYours(id.text)
    }
    return token
  }

  /// Makes a name free if what holds it has ended; refuses if it has not.
  func release(_ name: String, of owner: Account, in transaction: Transaction) throws {
    guard let holder = try snapshot.tokenNamed(name, owner: owner.id) else { return }
    let state = holder.authorization.state(at: try snapshot.now(), under: policy)
    guard !state.isRevocable else { throw TokenError.nameTaken(name, owner: owner.login) }
    try transaction.releaseName(of: holder.authorization.id)
  }

  /// `NAME (rotated)`, with a number where that is taken, within 64 characters.
  func rotatedName(of token: Authorization) throws -> String {
    for attempt in 1...1000 {
      let mark = attempt == 1 ? " (rotated)" : " (rotated \(attempt))"
      let name = String(token.name.prefix(64 - mark.count)) + mark
      if try snapshot.tokenNamed(name, owner: token.owner) == nil { return name }
    }
    throw TokenError.nameTaken(token.name, owner: account.login)
  }

  /// Mints the token's value and keeps only its digest.
  func issue(
    _ token: Authorization, for owner: Account, with secrets: Secrets,
    predecessor: Identifier<Authorization>?, in transaction: Transaction
  ) throws -> IssuedToken {
    let minted = try secrets.mint(
      TokenClaims(
        issuer: policy.properties.tokenIssuer, audience: policy.properties.tokenAudience,
        subject: owner.login.text, clientID: token.name, jti: token.id.text,
        issuedAt: token.createdAt, notBefore: token.createdAt, expiresAt: token.expiresAt,
        scope: token.scope, roles: owner.roles.compactMap { policy.role($0)?.name }))
    try transaction.insert(
      NewToken(
        authorization: token, digest: minted.digest, kid: minted.kid, predecessor: predecessor))
    let page = try snapshot.tokens(
      PageRequest(filter: TokenFilter(id: token.id.text), sort: .end, limit: 1), under: policy)
    guard let row = page.rows.first else { throw TokenError.unknown(token.id.text) }
    return IssuedToken(row: row, value: minted.value)
  }
}

extension LifetimeChoice {
  /// What a successor gets: the old span if it is offered, else the longest offered below it.
  fileprivate func nearest(to old: Authorization) -> Lifetime {
    let span =
      old.expiresAt.map { $0.seconds(since: old.createdAt) }
      .flatMap(FiniteLifetime.init(seconds:)).map(Lifetime.finite) ?? .unlimited
    return offered.last { $0 <= span } ?? defaultLifetime
  }
}

extension StoredToken {
  /// As the audit names it: id, name and owner.
  var target: String { "token \(authorization.id) \(authorization.name) of \(ownerLogin)" }
}

extension TokenRow {
  fileprivate var target: String { "token \(id) \(name) of \(owner)" }
}
