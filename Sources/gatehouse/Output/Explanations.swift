import Access
import TerminalKit

extension JSONValue {
  init(_ explanation: Explanation) {
    let decision = explanation.decision
    self = [
      "allowed": .bool(decision.isAllowed),
      "reason": .string(decision.reason),
      "status": JSONValue(decision.status),
      "account": JSONValue(explanation.account?.text),
      "method": JSONValue(decision.kind?.rawValue),
      "credential_id": JSONValue(explanation.credential),
      "name": .string(explanation.name),
      "retry_after": decision.retryAfter.map(JSONValue.integer) ?? .null,
      "checks": .array(
        decision.checks.map {
          ["check": .string($0.subject.rawValue), "outcome": .string($0.outcome.rawValue)]
        }),
    ]
  }
}

extension Explanation {
  func lines(ink: Ink) -> [String] {
    var fields = Fields()
    fields.add(
      "Decision",
      Cell(
        "\(decision.isAllowed ? "allowed" : "refused"), \(decision.status)",
        decision.isAllowed ? .ok : .danger))
    if !decision.isAllowed { fields.add("Reason", decision.reason) }
    fields.add("Method", decision.kind?.name)
    fields.add("Credential", credential.map { name.isEmpty ? $0 : "\(name) (\($0))" })
    fields.add("Account", account?.text)
    if let seconds = decision.retryAfter { fields.add("Try again in", span(seconds)) }
    return fields.lines(ink: ink) + [""]
      + decision.checks.map { check in
        let mark =
          check.outcome == .passed ? ink.paint("ok     ", .ok) : ink.paint("REFUSED", .danger)
        return "\(mark)  \(check.subject.question)"
      }
  }
}

extension Check.Subject {
  /// What the check asks.
  fileprivate var question: String {
    switch self {
    case .api: "the API is open"
    case .request: "the request is well formed and came by a listed peer"
    case .credential: "exactly one credential was presented"
    case .method: "mode and level accept this kind of credential"
    case .brownout: "no brownout refuses this kind now"
    case .recognition: "the credential is known"
    case .account: "its account is active"
    case .state: "it is not revoked, expired, asleep or switched off"
    case .source: "it comes from where it may"
    case .permission: "a role grants \(Permission.useAPI.name)"
    case .scope: "its scope covers the request's method"
    }
  }
}
