import GRDB

/// Whether so few rows of a table match that they are better found first and sorted afterwards.
struct Rarity {
  static let few = 4096

  let table: String
  var cap = Rarity.few

  /// How many rows match, at most ``cap``; the condition must be one that an index answers.
  func count(_ condition: SQL, _ db: Database) throws -> Int {
    try Self.count(SQL(sql: "SELECT 1 FROM \(table) WHERE ") + condition, cap: cap, db)
  }

  static func count(_ rows: SQL, cap: Int, _ db: Database) throws -> Int {
    let query: SQL = "SELECT count(*) FROM (" + rows + " LIMIT \(cap))"
    return try SQLRequest<Int>(literal: query, cached: true).fetchOne(db) ?? 0
  }
}
