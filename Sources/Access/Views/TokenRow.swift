/// An authorization as lists show it.
package struct TokenRow: ListRow {
  package let id: String
  package let name: String
  package let purpose: String
  package let owner: String
  package let scope: TokenScope
  package let createdAt: Instant
  package let expiresAt: Instant?
  package let state: TokenState
  package let lastUsedAt: Instant?
  /// The address it was last used from.
  package let lastSource: String?
  package let lastAgent: String?
  package let uses: Int64
  package let revocation: Authorization.Revocation?
  package let cursor: RowCursor

  package init(
    id: String, name: String, purpose: String, owner: String, scope: TokenScope,
    createdAt: Instant, expiresAt: Instant?, state: TokenState, lastUsedAt: Instant?,
    lastSource: String?, lastAgent: String? = nil, uses: Int64,
    revocation: Authorization.Revocation?, cursor: RowCursor
  ) {
    self.id = id
    self.name = name
    self.purpose = purpose
    self.owner = owner
    self.scope = scope
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.state = state
    self.lastUsedAt = lastUsedAt
    self.lastSource = lastSource
    self.lastAgent = lastAgent
    self.uses = uses
    self.revocation = revocation
    self.cursor = cursor
  }
}

/// The orders in which tokens are listed.
package enum TokenSort: String, CaseIterable, Sendable {
  /// By end; those that never end last.
  case end
  /// By name.
  case name
  /// By last use; never used first.
  case lastUsed = "last_used"
}

/// Which tokens a list shows.
package struct TokenFilter: Hashable, Sendable {
  /// Only this account's; nil is everyone's.
  package var account: Identifier<Account>?
  /// Only the token with this id.
  package var id: String?
  /// Each must occur in name or owner: a beginning for one or two characters, anywhere from three.
  package var words: [String]
  /// Only those of the account with this login.
  package var owner: String?
  package var states: Set<TokenState>
  package var scope: TokenScope?

  package init(
    account: Identifier<Account>? = nil, id: String? = nil, words: [String] = [],
    owner: String? = nil, states: Set<TokenState> = [], scope: TokenScope? = nil
  ) {
    self.account = account
    self.id = id
    self.words = words
    self.owner = owner
    self.states = states
    self.scope = scope
  }

  /// Reads what was typed: words, and `owner:bob state:expiring may:r id:…`.
  ///
  /// An unknown value of a known word matches nothing rather than everything.
  package init(parsing text: String, account: Identifier<Account>? = nil) {
    self.init(account: account)
    for term in FilterTerm.terms(text) {
      switch (term.key, term.value) {
      case ("owner", let value): owner = value.lowercased()
      case ("id", let value): id = value
      case ("may", let value):
        switch value.lowercased() {
        case "r": scope = .read
        case "rw": scope = .readWrite
        default: id = ""
        }
      case ("state", let value):
        if let state = TokenState(rawValue: value.lowercased()) {
          states.insert(state)
        } else {
          id = ""
        }
      default: words.append(term.text)
      }
    }
  }
}
