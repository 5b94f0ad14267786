import Access
@testable import Administration
import Foundation
import GRDB
import Storage
import Testing

@Suite("What the gate counts")
struct TrafficTests {
  let site: TestSite
  let gate: TestGate
  let token: IssuedToken

  init() throws {
    site = try TestSite()
    try site.revise(.enableBearer(.standard))
    token = try site.createToken("ci")
    gate = try TestGate(site)
  }

  @Test("is written by the next flush: uses, last use, source and client")
  func uses() throws {
    let other = try Enforcement(gate.shared)
    for _ in 1...3 { _ = gate.reason(.bearer(token.value)) }
    _ = other.judge { _ in
      Attempt(
        .bearer(token.value), request: RequestFacts(source: IPAddress(parsing: "10.0.0.8")),
        agent: "ruby")
    }
    #expect(try site.token("ci")?.uses == 0)
    try gate.shared.flush()
    let row = try #require(try site.token("ci"))
    #expect(row.uses == 4)
    #expect(row.lastUsedAt == site.clock.now)
    #expect(gate.shared.figures().lastFlush == site.clock.now)
    try gate.shared.flush()
    #expect(try site.token("ci")?.uses == 4)
  }

  @Test("of a loop that has ended is written all the same")
  func endedLoop() throws {
    do {
      let loop = try Enforcement(gate.shared)
      _ = loop.judge { _ in Attempt(.bearer(token.value), request: RequestFacts()) }
    }
    try gate.shared.flush()
    #expect(try site.token("ci")?.uses == 1)
  }

  @Test("is lost by a crash only as far as it was not flushed")
  func crash() throws {
    _ = gate.reason(.bearer(token.value))
    try gate.shared.flush()
    _ = gate.reason(.bearer(token.value))
    let next = try TestGate(site)
    _ = next.reason(.bearer(token.value))
    try next.shared.flush()
    #expect(try site.token("ci")?.uses == 2)
  }

  @Test("of refusals is grouped by caller, kind, source and reason, and kept a day")
  func refusals() throws {
    for _ in 1...3 { _ = gate.reason(.bearer(secret("garbage"))) }
    _ = gate.reason(.bearer(secret("more garbage")), from: "10.0.0.9")
    try site.perform(.revokeTokens([Identifier(token.row.id)], reason: "lost"))
    _ = gate.reason(.bearer(token.value))
    try gate.shared.flush()
    #expect(
      try site.refusals() == [
        RefusalRecord("", "10.0.0.7", "credential_invalid", 3),
        RefusalRecord("", "10.0.0.9", "credential_invalid", 1),
        RefusalRecord("token:\(token.row.id)", "10.0.0.7", "token_revoked", 1),
      ])

    site.clock.advance(.hours(25))
    _ = gate.reason(.missing)
    try gate.shared.flush()
    #expect(try site.refusals().map(\.reason) == ["credential_missing"])
  }

  @Test("of refusals beyond the limit of groups becomes one group of others")
  func others() throws {
    for index in 0..<10_050 {
      _ = gate.reason(.missing, from: "10.1.\(index / 256).\(index % 256)")
    }
    try gate.shared.flush()
    let groups = try site.refusals()
    #expect(groups.count == 10_001)
    #expect(groups.first { $0.caller == "others" }?.count == 50)

    _ = gate.reason(.missing, from: "10.2.0.1")
    _ = gate.reason(.missing, from: "10.1.0.1")
    try gate.shared.flush()
    let later = try site.refusals()
    #expect(later.count == 10_001)
    #expect(later.first { $0.caller == "others" }?.count == 51)
    #expect(later.first { $0.source == "10.1.0.1" }?.count == 2)
  }

  @Test("of the latest acceptance from an address names who it was")
  func acceptance() throws {
    _ = gate.reason(.bearer(token.value))
    try gate.shared.flush()
    let callers = try site.raw { db in
      try String.fetchAll(db, sql: "SELECT caller FROM acceptance WHERE source = '10.0.0.7'")
    }
    #expect(callers == ["token:\(token.row.id)"])
  }

  @Test("that could not be written is kept for the next time")
  func kept() throws {
    _ = gate.reason(.bearer(token.value))
    let path = site.folder + "/gatehouse.db"
    try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
    #expect(throws: StoreError.replaced(path)) { try gate.shared.flush() }
    try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
    try gate.shared.flush()
    #expect(try site.token("ci")?.uses == 1)
  }
}

@Suite("A gate whose database is")
struct ClosedGateTests {
  let site: TestSite
  let token: IssuedToken
  let path: String

  init() throws {
    site = try TestSite()
    try site.revise(.enableBearer(.standard))
    token = try site.createToken("ci")
    path = site.folder + "/gatehouse.db"
  }

