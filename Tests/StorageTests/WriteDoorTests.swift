import Access
import Foundation
import GRDB
@testable import Storage
import Testing

@Suite("The write door")
struct WriteDoorTests {
  let site: TestStore

  init() throws { site = try TestStore() }

  @Test("tells the audit of the site's making first, by whom and of what")
  func first() throws {
    let rows = try site.audit()
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    #expect(row.action == "site.init")
    #expect(row.actor == "mira")
    #expect(row.source == "os:mira")
    #expect(row.target == "site Gatehouse")
    #expect(row.at == TestStore.start)
  }

  @Test("keeps change and audit row together, and further rows behind the first in their order")
  func together() throws {
    try site.store.write(by: site.mira) { transaction in
      try transaction.insert(try account("bob"))
      return Recorded(
        (), AuditEvent("account.add", target: "bob", before: "a", after: "b", reason: "c"),
        [AuditEvent("role.assign", target: "bob"), AuditEvent("mail.send", target: "bob")])
    }

    let rows = try site.audit()
    #expect(rows.map(\.action) == ["site.init", "account.add", "role.assign", "mail.send"])
    #expect(rows.map(\.seq) == [1, 2, 3, 4])
    let row = try #require(rows.dropFirst().first)
    #expect([row.before, row.after, row.reason] == ["a", "b", "c"])
    #expect(try exists("bob"))
  }

  @Test("is not gone round by what reads")
  func reading() throws {
    #expect(throws: StoreError.self) {
      try site.store.read { try $0.db.execute(sql: "UPDATE account SET isActive = 0") }
    }
    #expect(throws: StoreError.self) { try site.store.read { try $0.db.execute(sql: "VACUUM") } }

