package import Access
import CStorage
import GRDB
import Glibc
import Synchronization

/// The database of one site, and the only way to its rows.
///
/// Readers see one snapshot each. Writers go through ``write(by:_:)``, which cannot be used without
/// naming what was done: change and audit row are one transaction.
package final class Store: Sendable {
  let files: SiteFiles
  let clock: @Sendable () -> Instant
  /// By what a leap of ``clock`` is noticed; nil where that is told, not measured.
  let boot: BootClock?
  /// Told of the audit's head after each change, outside of the site's own files.
  let keep: (@Sendable (_ heads: [AuditHead], _ database: String) -> Void)?
  let policies = PolicyCache()
  let commonTrigrams = CommonTrigrams()
  let isReadOnly: Bool
  /// Whether it is only read: a copy that something else keeps current.
  package var isCopy: Bool { isReadOnly }
  /// How long to wait for another process before giving up.
  let patience: Duration
  private let connections: Mutex<Connections>

  private struct Connections {
    /// Readers that nobody is using.
    var idle: [Reader] = []
    /// How many pages of the file a reader is to keep.
    var readerPages = Store.fewPages
    /// Opened at the first change: most of what a console does is reading.
    var writer: DatabaseQueue?
    /// Nil until the file was seen to be one of ours, of the current version.
    var siteID: String?
  }

  fileprivate struct Reader {
    let queue: DatabaseQueue
    /// How many pages it keeps.
    let pages: Int32
  }

  private init(
    _ files: SiteFiles, clock: @escaping @Sendable () -> Instant, boot: BootClock?,
    isReadOnly: Bool, patience: Duration = WriteLock.patience,
    keep: (@Sendable ([AuditHead], String) -> Void)? = nil
  ) {
    self.files = files
    self.clock = clock
    self.boot = boot
    self.isReadOnly = isReadOnly
    self.patience = patience
    self.keep = keep
    connections = Mutex(Connections())
  }

  /// Makes a database with its first policy and its first administrator.
  ///
  /// - Throws: ``StoreError/exists(_:)`` where there is a file already; it is not touched.
  package static func create(
    _ files: SiteFiles, siteID: String, first policy: Policy, by actor: Actor,
    administrator: Account, clock: @escaping @Sendable () -> Instant, boot: BootClock? = nil
  ) throws {
    let file = Glibc.open(files.database, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw errno == EEXIST
        ? StoreError.exists(files.database)
        : StoreError.system(files.database, detail: String(cString: strerror(errno)))
    }
    Glibc.close(file)
    do {
      let store = Store(files, clock: clock, boot: boot, isReadOnly: false)
      let now = clock()
      try store.write(
        by: actor,
        preparing: { db in
          try Schema.create(in: db)
          try db.execute(
            sql: "INSERT INTO site (id, siteID, createdAt) VALUES (1, ?, ?)",
            arguments: [siteID, now.milliseconds])
        }
      ) { transaction in
        try transaction.insert(administrator)
        _ = try transaction.insertRevision(
          policy, base: 0, author: administrator.login, reason: "", summary: "The first policy",
          deadline: nil)
        return Recorded(
          (),
          AuditEvent(
            "site.init", target: "site \(policy.properties.siteName)",
            after: "first administrator: \(administrator.login)"))
      }
    } catch {
      // What was begun here is nobody's yet.
      for suffix in ["", "-wal", "-shm"] { unlink(files.database + suffix) }
      throw error
    }
  }

  /// Opens an existing database, and migrates an older one; with `isLogged` the host's own log is told
  /// of the audit's head after each change.
  package static func open(
    _ files: SiteFiles, readOnly: Bool = false, clock: @escaping @Sendable () -> Instant,
    boot: BootClock? = nil, isLogged: Bool = false
  ) throws -> Store {
    try open(
      files, readOnly: readOnly, patience: WriteLock.patience, clock: clock, boot: boot,
      keep: isLogged ? SystemLog.keep : nil)
  }

  static func open(
    _ files: SiteFiles, readOnly: Bool, patience: Duration,
    clock: @escaping @Sendable () -> Instant, boot: BootClock? = nil,
    keep: (@Sendable ([AuditHead], String) -> Void)? = nil
  ) throws -> Store {
    try files.check(writable: !readOnly)
    let store = Store(
      files, clock: clock, boot: boot, isReadOnly: readOnly, patience: patience, keep: keep)
    do {
      let found = try store.recognise()
      if found < Schema.version {
        guard !readOnly else {
          throw StoreError.older(files.database, found: found, known: Schema.version)
        }
        try store.migrate()
      }
    } catch {
      throw StoreError.translated(error, path: files.database)
    }
    return store
  }

  /// What the clock says.
  package var now: Instant { clock() }

  package var siteID: String {
    get throws {
      if let known = connections.withLock({ $0.siteID }) { return known }
      return try read { try Self.siteID($0.db) }
    }
  }

  private static func siteID(_ db: Database) throws -> String {
    try String.fetchOne(db.cachedStatement(sql: "SELECT siteID FROM site")) ?? ""
  }

  /// Reads in one snapshot of the database.
  package func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    do {
      return try withReader { queue in
        try queue.snapshot { db in
          try body(try snapshot(of: db))
        }
      }
    } catch {
      throw StoreError.translated(error, path: files.database)
    }
  }

  /// Changes something and records who did what, in one transaction.
  ///
  /// Revisions whose deadline has passed are settled first, so that their end is in the audit
  /// before what follows from it. After the commit each audit row is added to the checkpoints. What
  /// `isLarge`, of many thousand rows, gets memory that is given back afterwards.
  ///
  /// - Throws: ``StoreError/busy(_:)`` if another process holds the lock for 5 seconds, or whatever
  ///   `body` throws; nothing was changed then.
  package func write<Value>(
    by actor: Actor, isLarge: Bool = false, _ body: (Transaction) throws -> Recorded<Value>
  ) throws -> Value {
    try write(by: actor, isLarge: isLarge, accepting: false, body)
  }

  private func write<Value>(
    by actor: Actor, isLarge: Bool = false, accepting isAccepting: Bool = false,
    preparing prepare: (Database) throws -> Void = { _ in },
    _ body: (Transaction) throws -> Recorded<Value>
  ) throws -> Value {
    guard !isReadOnly else { throw StoreError.readOnly(files.database) }
    do {
      return try writer().writeWithoutTransaction { db in
        if isLarge { try db.execute(sql: Self.largeMemory) }
        defer { if isLarge { try? db.execute(sql: Self.usualMemory) } }
        return try lock.withLock {
          let checkpoints = Checkpoints(path: files.checkpoints)
          var result: Value?
          var begun: Transaction?
          do {
            try db.inTransaction(.immediate) {
              try prepare(db)
              try requireNewest(db, seen: checkpoints.lastSeq ?? 0)
              let time = try Timekeeping(db)
              let now = isAccepting ? clock() : time.now(clock, boot)
              let transaction = Transaction(db, now: now, actor: actor, policies: policies)
              begun = transaction
              let mark = isAccepting ? Timekeeping.mark(now, boot) : time.renewed(clock(), boot)
              if let mark { try transaction.note(mark) }
              try transaction.settleLapses()
              let recorded = try body(transaction)
              for event in [recorded.event] + recorded.more {
                try transaction.append(event, by: actor, at: now)
              }
              result = recorded.value
              return .commit
            }
          } catch {
            begun?.undo()
            throw error
          }
          begun?.snapshot.policies.commit()
          checkpoints.append(begun?.written ?? [], ended: begun?.ended ?? [])
          keep?(begun?.written ?? [], files.database)
          guard let result else { throw StoreError.system(files.database, detail: "no result") }
          return result
        }
      }
    } catch {
      throw StoreError.translated(error, path: files.database)
    }
  }

  /// Memory for many thousand rows.
  ///
  /// What SQLite notes to take a single statement back would otherwise go to a file, a page at a time,
  /// and again for every row.
  private static let largeMemory = "PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY"
  private static let usualMemory = """
    PRAGMA cache_size = -2000; PRAGMA temp_store = DEFAULT; PRAGMA shrink_memory
    """

  /// What keeps the database from being changed, as far as its checkpoints tell; nil where nothing does.
  package func obstacle() throws -> StoreError? {
    // Before the snapshot: a line is written after its row.
    let seen = Checkpoints(path: files.checkpoints).lastSeq ?? 0
    do {
      try read { try requireNewest($0.db, seen: seen) }
      return nil
    } catch let error as StoreError {
      guard case .behind = error else { throw error }
      return error
    }
  }

  /// Refuses to build on a database that ends before an audit row that was seen.
  func requireNewest(_ db: Database, seen: Int64) throws {
    let last = try AuditChain.last(in: db)
    guard seen <= last else { throw StoreError.behind(files.database, last: last, seen: seen) }
  }

  /// Closes every connection; none is used any more.
  ///
  /// The last of all processes to close a database takes `-wal` and `-shm` away, if it may write. Where
  /// only readers were open, one that may is opened to do so: of a file that stayed behind, and has
  /// reached the disk, the next start has to free the blocks, which on ext4 took 0.3 to 0.5 ms.
  func close() throws {
    try connections.withLock { connections in
      for reader in connections.idle { try reader.queue.close() }
      try connections.writer?.close()
      if connections.writer == nil, connections.siteID != nil, !isReadOnly {
        csqlite_tidy(files.database)
      }
      connections = Connections()
    }
  }

  deinit { try? close() }

  /// Refuses a file that is not ours; of a current one the site is known afterwards.
  ///
  /// - Returns: the version it has.
  private func recognise() throws -> Int {
    try withReader { queue in
      try queue.snapshot { db in
        let found = try Schema.check(db, path: files.database)
        if found == Schema.version {
          let siteID = try Self.siteID(db)
          connections.withLock { $0.siteID = siteID }
        }
        return found
      }
    }
  }

  var lock: WriteLock { WriteLock(path: files.lock, patience: patience) }

  private func migrate() throws {
    try writer().writeWithoutTransaction { db in
      try lock.withLock {
        try db.inTransaction(.immediate) {
          try Schema.migrate(db)
          return .commit
        }
      }
    }
  }

  /// What `db` shows, whose transaction has begun.
  func snapshot(of db: Database) throws -> Snapshot {
    let time = try Timekeeping(db)
    return Snapshot(
      db, now: time.now(clock, boot), lastChange: time.lastChange, policies: policies,
      commonTrigrams: commonTrigrams)
  }

  /// The time that counts, see ``Timekeeping``.
  func now(_ db: Database) throws -> Instant { try Timekeeping(db).now(clock, boot) }

  /// Takes the host's clock for right, whatever is stored and whatever the boot clock says.
  ///
  /// - Returns: false if nothing spoke against the clock; then nothing was changed.
  package func acceptClock(by actor: Actor) throws -> Bool {
    let (finding, before) = try withReader { queue in
      try queue.snapshot { db in (try clockFinding(db), try now(db)) }
    }
    guard !finding.isFine else { return false }
    return try write(by: actor, accepting: true) { transaction in
      Recorded(
        true,
        AuditEvent(
          "clock.accept", target: "clock", before: before.rfc3339,
          after: transaction.now.rfc3339))
    }
  }
}

