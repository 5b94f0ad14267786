import Access
import Testing

@testable import Storage

@Suite("What an observed level would have refused")
struct FindingsTests {
  let site: TestStore
  let since: Instant

  init() throws {
    site = try TestStore()
    since = site.clock.now
    try site.store.write(by: site.mira) { transaction in
      try transaction.observe(.high)
      return Recorded((), AuditEvent("level.observe", target: "security level"))
    }
  }

  private func refused(_ caller: String, from source: String) -> RefusedRequests {
    RefusedRequests(
      RefusalGroup(
        caller: caller, kind: .legacyKey, source: source, reason: .methodRefused),
      for: .observation(since: since), at: site.clock.now)
  }

  @Test("is bounded: beyond the limit strangers are others, and who is known keeps a name")
  func bounded() throws {
    let many = (0..<RefusalGroup.limit).map { refused("", from: "10.\($0 / 250).\($0 % 250).1") }
    try site.store.record(Traffic(refusals: many))
    try site.store.record(
      Traffic(refusals: [
        refused("", from: "192.0.2.1"), refused("", from: "192.0.2.2"),
        refused("account:mira", from: "192.0.2.1"), refused("account:mira", from: "192.0.2.2"),
        refused("", from: "10.0.0.1"),
      ]))
    let report = try #require(try site.store.read { try $0.observation() })
    #expect(report.rows.count == RefusalGroup.limit + 2)
    #expect(report.rows.first { $0.caller == .others }?.requests == 2)
    let mira = report.rows.filter { $0.caller == .account(login: "mira") }
    #expect(mira.map(\.requests) == [2])
    #expect(mira.map(\.source) == [nil])
    #expect(report.rows.first { $0.source == "10.0.0.1" }?.requests == 2)
    #expect(report.requests == Int64(RefusalGroup.limit) + 5)
  }

  @Test("is not what was counted before it began anew")
  func anew() throws {
    site.clock.advance(.minutes(1))
    try site.store.write(by: site.mira) { transaction in
      try transaction.observe(.maximum)
      return Recorded((), AuditEvent("level.observe", target: "security level"))
    }
    try site.store.record(Traffic(refusals: [refused("account:mira", from: "10.0.0.1")]))
    #expect(try site.store.read { try $0.observation() }?.rows.isEmpty == true)
  }
}
