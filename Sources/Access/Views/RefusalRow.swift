/// Requests that were refused alike: the same caller, kind, source and reason.
package struct RefusalRow: ListRow {
  package let caller: RefusedCaller
  package let kind: CredentialKind?
  /// An address; nil where the gateway named none.
  package let source: String?
  package let reason: Refusal
  package let times: Int64
  package let lastAt: Instant
  /// Of the last of them.
  package let agent: String?
  package let method: String?
  package let path: String?
  /// Who was last accepted from the address, where nobody is known; a hint, not a finding.
  package let lastAccepted: Accepted?

  package struct Accepted: Hashable, Sendable {
    package let caller: RefusedCaller
    package let at: Instant

    package init(caller: RefusedCaller, at: Instant) {
      self.caller = caller
      self.at = at
    }
  }

  package init(
    caller: RefusedCaller, kind: CredentialKind?, source: String?, reason: Refusal, times: Int64,
    lastAt: Instant, agent: String? = nil, method: String? = nil, path: String? = nil,
    lastAccepted: Accepted? = nil
  ) {
    self.caller = caller
    self.kind = kind
    self.source = source
    self.reason = reason
    self.times = times
    self.lastAt = lastAt
    self.agent = agent
    self.method = method
    self.path = path
    self.lastAccepted = lastAccepted
  }

  package var id: String {
    "\(caller.text)\n\(kind?.rawValue ?? "")\n\(source ?? "")\n\(reason.rawValue)"
  }

  package var cursor: RowCursor { RowCursor(key: .integer(lastAt.milliseconds), id: id) }

  /// The same request once more, as far as it is known.
  package var request: RequestFacts {
    RequestFacts(
      source: source.flatMap(IPAddress.init(parsing:)), method: method ?? "GET",
      isSafe: reason != .requestUnsafe)
  }
}

/// Whoever was refused or accepted, so far as they are known.
package enum RefusedCaller: Hashable, Sendable {
  case unknown
  /// What went beyond the number of groups that are told apart.
  case others
  case token(id: String, owner: String, name: String)
  case legacyKey(id: String, owner: String, label: String)
  case account(login: String)

  /// The token's or key's id, or the login, by which a decision is explained.
  package var credential: String? {
    switch self {
    case .unknown, .others: nil
    case .token(let id, _, _), .legacyKey(let id, _, _): id
    case .account(let login): login
    }
  }

  package var owner: String? {
    switch self {
    case .unknown, .others: nil
    case .token(_, let owner, _), .legacyKey(_, let owner, _): owner
    case .account(let login): login
    }
  }

  /// `bob ci-deploy`, `bob`, `not known` or `others`.
  package var text: String {
    switch self {
    case .unknown: "not known"
    case .others: "others"
    case .token(_, let owner, let name), .legacyKey(_, let owner, let name): "\(owner) \(name)"
    case .account(let login): login
    }
  }
}

/// What refused requests are looked for.
package struct RefusalFilter: Hashable, Sendable {
  /// At most 24 hours ago; to the ten minutes that it falls into.
  package var since: Instant
  /// Each must be in the caller, the source or the reason.
  package var words: [String]
  package var limit: Int

  package init(since: Instant, words: [String] = [], limit: Int = 500) {
    self.since = since
    self.words = words
    self.limit = limit
  }
}

/// Refused requests, the latest first.
package struct RefusalReport: Hashable, Sendable {
  package let rows: [RefusalRow]
  /// How many rows there are, those beyond the limit too.
  package let callers: Int
  package let requests: Int64

  package init(rows: [RefusalRow], callers: Int, requests: Int64) {
    self.rows = rows
    self.callers = callers
    self.requests = requests
  }
}

/// What requests are summed up by.
package enum UsageGrouping: String, CaseIterable, Sendable {
  case method, credential, account, reason
}

/// How many requests one method, credential, account or reason had.
package struct UsageRow: Hashable, Sendable {
  /// Nil where requests are summed up by account or reason.
  package let kind: CredentialKind?
  package let name: String
  package let requests: Int64
  /// The last day with any, in days since 1970, UTC.
  package let lastDay: Int64

  package init(kind: CredentialKind?, name: String, requests: Int64, lastDay: Int64) {
    self.kind = kind
    self.name = name
    self.requests = requests
    self.lastDay = lastDay
  }
}
