/// A legacy key as lists show it.
package struct LegacyKeyRow: ListRow {
  package let id: String
  package let label: String
  package let owner: String
  /// Whether the owner's account is active; shown as left otherwise.
  package let isOwnerActive: Bool
  package let state: LegacyKeyState
  package let createdAt: Instant?
  package let lastUsedAt: Instant?
  package let lastSource: String?
  package let lastAgent: String?
  /// Requests within *UsageWindow*.
  package let uses: Int64
  package let review: ReviewState
  package let cursor: RowCursor

  package init(
    id: String, label: String, owner: String, isOwnerActive: Bool, state: LegacyKeyState,
    createdAt: Instant?, lastUsedAt: Instant?, lastSource: String?, lastAgent: String?,
    uses: Int64, review: ReviewState, cursor: RowCursor
  ) {
    self.id = id
    self.label = label
    self.owner = owner
    self.isOwnerActive = isOwnerActive
    self.state = state
    self.createdAt = createdAt
    self.lastUsedAt = lastUsedAt
    self.lastSource = lastSource
    self.lastAgent = lastAgent
    self.uses = uses
    self.review = review
    self.cursor = cursor
  }
}

/// The orders in which legacy keys are listed.
package enum LegacyKeySort: String, CaseIterable, Sendable {
  /// By last use, latest first; never seen last.
  case lastUsed = "last_used"
  case label
}

package struct LegacyKeyFilter: Hashable, Sendable {
  package var words: [String]
  package var owner: String?
  package var account: Identifier<Account>?
  package var states: Set<LegacyKeyState>

  package init(
    words: [String] = [], owner: String? = nil, account: Identifier<Account>? = nil,
    states: Set<LegacyKeyState> = []
  ) {
    self.words = words
    self.owner = owner
    self.account = account
    self.states = states
  }

  package init(parsing text: String) {
    self.init()
    for term in FilterTerm.terms(text) {
      switch (term.key, term.value) {
      case ("owner", let value): owner = value.lowercased()
      case ("state", let value):
        // A state that does not exist matches nothing: no owner has this login.
        if let state = LegacyKeyState(rawValue: value.lowercased()) {
          states.insert(state)
        } else {
          owner = ""
        }
      default: words.append(term.text)
      }
    }
  }
}

/// An account as lists show it.
package struct AccountRow: ListRow {
  package let id: String
  package let login: String
  package let name: String
  package let kind: AccountKind
  package let isActive: Bool
  /// Names, in the policy's order; a role absent from the policy as its id with `(absent)`.
  package let roles: [String]
  package let liveTokens: Int
  package let liveKeys: Int
  package let hasPassword: Bool
  package let cursor: RowCursor

  package init(
    id: String, login: String, name: String, kind: AccountKind, isActive: Bool, roles: [String],
    liveTokens: Int, liveKeys: Int, hasPassword: Bool, cursor: RowCursor
  ) {
    self.id = id
    self.login = login
    self.name = name
    self.kind = kind
    self.isActive = isActive
    self.roles = roles
    self.liveTokens = liveTokens
    self.liveKeys = liveKeys
    self.hasPassword = hasPassword
    self.cursor = cursor
  }
}

package enum AccountSort: String, CaseIterable, Sendable { case login, name }

package struct AccountFilter: Hashable, Sendable {
  package var words: [String]
  package var kind: AccountKind?
  package var isActive: Bool?
  /// Only accounts assigned this role.
  package var role: Identifier<Role>?
  /// A role as it was typed, for ``role`` once the policy is known.
  package var roleName: String?

  package init(
    words: [String] = [], kind: AccountKind? = nil, isActive: Bool? = nil,
    role: Identifier<Role>? = nil, roleName: String? = nil
  ) {
    self.words = words
    self.kind = kind
    self.isActive = isActive
    self.role = role
    self.roleName = roleName
  }

  /// Reads words, and `kind:service state:deactivated role:"API Operator"`.
  ///
  /// An unknown value of a known word matches nothing rather than everything: no role has this id.
  package init(parsing text: String) {
    self.init()
    for term in FilterTerm.terms(text) {
      switch (term.key, term.value) {
      case ("kind", let value):
        kind = AccountKind(rawValue: value.lowercased())
        if kind == nil { role = Identifier("") }
      case ("state", let value):
        isActive = AccountState(rawValue: value.lowercased()).map { $0 == .active }
        if isActive == nil { role = Identifier("") }
      case ("role", let value): roleName = value
      default: words.append(term.text)
      }
    }
    if role != nil { roleName = nil }
  }
}

