import Access
import Storage

/// What one database state says about everybody: the policy in force and what operators set.
final class Rules: Sendable {
  let policy: Policy
  let operations: Operations
  /// By what traffic is judged as well, where that differs from the policy.
  let candidate: Candidate?
  let epoch: Int64
  /// In lower case.
  let legacyKeyHeader: String
  private let notice: CutOverNotice?
  /// When the policy takes itself back.
  private let deadline: Instant?

  struct Candidate: Sendable {
    let policy: Policy
    let since: Instant
  }

  init(_ snapshot: Snapshot, epoch: Int64) throws {
    let standing = try snapshot.standing()
    policy = standing.policy
    deadline = standing.pending?.deadline
    var operations = try snapshot.operations()
    // What is over refuses nobody: years of windows are not gone through for each request.
    let now = try snapshot.now()
    operations.brownouts.removeAll { !$0.state(at: now).isOpen }
    self.operations = operations
    candidate = operations.observation.flatMap { observation in
      let candidate = standing.policy.at(observation.level)
      return candidate == standing.policy
        ? nil : Candidate(policy: candidate, since: observation.since)
    }
    notice = operations.cutOver.map {
      CutOverNotice(cutOver: $0, help: CutOver.help(under: standing.policy))
    }
    self.epoch = epoch
    legacyKeyHeader = policy.properties.legacyKeyHeader.lowercased()
  }

  func hold(at now: Instant) -> Bool { deadline.map { now < $0 } ?? true }

  /// What a caller is told of the end of its method.
  func notice(to kind: CredentialKind?, of account: KnownAccount?) -> CutOverNotice? {
    guard let notice, let kind,
      notice.cutOver.concerns(kind, isRegistered: account?.facts.integration != nil)
    else { return nil }
    return notice
  }
}

/// One request and what it is judged by.
struct Case: Sendable {
  let attempt: Attempt
  let rules: Rules
  let now: Instant

  func decide(_ presented: PresentedCredential, _ account: KnownAccount?) -> Decision {
    Access.decide(
      rules.policy, rules.operations, credential: presented, account: account?.facts,
      request: attempt.request, at: now)
  }

  /// Why the observed level would refuse what the policy in force allows.
  func candidateRefusal(
    _ presented: PresentedCredential, _ account: KnownAccount?
  ) -> (refusal: Refusal, since: Instant)? {
    guard let candidate = rules.candidate else { return nil }
    return Access.decide(
      candidate.policy, rules.operations, credential: presented, account: account?.facts,
      request: attempt.request, at: now
    ).refusal.map { ($0, candidate.since) }
  }

  /// The caller's refusal as it is counted.
  func refused(
    _ presented: PresentedCredential, _ account: KnownAccount?, because reason: Refusal,
    for ledger: RefusedRequests.Ledger = .refusals
  ) -> RefusedRequests {
    RefusedRequests(
      RefusalGroup(
        caller: presented.caller(of: account), kind: presented.kind,
        source: attempt.request.source?.description ?? "", reason: reason),
      for: ledger, at: now, agent: attempt.agent, method: attempt.request.method,
      path: attempt.path)
  }
}

extension EnforcementSite {
  /// Decides, counts, and says what the answer carries.
  func rule(
    _ presented: PresentedCredential, _ matter: Case, account: KnownAccount?,
    _ counter: TrafficCounter, retryAfter: Int64? = nil
  ) -> Ruling {
    rule(
      matter.decide(presented, account), presented, matter, account: account, counter,
      retryAfter: retryAfter)
  }

  func rule(
    _ decision: Decision, _ presented: PresentedCredential, _ matter: Case,
    account: KnownAccount?, _ counter: TrafficCounter, retryAfter: Int64? = nil
  ) -> Ruling {
    guard let refusal = decision.refusal else {
      return allow(decision, presented, matter, account, counter)
    }
    counter.count(matter.refused(presented, account, because: refusal))
    if refusal == .brownout, let kind = decision.kind,
      let window = matter.rules.operations.brownout(of: kind, at: matter.now)
    {
      counter.count(
        matter.refused(presented, account, because: refusal, for: .brownout(window.id)))
    }
    let notice = matter.rules.notice(to: decision.kind, of: account)
    guard !observesOnly else {
      return Ruling(
        decision: Decision(refusal: nil, kind: decision.kind), identity: nil, notice: notice)
    }
    return Ruling(
      decision: decision, identity: nil, retryAfter: retryAfter ?? decision.retryAfter,
      explanation: refusal.explanation(of: decision.kind, under: matter.rules.policy),
      help: refusal.help(under: matter.rules.policy), notice: notice)
  }

  private func allow(
    _ decision: Decision, _ presented: PresentedCredential, _ matter: Case,
    _ account: KnownAccount?, _ counter: TrafficCounter
  ) -> Ruling {
    guard let account, let credential = presented.usage(of: account) else {
      return Ruling(decision: decision, identity: nil)
    }
    counter.count(credential, login: account.facts.account.login, matter.attempt, at: matter.now)
    if let (refusal, since) = matter.candidateRefusal(presented, account) {
      counter.count(
        matter.refused(presented, account, because: refusal, for: .observation(since: since)))
    }
    let (client, keyID, scope) =
      switch presented {
      case .bearer(let token): (token.name, token.id.text, token.scope)
      case .legacyKey(let key): (key.label, key.id.text, TokenScope.readWrite)
      default: ("", "", TokenScope.readWrite)
      }
    return Ruling(
      decision: decision,
      identity: Identity(
        login: account.facts.account.login, client: client, keyID: keyID,
        kind: presented.kind ?? .password, scope: scope, roles: account.roleNames),
      notice: matter.rules.notice(to: presented.kind, of: account))
  }
}