  @Test("readable is ready, and not replaced")
  func ready() throws {
    let gate = try TestGate(site)
    #expect(gate.shared.readiness() == .ready)
    #expect(!gate.shared.isReplaced)
    #expect(gate.shared.figures().lagSeconds == nil)
  }

  @Test("gone answers nothing from what it remembers, and goes on once it is back")
  func gone() throws {
    let gate = try TestGate(site)
    #expect(gate.reason(.bearer(token.value)) == "allowed")
    try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
    #expect(gate.shared.readiness() == .unready("\(StoreError.replaced(path))"))
    #expect(!gate.shared.isReplaced)
    #expect(try until { gate.reason(.bearer(token.value)).hasPrefix("unavailable") })
    #expect(throws: (any Error).self) { try Enforcement(gate.shared) }

    try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
    #expect(try until { gate.reason(.bearer(token.value)) == "allowed" })
  }

  @Test("replaced is told, and refuses")
  func replaced() throws {
    let gate = try TestGate(site)
    try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
    try FileManager.default.copyItem(atPath: path + ".away", toPath: path)
    #expect(gate.shared.isReplaced)
    #expect(gate.shared.readiness() == .unready("\(StoreError.replaced(path))"))
    #expect(try until { gate.reason(.bearer(token.value)).hasPrefix("unavailable") })
  }

  @Test("older than its checkpoints is closed, now and from the start")
  func older() throws {
    let gate = try TestGate(site)
    #expect(gate.reason(.bearer(token.value)) == "allowed")
    let lines = try FileHandle(forWritingTo: URL(filePath: path + ".checkpoints"))
    try lines.seekToEnd()
    try lines.write(contentsOf: Data("9999 00 0\n".utf8))
    try lines.close()
    #expect(throws: (any Error).self) { try TestGate(site) }
    if case .ready = gate.shared.readiness() { Issue.record("ready") }
    try site.raw { try $0.execute(sql: "UPDATE epoch SET value = value + 1") }
    #expect(gate.reason(.bearer(token.value)).contains("older than its checkpoints"))
  }

  @Test("damaged refuses and does not crash")
  func damaged() throws {
    let gate = try TestGate(site)
    try site.raw { db in
      try db.execute(sql: "UPDATE epoch SET value = value + 1")
      try db.execute(sql: "DROP TABLE accountRole")
    }
    #expect(gate.reason(.bearer(token.value)).hasPrefix("unavailable"))
  }

  @Test("locked by a writer is still answered from")
  func locked() throws {
    let gate = try TestGate(site)
    try site.raw { db in
      try db.execute(sql: "BEGIN IMMEDIATE; UPDATE epoch SET value = value + 1")
      #expect(gate.reason(.bearer(token.value)) == "allowed")
      try db.execute(sql: "ROLLBACK")
    }
  }

  @Test("a copy that is only read: writes nothing, names its lag, and may be replaced")
  func copy() throws {
    let files = SiteFiles(database: path)
    let clock = site.clock
    let copy = Administration(
      store: try Store.open(files, readOnly: true, clock: { clock.now }), files: files)
    let gate = try TestGate(site, on: copy)
    #expect(gate.reason(.bearer(token.value)) == "allowed")
    try gate.shared.flush()
    #expect(try site.token("ci")?.uses == 0)
    #expect(gate.shared.figures().lagSeconds != nil)

    try site.perform(.revokeTokens([Identifier(token.row.id)], reason: "lost"))
    try site.raw { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    try FileManager.default.copyItem(atPath: path, toPath: path + ".new")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: path + ".new", toPath: path)
    #expect(!gate.shared.isReplaced)
    #expect(try until { gate.reason(.bearer(token.value)) == "token_revoked" })
  }

  /// Asks until something holds, for three seconds at the most.
  private func until(_ holds: () throws -> Bool) throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(3)
    while ContinuousClock.now < deadline { if try holds() { return true } }
    return false
  }
}

/// One group of refused requests as it is stored, its slots added up.
struct RefusalRecord: Equatable {
  let caller: String
  let source: String
  let reason: String
  let count: Int64

  init(_ caller: String, _ source: String, _ reason: String, _ count: Int64) {
    (self.caller, self.source, self.reason, self.count) = (caller, source, reason, count)
  }
}

extension TestSite {
  /// Looks at the database behind the back of everybody.
  func raw<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try DatabaseQueue(path: folder + "/gatehouse.db").writeWithoutTransaction(body)
  }

  func refusals() throws -> [RefusalRecord] {
    try raw { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT caller, source, reason, sum(count) AS count FROM refusal
          GROUP BY caller, kind, source, reason ORDER BY caller, source, reason
          """
      ).map { RefusalRecord($0["caller"], $0["source"], $0["reason"], $0["count"]) }
    }
  }
}
