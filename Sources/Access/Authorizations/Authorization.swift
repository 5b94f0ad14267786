/// A Bearer token as Gatehouse keeps it: everything but its value.
package struct Authorization: Hashable, Sendable, Identifiable {
  package let id: Identifier<Authorization>
  package let owner: Identifier<Account>
  package var name: String
  package var purpose: String
  package let scope: TokenScope
  package var lifespan: Lifespan

  package init(
    id: Identifier<Authorization>, owner: Identifier<Account>, name: String, purpose: String = "",
    scope: TokenScope = .readWrite, lifespan: Lifespan
  ) {
    self.id = id
    self.owner = owner
    self.name = name
    self.purpose = purpose
    self.scope = scope
    self.lifespan = lifespan
  }

  package init(
    id: Identifier<Authorization>, owner: Identifier<Account>, name: String, purpose: String = "",
    scope: TokenScope = .readWrite, createdAt: Instant, expiresAt: Instant?,
    suspendedAt: Instant? = nil, revocation: Revocation? = nil, replacedAt: Instant? = nil,
    wokenAt: Instant? = nil, lastUsedAt: Instant? = nil
  ) {
    self.init(
      id: id, owner: owner, name: name, purpose: purpose, scope: scope,
      lifespan: Lifespan(
        createdAt: createdAt, expiresAt: expiresAt, suspendedAt: suspendedAt,
        revocation: revocation, replacedAt: replacedAt, wokenAt: wokenAt, lastUsedAt: lastUsedAt))
  }

  package var createdAt: Instant { lifespan.createdAt }
  package var expiresAt: Instant? { lifespan.expiresAt }
  package var suspendedAt: Instant? { lifespan.suspendedAt }
  package var revocation: Revocation? { lifespan.revocation }
  package var replacedAt: Instant? { lifespan.replacedAt }
  package var wokenAt: Instant? { lifespan.wokenAt }
  package var lastUsedAt: Instant? { lifespan.lastUsedAt }

  /// How it stands at `now` under a policy; at its end itself it has expired.
  package func state(at now: Instant, under policy: Policy) -> TokenState {
    lifespan.state(at: now, under: policy)
  }

  package struct Revocation: Hashable, Sendable {
    package let at: Instant
    package let by: Login
    package let reason: String

    package init(at: Instant, by: Login, reason: String) {
      self.at = at
      self.by = by
      self.reason = reason
    }
  }

  /// What happens to a token in time: all that its state follows from.
  package struct Lifespan: Hashable, Sendable {
    package let createdAt: Instant
    /// nil never ends.
    package var expiresAt: Instant?
    /// When an idle limit put it to sleep; only waking clears this.
    package var suspendedAt: Instant?
    package var revocation: Revocation?
    /// From when a successor has taken its place: the successor's first use, or the overlap's end.
    package var replacedAt: Instant?
    /// When it was last woken, so that the idle limit counts from there.
    package var wokenAt: Instant?
    package var lastUsedAt: Instant?

    package init(
      createdAt: Instant, expiresAt: Instant?, suspendedAt: Instant? = nil,
      revocation: Revocation? = nil, replacedAt: Instant? = nil, wokenAt: Instant? = nil,
      lastUsedAt: Instant? = nil
    ) {
      self.createdAt = createdAt
      self.expiresAt = expiresAt
      self.suspendedAt = suspendedAt
      self.revocation = revocation
      self.replacedAt = replacedAt
      self.wokenAt = wokenAt
      self.lastUsedAt = lastUsedAt
    }
  }
}

extension Authorization.Lifespan {
  /// The last sign of life an idle limit counts from.
  package var lastActivity: Instant {
    max(lastUsedAt ?? createdAt, wokenAt ?? createdAt)
  }

  /// How it stands at `now` under a policy; at its end itself it has expired.
  package func state(at now: Instant, under policy: Policy) -> TokenState {
    if revocation != nil { return .revoked }
    if let replacedAt, now >= replacedAt { return .replaced }
    if let expiresAt, now >= expiresAt { return .expired }
    if suspendedAt != nil { return .suspended }
    if let limit = policy.idleLimit, now >= lastActivity + limit { return .suspended }
    if let expiresAt, now >= expiresAt - policy.properties.expiryNotice { return .expiring }
    return .active
  }
}

