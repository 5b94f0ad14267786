/// What an operator decided about a warning; never changes a decision.
package enum ReviewState: String, CaseIterable, Sendable {
  case new, notified, migrated
  case acceptedBreak = "accepted_break"
  case postponed

  /// Whether nothing is left to be done about it.
  package var isSettled: Bool { self == .migrated || self == .acceptedBreak }
}

/// A review as it was last written.
package struct Review: Hashable, Sendable {
  package let state: ReviewState
  package let note: String
  /// Until when it is postponed.
  package let until: Instant?
  package let reviewer: String
  package let at: Instant

  package init(
    state: ReviewState, note: String, until: Instant?, reviewer: String, at: Instant
  ) {
    self.state = state
    self.note = note
    self.until = until
    self.reviewer = reviewer
    self.at = at
  }
}

/// What somebody writes about one or more warnings.
package struct ReviewDraft: Hashable, Sendable {
  package var state: ReviewState
  package var note: String
  /// The last day of a postponement, to its end in UTC.
  package var until: CivilDate?

  package init(state: ReviewState, note: String = "", until: CivilDate? = nil) {
    self.state = state
    self.note = note
    self.until = until
  }

  /// - Parameter now: the present.
  /// - Returns: the draft as it is kept.
  /// - Throws: ``ReviewError`` or ``NameError``.
  package func checked(at now: Instant) throws -> ReviewDraft {
    var draft = self
    draft.note = try VisibleName.text(note, what: "note", limit: 500)
    switch (state, until) {
    case (.postponed, nil): throw ReviewError.untilMissing
    case (.postponed, let date?) where date.end <= now: throw ReviewError.untilPast(date)
    case (.postponed, _), (_, nil): return draft
    case (_, _?): throw ReviewError.untilUnneeded(state)
    }
  }
}

/// Why a review is refused.
package enum ReviewError: Failure, Equatable {
  case unknown(String)
  case untilMissing
  case untilPast(CivilDate)
  case untilUnneeded(ReviewState)

  package var description: String {
    switch self {
    case .unknown(let id):
      """
      There is no migration warning “\(Visible.text(id))”, or no longer. \
      `gatehouse migration list` shows them.
      """
    case .untilMissing: "Until when is it postponed? Give a day, like 2027-03-31."
    case .untilPast(let date): "\(date) is past. Postpone to a day that is to come."
    case .untilUnneeded(let state):
      "Only a postponed warning has a day, not one that is \(state.rawValue)."
    }
  }
}
