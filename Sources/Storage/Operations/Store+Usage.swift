import Access
import GRDB

extension Store {
  /// Adds to the counters of credentials, in one transaction.
  package func record(_ usages: [Usage]) throws {
    try record(Traffic(usages: usages))
  }

  /// Adds what was counted of requests, in one transaction.
  ///
  /// The one write that the audit is not told of: requests are not changes, and there may be
  /// thousands of them a second.
  ///
  /// - Throws: ``StoreError/busy(_:)`` if another process holds the lock for 5 seconds; nothing was
  ///   counted then.
  package func record(_ traffic: Traffic) throws {
    guard !isReadOnly else { throw StoreError.readOnly(files.database) }
    do {
      try writer().writeWithoutTransaction { db in
        try lock.withLock {
          try db.inTransaction(.immediate) {
            let transaction = Transaction(
              db, now: try now(db), actor: .system, policies: policies)
            try transaction.record(traffic)
            return .commit
          }
        }
      }
    } catch {
      throw StoreError.translated(error, path: files.database)
    }
  }
}
