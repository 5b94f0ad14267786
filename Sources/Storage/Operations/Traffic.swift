package import Access

/// What was counted of requests since the last time, as it is written together.
package struct Traffic: Sendable {
  package var usages: [Usage]
  package var refusals: [RefusedRequests]
  package var acceptances: [Acceptance]
  package var guesses: [GuessedLogin: Guesses]

  package init(
    usages: [Usage] = [], refusals: [RefusedRequests] = [], acceptances: [Acceptance] = [],
    guesses: [GuessedLogin: Guesses] = [:]
  ) {
    self.usages = usages
    self.refusals = refusals
    self.acceptances = acceptances
    self.guesses = guesses
  }

  package var isEmpty: Bool {
    usages.isEmpty && refusals.isEmpty && acceptances.isEmpty && guesses.isEmpty
  }

  /// Who was last accepted from an address.
  package struct Acceptance: Hashable, Sendable {
    package let source: String
    package let caller: String
    package let at: Instant

    package init(source: String, caller: String, at: Instant) {
      self.source = source
      self.caller = caller
      self.at = at
    }
  }
}

/// Requests that were refused alike, or would have been.
package struct RefusedRequests: Hashable, Sendable {
  /// What a refusal is kept for.
  package enum Ledger: Hashable, Sendable {
    /// What was refused, in slots of ten minutes.
    case refusals
    /// What the level observed since then would have refused.
    case observation(since: Instant)
    case brownout(Identifier<Brownout>)
  }

  package let ledger: Ledger
  package let group: RefusalGroup
  /// When the first of them came.
  package var firstAt: Instant
  /// When the last of them came.
  package var at: Instant
  package var count: Int64
  package var agent: String?
  package var method: String?
  package var path: String?

  package init(
    _ group: RefusalGroup, for ledger: Ledger = .refusals, at: Instant, count: Int64 = 1,
    agent: String? = nil, method: String? = nil, path: String? = nil
  ) {
    self.ledger = ledger
    self.group = group
    firstAt = at
    self.at = at
    self.count = count
    self.agent = agent
    self.method = method
    self.path = path
  }

  /// The ten minutes it is kept in; 0 where the ledger has no slots.
  package var slot: Int64 { ledger == .refusals ? Self.slot(of: at) : 0 }

  /// The same requests in a larger group.
  package func counted(as group: RefusalGroup) -> RefusedRequests {
    var counted = RefusedRequests(
      group, for: ledger, at: at, count: count, agent: agent, method: method, path: path)
    counted.firstAt = firstAt
    return counted
  }

  /// Milliseconds.
  package static let slotLength: Int64 = 600_000

  /// Ten-minute slots since 1970.
  package static func slot(of instant: Instant) -> Int64 {
    instant.milliseconds / slotLength
  }
}

/// What refused requests are gathered by.
package struct RefusalGroup: Hashable, Sendable {
  /// `token:ID`, `legacy_key:ID` or `account:LOGIN`; empty where nobody is known.
  package let caller: String
  package let kind: CredentialKind?
  /// An address; empty where the gateway named none.
  package let source: String
  package let reason: Refusal

  package init(caller: String, kind: CredentialKind?, source: String, reason: Refusal) {
    self.caller = caller
    self.kind = kind
    self.source = source
    self.reason = reason
  }

  package static func caller(_ token: Identifier<Authorization>) -> String { "token:\(token)" }
  package static func caller(_ key: Identifier<LegacyKey>) -> String { "legacy_key:\(key)" }
  package static func caller(_ account: Login) -> String { "account:\(account)" }

  /// What it is counted as once there are too many groups.
  package var others: RefusalGroup {
    RefusalGroup(caller: "others", kind: kind, source: "", reason: reason)
  }

  /// How many are told apart in 24 hours.
  package static let limit = 10_000
}
