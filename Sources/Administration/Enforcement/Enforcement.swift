package import Access
import Credentials
import Storage
import Synchronization

/// Judges requests for one event loop.
///
/// Facts are remembered by digest and dropped as soon as another connection wrote anything that
/// decides; ``decide(_:_:credential:account:request:at:)`` runs on every request.
package final class Enforcement {
  /// How long a database that could not be read is left alone.
  private static let pause = Duration.milliseconds(100)
  /// How often its files are looked at.
  private static let round = Duration.seconds(1)

  private let site: EnforcementSite
  private let counter = TrafficCounter()
  private var reader: FactsReader?
  private var memory = FactsMemory()
  private var rules: Rules?
  /// Why there is no reader, and until when none is opened.
  private var failure: (reason: String, until: ContinuousClock.Instant)?
  private var nextRound = ContinuousClock.now

  package init(_ site: EnforcementSite) throws {
    self.site = site
    reader = try FactsReader(site.store)
    nextRound = .now + Self.round
    site.add(counter)
  }

  deinit { site.remove(counter) }

  /// The answer, or what has to be done for it away from the event loop.
  ///
  /// Never blocks.
  ///
  /// - Parameter read: reads the request's head; it is given the header that legacy keys arrive in,
  ///   in lower case.
  /// - Returns: the ruling, or why there is none yet.
  package func judge(_ read: (_ legacyKeyHeader: String) -> Attempt) -> Judgement {
    if let failure, .now < failure.until { return .unavailable(failure.reason) }
    do {
      let reader = try currentReader()
      let (rules, now) = try currentRules(reader)
      let attempt = read(rules.legacyKeyHeader)
      return try judge(Case(attempt: attempt, rules: rules, now: now), reader)
    } catch {
      return unavailable(error)
    }
  }

  private func judge(_ matter: Case, _ reader: FactsReader) throws -> Judgement {
    switch matter.attempt.presentation {
    case .missing: .ruled(site.rule(.missing, matter, account: nil, counter))
    case .ambiguous: .ruled(site.rule(.ambiguous, matter, account: nil, counter))
    case .malformed(let kind):
      .ruled(site.rule(.unrecognised(kind), matter, account: nil, counter))
    case .bearer(let secret): try judge(secret, as: .bearer, matter, reader)
    case .legacyKey(let secret): try judge(secret, as: .legacyKey, matter, reader)
    case .password(let login, let password): try judge(login, password, matter, reader)
    }
  }

  /// The reader, opened anew after a failure, and each second where the file is a copy.
  private func currentReader() throws -> FactsReader {
    let now = ContinuousClock.now
    if now >= nextRound {
      nextRound = now + Self.round
      try site.look()
      if site.store.isCopy { reader = nil }
      _ = try reader?.ground(thoroughly: true)
    }
    if let reader { return reader }
    try site.look()
    let opened = try FactsReader(site.store)
    reader = opened
    failure = nil
    return opened
  }

  /// The rules in force, and the time by which they are.
  private func currentRules(_ reader: FactsReader) throws -> (Rules, Instant) {
    let ground = try reader.ground()
    let now = reader.now()
    if let rules, rules.epoch == ground.epoch, rules.hold(at: now) { return (rules, now) }
    memory.forget()
    let current = try reader.read { try Rules($0, epoch: ground.epoch) }
    rules = current
    return (current, reader.now())
  }

  private func unavailable(_ error: any Error) -> Judgement {
    let reason = "\(error)"
    // Whoever keeps it busy is done in a moment, and what is remembered stays true.
    if case StoreError.busy = error { return .unavailable(reason) }
    reader = nil
    rules = nil
    memory.forget()
    failure = (reason, .now + Self.pause)
    return .unavailable(reason)
  }
}

// MARK: - Tokens and legacy keys

extension Enforcement {
  private func judge(
    _ secret: Secret, as kind: CredentialKind, _ matter: Case, _ reader: FactsReader
  ) throws -> Judgement {
    let hash = SecretHash(of: secret)
    let key = DigestKey(hash, as: kind)
    guard var known = try credential(hash, key, kind, reader) else {
      return .ruled(site.rule(.unrecognised(kind), matter, account: nil, counter))
    }
    var decision = matter.decide(known.presented, known.account)
    if decision.refusal == .tokenSuspended, !known.isStoredAsSuspended {
      // Another process may have seen it in use meanwhile: that moves no epoch.
      memory.forget(key)
      guard let again = try credential(hash, key, kind, reader) else {
        return .ruled(site.rule(.unrecognised(kind), matter, account: nil, counter))
      }
      known = again
      decision = matter.decide(known.presented, known.account)
    }
    if decision.isAllowed, let id = known.successor(at: matter.now), !site.store.isCopy {
      return .deferred { [site, counter] in site.useFirst(id, matter.attempt, counter) }
    }
    if decision.isAllowed { known.use(at: matter.now) }
    return .ruled(
      site.rule(decision, known.presented, matter, account: known.account, counter))
  }

