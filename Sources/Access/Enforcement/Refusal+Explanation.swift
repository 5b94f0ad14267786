extension Refusal {
  /// The cause and the next step for the caller.
  ///
  /// Says no more than the code does: it may be read by somebody who only guesses.
  ///
  /// - Parameters:
  ///   - kind: what was presented.
  ///   - policy: the policy in force.
  /// - Returns: one sentence or two.
  package func explanation(of kind: CredentialKind?, under policy: Policy) -> String {
    switch self {
    case .apiDisabled:
      "This API accepts no requests at present. Ask whoever administers it."
    case .requestUnsafe:
      "The request's path can be read in more than one way. Send it without dot segments, empty segments, `;`, `\\` and encoded separators."
    case .credentialMissing:
      "No credential was sent. Send a Bearer token as Authorization: Bearer."
    case .credentialAmbiguous:
      "More than one credential was sent. Send exactly one, in one header."
    case .methodRefused: Self.methodExplanation(of: kind, under: policy)
    case .brownout:
      "This kind of credential is refused for a short time, to find out who still uses it. Move to a Bearer token; this one works again later."
    case .credentialInvalid:
      "The credential was not accepted. Check that it is whole and for this site, or make a new one."
    case .accountInactive:
      "The account behind this credential is deactivated. Ask whoever administers this API."
    case .tokenRevoked: "This token was revoked or replaced. Use its successor, or make a new one."
    case .tokenExpired: "This token has ended. It cannot be extended; make a new one."
    case .tokenSuspended: "This token was unused for so long that it sleeps. Its owner can wake it."
    case .keyDisabled: "This legacy key is switched off. Make a Bearer token."
    case .sourceRefused:
      "This account may not be used from here, or its registration is past its review. Ask whoever administers this API."
    case .permissionMissing:
      "No role of this account grants \(Permission.useAPI.name). Ask whoever administers this API."
    case .scopeMissing:
      "This token may only read: GET, HEAD and OPTIONS. Use one whose scope is read and write."
    }
  }

  /// Where the service itself explains it to a person.
  package func help(under policy: Policy) -> String {
    policy.properties.tokenIssuer + "/help#" + rawValue
  }

  private static func methodExplanation(of kind: CredentialKind?, under policy: Policy) -> String {
    switch kind {
    case .bearer:
      "This site does not accept Bearer tokens yet. Use what it gave you before."
    case .legacyKey:
      "This site no longer accepts legacy keys. Make a Bearer token and send it as Authorization: Bearer."
    case .password where policy.acceptance(of: .password) == .listed:
      "Passwords work only for listed integrations. Make a Bearer token, or ask whoever administers this API."
    case .password, nil:
      "This site no longer accepts passwords. Make a Bearer token and send it as Authorization: Bearer."
    }
  }
}
