/// One numbered, immutable version of the policy, and how it ended.
package struct Revision: Hashable, Sendable {
  /// From 1, without gaps.
  package let number: Int
  /// The revision it was drawn up against; 0 for the first.
  package let base: Int
  package let author: Login
  package let at: Instant
  package let reason: String
  /// What changed against the policy then in force, in a few words.
  package let summary: String
  /// Until when it must be confirmed; nil stays at once.
  package let deadline: Instant?
  /// What somebody decided about it; a lapse is nobody's decision and is judged by ``state(at:)``.
  package let verdict: Verdict?

  package enum Verdict: Hashable, Sendable {
    case confirmed(at: Instant, by: Login)
    case cancelled(at: Instant, by: Login)
  }

  package enum State: String, Sendable { case standing, pending, confirmed, cancelled, lapsed }

  package init(
    number: Int, base: Int, author: Login, at: Instant, reason: String, summary: String,
    deadline: Instant?, verdict: Verdict?
  ) {
    self.number = number
    self.base = base
    self.author = author
    self.at = at
    self.reason = reason
    self.summary = summary
    self.deadline = deadline
    self.verdict = verdict
  }

  /// How it stands at `now`; at the deadline itself it has lapsed.
  package func state(at now: Instant) -> State {
    switch (verdict, deadline) {
    case (.confirmed, _): .confirmed
    case (.cancelled, _): .cancelled
    case (nil, nil): .standing
    case (nil, let deadline?): now < deadline ? .pending : .lapsed
    }
  }

  /// Whether it counts at `now`: neither cancelled nor lapsed.
  package func counts(at now: Instant) -> Bool {
    switch state(at: now) {
    case .standing, .pending, .confirmed: true
    case .cancelled, .lapsed: false
    }
  }
}

/// A revision with its policy.
package struct RevisedPolicy: Hashable, Sendable {
  package let revision: Revision
  package let policy: Policy

  package init(revision: Revision, policy: Policy) {
    self.revision = revision
    self.policy = policy
  }
}

/// The policy in force, and the one that returns if a pending revision is not kept.
package struct Standing: Hashable, Sendable {
  package let current: RevisedPolicy
  /// What is in force again once ``current`` lapses; nil unless it is pending.
  package let fallback: RevisedPolicy?

  /// Judges revisions at `now`: in force is the newest that is neither cancelled nor lapsed.
  ///
  /// - Parameters:
  ///   - newestFirst: revisions in descending order; no more need be read than the first two that
  ///     count.
  ///   - now: the instant they are judged at.
  package init?(newestFirst: [RevisedPolicy], at now: Instant) {
    let counting = newestFirst.filter { $0.revision.counts(at: now) }
    guard let current = counting.first else { return nil }
    self.current = current
    fallback = current.revision.state(at: now) == .pending ? counting.dropFirst().first : nil
  }

  package var policy: Policy { current.policy }

  /// The pending revision, if there is one.
  package var pending: Revision? { fallback == nil ? nil : current.revision }

  /// The policies under which somebody must be able to administer.
  package var policies: [Policy] { [current.policy] + (fallback.map { [$0.policy] } ?? []) }
}

/// How a revision is committed.
package struct Commitment: Hashable, Sendable {
  /// The revision it was drawn up against; nil takes whatever is in force.
  package var base: Int?
  /// How long until it takes itself back; nil stays.
  package var within: FiniteLifetime?
  package var reason: String
  /// The level's name, typed by whoever raises it.
  package var confirmation: SecurityLevel?
  /// The identity of the set that stops, as the dialog showed it; nil is not compared.
  package var ground: Impact.Ground?
  package var existing: ExistingTokens

  package init(
    base: Int? = nil, within: FiniteLifetime? = nil, reason: String = "",
    confirmation: SecurityLevel? = nil, ground: Impact.Ground? = nil,
    existing: ExistingTokens = .keep
  ) {
    self.base = base
    self.within = within
    self.reason = reason
    self.confirmation = confirmation
    self.ground = ground
    self.existing = existing
  }

  package static let defaultDeadline = FiniteLifetime.minutes(10)
  package static let deadlines = FiniteLifetime.minutes(1)...FiniteLifetime.hours(24)
}

/// Why a revision is refused.
package enum RevisionError: Failure, Equatable {
  case moved(base: Int, current: Int, author: Login, at: Instant)
  case pending(Int, author: Login, lapsesAt: Instant)
  case nothingPending
  case unknown(Int)
  case deadline(FiniteLifetime)
  case confirmationNeeded(SecurityLevel)
  case groundMoved(stops: Int)
  case existingWithDeadline
  /// No expiration policy would be in force, so no token is beyond it.
  case existingWithoutMaximum
  case notInForce(Int, Revision.State)

  package var description: String {
    switch self {
    case .moved(let base, let current, let author, let at):
      """
      Revision \(current) was saved by \(author) at \(at.rfc3339), after revision \(base) that this \
      was drawn up against. Nothing was changed: look at it and apply again.
      """
    case .pending(let number, let author, let lapsesAt):
      """
      Revision \(number) by \(author) is pending until \(lapsesAt.rfc3339). \
      Keep or cancel it first: `gatehouse revision confirm` or `cancel`.
      """
    case .nothingPending: "No revision is pending: there is nothing to keep or cancel."
    case .unknown(let number):
      "There is no revision \(number). `gatehouse revision list` shows them."
    case .deadline(let span):
      "\(span) is not a deadline. Choose from 1m to 24h."
    case .confirmationNeeded(let level):
      """
      Raising the level to \(level.name) stops credentials that work today. \
      Look at `gatehouse level plan \(level.rawValue)`, then repeat with --confirm \(level.rawValue).
      """
    case .groundMoved(let stops):
      "Meanwhile \(stops) credentials would stop, not the ones shown. Look again and apply."
    case .existingWithDeadline:
      """
      Ended tokens do not come back, so they cannot be ended by a revision that takes itself back. \
      Use --stay, or keep them now and end them once the revision is kept.
      """
    case .existingWithoutMaximum:
      """
      The expiration policy holds from level High on, so no token is beyond it now. Keep the \
      tokens, and end them with the revision that raises the level.
      """
    case .notInForce(let number, let state):
      "Revision \(number) is \(state.rawValue) already. Nothing was changed."
    }
  }
}
