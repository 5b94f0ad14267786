package import Access

/// What the gate's event loops share: the site, its secrets, and what is being counted.
package final class EnforcementSite: Sendable {
  private let administration: Administration
  /// Answers 200 to everything and records what would have been refused.
  package let observesOnly: Bool

  /// - Throws: a ``Failure`` where database and secrets cannot be used together, or the database is
  ///   older than its checkpoints.
  package init(_ administration: Administration, observesOnly: Bool = false) throws {
    self.administration = administration
    self.observesOnly = observesOnly
  }

  /// Writes what was counted since the last call, in one transaction; nothing where nothing was.
  ///
  /// May wait for another process's lock: never on an event loop. What could not be written is kept
  /// for the next call.
  package func flush() throws {}

  /// Whether other files are where the database was; then this process must leave (69).
  package var isReplaced: Bool { false }

  /// Whether requests can be judged: the database readable, the secrets usable.
  ///
  /// May block.
  package func readiness() -> Readiness { .unready("not built") }

  /// What `/metrics` tells beside what the service itself counts.
  package func figures() -> EnforcementFigures { EnforcementFigures() }
}

/// Judges requests for one event loop.
///
/// Facts are remembered by digest and dropped as soon as another connection wrote anything that
/// decides; ``decide(_:_:credential:account:request:at:)`` runs on every request.
package final class Enforcement {
  private let site: EnforcementSite

  package init(_ site: EnforcementSite) throws {
    self.site = site
  }

  /// The answer, or what has to be done for it away from the event loop.
  ///
  /// Never blocks.
  ///
  /// - Parameter read: reads the request's head; it is given the header that legacy keys arrive in,
  ///   in lower case.
  /// - Returns: the ruling, or why there is none yet.
  package func judge(_ read: (_ legacyKeyHeader: String) -> Attempt) -> Judgement {
    .unavailable("not built")
  }
}

package enum Judgement: Sendable {
  case ruled(Ruling)
  /// Takes scrypt or a commit: call it on a thread that may wait, and answer what it returns.
  case deferred(@Sendable () -> Judgement)
  /// The database cannot be asked: refuse, and log this.
  case unavailable(String)
}

/// One decision with what the answer carries.
package struct Ruling: Sendable {
  package let decision: Decision
  /// Set where it is allowed; nil also where only observing let it pass.
  package let identity: Identity?
  /// Seconds until another try makes sense.
  package let retryAfter: Int64?
  /// The cause and the next step for the caller, in one sentence or two; nil where it is allowed.
  package let explanation: String?

  package init(
    decision: Decision, identity: Identity?, retryAfter: Int64? = nil, explanation: String? = nil
  ) {
    self.decision = decision
    self.identity = identity
    self.retryAfter = retryAfter
    self.explanation = explanation
  }
}

package enum Readiness: Sendable, Equatable {
  case ready
  case unready(String)
}

/// How a gateway names itself at `/oauth2/…`.
package struct ClientCredentials: Sendable {
  package let id: String
  package let secret: Secret

  package init(id: String, secret: Secret) {
    self.id = id
    self.secret = secret
  }
}

package enum Introspection: Sendable {
  case active(IntrospectedToken)
  /// Every bad case, and a caller outside the audience.
  case inactive
  /// No such client, or a wrong secret: 401.
  case clientRefused
  case unavailable(String)
}

/// The members of RFC 7662 section 2.2 for a good token or legacy key.
package struct IntrospectedToken: Sendable, Equatable {
  package let subject: String
  package let clientID: String
  package let scope: String
  package let roles: [String]
  package let issuer: String
  package let audience: String
  /// Seconds since 1970.
  package let expiresAt: Int64
  package let issuedAt: Int64
  package let id: String

  package init(
    subject: String, clientID: String, scope: String, roles: [String], issuer: String,
    audience: String, expiresAt: Int64, issuedAt: Int64, id: String
  ) {
    self.subject = subject
    self.clientID = clientID
    self.scope = scope
    self.roles = roles
    self.issuer = issuer
    self.audience = audience
    self.expiresAt = expiresAt
    self.issuedAt = issuedAt
    self.id = id
  }
}

package enum Revocation: Sendable {
  /// Revoked now, or not this client's to revoke, or unknown: the caller cannot tell.
  case done
  case clientRefused
  case unavailable(String)
}

package struct Publication: Sendable, Equatable {
  /// *TokenIssuer*.
  package let issuer: String
  /// The public keys as a JSON Web Key Set (RFC 7517).
  package let keySet: String
  /// `jti` of tokens that were revoked or replaced and have not ended, sorted.
  package let revoked: [String]

  package init(issuer: String, keySet: String, revoked: [String]) {
    self.issuer = issuer
    self.keySet = keySet
    self.revoked = revoked
  }
}

package struct EnforcementFigures: Sendable, Equatable {
  /// Credentials whose facts are remembered, over all event loops.
  package var remembered = 0
  /// When counters were last written.
  package var lastFlush: Instant?
  /// How far a read-only copy is behind: the age of its latest audit row or write.
  package var lagSeconds: Double?

  package init() {}
}
