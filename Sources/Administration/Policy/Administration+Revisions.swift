import Access
import Storage

extension Administration {
  /// Makes a revision of the policy.
  func revise(
    _ change: PolicyChange, _ commitment: Commitment, by actor: Actor
  ) throws -> Outcome {
    try write(by: actor) { office, transaction in
      let snapshot = office.snapshot
      let current = office.standing.current
      let change = try office.authorise(change)
      if let pending = office.standing.pending, let deadline = pending.deadline {
        throw RevisionError.pending(pending.number, author: pending.author, lapsesAt: deadline)
      }
      if let base = commitment.base, base != current.revision.number {
        throw RevisionError.moved(
          base: base, current: current.revision.number, author: current.revision.author,
          at: current.revision.at)
      }
      let next = try change.applied(to: current.policy)
      try office.requireRights(from: current.policy, to: next)
      let shift = PolicyShift(from: current.policy, to: next)
      if shift.isRaise, commitment.confirmation != next.level {
        throw RevisionError.confirmationNeeded(next.level)
      }
      if let ground = commitment.ground {
        let impact = try snapshot.impact(of: shift, base: current.revision.number)
        guard impact.ground == ground else { throw RevisionError.groundMoved(stops: impact.stops) }
      }
      let now = try snapshot.now()
      let deadline = try commitment.deadline(from: now)
      try office.requireAdministrator(
        under: [next] + (deadline == nil ? [] : [current.policy]))

      let differences = current.policy.differences(to: next)
      let summary = Self.summary(of: change, differences)
      let reason = try VisibleName.text(commitment.reason, what: "reason", limit: 500)
      let number = try transaction.insertRevision(
        next, base: current.revision.number, author: office.account.login, reason: reason,
        summary: summary, deadline: deadline)
      var events = [
        AuditEvent(
          change.action, target: "revision \(number)",
          before: differences.map { "\($0.what): \($0.before ?? "none")" }.joined(separator: "\n"),
          after: differences.map { "\($0.what): \($0.after ?? "none")" }.joined(separator: "\n")
            + (deadline.map { "\nTakes itself back at \($0.rfc3339)" } ?? "")
            + (try office.overridden(by: shift).map { "\n" + $0 } ?? ""),
          reason: reason.isEmpty ? "none given" : reason)
      ]
      if let event = try office.endTokens(
        beyond: next, commitment, deadline: deadline, in: transaction)
      {
        events.append(event)
      }
      let first = events.removeFirst()
      return Recorded(
        .revision(
          number, lapsesAt: deadline,
          undo: deadline == nil
            ? "gatehouse revision rollback \(current.revision.number)"
            : "gatehouse revision cancel"), first, events)
    }
  }

  /// Keeps or takes back the pending revision.
  func end(_ number: Int, confirming: Bool, by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageSettings)
      guard let pending = office.standing.pending else {
        guard let named = try office.snapshot.revision(number) else {
          throw RevisionError.nothingPending
        }
        throw RevisionError.notInForce(
          number, named.revision.state(at: try office.snapshot.now()))
      }
      guard pending.number == number, let deadline = pending.deadline else {
        throw RevisionError.unknown(number)
      }
      let now = try office.snapshot.now()
      let verdict: Revision.Verdict =
        confirming
        ? .confirmed(at: now, by: office.account.login)
        : .cancelled(at: now, by: office.account.login)
      try transaction.setVerdict(verdict, on: number)
      let event = AuditEvent(
        confirming ? "revision.confirm" : "revision.cancel", target: "revision \(number)",
        before: "pending until \(deadline.rfc3339)", after: confirming ? "kept" : "cancelled")
      return Recorded(confirming ? .confirmed(number) : .cancelled(number), event)
    }
  }

  /// A few words for lists: the first differences.
  private static func summary(of change: PolicyChange, _ differences: [PolicyDifference]) -> String
  {
    let lines = differences.prefix(2).map(\.line)
    let rest = differences.count - lines.count
    let prefix = if case .rollback(let number, _, _) = change { "Back to \(number). " } else { "" }
    return prefix + lines.joined(separator: "; ") + (rest > 0 ? "; \(rest) more" : "")
  }
}

