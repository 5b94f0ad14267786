import Access
import Credentials
import Storage

extension Administration {
  /// Judges traffic by a level as well, from now on.
  func observe(_ level: SecurityLevel?, by actor: Actor) throws -> Outcome {
    try operate(by: actor) { operations, office, transaction in
      let before = operations.observation
      guard level != before?.level else {
        throw level.map(OperationError.alreadyObserved) ?? OperationError.notObserving
      }
      try transaction.observe(level)
      return Recorded(
        .observing(try office.snapshot.operations().observation),
        AuditEvent(
          "level.observe", target: "security level", before: Self.words(before?.level),
          after: Self.words(level)))
    }
  }

  func announceCutOver(_ date: CivilDate?, by actor: Actor) throws -> Outcome {
    try operate(by: actor) { operations, office, transaction in
      let before = operations.cutOver
      if let date {
        guard date.start > (try office.snapshot.now()) else {
          throw OperationError.cutOverPast(date)
        }
        guard date != before?.date else { throw OperationError.cutOverUnchanged(date) }
      } else if before == nil {
        throw OperationError.noCutOver
      }
      try transaction.announce(date)
      return Recorded(
        .cutOver(try office.snapshot.operations().cutOver),
        AuditEvent(
          date == nil ? "cutover.off" : "cutover.set", target: "cut-over date",
          before: before?.date.description ?? "none", after: date?.description ?? "none"))
    }
  }

  func addBrownout(_ draft: BrownoutDraft, by actor: Actor) throws -> Outcome {
    try operate(by: actor) { operations, office, transaction in
      let window = try draft.window(
        Identifier(RandomID.make()), beside: operations.brownouts, at: office.snapshot.now())
      try transaction.insert(window)
      return Recorded(
        .brownout(window),
        AuditEvent("brownout.add", target: "brownout \(window.id)", after: window.words))
    }
  }

  func abortBrownout(_ id: Identifier<Brownout>, by actor: Actor) throws -> Outcome {
    try operate(by: actor) { operations, office, transaction in
      guard var window = operations.brownouts.first(where: { $0.id == id }) else {
        throw OperationError.brownoutUnknown(id.text)
      }
      let now = try office.snapshot.now()
      let state = window.state(at: now)
      guard state.isOpen else {
        throw OperationError.brownoutEnded(id.text, state)
      }
      try transaction.abort(id)
      window.abortedAt = now
      return Recorded(
        .brownout(window),
        AuditEvent(
          "brownout.abort", target: "brownout \(id)", before: "\(state.rawValue): \(window.words)",
          after: "aborted"))
    }
  }

  private func operate(
    by actor: Actor, _ body: (Operations, Office, Transaction) throws -> Recorded<Outcome>
  ) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageSettings)
      return try body(try office.snapshot.operations(), office, transaction)
    }
  }

  private static func words(_ level: SecurityLevel?) -> String {
    level.map { "observing \($0.name)" } ?? "observing nothing"
  }
}

extension Brownout {
  /// As the audit keeps it.
  fileprivate var words: String { "\(kind.name)s from \(from.rfc3339) to \(until.rfc3339)" }
}

extension Office {
  /// What operators set is shown to whoever may set it, or works through the migration.
  func operations() throws -> Operations {
    try requireAny(.reviewMigration, .manageSettings, .manageAccess, .viewAudit)
    return try snapshot.operations()
  }

  func brownoutReport(_ id: Identifier<Brownout>) throws -> BrownoutReport {
    try requireAny(.reviewMigration, .manageSettings)
    guard let report = try snapshot.brownoutReport(id) else {
      throw OperationError.brownoutUnknown(id.text)
    }
    return report
  }
}