/// A row of the audit.
package struct AuditRow: ListRow {
  package let seq: Int64
  package let at: Instant
  package let actor: String
  package let through: String
  package let source: String
  package let action: String
  package let target: String
  package let before: String?
  package let after: String?
  package let reason: String?
  /// Lower-case hexadecimal.
  package let hash: String

  package var id: String { String(seq) }
  package var cursor: RowCursor { RowCursor(key: .integer(seq), id: id) }

  package init(
    seq: Int64, at: Instant, actor: String, through: String, source: String, action: String,
    target: String, before: String?, after: String?, reason: String?, hash: String
  ) {
    self.seq = seq
    self.at = at
    self.actor = actor
    self.through = through
    self.source = source
    self.action = action
    self.target = target
    self.before = before
    self.after = after
    self.reason = reason
    self.hash = hash
  }
}

package enum AuditSort: String, CaseIterable, Sendable { case seq }

package struct AuditFilter: Hashable, Sendable {
  package var since: Instant?
  package var actor: String?
  /// An action, or the beginning of one up to a dot: `token`, `token.revoke`.
  package var action: String?
  /// A part of the target.
  package var target: String?
  package var source: String?
  /// Each must occur in actor, action or target.
  package var words: [String]

  package init(
    since: Instant? = nil, actor: String? = nil, action: String? = nil, target: String? = nil,
    source: String? = nil, words: [String] = []
  ) {
    self.since = since
    self.actor = actor
    self.action = action
    self.target = target
    self.source = source
    self.words = words
  }

  /// Reads words, and `actor:bob action:token target:crm source:10.2.0.9 since:7d`.
  ///
  /// A `since:` that is no time matches nothing rather than everything.
  package init(parsing text: String, now: Instant) {
    self.init()
    for term in FilterTerm.terms(text) {
      switch (term.key, term.value) {
      case ("actor", let value): actor = value.lowercased()
      case ("action", let value): action = value.lowercased()
      case ("target", let value): target = value
      case ("source", let value): source = value
      case ("since", let value):
        since = Self.instant(value, now: now) ?? Instant(milliseconds: .max)
      default: words.append(term.text)
      }
    }
  }

  /// A time, a date, or how long ago it was: `2026-11-23T14:31:00Z`, `2026-11-23`, `7d`.
  package static func instant(_ text: String, now: Instant) -> Instant? {
    if let instant = Instant(parsing: text) { return instant }
    return (try? FiniteLifetime(parsing: text)).map { now - $0 }
  }
}

/// A revision as lists show it.
package struct RevisionRow: ListRow {
  package let revision: Revision
  package let state: Revision.State
  package let isInForce: Bool

  package var id: String { String(revision.number) }
  package var cursor: RowCursor { RowCursor(key: .integer(Int64(revision.number)), id: id) }

  package init(revision: Revision, state: Revision.State, isInForce: Bool) {
    self.revision = revision
    self.state = state
    self.isInForce = isInForce
  }
}

package enum RevisionSort: String, CaseIterable, Sendable { case number }

/// An essential integration as lists show it.
package struct IntegrationRow: ListRow {
  package let login: String
  package let integration: EssentialIntegration
  package let isPastReview: Bool
  package let lastUsedAt: Instant?

  package var id: String { login }
  package var cursor: RowCursor { RowCursor(key: .text(login), id: login) }

  package init(
    login: String, integration: EssentialIntegration, isPastReview: Bool, lastUsedAt: Instant?
  ) {
    self.login = login
    self.integration = integration
    self.isPastReview = isPastReview
    self.lastUsedAt = lastUsedAt
  }
}

/// A row of the matrix.
package struct RoleRow: Hashable, Sendable {
  package let role: Role
  /// Accounts assigned it, deactivated ones included.
  package let accounts: Int

  package init(role: Role, accounts: Int) {
    self.role = role
    self.accounts = accounts
  }
}