// MARK: - Connections

extension Store {
  /// Lends a reader nobody is using, so that a long question does not hold up a short one.
  func withReader<Value>(_ body: (DatabaseQueue) throws -> Value) throws -> Value {
    let (idle, pages) = connections.withLock { ($0.idle.popLast(), $0.readerPages) }
    let reader = try idle?.keeping(pages) ?? reader(keeping: pages)
    defer { connections.withLock { $0.idle.append(reader) } }
    return try body(reader.queue)
  }

  /// Has readers keep what pages of lists lie on, for whoever goes on looking at them.
  ///
  /// Each row of a list lies on another page, below another: seventy for what a screen shows, 300 kB.
  /// The kernel has them in memory, so that keeping them costs whoever reads once more than it gains;
  /// without it the first and the last of a million rows take 12 % longer than those of a thousand.
  package func keepPages() { connections.withLock { $0.readerPages = Self.manyPages } }

  /// The inner pages of some indexes.
  private static let fewPages: Int32 = 20
  private static let manyPages: Int32 = 200

  private func reader(keeping pages: Int32) throws -> Reader {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.foreignKeysEnabled = false  // It could break none.
    configuration.prepareDatabase { db in
      db.add(function: CaseFolding.function)
      // GRDB asks what a statement touches for those who watch changes; here are none to watch.
      let connection = UnsafeMutableRawPointer(db.sqliteConnection)
      csqlite_allow_all(connection)
      csqlite_limit_cache(connection, pages)
    }
    configuration.busyMode = .timeout(patience / .seconds(1))
    do {
      return Reader(queue: try connect(configuration), pages: pages)
    } catch {
      throw StoreError.translated(error, path: files.database)
    }
  }