  private func credential(
    _ hash: SecretHash, _ key: DigestKey, _ kind: CredentialKind, _ reader: FactsReader
  ) throws -> KnownCredential? {
    if let known = memory.credential(key) { return known }
    if memory.isUnknown(key) { return nil }
    let digest = site.secrets.digest(of: hash)
    let found = try reader.read { snapshot in
      try kind == .bearer ? token(digest, snapshot) : legacyKey(digest, snapshot)
    }
    memory.remember(found, for: key)
    counter.remembered.store(memory.count, ordering: .relaxed)
    return found
  }

  private func token(_ digest: [UInt8], _ snapshot: Snapshot) throws -> KnownCredential? {
    guard let stored = try snapshot.token(digest: digest) else { return nil }
    return try KnownCredential(
      stored.authorization, account: account(stored.ownerLogin, snapshot),
      overlapEnd: snapshot.overlapEnd(of: stored))
  }

  private func legacyKey(_ digest: [UInt8], _ snapshot: Snapshot) throws -> KnownCredential? {
    guard let key = try snapshot.key(digest: digest) else { return nil }
    guard let owner = try snapshot.account(id: key.owner) else { return nil }
    return KnownCredential(key, account: try account(owner.login, snapshot))
  }

  private func account(_ login: Login, _ snapshot: Snapshot) throws -> KnownAccount? {
    if let known = memory.account(login) { return known }
    guard let policy = rules?.policy else { return nil }
    let account = try snapshot.knownAccount(login, under: policy)
    memory.remember(account, for: login)
    return account
  }
}

// MARK: - Passwords

extension Enforcement {
  private func judge(
    _ text: String, _ password: Secret, _ matter: Case, _ reader: FactsReader
  ) throws -> Judgement {
    let login = try? Login(parsing: text)
    let account = try login.flatMap { login in
      if let known = memory.account(login) { return known }
      return try reader.read { try self.account(login, $0) }
    }
    // Level and register come before any scrypt.
    let unchecked = matter.decide(.unchecked, account)
    guard unchecked.refusal == .credentialInvalid, PasswordDesk.isCheckable(password) else {
      return .ruled(site.rule(unchecked, .unchecked, matter, account: account, counter))
    }
    let guessed = GuessedLogin(login: login?.text ?? "", source: matter.attempt.request.source)
    let isRemembered = site.desk.remembers(
      login, password, guessed: guessed, epoch: matter.rules.epoch, at: matter.now)
    if isRemembered, let account {
      return .ruled(site.rule(.password, matter, account: account, counter))
    }
    guard let place = site.desk.place() else {
      // Nobody knows what it would have been, so there is nothing to record.
      guard !site.observesOnly else {
        return .ruled(Ruling(decision: Decision(refusal: nil, kind: .password), identity: nil))
      }
      return .ruled(
        site.rule(
          .unrecognised(.password), matter, account: account, counter,
          retryAfter: PasswordDesk.retryAfter))
    }
    return .deferred { [site, counter] in
      site.check(login, password, guessed, matter.attempt, counter, place)
    }
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
  /// Where a person reads more about it; nil where it is allowed.
  package let help: String?
  /// What the caller is told of the end of its method; nil where none is announced for it.
  package let notice: CutOverNotice?

  package init(
    decision: Decision, identity: Identity?, retryAfter: Int64? = nil, explanation: String? = nil,
    help: String? = nil, notice: CutOverNotice? = nil
  ) {
    self.decision = decision
    self.identity = identity
    self.retryAfter = retryAfter
    self.explanation = explanation
    self.help = help
    self.notice = notice
  }
}

/// What callers of legacy methods are told with every reply.
package struct CutOverNotice: Hashable, Sendable {
  package let cutOver: CutOver
  /// The URL at which a person reads what to do.
  package let help: String

  package init(cutOver: CutOver, help: String) {
    self.cutOver = cutOver
    self.help = help
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
  /// Tokens that end within *ExpiryNotice*; nil where the database cannot be asked.
  package var expiringTokens: Int?

  package init() {}
}
