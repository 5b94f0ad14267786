import GRDB

/// A piece of SQL together with the values of its question marks.
///
/// As GRDB's `SQL`, but one text from the start: that one is put together anew for each statement,
/// and the first time it costs as much as a page of rows.
struct Clause: Sendable {
  private(set) var sql: String
  private(set) var arguments = StatementArguments()

  /// A text of the program's own, without question marks.
  init(sql: String) { self.sql = sql }

  static func += (one: inout Clause, other: Clause) {
    one.sql += other.sql
    one.arguments += other.arguments
  }

  static func + (one: Clause, other: Clause) -> Clause {
    var both = one
    both += other
    return both
  }

  /// A statement that runs this; compiled once for a connection if it `isCached`.
  private func statement(_ db: Database, isCached: Bool) throws -> Statement {
    let statement = try isCached ? db.cachedStatement(sql: sql) : db.makeStatement(sql: sql)
    try statement.setArguments(arguments)
    return statement
  }

  func cursor(_ db: Database, isCached: Bool = true) throws -> GRDB.RowCursor {
    try Row.fetchCursor(statement(db, isCached: isCached))
  }

  func rows(_ db: Database, isCached: Bool = true) throws -> [Row] {
    try Row.fetchAll(statement(db, isCached: isCached))
  }

  /// The first column of the first row as a number, 0 where there is none.
  func number(_ db: Database, isCached: Bool = true) throws -> Int {
    try Int.fetchOne(statement(db, isCached: isCached)) ?? 0
  }
}

extension Clause: ExpressibleByStringInterpolation {
  init(stringLiteral sql: String) { self.init(sql: sql) }

  init(stringInterpolation: Interpolation) { self = stringInterpolation.clause }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var clause = Clause(sql: "")

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ sql: String) { clause.sql += sql }

    /// Becomes a question mark.
    mutating func appendInterpolation(_ value: some DatabaseValueConvertible) {
      clause.sql += "?"
      // Of a literal, which GRDB takes apart without a search for how to.
      clause.arguments += [value]
    }

    mutating func appendInterpolation(_ other: Clause) { clause += other }

    /// Becomes a list in parentheses.
    mutating func appendInterpolation(_ values: some Sequence<String>) {
      clause += "(" + values.map { "\($0)" as Clause }.joined(separator: ", ") + ")"
    }
  }
}

extension [Clause] {
  func joined(separator: String) -> Clause {
    var all = Clause(sql: "")
    for (index, clause) in enumerated() {
      if index > 0 { all += Clause(sql: separator) }
      all += clause
    }
    return all
  }
}

extension Clause {
  /// A text as SQL matches it anywhere, its own wildcards made plain.
  static func contains(_ column: String, _ word: String) -> Clause {
    // LIKE knows no case beyond ASCII.
    guard word.unicodeScalars.allSatisfy(\.isASCII) else {
      return Clause(sql: "\(CaseFolding.function.name)(\(column), ") + "\(word.lowercased()))"
    }
    let pattern = word.reduce(into: "") { pattern, character in
      if "%_\\".contains(character) { pattern.append("\\") }
      pattern.append(character)
    }
    return Clause(sql: column) + " LIKE \("%" + pattern + "%") ESCAPE '\\'"
  }

  /// A text that begins so; a range of the column's index.
  static func begins(_ column: String, _ word: String) -> Clause {
    let column = Clause(sql: column)
    return "(" + column + " >= \(word) AND " + column + " < \(word + "\u{10FFFF}"))"
  }
}
