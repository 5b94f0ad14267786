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
