import Access
import GRDB

/// One change under way; it becomes true as a whole, with its audit rows, or not at all.
package final class Transaction {
  let db: Database
  let now: Instant
  let actor: Actor
  /// What the transaction sees, its own changes included.
  package let snapshot: Snapshot
  private(set) var written: [AuditHead] = []
  /// Credentials that it ended for good.
  private(set) var ended: [EndedCredential] = []
  private var remedies: [() -> Void] = []

  init(_ db: Database, now: Instant, actor: Actor, policies: PolicyCache) {
    self.db = db
    self.now = now
    self.actor = actor
    // A revision made here is remembered by nobody else before it is committed.
    snapshot = Snapshot(db, now: now, policies: PolicyCache(over: policies))
  }

  func append(_ event: AuditEvent, by actor: Actor, at instant: Instant) throws {
    written.append(try AuditChain.append(event, by: actor, at: instant, to: db))
  }

  /// Has the checkpoints keep that a credential was ended for good.
  func note(_ credential: EndedCredential) { ended.append(credential) }

  /// Has something that was done outside the database undone if the transaction comes to nothing.
  ///
  /// It is done while the write lock is still held.
  package func ifUndone(_ remedy: @escaping () -> Void) { remedies.append(remedy) }

  func undo() {
    for remedy in remedies.reversed() { remedy() }
  }

  func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// Inserts rows, `tuple` holding the places of each one's values.
  ///
  /// Forty with one statement, which was found to be the quickest: the index for finding words is
  /// written anew with every statement, and the triggers of a longer one get into each other's way.
  func insert(_ target: String, tuple: String, _ rows: [[(any DatabaseValueConvertible)?]]) throws {
    var rest = rows[...]
    while !rest.isEmpty {
      let some = rest.prefix(40)
      rest = rest.dropFirst(40)
      let tuples = repeatElement(tuple, count: some.count).joined(separator: ", ")
      try execute(
        "INSERT INTO \(target) VALUES \(tuples)", StatementArguments(some.flatMap(\.self)))
    }
  }
}