/// The states of an authorization.
package enum TokenState: String, CaseIterable, Sendable {
  case active, expiring, expired, suspended, revoked, replaced

  /// Whether a request with the token can be answered 200.
  package var isLive: Bool { self == .active || self == .expiring }

  /// Whether it can still be ended: not yet revoked, replaced or expired.
  package var isRevocable: Bool { isLive || self == .suspended }
}

/// What a token lets its bearer do.
package enum TokenScope: String, CaseIterable, Sendable {
  case readWrite = "read write"
  /// GET, HEAD and OPTIONS.
  case read

  /// The letters lists show: `rw` or `r`.
  package var letters: String { self == .read ? "r" : "rw" }

  /// Whether the scope covers an HTTP method; methods are case-sensitive (RFC 9110 §9.1).
  package func allows(method: String) -> Bool {
    self == .readWrite || ["GET", "HEAD", "OPTIONS"].contains(method)
  }
}

/// What somebody types to make a token.
package struct TokenDraft: Hashable, Sendable {
  package var name: String
  package var purpose: String
  package var scope: TokenScope
  /// nil takes the default.
  package var lifetime: Lifetime?
  /// The service account it is for; nil is for oneself.
  package var service: String?

  package init(
    name: String, purpose: String = "", scope: TokenScope = .readWrite, lifetime: Lifetime? = nil,
    service: String? = nil
  ) {
    self.name = name
    self.purpose = purpose
    self.scope = scope
    self.lifetime = lifetime
    self.service = service
  }

  package func checked() throws(NameError) -> TokenDraft {
    var draft = self
    draft.name = try VisibleName.name(name, what: "name")
    draft.purpose = try VisibleName.text(purpose, what: "purpose", limit: 200)
    return draft
  }
}

/// Why something about a token is refused.
package enum TokenError: Failure, Equatable {
  case notInBearerMode(APIMode)
  case unknown(String)
  case nameTaken(String, owner: Login)
  case notLive(String, TokenState)
  case notSuspended(String, TokenState)
  case notYours(String)
  case notAService(Login)
  case ownerLacksAPI(Login)
  case ownerInactive(Login)
  case changed(String)
  case overlap(FiniteLifetime)

  package var description: String {
    switch self {
    case .notInBearerMode(let mode):
      """
      Tokens cannot be made while the API mode is \(mode.rawValue): it needs \
      EnableLegacyAPIKey=false and EmulateLegacyAPIKey=true. `gatehouse bearer enable` sets both.
      """
    case .unknown(let id):
      "There is no token “\(Visible.text(id))”. `gatehouse token list` shows yours."
    case .nameTaken(let name, let owner):
      "“\(owner)” already has a token “\(name)”. Choose another name, or rotate that one."
    case .notLive(let name, let state):
      "The token “\(name)” is \(state.rawValue). Make a new one."
    case .notSuspended(let name, let state):
      "The token “\(name)” is \(state.rawValue), not asleep: there is nothing to wake."
    case .notYours(let id):
      "The token \(id) belongs to somebody else. \(Permission.manageTokens.name) is needed for that."
    case .notAService(let login):
      "“\(login)” is a person. A token is made by its owner; only for service accounts by others."
    case .ownerLacksAPI(let login):
      "No role of “\(login)” grants \(Permission.useAPI.name), so a token would be refused."
    case .ownerInactive(let login):
      "The account “\(login)” is deactivated. Reactivate it first."
    case .changed(let name):
      "The token “\(name)” was changed meanwhile. Look again: nothing was done."
    case .overlap(let span):
      "\(span) is not an overlap. Choose from 1m to 30d."
    }
  }

  package var exitCode: ExitCode {
    if case .notYours = self { .notPermitted } else { .refused }
  }
}
