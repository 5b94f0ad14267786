/// Everything somebody can change: the one vocabulary of screens and commands.
///
/// A screen and a command that do the same make the same value, and so leave the same rows.
package enum Change: Hashable, Sendable {
  // Policy
  case revise(PolicyChange, Commitment)
  /// Keeps the pending revision; the number guards against keeping another than was shown.
  case confirmRevision(Int)
  case cancelRevision(Int)
  // Accounts
  case addAccount(AccountDraft)
  case editAccount(Login, AccountEdits)
  case assign(Login, roles: [String])
  case unassign(Login, roles: [String])
  case deactivate([Login])
  case reactivate([Login])
  /// nil removes the password.
  case setPassword(Login, Secret?)
  case importAccounts([AccountDraft])
  /// A line as it stands in a `.pub` file.
  case addSSHKey(Login, text: String)
  case removeSSHKey(Identifier<SSHKey>)
  // Tokens
  case createToken(TokenDraft)
  case revokeTokens([Identifier<Authorization>], reason: String)
  case rotateToken(Identifier<Authorization>, overlap: FiniteLifetime)
  case wakeTokens([Identifier<Authorization>])
  // Legacy keys
  case disableKeys([Identifier<LegacyKey>])
  case enableKeys([Identifier<LegacyKey>])
  case retireKeys([Identifier<LegacyKey>])
  case importKeys([LegacyKeyDraft], createOwners: Bool)
  // Integrations
  case addIntegration(IntegrationDraft)
  /// All or none.
  case registerIntegrations([IntegrationDraft])
  case setIntegration(IntegrationDraft)
  case removeIntegration(String)
  // Migration
  /// Writes about warnings, by id.
  case review([String], ReviewDraft)
  /// Names the token that takes a legacy key's place; nil takes that back.
  case linkKey(Identifier<LegacyKey>, to: Identifier<Authorization>?)
  // Operations
  /// Judges traffic by a level as well, beginning anew; nil ends it.
  case observe(SecurityLevel?)
  case addBrownout(BrownoutDraft)
  case abortBrownout(Identifier<Brownout>)
  /// nil takes the announcement back.
  case announceCutOver(CivilDate?)
  // Signing keys
  case rotateSigningKey
  case retireSigningKey(kid: String, withTokens: Bool)
  // Gateways
  /// nil is the audience that tokens are made for now.
  case addClient(name: String, audience: String?)
  /// By name or id.
  case removeClient(String)

  /// The overlap of a rotation unless another is chosen.
  package static let defaultOverlap = FiniteLifetime.hours(24)
}

/// What a change came to.
package enum Outcome: Hashable, Sendable {
  /// A revision was made; `lapsesAt` is nil where it stays.
  case revision(Int, lapsesAt: Instant?, undo: String)
  case confirmed(Int)
  case cancelled(Int)
  case account(Login)
  case sshKey(SSHKey)
  /// How many accounts, tokens or keys were changed; fewer than asked where some were so already.
  case changed(Int)
  case token(IssuedToken)
  case imported(ImportReport)
  case signingKey(String)
  case client(IssuedClient)
  case observing(Observation?)
  case brownout(Brownout)
  case cutOver(CutOver?)
}

/// A token just made; the only time its value exists outside the caller's hands.
package struct IssuedToken: Hashable, Sendable {
  package let row: TokenRow
  package let value: Secret

  package init(row: TokenRow, value: Secret) {
    self.row = row
    self.value = value
  }
}

/// What an import brought in.
package struct ImportReport: Hashable, Sendable {
  package var imported: Int
  /// Accounts made for unknown owners.
  package var createdOwners: Int
  /// Owners of imported keys whose roles do not grant *Use REST API*.
  package var ownersWithoutAPI: Int

  package init(imported: Int, createdOwners: Int = 0, ownersWithoutAPI: Int = 0) {
    self.imported = imported
    self.createdOwners = createdOwners
    self.ownersWithoutAPI = ownersWithoutAPI
  }
}

/// Which row of an import is wrong, so that the reader of the file can name its place.
package struct ImportError: Failure, Equatable {
  /// Counted from 0, in the order of the drafts.
  package let index: Int
  /// The column at fault, like `owner`.
  package let field: String
  package let problem: String

  package init(index: Int, field: String, problem: String) {
    self.index = index
    self.field = field
    self.problem = problem
  }

  package var description: String { "row \(index + 1), \(field): \(problem)" }

  package var exitCode: ExitCode { .badContent }
}

/// A policy change held against what exists: what the dialogs show before anything happens.
package struct Plan: Hashable, Sendable {
  package let change: PolicyChange
  /// The revision in force when it was drawn up.
  package let base: Int
  package let policy: Policy
  package let differences: [PolicyDifference]
  package let impact: Impact

  package init(
    change: PolicyChange, base: Int, policy: Policy, differences: [PolicyDifference],
    impact: Impact
  ) {
    self.change = change
    self.base = base
    self.policy = policy
    self.differences = differences
    self.impact = impact
  }
}

/// The first wrong rows of an import; nothing was imported.
package struct ImportErrors: Failure, Equatable {
  /// In the order of the rows, at most ``shown``.
  package let errors: [ImportError]

  package static let shown = 10

  package init(_ errors: [ImportError]) {
    self.errors = errors
  }

  package var description: String {
    errors.map(\.description).joined(separator: "\n") + "\nNothing was imported."
  }

  package var exitCode: ExitCode { .badContent }
}