  private func connect(_ configuration: Configuration) throws -> DatabaseQueue {
    _ = Self.library
    return try DatabaseQueue(path: files.database, configuration: configuration)
  }

  /// Sets SQLite up, once in a process.
  private static let library: Void = csqlite_start()

  func writer() throws -> DatabaseQueue {
    try connections.withLock { connections in
      if let writer = connections.writer { return writer }
      var configuration = Configuration()
      configuration.busyMode = .timeout(patience / .seconds(1))
      configuration.prepareDatabase { db in
        db.add(function: CaseFolding.function)
        try db.execute(
          sql: """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            """)
      }
      let writer = try connect(configuration)
      connections.writer = writer
      return writer
    }
  }
}

extension DatabaseQueue {
  /// Reads in one snapshot, on a connection that cannot write.
  ///
  /// What `read` adds, compiling its transaction anew each time, guards against writing and tells those
  /// who watch for changes; neither can be here.
  func snapshot<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try unsafeRead { db in
      try db.cachedStatement(sql: "BEGIN").execute()
      do {
        let value = try body(db)
        try db.cachedStatement(sql: "COMMIT").execute()
        return value
      } catch {
        try? db.rollback()
        throw error
      }
    }
  }
}

extension Store.Reader {
  fileprivate func keeping(_ pages: Int32) -> Self {
    guard pages != self.pages else { return self }
    queue.unsafeRead {
      csqlite_limit_cache(UnsafeMutableRawPointer($0.sqliteConnection), pages)
    }
    return Self(queue: queue, pages: pages)
  }
}
