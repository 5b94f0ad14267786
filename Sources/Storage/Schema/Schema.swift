import GRDB

/// What the database file says it is, and how an older one becomes a current one.
enum Schema {
  /// `GATE` in ASCII, in the file's header.
  static let applicationID: Int32 = 0x4741_5445

  /// Each brings a database from the version before to its own; never edited once shipped.
  static let migrations = [version1, version2, version3, version4, version5, version6]

  /// How many there are, said by itself: to put all their texts together costs at each start.
  static let version = 6

  /// Marks an empty database as ours and brings it to the current version.
  static func create(in db: Database) throws {
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try migrate(db)
  }

  /// Applies what is missing; the caller holds a transaction.
  static func migrate(_ db: Database) throws {
    let current = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    for (index, migration) in migrations.enumerated() where index >= current {
      try db.execute(sql: migration)
      try db.execute(sql: "PRAGMA user_version = \(index + 1)")
    }
  }

  /// Refuses a file that is not ours, or from a newer Gatehouse.
  ///
  /// - Returns: the version it has; below ``version`` it has to be migrated.
  static func check(_ db: Database, path: String) throws -> Int {
    let application = try db.cachedStatement(sql: "PRAGMA application_id")
    guard try Int32.fetchOne(application) == applicationID else { throw StoreError.foreign(path) }
    let found = try Int.fetchOne(db.cachedStatement(sql: "PRAGMA user_version")) ?? 0
    guard found <= version else { throw StoreError.newer(path, found: found, known: version) }
    return found
  }
}
