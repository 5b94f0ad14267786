import GRDB

/// Whether so few rows of a table match that they are better found first and sorted afterwards.
struct Rarity {
  static let few = 4096

  let table: String
  var cap = Rarity.few

  /// How many rows match, at most ``cap``; the condition must be one that an index answers.
  func count(_ condition: Clause, _ db: Database) throws -> Int {
    try Self.count(Clause(sql: "SELECT 1 FROM \(table) WHERE ") + condition, cap: cap, db)
  }

  static func count(_ rows: Clause, cap: Int, _ db: Database) throws -> Int {
    let query: Clause = "SELECT count(*) FROM (" + rows + " LIMIT \(cap))"
    return try query.number(db)
  }
}
