import Access
import Storage

extension Administration {
  /// Writes the same review about each of some warnings.
  func review(_ ids: [String], _ draft: ReviewDraft, by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.reviewMigration)
      let draft = try draft.checked(at: try office.snapshot.now())
      var events: [AuditEvent] = []
      for id in ids {
        guard let warning = try office.snapshot.warning(id, under: office.policy) else {
          throw ReviewError.unknown(id)
        }
        try transaction.setReview(
          draft.state, of: id, note: draft.note, until: draft.until?.end)
        events.append(
          AuditEvent(
            "migration.review", target: "\(id) \(warning.name)",
            before: warning.review?.words ?? ReviewState.new.rawValue, after: draft.words,
            reason: draft.note.isEmpty ? nil : draft.note))
      }
      guard let first = events.first else { throw ReviewError.unknown("") }
      return Recorded(.changed(events.count), first, Array(events.dropFirst()))
    }
  }

  /// Names the token that takes a legacy key's place.
  func linkKey(
    _ id: Identifier<LegacyKey>, to token: Identifier<Authorization>?, by actor: Actor
  ) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.reviewMigration)
      guard let key = try office.snapshot.key(id: id) else {
        throw LegacyKeyError.unknown(id.text)
      }
      let before = try office.snapshot.replacement(of: id)
      let stored = try token.map { token in
        guard let stored = try office.snapshot.token(id: token) else {
          throw TokenError.unknown(token.text)
        }
        return stored
      }
      guard before != token else {
        throw LegacyKeyError.linked(key.label, token: stored?.authorization.name ?? "none")
      }
      try transaction.setReplacement(token, of: id)
      return Recorded(
        .changed(1),
        AuditEvent(
          "key.link", target: "legacy key \(id) \(key.label)", before: before?.text ?? "none",
          after: stored.map { "\($0.authorization.id) \($0.authorization.name)" } ?? "none"))
    }
  }
}

extension ReviewDraft {
  /// As the audit keeps it.
  fileprivate var words: String { state.rawValue + (until.map { " until \($0)" } ?? "") }
}

extension Review {
  fileprivate var words: String {
    let day = until.map { CivilDate(of: $0.advanced(bySeconds: -1)) }
    return state.rawValue + (day.map { " until \($0)" } ?? "") + " by \(reviewer)"
  }
}
