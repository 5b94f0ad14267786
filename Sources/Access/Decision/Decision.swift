/// The answer to one request, and why.
package struct Decision: Hashable, Sendable {
  /// nil is allowed.
  package let refusal: Refusal?
  /// What was presented, so far as it may be told.
  package let kind: CredentialKind?
  /// Seconds until another try makes sense, inside a brownout.
  package let retryAfter: Int64?

  package init(refusal: Refusal?, kind: CredentialKind?, retryAfter: Int64? = nil) {
    self.refusal = refusal
    self.kind = kind
    self.retryAfter = retryAfter
  }

  /// Every check that was made, in order; the last one failed where there is a refusal.
  ///
  /// Made on demand: a gate that decides thousands of requests a second needs none of them.
  package var checks: [Check] {
    guard let refusal else {
      return Check.Subject.allCases.map { Check(subject: $0, outcome: .passed) }
    }
    let last = refusal.subject
    let passed = Check.Subject.allCases.prefix { $0 != last }
    return passed.map { Check(subject: $0, outcome: .passed) }
      + [Check(subject: last, outcome: .refused)]
  }

  package var isAllowed: Bool { refusal == nil }

  /// 200, 401 or 403.
  package var status: Int { refusal?.status ?? 200 }

  /// The word for it: `allowed`, or the refusal's code.
  package var reason: String { refusal?.rawValue ?? "allowed" }
}

/// Why a request is refused, in the order in which it is found out.
package enum Refusal: String, CaseIterable, Sendable {
  case apiDisabled = "api_disabled"
  case requestUnsafe = "request_unsafe"
  case credentialMissing = "credential_missing"
  case credentialAmbiguous = "credential_ambiguous"
  case methodRefused = "method_refused"
  case brownout
  case credentialInvalid = "credential_invalid"
  case accountInactive = "account_inactive"
  case tokenRevoked = "token_revoked"
  case tokenExpired = "token_expired"
  case tokenSuspended = "token_suspended"
  case keyDisabled = "key_disabled"
  case sourceRefused = "source_refused"
  case permissionMissing = "permission_missing"
  case scopeMissing = "scope_missing"

  /// The HTTP status: 403 where another credential of the same person would not help.
  package var status: Int {
    switch self {
    case .apiDisabled, .requestUnsafe, .permissionMissing, .scopeMissing: 403
    default: 401
    }
  }

  /// The check that finds it.
  package var subject: Check.Subject {
    switch self {
    case .apiDisabled: .api
    case .requestUnsafe: .request
    case .credentialMissing, .credentialAmbiguous: .credential
    case .methodRefused: .method
    case .brownout: .brownout
    case .credentialInvalid: .recognition
    case .accountInactive: .account
    case .tokenRevoked, .tokenExpired, .tokenSuspended, .keyDisabled: .state
    case .sourceRefused: .source
    case .permissionMissing: .permission
    case .scopeMissing: .scope
    }
  }
}

/// One question of ``Policy/decide(_:_:account:request:at:)``, and its answer.
package struct Check: Hashable, Sendable {
  /// In the order in which they are asked.
  package enum Subject: String, CaseIterable, Sendable {
    case api, request, credential, method, brownout, recognition, account, state, source,
      permission, scope
  }

  package enum Outcome: String, Sendable { case passed, refused }

  package let subject: Subject
  package let outcome: Outcome
}
