import Access
import GRDB
@testable import Storage
import Synchronization
import Testing

@Suite("The policy in force, as it is stored")
struct StandingTests {
  let site: TestStore
  let high = Policy.bearer(.high)

  init() throws { site = try TestStore() }

  @Test("is the pending revision with what returns, until the deadline and not at it")
  func pending() throws {
    let deadline = TestStore.start + .minutes(10)
    try site.revise(high, deadline: deadline)

    site.clock.set(Instant(milliseconds: deadline.milliseconds - 1))
    let before = try standing()
    #expect(before.policy == high)
    #expect(before.fallback?.policy == Policy())
    #expect(before.pending?.number == 2)

    site.clock.set(deadline)
    let after = try standing()
    #expect(after.policy == Policy())
    #expect(after.pending == nil)
    #expect(after.current.revision.number == 1)
  }

  @Test("is kept by a verdict, and taken back by another", arguments: [true, false])
  func verdict(isKept: Bool) throws {
    let number = try site.revise(high, deadline: TestStore.start + .minutes(10))
    let mira = try Login(parsing: "mira")
    try site.change { transaction in
      try transaction.setVerdict(
        isKept
          ? .confirmed(at: TestStore.start, by: mira) : .cancelled(at: TestStore.start, by: mira),
        on: number)
    }
    site.clock.advance(.hours(1))
    #expect(try standing().policy == (isKept ? high : Policy()))
    let row = try #require(
      try site.store.read {
        try $0.revisions(PageRequest(filter: NoFilter(), sort: .number, isDescending: true))
      }.rows.first)
    #expect(row.state == (isKept ? .confirmed : .cancelled))
    #expect(row.isInForce == isKept)
  }

  @Test("is remembered by number, so that a document is decoded once and a new one at once")
  func cache() throws {
    let decoded = Mutex(0)
    let cache = PolicyCache()
    for _ in 1...3 {
      let policy = cache.policy(7) {
        decoded.withLock { $0 += 1 }
        return high
      }
      #expect(policy == high)
    }
    #expect(decoded.withLock { $0 } == 1)
    #expect(cache.policy(8) { Policy() } == Policy())

    let other = try site.opened()
    #expect(try other.read { try $0.standing().policy } == Policy())
    try site.revise(high)
    #expect(try other.read { try $0.standing().policy } == high)
  }

  @Test("is remembered for all only once the transaction that looked at it is committed")
  func transactionCache() {
    let shared = PolicyCache()
    let own = PolicyCache(over: shared)
    #expect(own.policy(7) { high } == high)
    #expect(shared.policy(7) { Policy() } == Policy())
    #expect(PolicyCache(over: shared).policy(7) { high } == Policy())

    #expect(own.policy(8) { high } == high)
    own.commit()
    #expect(shared.policy(8) { Policy() } == high)
    for number in 100..<400 { _ = shared.policy(number) { Policy() } }
    #expect(shared.policy(399) { high } == Policy())
  }

  @Test("is not remembered where it could not be decoded")
  func failedDecoding() throws {
    struct Unreadable: Error {}
    let cache = PolicyCache()
    #expect(throws: Unreadable.self) { try cache.policy(7) { throw Unreadable() } }
    #expect(cache.policy(7) { high } == high)
  }

  @Test("that cannot be read is told as damage, with its number and place")
  func damaged() throws {
    try site.raw { db in
      try db.execute(
        sql: "DROP TRIGGER revisionStands; UPDATE revision SET document = '{\"format\": 1}'")
    }
    let error = #expect(throws: StoreError.self) {
      _ = try site.opened().read { try $0.standing() }
    }
    guard case .damaged("revision 1", let detail)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!detail.isEmpty)
    #expect(error?.exitCode == .unusable)
  }

  @Test("comes back as it was stored, whatever it holds")
  func roundTrip() throws {
    let policy = Policy.made {
      $0.properties.siteName = "Nørthwind “\\” 中"
      $0.properties.consoleIdleTimeout = nil
      $0.level = .maximum
      $0.passwordsAtHigh = .all
      $0.expiration.idleLimit = .days(45)
      $0.expiration.allowsUnlimited = true
      $0.expiration.roleMaxima = [Identifier("member"): .days(7)]
      $0.roles.append(
        Role(id: Identifier("own"), name: "Größe", permissions: [.useAPI, .viewAudit]))
    }
    let number = try site.revise(policy)
    #expect(try site.policy() == policy)
    let other = try site.opened()
    #expect(try other.read { try $0.revision(number)?.policy } == policy)
    #expect(try other.read { try $0.revision(99) } == nil)
  }

  @Test("puts tokens to sleep that were idle beyond its limit, before another takes its place")
  func idleSuspensions() throws {
    var idle = high
    idle.expiration.idleLimit = .days(30)
    try site.revise(idle)
    let owner = Identifier<Account>("mira-id")
    let now = TestStore.start
    try site.change { transaction in
      for (number, age) in [29, 30, 31].enumerated() {
        let token = Authorization(
          id: Identifier("t\(age)"), owner: owner, name: "t\(age)",
          createdAt: now - .days(UInt16(age)), expiresAt: nil)
        try transaction.insert(
          NewToken(
            authorization: token, digest: Array(repeating: UInt8(number), count: 32), kid: "k"))
      }
    }
    #expect(try states(under: idle) == ["t29": .active, "t30": .suspended, "t31": .suspended])

    try site.revise(.bearer(.standard))
    #expect(
      try states(under: .bearer(.standard))
        == ["t29": .active, "t30": .suspended, "t31": .suspended])

    try site.change { try $0.wake(Identifier("t31")) }
    #expect(try states(under: .bearer(.standard))["t31"] == .active)
  }

  private func standing() throws -> Standing { try site.store.read { try $0.standing() } }

  private func states(under policy: Policy) throws -> [String: TokenState] {
    let request = PageRequest(filter: TokenFilter(), sort: TokenSort.name)
    let rows = try site.store.read { try $0.tokens(request, under: policy) }.rows
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0.state) })
  }
}