// MARK: - What takes a commit or scrypt

extension EnforcementSite {
  /// Ends the time of what a token replaces, then judges the request with the token.
  func useFirst(
    _ id: Identifier<Authorization>, _ attempt: Attempt, _ counter: TrafficCounter
  ) -> Judgement {
    do {
      try look()
      try administration.endOverlap(
        before: id, source: attempt.request.source?.description ?? "")
      let reader = try FactsReader(store)
      let epoch = try reader.ground().epoch
      return try reader.read { snapshot in
        let rules = try Rules(snapshot, epoch: epoch)
        let matter = Case(attempt: attempt, rules: rules, now: try snapshot.now())
        guard let stored = try snapshot.token(id: id) else {
          return .ruled(rule(.unrecognised(.bearer), matter, account: nil, counter))
        }
        let account = try snapshot.knownAccount(stored.ownerLogin, under: rules.policy)
        return .ruled(rule(.bearer(stored.authorization), matter, account: account, counter))
      }
    } catch {
      return .unavailable("\(error)")
    }
  }

  /// Checks a password; whoever is slowed down, unknown or wrong costs and gets the same.
  func check(
    _ login: Login?, _ password: Secret, _ guessed: GuessedLogin, _ attempt: Attempt,
    _ counter: TrafficCounter, _ place: PasswordDesk.Place
  ) -> Judgement {
    withExtendedLifetime(place) {
      do {
        try look()
        let reader = try FactsReader(store)
        let epoch = try reader.ground().epoch
        let (matter, account, hash) = try reader.read { snapshot in
          let rules = try Rules(snapshot, epoch: epoch)
          let account = try login.flatMap { try snapshot.knownAccount($0, under: rules.policy) }
          return (
            Case(attempt: attempt, rules: rules, now: try snapshot.now()), account,
            try account.flatMap { try snapshot.passwordHash(of: $0.facts.account.id) }
          )
        }
        let unchecked = matter.decide(.unchecked, account)
        guard unchecked.refusal == .credentialInvalid else {
          return .ruled(rule(unchecked, .unchecked, matter, account: account, counter))
        }
        let isRight = desk.arithmetic.verify(password, hash ?? desk.decoy) && hash != nil
        let delay = desk.delay(of: guessed, at: matter.now)
        guard delay == nil, isRight, let login else {
          if delay == nil { desk.count(wrongFor: guessed, at: matter.now) }
          return .ruled(
            rule(
              unchecked, .unchecked, matter, account: account, counter, retryAfter: delay))
        }
        desk.remember(login, password, epoch: epoch, at: matter.now)
        return .ruled(rule(.password, matter, account: account, counter))
      } catch {
        return .unavailable("\(error)")
      }
    }
  }
}

extension Administration {
  /// Ends the time of the token that another replaces, because that one is now in use.
  ///
  /// Does nothing where it is over already, or the successor may no longer be used.
  func endOverlap(before id: Identifier<Authorization>, source: String) throws {
    let gate = Actor(account: nil, login: Actor.system.login, through: .gate, source: source)
    do {
      try store.write(by: gate) { transaction in
        let snapshot = transaction.snapshot
        let policy = try snapshot.standing().policy
        guard let successor = try snapshot.token(id: id),
          try successor.authorization.state(at: snapshot.now(), under: policy).isLive,
          let old = try successor.predecessor.flatMap(snapshot.token),
          try transaction.endOverlap(of: old.authorization.id)
        else { throw NothingToEnd() }
        return Recorded(
          (),
          AuditEvent(
            "token.replace", target: old.target,
            before: "works until \(old.authorization.replacedAt?.rfc3339 ?? "its end")",
            after: "replaced by the first use of token \(id)"))
      }
    } catch is NothingToEnd {
      return
    }
  }

  private struct NothingToEnd: Error {}
}

// MARK: - Facts

extension Snapshot {
  /// An account with its entry in the register.
  func knownAccount(_ login: Login, under policy: Policy) throws -> KnownAccount? {
    guard let account = try account(login: login) else { return nil }
    return KnownAccount(
      AccountFacts(account: account, integration: try integration(of: account.id)), under: policy)
  }

  /// Until when the token that another replaces works beside it; nil where that is over.
  func overlapEnd(of token: StoredToken) throws -> Instant? {
    guard let old = try token.predecessor.flatMap({ try self.token(id: $0) })?.authorization,
      old.revocation == nil, let end = old.replacedAt, try end > now()
    else { return nil }
    return end
  }
}

extension PresentedCredential {
  /// `token:ID`, `legacy_key:ID` or `account:LOGIN`; empty where nobody is known.
  fileprivate func caller(of account: KnownAccount?) -> String {
    switch self {
    case .bearer(let token): RefusalGroup.caller(token.id)
    case .legacyKey(let key): RefusalGroup.caller(key.id)
    default: account.map { RefusalGroup.caller($0.facts.account.login) } ?? ""
    }
  }

  fileprivate func usage(of account: KnownAccount) -> Usage.Credential? {
    switch self {
    case .bearer(let token): .token(token.id)
    case .legacyKey(let key): .legacyKey(key.id)
    case .password: .password(account.facts.account.id)
    case .missing, .ambiguous, .unrecognised, .unchecked: nil
    }
  }
}
