/// What a migration warning is about; with its subject that is its id.
package enum WarningKind: String, CaseIterable, Sendable {
  /// A legacy key that works, in use or never seen.
  case legacyKey = "legacy_key"
  /// A password whose account is not registered as an essential integration.
  case password
  case integrationPastReview = "integration_past_review"
  case ownerWithoutAPI = "owner_without_api"
  case ownerDeactivated = "owner_deactivated"
  case serviceWithoutContact = "service_without_contact"
  case tokenBeyondMaximum = "token_beyond_maximum"
  case tokenNeverUsed = "token_never_used"
  case tokenStale = "token_stale"
  case tokenExpiring = "token_expiring"
  case properties
  case oneAdministrator = "one_administrator"

  /// As people read it, before the name of its subject.
  package var words: String {
    switch self {
    case .legacyKey: "legacy key"
    case .password: "password of"
    case .integrationPastReview: "past review:"
    case .ownerWithoutAPI: "no API access:"
    case .ownerDeactivated: "left:"
    case .serviceWithoutContact: "no contact:"
    case .tokenBeyondMaximum: "too long: token"
    case .tokenNeverUsed: "never used: token"
    case .tokenStale: "stale: token"
    case .tokenExpiring: "ends soon: token"
    case .properties: "API mode"
    case .oneAdministrator: "one administrator:"
    }
  }
}

/// How urgent a warning is; the gravest first.
package enum WarningSeverity: String, CaseIterable, Comparable, Sendable {
  /// It is in use and stops, or nothing works.
  case stop
  case look
  /// A matter of time.
  case soon

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .stop: 0
    case .look: 1
    case .soon: 2
    }
  }
}

/// When what a warning is about stops working.
package enum WarningBreak: String, CaseIterable, Sendable {
  case high, maximum
  /// It is refused already.
  case now
  /// By the expiration policy, or by its own end.
  case policy
  /// Nothing stops by it.
  case never
}

/// A migration warning, with what was seen of its subject.
package struct WarningRow: ListRow {
  package let kind: WarningKind
  package let severity: WarningSeverity
  package let breaks: WarningBreak
  /// The token's, legacy key's or account's id; a word for what concerns the whole site.
  package let subject: String
  /// The token's or legacy key's name, or the account's login.
  package let name: String
  /// nil for what concerns the whole site.
  package let owner: String?
  package let isOwnerActive: Bool
  package let lastUsedAt: Instant?
  package let source: String?
  package let agent: String?
  /// Requests within *UsageWindow*; nil where nothing is counted.
  package let uses: Int64?
  /// When a token ends, or an integration's time; nil for never and for others.
  package let endsAt: Instant?
  /// Of a legacy key: the token that takes its place, by id and name, and when that was last used.
  package let replacement: Replacement?
  package let review: Review?
  /// Seconds for which traffic has been seen; nil where it never was.
  package let observedSeconds: Int64?
  package let cursor: RowCursor

  package struct Replacement: Hashable, Sendable {
    package let token: String
    package let name: String
    package let lastUsedAt: Instant?

    package init(token: String, name: String, lastUsedAt: Instant?) {
      self.token = token
      self.name = name
      self.lastUsedAt = lastUsedAt
    }
  }

  package init(
    kind: WarningKind, severity: WarningSeverity, breaks: WarningBreak, subject: String,
    name: String, owner: String?, isOwnerActive: Bool = true, lastUsedAt: Instant? = nil,
    source: String? = nil, agent: String? = nil, uses: Int64? = nil, endsAt: Instant? = nil,
    replacement: Replacement? = nil, review: Review? = nil, observedSeconds: Int64? = nil,
    cursor: RowCursor
  ) {
    self.kind = kind
    self.severity = severity
    self.breaks = breaks
    self.subject = subject
    self.name = name
    self.owner = owner
    self.isOwnerActive = isOwnerActive
    self.lastUsedAt = lastUsedAt
    self.source = source
    self.agent = agent
    self.uses = uses
    self.endsAt = endsAt
    self.replacement = replacement
    self.review = review
    self.observedSeconds = observedSeconds
    self.cursor = cursor
  }

  package var id: String { "\(kind.rawValue):\(subject)" }
  /// `legacy key ci-deploy`.
  package var what: String { "\(kind.words) \(name)" }
  package var state: ReviewState { review?.state ?? .new }

  /// Whether it still has to be worked on: also once a postponement is over.
  package func isOpen(at now: Instant) -> Bool {
    guard !state.isSettled else { return false }
    return state != .postponed || (review?.until.map { $0 <= now } ?? true)
  }

  /// Whether it was used after somebody had settled it.
  package var isUsedSinceReview: Bool {
    guard let review, review.state.isSettled, let lastUsedAt else { return false }
    return lastUsedAt > review.at
  }
}

package enum WarningSort: String, CaseIterable, Sendable {
  /// By severity and kind, used last first.
  case urgency
}

/// Which warnings are asked for.
package struct WarningFilter: Hashable, Sendable {
  /// Each must be in the name, the owner, or the words of the kind.
  package var words: [String]
  package var owner: String?
  package var states: Set<ReviewState>
  /// Only those that are open, or only those that are not.
  package var isOpen: Bool?
  package var breaks: Set<WarningBreak>
  package var kinds: Set<WarningKind>
  package var severities: Set<WarningSeverity>
  /// Only the one of this id.
  package var id: String?
  /// Whether a word of it can match nothing.
  package var isImpossible = false

  package init(
    words: [String] = [], owner: String? = nil, states: Set<ReviewState> = [],
    isOpen: Bool? = nil, breaks: Set<WarningBreak> = [], kinds: Set<WarningKind> = [],
    severities: Set<WarningSeverity> = [], id: String? = nil
  ) {
    self.words = words
    self.owner = owner
    self.states = states
    self.isOpen = isOpen
    self.breaks = breaks
    self.kinds = kinds
    self.severities = severities
    self.id = id
  }

  /// Reads words, and `state:new owner:bob breaks:high kind:legacy_key severity:stop id:…`; `state:open` is what
  /// is still to be done.
  ///
  /// An unknown value of a known word matches nothing rather than everything.
  package init(parsing text: String) {
    self.init()
    for term in FilterTerm.terms(text) {
      switch (term.key, term.value) {
      case ("owner", let value): owner = value.lowercased()
      case ("state", let value): take(state: value.lowercased())
      case ("breaks", let value): take(WarningBreak(rawValue: value.lowercased()), to: \.breaks)
      case ("kind", let value): take(WarningKind(rawValue: value.lowercased()), to: \.kinds)
      case ("severity", let value):
        take(WarningSeverity(rawValue: value.lowercased()), to: \.severities)
      case ("id", let value): id = value
      default: words.append(term.text)
      }
    }
  }

  private mutating func take(state text: String) {
    switch text {
    case "open": isOpen = true
    case "done": isOpen = false
    default: take(ReviewState(rawValue: text), to: \.states)
    }
  }

  private mutating func take<Value>(
    _ value: Value?, to path: WritableKeyPath<WarningFilter, Set<Value>>
  ) {
    if let value { self[keyPath: path].insert(value) } else { isImpossible = true }
  }
}
