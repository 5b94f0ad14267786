/// What the Overview shows; the parts that cost more arrive later.
package struct Overview: Hashable, Sendable {
  package var checklist: [ChecklistItem]
  package var notices: [Notice]
  package var counts: Counts?
  package var endingNext: [TokenRow]
  package var latest: [AuditRow]
  /// Of the last hour, the most frequent reason first.
  package var refused: [Refused]
  package var operations: Operations

  package init(
    checklist: [ChecklistItem] = [], notices: [Notice] = [], counts: Counts? = nil,
    endingNext: [TokenRow] = [], latest: [AuditRow] = [], refused: [Refused] = [],
    operations: Operations = Operations()
  ) {
    self.checklist = checklist
    self.notices = notices
    self.counts = counts
    self.endingNext = endingNext
    self.latest = latest
    self.refused = refused
    self.operations = operations
  }

  /// How many requests were refused for one reason.
  package struct Refused: Hashable, Sendable {
    package let reason: Refusal
    package let requests: Int64

    package init(_ reason: Refusal, requests: Int64) {
      self.reason = reason
      self.requests = requests
    }
  }

  package struct Counts: Hashable, Sendable {
    package var accounts: Int
    package var liveTokens: Int
    package var expiringTokens: Int
    package var liveKeys: Int
    package var passwords: Int
    package var integrations: Int

    package init(
      accounts: Int, liveTokens: Int, expiringTokens: Int, liveKeys: Int, passwords: Int,
      integrations: Int
    ) {
      self.accounts = accounts
      self.liveTokens = liveTokens
      self.expiringTokens = expiringTokens
      self.liveKeys = liveKeys
      self.passwords = passwords
      self.integrations = integrations
    }
  }
}

/// One step of setting a site up, in the order it is done.
package struct ChecklistItem: Hashable, Sendable {
  package enum Step: String, CaseIterable, Sendable {
    case bearer, level, role, token, request, reviews, backup
    case secondAdministrator = "second_administrator"

    package var text: String {
      switch self {
      case .bearer: "Bearer support is on"
      case .level: "A level is chosen, and kept"
      case .role: "A role other than Site Administrator may use the API"
      case .token: "Somebody made a token"
      case .request: "A request with it arrived"
      case .reviews: "Every legacy key has a review"
      case .backup: "A backup exists, less than 7 days old"
      case .secondAdministrator: "A second person can administer"
      }
    }
  }

  package let step: Step
  package let isDone: Bool

  package init(step: Step, isDone: Bool) {
    self.step = step
    self.isDone = isDone
  }
}

/// Something about the site as a whole that somebody should look at.
package struct Notice: Hashable, Sendable {
  package enum Severity: String, Comparable, Sendable {
    case error, warning, information

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .information: 2
      }
    }
  }

  package let severity: Severity
  package let text: String

  package init(_ severity: Severity, _ text: String) {
    self.severity = severity
    self.text = text
  }
}

/// One token with all that is known of it.
package struct TokenDetails: Hashable, Sendable {
  package let row: TokenRow
  /// `NAME` of the token it replaces, or that replaces it.
  package let predecessor: String?
  package let successor: String?
  package let replacedAt: Instant?
  package let suspendedAt: Instant?
  package let signingKey: String

  package init(
    row: TokenRow, predecessor: String?, successor: String?, replacedAt: Instant?,
    suspendedAt: Instant?, signingKey: String
  ) {
    self.row = row
    self.predecessor = predecessor
    self.successor = successor
    self.replacedAt = replacedAt
    self.suspendedAt = suspendedAt
    self.signingKey = signingKey
  }
}

/// One account with what it holds.
package struct AccountDetails: Hashable, Sendable {
  package let account: Account
  package let roleNames: [String]
  package let permissions: PermissionSet
  package let integration: EssentialIntegration?
  package let liveTokens: Int
  package let liveKeys: Int
  /// In the order in which they were added.
  package let sshKeys: [SSHKey]

  package init(
    account: Account, roleNames: [String], permissions: PermissionSet,
    integration: EssentialIntegration?, liveTokens: Int, liveKeys: Int, sshKeys: [SSHKey] = []
  ) {
    self.account = account
    self.roleNames = roleNames
    self.permissions = permissions
    self.integration = integration
    self.liveTokens = liveTokens
    self.liveKeys = liveKeys
    self.sshKeys = sshKeys
  }
}

/// A signing key as lists show it; never its private part.
package struct SigningKeyRow: Hashable, Sendable {
  package enum State: String, Sendable { case next, current, retiring, retired }

  package let kid: String
  package let state: State
  package let createdAt: Instant
  /// Tokens signed with it that have not ended.
  package let liveTokens: Int?

  package init(kid: String, state: State, createdAt: Instant, liveTokens: Int?) {
    self.kid = kid
    self.state = state
    self.createdAt = createdAt
    self.liveTokens = liveTokens
  }
}
