import GRDB
@testable import Storage
import Testing

@Suite("A clause")
struct ClauseTests {
  let queue: DatabaseQueue

  init() throws { queue = try DatabaseQueue() }

  @Test("binds what was interpolated, in the order of its question marks")
  func order() throws {
    let inner: Clause = "\(2) AS two"
    var clause: Clause = "SELECT \("one") AS one, \(inner), "
    clause += Clause(sql: "3 AS three, ") + "\(nil as Int?) AS missing, \("'; --") AS text"
    let row = try #require(try queue.read { try clause.rows($0) }.first)
    #expect(clause.sql == "SELECT ? AS one, ? AS two, 3 AS three, ? AS missing, ? AS text")
    #expect(row == ["one": "one", "two": 2, "three": 3, "missing": nil, "text": "'; --"])
  }

  @Test("makes a list of several values, and of none one that nothing is in")
  func lists() throws {
    func isIn(_ values: [String]) throws -> Int {
      let clause: Clause = "SELECT \("b") IN \(values)"
      return try queue.read { try clause.number($0) }
    }
    #expect(try isIn(["a", "b"]) == 1)
    #expect(try isIn(["a", "'b'"]) == 0)
    #expect(try isIn([]) == 0)
  }

  @Test("is run anew with other values, though compiled once")
  func again() throws {
    for number in [7, 8] {
      let clause: Clause = "SELECT \(number)"
      #expect(try queue.read { try clause.number($0) } == number)
    }
    #expect(try queue.read { try Clause(sql: "SELECT 1 WHERE 0").number($0) } == 0)
  }

  @Test("joins its parts with a separator")
  func joined() {
    let parts: [Clause] = ["a = \(1)", "b = \(2)"]
    let all = parts.joined(separator: " AND ")
    #expect(all.sql == "a = ? AND b = ?")
    #expect(all.arguments == [1, 2])
    #expect([Clause]().joined(separator: " AND ").sql.isEmpty)
  }
}
