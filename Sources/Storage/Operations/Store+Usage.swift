import Access
import GRDB

extension Store {
  /// Adds to the counters of credentials, in one transaction.
  ///
  /// The one write that the audit is not told of: requests are not changes, and there may be
  /// thousands of them a second.
  ///
  /// - Throws: ``StoreError/busy(_:)`` if another process holds the lock for 5 seconds; nothing was
  ///   counted then.
  package func record(_ usages: [Usage]) throws {
    guard !isReadOnly else { throw StoreError.readOnly(files.database) }
    do {
      try writer().writeWithoutTransaction { db in
        try lock.withLock {
          try db.inTransaction(.immediate) {
            let transaction = Transaction(
              db, now: try Self.now(db, clock), actor: .system, policies: policies)
            for usage in usages { try transaction.record(usage) }
            return .commit
          }
        }
      }
    } catch {
      throw StoreError.translated(error, path: files.database)
    }
  }
}
