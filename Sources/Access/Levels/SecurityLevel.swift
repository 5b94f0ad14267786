/// How strict the API is about credentials while the API mode is `bearer`; ordered by strictness.
package enum SecurityLevel: String, CaseIterable, Comparable, Sendable {
  case standard, high, maximum

  /// The name on screens, like `High`.
  package var name: String {
    switch self {
    case .standard: "Standard"
    case .high: "High"
    case .maximum: "Maximum"
    }
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.strictness < right.strictness
  }

  private var strictness: Int {
    switch self {
    case .standard: 0
    case .high: 1
    case .maximum: 2
    }
  }
}

/// Whose passwords still work at level High.
package enum PasswordsAtHigh: String, CaseIterable, Sendable {
  /// Those of accounts registered as essential integrations.
  case registered
  case all
}

/// What the two legacy properties make of the API.
package enum APIMode: String, CaseIterable, Sendable {
  /// Legacy keys are native; no Bearer, and the level is shown but locked.
  case legacy
  /// Tokens can be made, and the security level rules.
  case bearer
  /// Both properties are true: as `legacy`, the native switch wins; a warning.
  case conflict
  /// Both properties are false: nothing is accepted; an error with two ways out.
  case closed

  package init(enableLegacy: Bool, emulateLegacy: Bool) {
    self =
      switch (enableLegacy, emulateLegacy) {
      case (true, false): .legacy
      case (false, true): .bearer
      case (true, true): .conflict
      case (false, false): .closed
      }
  }
}

/// The kinds of credential a request can carry.
package enum CredentialKind: String, CaseIterable, Sendable {
  case bearer
  case password
  case legacyKey = "legacy_key"

  /// As people read it: `Bearer token`, `password`, `legacy key`.
  package var name: String {
    switch self {
    case .bearer: "Bearer token"
    case .password: "password"
    case .legacyKey: "legacy key"
    }
  }
}

/// What mode and level make of one kind of credential.
package enum Acceptance: Equatable, Sendable {
  case accepted
  /// Only for accounts registered as essential integrations.
  case listed
  case refused
}

extension Policy {
  package var mode: APIMode {
    APIMode(
      enableLegacy: properties.enableLegacyAPIKey, emulateLegacy: properties.emulateLegacyAPIKey)
  }

  /// What this policy makes of `kind`, whoever presents it.
  package func acceptance(of kind: CredentialKind) -> Acceptance {
    switch mode {
    case .closed: .refused
    case .legacy, .conflict: kind == .bearer ? .refused : .accepted
    case .bearer:
      switch (level, kind) {
      case (_, .bearer), (.standard, _): .accepted
      case (.high, .password): passwordsAtHigh == .all ? .accepted : .listed
      case (.high, .legacyKey), (.maximum, _): .refused
      }
    }
  }
}
