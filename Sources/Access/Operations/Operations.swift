/// What operators set beside the policy; never rolled back with it.
package struct Operations: Hashable, Sendable {
  package var observation: Observation?
  /// By their beginning.
  package var brownouts: [Brownout]
  package var cutOver: CutOver?

  package init(
    observation: Observation? = nil, brownouts: [Brownout] = [], cutOver: CutOver? = nil
  ) {
    self.observation = observation
    self.brownouts = brownouts
    self.cutOver = cutOver
  }

  /// The window that refuses `kind` now, the one that ends last.
  package func brownout(of kind: CredentialKind, at now: Instant) -> Brownout? {
    brownouts.lazy.filter { $0.refuses(kind, at: now) }.max { $0.until < $1.until }
  }
}

/// The day on which legacy methods are to end; it switches nothing by itself.
package struct CutOver: Hashable, Sendable {
  package let date: CivilDate
  /// Since when callers are told.
  package let announcedAt: Instant

  package init(date: CivilDate, announcedAt: Instant) {
    self.date = date
    self.announcedAt = announcedAt
  }

  /// Whether a caller of this kind is told: of legacy keys always, of passwords unless its account is
  /// an essential integration, whose time is its review date.
  package func concerns(_ kind: CredentialKind, isRegistered: Bool) -> Bool {
    switch kind {
    case .bearer: false
    case .legacyKey: true
    case .password: !isRegistered
    }
  }

  /// Where the service itself tells a caller what to do before that day.
  package static func help(under policy: Policy) -> String {
    policy.properties.tokenIssuer + "/help#cut-over"
  }
}

/// Why an operation is refused.
package enum OperationError: Failure, Equatable {
  case alreadyObserved(SecurityLevel)
  case notObserving
  case cutOverPast(CivilDate)
  case cutOverUnchanged(CivilDate)
  case noCutOver
  case brownoutKind(CredentialKind)
  case brownoutBackwards
  case brownoutOver(until: Instant)
  case brownoutTooLong
  case brownoutOverlaps(Identifier<Brownout>, from: Instant, until: Instant)
  case brownoutUnknown(String)
  case brownoutEnded(String, Brownout.State)

  package var description: String {
    switch self {
    case .alreadyObserved(let level):
      "\(level.name) is observed already. `gatehouse level observed` shows what was found."
    case .notObserving:
      "No level is observed. `gatehouse level observe high` begins."
    case .cutOverPast(let date):
      "\(date) is not to come. Announce a day from tomorrow on."
    case .cutOverUnchanged(let date): "The cut-over date is \(date) already."
    case .noCutOver: "No cut-over date is announced."
    case .brownoutKind(let kind):
      "A brownout refuses legacy keys or passwords, never a \(kind.name)."
    case .brownoutBackwards: "The window ends before it begins. Give a later end."
    case .brownoutOver(let until):
      "The window would end at \(until.rfc3339), which is over. Give an end that is to come."
    case .brownoutTooLong:
      "A brownout lasts \(Brownout.longest) at the most. Raise the level for longer."
    case .brownoutOverlaps(let id, let from, let until):
      """
      Brownout \(id) refuses the same from \(from.rfc3339) to \(until.rfc3339). Choose another time, \
      or abort it: gatehouse brownout abort \(id)
      """
    case .brownoutUnknown(let id):
      "There is no brownout “\(Visible.text(id))”. `gatehouse brownout list` shows them."
    case .brownoutEnded(let id, let state):
      "Brownout \(id) is \(state.rawValue) already: there is nothing to abort."
    }
  }
}
