package import Access
import CStorage
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
  /// The memory that every commit changes; valid as long as ``queue``.
  private let index: UnsafeRawPointer?
  /// What it held before ``version`` was read, once ``known`` is as of then.
  private var header = cwal_header()

  /// What the database stands on: as long as it stays, remembered facts are true.
  package struct Ground: Hashable, Sendable {
    package let epoch: Int64
    let time: Timekeeping
    /// The latest instant that is stored.
    package var latest: Instant { time.latest }
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
      let queue = try DatabaseQueue(path: store.files.database, configuration: configuration)
      self.queue = queue
      known = Ground(
        epoch: -1,
        time: Timekeeping(latest: Instant(milliseconds: .min), lastChange: 0, mark: nil))
      try queue.unsafeRead { db in
        let found = try Schema.check(db, path: store.files.database)
        guard found == Schema.version else {
          throw StoreError.older(store.files.database, found: found, known: Schema.version)
        }
      }
      index = queue.unsafeRead { db in db.sqliteConnection.flatMap { cwal_index(.init($0)) } }
      _ = try ground()
    } catch {
      throw StoreError.translated(error, path: store.files.database)
    }
  }

  /// Where the database stands now; looks no further than the WAL index where nobody wrote.
  ///
  /// That is a comparison of 48 bytes, where `data_version` takes a file lock and gives it back: two
  /// calls of the kernel for each request.
  ///
  /// - Parameter thoroughly: whether to ask SQLite in any case, which also finds a file that can no
  ///   longer be read.
  /// - Returns: what remembered facts are true as of.
  /// - Throws: ``StoreError/behind(_:last:seen:)`` as soon as the database is found to be older than
  ///   its checkpoints, or what reading it meets.
  package func ground(thoroughly: Bool = false) throws -> Ground {
    if !thoroughly, let index, version != nil, cwal_is(index, &header) { return known }
    do {
      return try queue.unsafeRead { db in
        // Before the version: a commit in between is then seen the next time.
        let seen = index.map(cwal_read)
        let found = try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
        guard found != version || found == nil else {
          header = seen ?? header
          return known
        }
        let epoch = try Int64.fetchOne(db.cachedStatement(sql: "SELECT value FROM epoch")) ?? 0
        if epoch != known.epoch {
          // Before the rows: what is added to both meanwhile must not look as if it were older.
          let seen = Checkpoints(path: store.files.checkpoints).lastSeq ?? 0
          try store.requireNewest(db, seen: seen)
        }
        known = Ground(epoch: epoch, time: try Timekeeping(db))
        version = found
        header = seen ?? header
        return known
      }
    } catch {
      throw StoreError.translated(error, path: store.files.database)
    }
  }

  /// The time that counts as of the last ``ground(thoroughly:)``.
  package func now() -> Instant { known.time.now(store.clock, store.boot) }

  /// Reads in one snapshot.
  package func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    do {
      return try queue.snapshot { try body(try store.snapshot(of: $0)) }
    } catch {
      throw StoreError.translated(error, path: store.files.database)
    }
  }
}
