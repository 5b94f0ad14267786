package import Access
import GRDB

/// The database as it was at one moment, for reading.
///
/// Valid only within the closure it was given to.
package struct Snapshot {
  let db: Database
  private let instant: Instant
  private let knownChange: Int64?
  let policies: PolicyCache
  let commonTrigrams: CommonTrigrams

  init(
    _ db: Database, now: Instant, lastChange: Int64? = nil, policies: PolicyCache,
    commonTrigrams: CommonTrigrams = CommonTrigrams()
  ) {
    self.db = db
    instant = now
    knownChange = lastChange
    self.policies = policies
    self.commonTrigrams = commonTrigrams
  }

  /// The instant everything in this snapshot is judged at.
  package func now() throws -> Instant { instant }

  /// Moves with every change of anything a decision depends on.
  package func epoch() throws -> Int64 {
    try Int64.fetchOne(db.cachedStatement(sql: "SELECT value FROM epoch")) ?? 0
  }

  /// The number of the last audit row; 0 where there is none.
  package func lastChange() throws -> Int64 {
    try knownChange ?? AuditChain.last(in: db)
  }

  func total(_ name: String) throws -> Int {
    let statement = try db.cachedStatement(sql: "SELECT value FROM total WHERE name = ?")
    return try Int.fetchOne(statement, arguments: [name]) ?? 0
  }
}
