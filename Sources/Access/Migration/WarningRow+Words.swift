extension WarningRow {
  /// What was seen of it, with the span in which it was looked for.
  ///
  /// - Parameter window: *UsageWindow*.
  /// - Returns: one sentence, or nothing where there is no more to say than the warning does.
  package func evidence(window: FiniteLifetime) -> String {
    var parts: [String] = []
    if let uses {
      let days = (observedSeconds ?? 0) / 86_400
      let short = observedSeconds.map { $0 < window.seconds } ?? true
      let span =
        observedSeconds == nil
        ? "no traffic was seen at all"
        : short ? "only \(days == 1 ? "1 day" : "\(days) days") observed" : ""
      let count = uses == 1 ? "1 use" : "\(uses) uses"
      parts.append("\(count) in \(window)" + (span.isEmpty ? "" : ", but \(span)"))
    }
    if isUsedSinceReview { parts.append("used since it was reviewed as \(state.rawValue)") }
    if let replacement {
      parts.append(
        "replaced by token \(replacement.name), "
          + (replacement.lastUsedAt == nil ? "not used yet" : "in use"))
    }
    return parts.joined(separator: "; ")
  }

  /// What whoever works on it does next.
  package var nextStep: String {
    switch kind {
    case .legacyKey where !isOwnerActive:
      "Its owner has left: find who runs it, or retire the key."
    case .legacyKey where severity == .stop:
      "Ask its owner to make a Bearer token and send that; link it to the key, then switch the key off."
    case .legacyKey:
      "Ask its owner whether a monthly or yearly job uses it; else switch it off."
    case .password:
      "Ask for a Bearer token instead, or register the account as an essential integration."
    case .integrationPastReview:
      "Ask its contact whether it is still needed, and set a new review date or remove it."
    case .ownerWithoutAPI:
      "Grant the owner a role with \(Permission.useAPI.name), or end the credentials."
    case .ownerDeactivated: "Its credentials are refused: end them, or reactivate the account."
    case .serviceWithoutContact: "Write down whom to ask about it."
    case .tokenBeyondMaximum:
      "Keep it, or end it with `gatehouse expiration set --existing` spread over some days."
    case .tokenNeverUsed: "Ask its owner whether it is needed; else revoke it."
    case .tokenStale: "Nobody has used it for long: revoke it unless its owner needs it."
    case .tokenExpiring: "Its owner rotates it before its end; both work until the new one is used."
    case .properties: "Enable Bearer support, which sets both legacy properties at once."
    case .oneAdministrator: "Give a second person a role that may manage settings and accounts."
    }
  }
}

extension WarningBreak {
  /// As people read it: `at High`, `already`.
  package var words: String {
    switch self {
    case .high: "High"
    case .maximum: "Maximum"
    case .now: "already"
    case .policy: "policy"
    case .never: "-"
    }
  }
}
