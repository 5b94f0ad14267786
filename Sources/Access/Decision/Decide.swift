/// Decides about one request; the whole of what Gatehouse enforces.
///
/// Pure: the same facts at the same instant give the same answer. The order is that of
/// ``Refusal``; what depends on a secret is found out only after the secret was proved.
///
/// - Parameters:
///   - policy: the policy in force at `now`.
///   - operations: brownout windows.
///   - credential: what was presented, recognised or not.
///   - account: the owner of a recognised credential, or of an unchecked password's login; nil
///     where there is none.
///   - request: where it came from and what it wants to do.
///   - now: never earlier than the latest instant already stored.
/// - Returns: the answer; ``Decision/checks`` are found from it when somebody asks.
package func decide(
  _ policy: Policy, _ operations: Operations, credential: PresentedCredential,
  account: AccountFacts?, request: RequestFacts, at now: Instant
) -> Decision {
  var inquiry = Inquiry(kind: credential.kind)
  inquiry.run(policy, operations, credential, account, request, now)
  return Decision(
    refusal: inquiry.refusal, kind: credential.kind, retryAfter: inquiry.retryAfter)
}

/// What the checks came to; stops at the first that fails.
private struct Inquiry {
  let kind: CredentialKind?
  var refusal: Refusal?
  var retryAfter: Int64?

  mutating func run(
    _ policy: Policy, _ operations: Operations, _ credential: PresentedCredential,
    _ account: AccountFacts?, _ request: RequestFacts, _ now: Instant
  ) {
    guard pass(unless: policy.mode == .closed ? .apiDisabled : nil),
      pass(unless: request.isSafe ? nil : .requestUnsafe),
      pass(unless: credential.absence), let kind,
      pass(unless: method(policy.acceptance(of: kind), account)),
      pass(unless: brownout(operations, kind, now)),
      pass(
        unless: credential.isRecognised && account != nil ? nil : .credentialInvalid),
      let account,
      pass(unless: account.account.isActive ? nil : .accountInactive),
      pass(unless: credential.stateRefusal(at: now, under: policy)),
      pass(unless: source(policy, kind, account, request, now))
    else { return }
    let permissions = policy.permissions(of: account.account.roles)
    guard pass(unless: permissions.contains(.useAPI) ? nil : .permissionMissing) else {
      return
    }
    _ = pass(unless: credential.allows(method: request.method) ? nil : .scopeMissing)
  }

  private mutating func pass(unless refusal: Refusal?) -> Bool {
    self.refusal = refusal
    return refusal == nil
  }

  private func method(_ acceptance: Acceptance, _ account: AccountFacts?) -> Refusal? {
    switch acceptance {
    case .accepted: nil
    case .listed: account?.integration == nil ? .methodRefused : nil
    case .refused: .methodRefused
    }
  }

  private mutating func brownout(
    _ operations: Operations, _ kind: CredentialKind, _ now: Instant
  ) -> Refusal? {
    guard !operations.brownouts.isEmpty,
      let end = operations.brownout(of: kind, at: now)?.until
    else { return nil }
    // Rounded up: a try that comes a moment too early would only be refused again.
    let whole = end.seconds(since: now)
    retryAfter = now.advanced(bySeconds: whole) < end ? whole + 1 : whole
    return .brownout
  }

  private func source(
    _ policy: Policy, _ kind: CredentialKind, _ account: AccountFacts, _ request: RequestFacts,
    _ now: Instant
  ) -> Refusal? {
    guard policy.acceptance(of: kind) == .listed, let integration = account.integration else {
      return nil
    }
    return integration.isPastReview(at: now) || !integration.allows(request.source)
      ? .sourceRefused : nil
  }
}

extension PresentedCredential {
  fileprivate var absence: Refusal? {
    switch self {
    case .missing: .credentialMissing
    case .ambiguous: .credentialAmbiguous
    default: nil
    }
  }

  fileprivate var isRecognised: Bool {
    switch self {
    case .bearer, .password, .legacyKey: true
    case .missing, .ambiguous, .unrecognised, .unchecked: false
    }
  }

  fileprivate func stateRefusal(at now: Instant, under policy: Policy) -> Refusal? {
    switch self {
    case .bearer(let token):
      switch token.state(at: now, under: policy) {
      case .active, .expiring: nil
      case .revoked, .replaced: .tokenRevoked
      case .expired: .tokenExpired
      case .suspended: .tokenSuspended
      }
    case .legacyKey(let key): key.state == .active ? nil : .keyDisabled
    default: nil
    }
  }

  fileprivate func allows(method: String) -> Bool {
    if case .bearer(let token) = self { token.scope.allows(method: method) } else { true }
  }
}
