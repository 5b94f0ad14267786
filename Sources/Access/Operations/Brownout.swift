/// A window in which one kind of credential is refused on purpose, to see who fails.
package struct Brownout: Hashable, Sendable, Identifiable {
  package let id: Identifier<Brownout>
  package let kind: CredentialKind
  package let from: Instant
  /// Exclusive.
  package let until: Instant
  package var abortedAt: Instant?

  package init(
    id: Identifier<Brownout>, kind: CredentialKind, from: Instant, until: Instant,
    abortedAt: Instant? = nil
  ) {
    self.id = id
    self.kind = kind
    self.from = from
    self.until = until
    self.abortedAt = abortedAt
  }

  package enum State: String, CaseIterable, Sendable {
    case planned, running, over, aborted

    /// Whether it refuses somebody, or will, and so can still be aborted.
    package var isOpen: Bool { self == .planned || self == .running }
  }

  /// Kinds that a window can refuse.
  package static let kinds: [CredentialKind] = [.legacyKey, .password]
  /// What is to last longer is a level.
  package static let longest = FiniteLifetime.days(7)

  package func state(at now: Instant) -> State {
    if abortedAt != nil { return .aborted }
    return now < from ? .planned : now < until ? .running : .over
  }

  package func refuses(_ kind: CredentialKind, at now: Instant) -> Bool {
    kind == self.kind && state(at: now) == .running
  }

  /// When it stopped, or will stop, refusing anybody.
  package var end: Instant { abortedAt.map { min($0, until) } ?? until }
}

/// What somebody asks for: a window of one method.
package struct BrownoutDraft: Hashable, Sendable {
  package var kind: CredentialKind
  package var from: Instant
  package var until: Instant

  package init(kind: CredentialKind, from: Instant, until: Instant) {
    self.kind = kind
    self.from = from
    self.until = until
  }

  /// The window as it would be kept; one that should have begun begins now.
  ///
  /// - Parameters:
  ///   - id: its id.
  ///   - others: the windows there are.
  ///   - now: the present.
  /// - Returns: a window that is to come or runs.
  /// - Throws: ``OperationError``.
  package func window(
    _ id: Identifier<Brownout>, beside others: [Brownout], at now: Instant
  ) throws(OperationError) -> Brownout {
    guard Brownout.kinds.contains(kind) else { throw .brownoutKind(kind) }
    let from = max(from, now)
    guard until > now else { throw .brownoutOver(until: until) }
    guard from < until else { throw .brownoutBackwards }
    guard until <= from + Brownout.longest else { throw .brownoutTooLong }
    for other in others where other.kind == kind && other.abortedAt == nil {
      guard until <= other.from || other.until <= from else {
        throw .brownoutOverlaps(other.id, from: other.from, until: other.until)
      }
    }
    return Brownout(id: id, kind: kind, from: from, until: until)
  }
}

/// A window with how many failed in it.
package struct BrownoutRow: ListRow {
  package let brownout: Brownout
  package let state: Brownout.State
  /// Callers that were refused, and how often.
  package let callers: Int
  package let requests: Int64

  package var id: String { brownout.id.text }
  package var cursor: RowCursor {
    RowCursor(key: .integer(brownout.from.milliseconds), id: id)
  }

  package init(brownout: Brownout, state: Brownout.State, callers: Int, requests: Int64) {
    self.brownout = brownout
    self.state = state
    self.callers = callers
    self.requests = requests
  }
}

/// Who failed in a window, and what became of them.
package struct BrownoutReport: Hashable, Sendable {
  package let row: BrownoutRow
  /// The most requests first.
  package let failures: [BrownoutFailure]

  package init(row: BrownoutRow, failures: [BrownoutFailure]) {
    self.row = row
    self.failures = failures
  }
}

/// One caller that a brownout refused.
package struct BrownoutFailure: ListRow {
  package let refused: CandidateRefusal
  package let since: Return

  /// What came of the caller since.
  package enum Return: String, CaseIterable, Sendable {
    /// The window is not over.
    case waiting
    /// The same credential was accepted after the window.
    case back
    /// The credential was not, but a Bearer token of its owner.
    case bearer
    /// Nothing of either.
    case missing
  }

  package var id: String { refused.id }
  package var cursor: RowCursor { refused.cursor }

  package init(refused: CandidateRefusal, since: Return) {
    self.refused = refused
    self.since = since
  }
}

extension Instant {
  /// A time, a date, `now`, or how much later than `base`: `2026-12-01T22:00:00Z`, `15m`.
  package init?(laterThan base: Instant, _ text: String) {
    if text.lowercased() == "now" {
      self = base
    } else if let instant = Instant(parsing: text) {
      self = instant
    } else if let span = try? FiniteLifetime(parsing: text) {
      self = base + span
    } else {
      return nil
    }
  }
}