extension Commitment {
  /// The deadline counted from `now`; nil stays.
  fileprivate func deadline(from now: Instant) throws(RevisionError) -> Instant? {
    guard let within else { return nil }
    guard Commitment.deadlines.contains(within) else { throw .deadline(within) }
    return now + within
  }
}

extension Office {
  /// Checks the permission a change needs, and takes what it rests on from the database.
  func authorise(_ change: PolicyChange) throws -> PolicyChange {
    switch change {
    case .roles:
      try require(.manageAccess)
      return change
    case .rollback(let number, _, let levelOnly):
      try require(.manageSettings)
      guard let earlier = try snapshot.revision(number) else { throw RevisionError.unknown(number) }
      return .rollback(to: number, policy: earlier.policy, levelOnly: levelOnly)
    default:
      try require(.manageSettings)
      return change
    }
  }

  /// Whoever may only manage settings must not give themselves more by way of a document or a
  /// rollback that changes the matrix.
  func requireRights(from current: Policy, to next: Policy) throws {
    if current.roles != next.roles { try require(.manageAccess) }
    var rest = next
    rest.roles = current.roles
    rest.expiration.roleMaxima = current.expiration.roleMaxima
    var before = current
    before.expiration.roleMaxima = rest.expiration.roleMaxima
    if rest != before { try require(.manageSettings) }
  }

  /// What a raise stops although it is in use and nobody has reviewed it; nil where nothing is.
  fileprivate func overridden(by shift: PolicyShift) throws -> String? {
    guard shift.isRaise else { return nil }
    let since = try snapshot.now() - policy.properties.usageWindow
    let names = try snapshot.stopping(shift, anchor: .start, limit: 10_000).rows
      .map(\.credential)
      .prefix { $0.lastUsedAt.map { $0 >= since } ?? false }
      .filter { $0.review == .new }
      .map { "\($0.kind.name) \($0.label) of \($0.owner)" }
    guard !names.isEmpty else { return nil }
    let rest = names.count > 20 ? " and \(names.count - 20) more" : ""
    return "Overriding \(names.count) in use without a review: "
      + names.prefix(20).joined(separator: ", ") + rest
  }

  /// Ends the tokens that outlive the new maximum, as was chosen beside the policy.
  ///
  /// - Returns: what to tell the audit; nil where they are kept, or there are none.
  func endTokens(
    beyond next: Policy, _ commitment: Commitment, deadline: Instant?, in transaction: Transaction
  ) throws -> AuditEvent? {
    guard commitment.existing != .keep else { return nil }
    guard next.tokenMaximum != nil else { throw RevisionError.existingWithoutMaximum }
    guard deadline == nil else { throw RevisionError.existingWithDeadline }
    let now = try snapshot.now()
    let tokens = try snapshot.tokensBeyondMaximum(under: next)
    guard !tokens.isEmpty else { return nil }
    let ends = commitment.existing.ends(of: tokens.map(\.end), from: now)
    try transaction.setExpiry(Array(zip(tokens.map(\.id), ends)))
    return AuditEvent(
      "token.end", target: "\(tokens.count) tokens beyond the maximum",
      after: "end between \(ends.min()?.rfc3339 ?? "") and \(ends.max()?.rfc3339 ?? "")")
  }
}

extension ExistingTokens {
  /// When each token is to end at the latest, in their order, which is that of `own`: when they would
  /// end of themselves, nil for never.
  func ends(of own: [Instant?], from now: Instant) -> [Instant] {
    switch self {
    case .keep: return []
    case .now: return own.map { _ in now }
    case .at(let instant): return own.map { _ in max(instant, now) }
    case .spread(let days):
      let endings = Self.endings(of: own, from: now)
      let share = max(Self.share(of: own.count, over: days, endingOn: endings), 1)
      return own.indices.map { now.advanced(bySeconds: Int64($0 / share + 1) * 86_400) }
    }
  }
}
