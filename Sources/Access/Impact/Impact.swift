/// What would happen to the credentials that exist, if one policy took the place of another.
///
/// A credential **stops** when its method is accepted now and would not be then. Only those that
/// are not revoked, retired, switched off or expired count; what is refused today for another
/// reason is counted beside, as already refused.
package struct Impact: Hashable, Sendable {
  package let change: PolicyShift
  /// How many stop, by kind.
  package var stopping: [CredentialKind: Int]
  /// Of those beside: refused today for another reason.
  package var alreadyRefused: Int
  package var usedWithinDay: Int
  package var usedWithinWeek: Int
  /// Within *UsageWindow*.
  package var usedWithinWindow: Int
  /// Logins of those whose credentials stop, used last first; at most ``ownersShown``.
  package var owners: [String]
  package var ownerCount: Int
  /// The first of those that stop, used last first; the whole list is read page by page.
  package var first: [StoppingCredential]
  /// Stopping, used within the window and not reviewed.
  package var unreviewed: Int
  /// Live tokens that outlive the maximum of the new policy.
  package var tokensBeyondMaximum: Int
  /// How many of these end of themselves on each day from now, 1 being the next 24 hours; counted where
  /// the expiration policy is what changes.
  package var beyondMaximumEnding: [Int: Int]
  /// Seconds for which traffic has been observed; nil where it never was.
  package var observedSeconds: Int64?
  /// What observing the level found so far; nil where that level is not observed.
  package var observed: Observed?
  /// Who last used a Bearer token while holding both administrative permissions.
  package var administratorUse: AdministratorUse?
  /// How many accounts gain, and lose, each permission; deactivated ones included.
  package var gaining: [Permission: Int]
  package var losing: [Permission: Int]
  /// What the answer rests on: it moves when another set would stop.
  package var ground: Ground

  package static let ownersShown = 20
  package static let firstShown = 8

  package struct AdministratorUse: Hashable, Sendable {
    package let login: String
    package let at: Instant

    package init(login: String, at: Instant) {
      self.login = login
      self.at = at
    }
  }

  /// What live traffic showed while the level was observed.
  package struct Observed: Hashable, Sendable {
    package let seconds: Int64
    /// Callers that would have been refused, and how often.
    package let callers: Int
    package let requests: Int64

    package init(seconds: Int64, callers: Int, requests: Int64) {
      self.seconds = seconds
      self.callers = callers
      self.requests = requests
    }
  }

  /// The identity of a set of stopping credentials, compared before a revision is applied.
  package struct Ground: Hashable, Sendable {
    package let base: Int
    package let count: Int
    /// A hash over the sorted ids, in hexadecimal.
    package let fingerprint: String

    package init(base: Int, count: Int, fingerprint: String) {
      self.base = base
      self.count = count
      self.fingerprint = fingerprint
    }
  }

  package init(
    change: PolicyShift, stopping: [CredentialKind: Int] = [:], alreadyRefused: Int = 0,
    usedWithinDay: Int = 0, usedWithinWeek: Int = 0, usedWithinWindow: Int = 0,
    owners: [String] = [], ownerCount: Int = 0, first: [StoppingCredential] = [],
    unreviewed: Int = 0, tokensBeyondMaximum: Int = 0,
    beyondMaximumEnding: [Int: Int] = [:], observedSeconds: Int64? = nil, observed: Observed? = nil,
    administratorUse: AdministratorUse? = nil,
    gaining: [Permission: Int] = [:],
    losing: [Permission: Int] = [:], ground: Ground
  ) {
    self.change = change
    self.stopping = stopping
    self.alreadyRefused = alreadyRefused
    self.usedWithinDay = usedWithinDay
    self.usedWithinWeek = usedWithinWeek
    self.usedWithinWindow = usedWithinWindow
    self.owners = owners
    self.ownerCount = ownerCount
    self.first = first
    self.unreviewed = unreviewed
    self.tokensBeyondMaximum = tokensBeyondMaximum
    self.beyondMaximumEnding = beyondMaximumEnding
    self.observedSeconds = observedSeconds
    self.observed = observed
    self.administratorUse = administratorUse
    self.gaining = gaining
    self.losing = losing
    self.ground = ground
  }

  package var stops: Int { stopping.values.reduce(0, +) }

  /// Whether the level's name must be typed: it is raised.
  package var needsConfirmation: Bool { change.isRaise }
}

/// From which policy to which, as far as credentials are concerned.
package struct PolicyShift: Hashable, Sendable {
  package let from: Policy
  package let to: Policy

  package init(from: Policy, to: Policy) {
    self.from = from
    self.to = to
  }

  /// Whether the level in force becomes stricter; a level outside `bearer` is locked, not in force.
  package var isRaise: Bool {
    guard to.mode == .bearer else { return false }
    return to.level > (from.mode == .bearer ? from.level : .standard)
  }

  /// Whether methods refused now are accepted then.
  package var isLowering: Bool {
    from.mode == .bearer && to.mode == .bearer && to.level < from.level
  }

  package var entersBearer: Bool { from.mode != .bearer && to.mode == .bearer }

  package var leavesBearer: Bool { from.mode == .bearer && to.mode != .bearer }

  /// Whether credentials of `kind` stop, all or those that are not essential integrations.
  package func stops(_ kind: CredentialKind) -> Stops {
    switch (from.acceptance(of: kind), to.acceptance(of: kind)) {
    case (.refused, _), (_, .accepted), (.listed, .listed): .none
    case (.accepted, .listed): .unlisted
    case (.accepted, .refused): .all
    case (.listed, .refused): .listed
    }
  }

  package enum Stops: Sendable { case none, unlisted, listed, all }

  /// Permissions that accounts of a role lose, role by role.
  package var withdrawn: [(role: Role, permissions: PermissionSet)] {
    from.roles.compactMap { role in
      let lost = role.permissions.subtracting(to.role(role.id)?.permissions ?? [])
      return lost.isEmpty ? nil : (role, lost)
    }
  }
}

/// One credential that stops, as lists and dialogs show it.
package struct StoppingCredential: Hashable, Sendable, Identifiable {
  package let kind: CredentialKind
  /// The token's or key's id; for a password the account's.
  package let credential: String
  package let label: String
  package let owner: String
  package let lastUsedAt: Instant?
  /// The client that last used it: user agent, else address.
  package let client: String?
  package let review: ReviewState

  package var id: String { "\(kind.rawValue):\(credential)" }

  package init(
    kind: CredentialKind, credential: String, label: String, owner: String,
    lastUsedAt: Instant?, client: String?, review: ReviewState
  ) {
    self.kind = kind
    self.credential = credential
    self.label = label
    self.owner = owner
    self.lastUsedAt = lastUsedAt
    self.client = client
    self.review = review
  }
}