    // What failed was taken back, and the connection reads on: it sees what is written from now.
    #expect(try !exists("bob"))
    try site.change { try $0.insert(try account("bob")) }
    #expect(try exists("bob"))
  }

  @Test("inserts many at once, with all their roles, or none of them", arguments: [1, 40, 41, 95])
  func many(count: Int) throws {
    let accounts = try (1...count).map { number in
      var account = try account("user-\(number)")
      account.roles = [Role.member.id, Role.apiOperator.id]
      return account
    }
    #expect(throws: StoreError.self) {
      try site.change { try $0.insert(accounts + [accounts[0]]) }
    }
    #expect(try !exists("user-1"))

    try site.change { try $0.insert(accounts) }
    for account in accounts {
      let found = try site.store.read { try $0.account(login: account.login) }
      #expect(found?.roles.sorted() == account.roles.sorted())
    }
  }

  @Test("changes nothing where the change fails half-way, and does not tell of it")
  func failingChange() throws {
    struct Stop: Error {}
    let epoch = try site.epoch()
    #expect(throws: Stop.self) {
      try site.change { transaction in
        try transaction.insert(try account("bob"))
        throw Stop()
      }
    }
    #expect(try !exists("bob"))
    #expect(try site.audit().count == 1)
    #expect(try site.epoch() == epoch)
    #expect(try checkpoints().count == 1)
  }

  @Test("changes nothing where the audit cannot be written")
  func failingAudit() throws {
    try site.raw { db in
      try db.execute(
        sql: """
          CREATE TRIGGER auditBroken BEFORE INSERT ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit is broken');
          END
          """)
    }
    let epoch = try site.epoch()

    #expect(throws: StoreError.rule("the audit is broken")) {
      try site.change { try $0.insert(try account("bob")) }
    }

    #expect(try !exists("bob"))
    #expect(try site.epoch() == epoch)
    #expect(try site.audit().count == 1)

    try site.raw { try $0.execute(sql: "DROP TRIGGER auditBroken") }
    try site.change { try $0.insert(try account("bob")) }
    #expect(try exists("bob"))
  }

  @Test("undoes what a change did outside the database, last first, only if it came to nothing")
  func undone() throws {
    var done: [String] = []
    try site.change { $0.ifUndone { done.append("kept") } }
    #expect(done.isEmpty)
    #expect(throws: StoreError.self) {
      try site.store.write(by: site.mira) { transaction in
        for step in ["first", "second"] { transaction.ifUndone { done.append(step) } }
        return Recorded((), AuditEvent("", target: ""))
      }
    }
    #expect(done == ["second", "first"])
  }

  @Test("changes nothing where a further audit row cannot be written")
  func failingFurtherRow() throws {
    #expect(throws: StoreError.self) {
      try site.store.write(by: site.mira) { transaction in
        try transaction.insert(try account("bob"))
        return Recorded(
          (), AuditEvent("account.add", target: "bob"), [AuditEvent("", target: "bob")])
      }
    }
    #expect(try !exists("bob"))
    #expect(try site.audit().count == 1)
  }

  @Test("chains each row to the one before by a hash anybody can compute")
  func chain() throws {
    for number in 1...5 {
      try site.store.write(by: site.mira) { _ in
        Recorded(
          (),
          AuditEvent(
            "test.change", target: "target \(number)", before: number > 2 ? "ä\n\(number)" : nil,
            after: number > 3 ? "" : nil))
      }
    }
    let rows = try site.audit()

    var previous = [UInt8](repeating: 0, count: 32)
    for row in rows {
      previous = AuditChain.hash(
        previous: previous, seq: row.seq, at: row.at.milliseconds,
        texts: [
          row.actor, row.through, row.source, row.action, row.target, row.before, row.after,
          row.reason,
        ])
      #expect(row.hash == hexadecimal(previous), "row \(row.seq)")
    }
    #expect(rows.count == 6)
  }

  @Test("hashes a row as it is documented, byte for byte")
  func documentedHash() {
    // printf 'gatehouse audit 1', 32 zero bytes, then length and bytes of each; through sha256sum.
    let hash = AuditChain.hash(
      previous: Array(repeating: 0, count: 32), seq: 1, at: 1000,
      texts: ["mira", "console", "os:mira", "site.init", "site", nil, "a", nil])
    #expect(hexadecimal(hash) == "742fbf0168b85db93a65c362b8f47f7a2730812dd1adac9932247023f5df09bf")
  }

  @Test("tells missing text from empty text in the chain")
  func missingText() {
    func hash(_ before: String?) -> [UInt8] {
      AuditChain.hash(
        previous: Array(repeating: 0, count: 32), seq: 1, at: 1,
        texts: ["a", "b", "c", "d", "e", before, nil, nil])
    }
    #expect(hash(nil) != hash(""))
  }

  @Test("adds a line `seq hash time` to the checkpoints for each row, after its commit")
  func checkpointLines() throws {
    for _ in 1...3 { try site.change { _ in } }
    let rows = try site.audit()
    #expect(try checkpoints() == rows.map { "\($0.seq) \($0.hash) \($0.at.rfc3339)" })
    #expect(try site.store.examine().allSatisfy(\.isFine))
  }

  @Test("keeps the change where the checkpoints cannot be written, and doctor tells that they lag")
  func unwritableCheckpoints() throws {
    try FileManager.default.removeItem(atPath: site.files.checkpoints)
    try FileManager.default.createDirectory(
      atPath: site.files.checkpoints, withIntermediateDirectories: false)
    try site.change { try $0.insert(try account("bob")) }
    #expect(try exists("bob"))
    let finding = try #require(try site.store.examine().last)
    #expect(finding.subject == "checkpoints")
    #expect(finding.detail.contains("2 rows behind"))
  }

  @Test("is shut where the database was opened for reading only")
  func readOnly() throws {
    let store = try site.opened(readOnly: true)
    #expect(throws: StoreError.readOnly(site.files.database)) {
      try site.change(through: store) { _ in }
    }
    #expect(throws: StoreError.readOnly(site.files.database)) {
      try store.record([Usage(.legacyKey(Identifier("k")), at: TestStore.start)])
    }
    #expect(try site.audit().count == 1)
  }

  @Test("never dates a row before the last, though the clock goes back")
  func clockGoesBack() throws {
    site.clock.advance(.hours(1))
    try site.change { _ in }
    site.clock.set(TestStore.start)
    try site.change { _ in }

    let later = TestStore.start + .hours(1)
    #expect(try site.audit().map(\.at) == [TestStore.start, later, later])
    #expect(try site.store.read { try $0.now() } == later)
  }

  @Test("lets nobody find a revision that was made but not committed")
  func uncommittedPolicy() throws {
    struct Stop: Error {}
    let high = Policy.bearer(.high)
    #expect(throws: Stop.self) {
      try site.store.write(by: site.mira) { transaction -> Recorded<Void> in
        _ = try transaction.insertRevision(
          high, base: 1, author: try Login(parsing: "mira"), reason: "", summary: "",
          deadline: nil)
        #expect(try transaction.snapshot.standing().policy == high)
        throw Stop()
      }
    }
    #expect(try site.policy() == Policy())
    #expect(try site.revise(.bearer(.maximum)) == 2)
    #expect(try site.policy() == .bearer(.maximum))
  }

  private func exists(_ name: String) throws -> Bool {
    let login = try Login(parsing: name)
    return try site.store.read { try $0.account(login: login) != nil }
  }

  private func checkpoints() throws -> [String] {
    try String(contentsOfFile: site.files.checkpoints, encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }
}

func account(
  _ login: String, kind: AccountKind = .person, isActive: Bool = true, roles: [String] = []
) throws -> Account {
  Account(
    id: Identifier("\(login)-id"), login: try Login(parsing: login), kind: kind,
    isActive: isActive, roles: roles.map(Identifier.init))
}
