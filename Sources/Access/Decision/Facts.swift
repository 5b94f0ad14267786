/// What is known of the credential that a request presented.
package enum PresentedCredential: Hashable, Sendable {
  /// None was presented.
  case missing
  /// More than one kind, or a header repeated.
  case ambiguous
  /// One of this kind that is not recognised: malformed, unknown, wrong.
  case unrecognised(CredentialKind)
  /// A password whose account is known and which is not yet checked: level and register are
  /// judged before any scrypt.
  case unchecked
  case bearer(Authorization)
  case password
  case legacyKey(LegacyKey)

  package var kind: CredentialKind? {
    switch self {
    case .missing, .ambiguous: nil
    case .unrecognised(let kind): kind
    case .unchecked, .password: .password
    case .bearer: .bearer
    case .legacyKey: .legacyKey
    }
  }

  /// The id by which `explain` and the audit name it; passwords have none.
  package var id: String? {
    switch self {
    case .bearer(let token): token.id.text
    case .legacyKey(let key): key.id.text
    default: nil
    }
  }
}

/// What is known of the account behind the credential.
package struct AccountFacts: Hashable, Sendable {
  package var account: Account
  /// Its entry in the register of essential integrations.
  package var integration: EssentialIntegration?

  package init(account: Account, integration: EssentialIntegration? = nil) {
    self.account = account
    self.integration = integration
  }
}

/// What is known of the request itself.
package struct RequestFacts: Hashable, Sendable {
  /// nil where the gateway did not say; network rules then refuse.
  package var source: IPAddress?
  package var method: String
  /// Whether headers and path are fit to be judged at all.
  package var isSafe: Bool

  package init(source: IPAddress? = nil, method: String = "GET", isSafe: Bool = true) {
    self.source = source
    self.method = method
    self.isSafe = isSafe
  }
}

/// What operators set beside the policy; never rolled back with it.
package struct Operations: Hashable, Sendable {
  /// A level that live traffic is judged by as well.
  package var observedLevel: SecurityLevel?
  package var observedSince: Instant?
  package var brownouts: [Brownout]
  /// Announced to callers of legacy methods; switches nothing by itself.
  package var cutOver: CivilDate?

  package init(
    observedLevel: SecurityLevel? = nil, observedSince: Instant? = nil,
    brownouts: [Brownout] = [], cutOver: CivilDate? = nil
  ) {
    self.observedLevel = observedLevel
    self.observedSince = observedSince
    self.brownouts = brownouts
    self.cutOver = cutOver
  }
}

/// A window in which one kind of credential is refused on purpose, to see who fails.
package struct Brownout: Hashable, Sendable, Identifiable {
  package let id: Identifier<Brownout>
  package let kind: CredentialKind
  package let from: Instant
  /// Exclusive.
  package let until: Instant
  package var abortedAt: Instant?

  package init(
    id: Identifier<Brownout>, kind: CredentialKind, from: Instant, until: Instant,
    abortedAt: Instant? = nil
  ) {
    self.id = id
    self.kind = kind
    self.from = from
    self.until = until
    self.abortedAt = abortedAt
  }

  package func refuses(_ kind: CredentialKind, at now: Instant) -> Bool {
    abortedAt == nil && kind == self.kind && from <= now && now < until
  }
}
