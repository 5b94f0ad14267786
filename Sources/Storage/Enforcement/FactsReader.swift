package import Access
import GRDB

/// Reads what decisions depend on, for one event loop, on a connection of its own.
///
/// It commits nothing, so `PRAGMA data_version` moves with every commit of anybody else. It never
/// waits: where SQLite is busy it throws at once. Not `Sendable`.
package final class FactsReader {
  private let store: Store
  private let queue: DatabaseQueue
  private var version: Int64?
  private var known: Ground

  /// What the database stands on: as long as it stays, remembered facts are true.
  package struct Ground: Hashable, Sendable {
    package let epoch: Int64
    /// The latest instant that is stored.
    package let latest: Instant
  }

  /// - Throws: ``StoreError`` where the database cannot be read, is not ours, has another schema
  ///   version, or is older than its checkpoints.
  package init(_ store: Store) throws {
    self.store = store
    do {
      try store.files.check(writable: false)
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .immediateError
      queue = try DatabaseQueue(path: store.files.database, configuration: configuration)
      known = Ground(epoch: -1, latest: Instant(milliseconds: .min))
      try queue.unsafeRead { db in
        let found = try Schema.check(db, path: store.files.database)
        guard found == Schema.version else {
          throw StoreError.older(store.files.database, found: found, known: Schema.version)
        }
      }
      _ = try ground()
    } catch {
      throw StoreError.translated(error, path: store.files.database)
    }
  }

  /// Where the database stands now; looks no further than `data_version` where nobody wrote.
  ///
  /// - Throws: ``StoreError/behind(_:last:seen:)`` as soon as the database is found to be older than
  ///   its checkpoints, or what reading it meets.
  package func ground() throws -> Ground {
    do {
      return try queue.unsafeRead { db in
        let found = try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
        guard found != version || found == nil else { return known }
        let epoch = try Int64.fetchOne(db.cachedStatement(sql: "SELECT value FROM epoch")) ?? 0
        if epoch != known.epoch {
          // Before the rows: what is added to both meanwhile must not look as if it were older.
          let seen = Checkpoints(path: store.files.checkpoints).lastSeq ?? 0
          let last =
            try Int64.fetchOne(
              db.cachedStatement(sql: "SELECT max(seq) FROM audit")) ?? 0
          guard seen <= last else {
            throw StoreError.behind(store.files.database, last: last, seen: seen)
          }
        }
        let now = try Store.now(db) { Instant(milliseconds: .min) }
        known = Ground(epoch: epoch, latest: now)
        version = found
        return known
      }
    } catch {
      throw StoreError.translated(error, path: store.files.database)
    }
  }

  /// The later of the clock and the latest stored instant.
  package func now() -> Instant { max(store.clock(), known.latest) }

  /// Reads in one snapshot.
  package func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    do {
      return try queue.read { db in
        try body(Snapshot(db, now: try Store.now(db, store.clock), policies: store.policies))
      }
    } catch {
      throw StoreError.translated(error, path: store.files.database)
    }
  }
}
