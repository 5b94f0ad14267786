import Access
import GRDB
@testable import Storage
import Synchronization

/// How SQLite goes about one statement, as EXPLAIN QUERY PLAN tells it.
struct Plan: Hashable, Sendable {
  let sql: String
  let steps: [String]

  /// Steps that look at every row of a table, in the order of an index or not.
  var scans: [String] { steps.filter { $0.hasPrefix("SCAN") } }

  /// Steps that collect rows and sort them, rather than meeting them in order.
  var sorts: [String] { steps.filter { $0.contains("TEMP B-TREE") } }

  func uses(_ index: String) -> Bool {
    steps.contains { $0.hasSuffix("INDEX \(index)") || $0.contains("INDEX \(index) ") }
  }
}

extension TestStore {
  /// The plans of all statements that `body` runs, in their order; each once.
  func plans(_ body: (Snapshot) throws -> Void) throws -> [Plan] {
    let now = clock.now
    let policies = store.policies
    return try store.withReader { queue in
      try queue.read { db in
        let statements = Mutex<[String]>([])
        db.trace { event in
          if case .statement(let statement) = event {
            statements.withLock { $0.append(statement.expandedSQL) }
          }
        }
        try body(Snapshot(db, now: now, policies: policies))
        db.trace(options: [])
        var seen = Set<String>()
        // FTS5 reads tables of its own with statements of its own.
        let own = statements.withLock { $0 }
          .filter { !$0.contains("Find_") && !$0.hasPrefix("--") && seen.insert($0).inserted }
        return try own.map { sql in
          let rows = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql)
          return Plan(sql: sql, steps: rows.map { $0["detail"] })
        }
      }
    }
  }

  /// The plan of the one statement that reads a page: it has an order and a limit.
  func pagePlan(_ body: (Snapshot) throws -> Void) throws -> Plan? {
    try plans(body).first { plan in
      // What is in force is read from the newest revision down, two at the most.
      plan.sql.contains("ORDER BY") && plan.sql.contains("LIMIT")
        && !plan.sql.hasSuffix("ORDER BY number DESC LIMIT 2")
    }
  }
}
