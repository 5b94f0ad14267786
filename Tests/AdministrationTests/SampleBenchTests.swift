import Access
@testable import Administration
import Foundation
import Storage
import Synchronization
import Testing

@Suite("The site made for measuring")
struct SampleBenchTests {
  @Test("has as many tokens as asked for, told as one audit row, in mode bearer at Standard")
  func bench() throws {
    let folder = NSTemporaryDirectory() + "gatehouse-bench-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let told = Mutex<[Int]>([])

    try Administration.makeBench(
      database: folder + "/gatehouse.db", tokens: 2000, osUser: "mira",
      progress: { done, _ in told.withLock { $0.append(done) } })

    let site = try Administration.open(database: folder + "/gatehouse.db")
    let mira = try site.actor(
      login: "mira", osUser: "mira", through: .console, source: "os:mira")
    let policy = try site.session(for: mira).standing.policy
    #expect(policy.mode == .bearer)
    #expect(policy.level == .standard)
    let tokens = PageRequest(filter: TokenFilter(), sort: TokenSort.name)
    let accounts = PageRequest(filter: AccountFilter(), sort: AccountSort.login)
    let audit = PageRequest(filter: AuditFilter(action: "bench-site"), sort: AuditSort.seq)
    try site.store.read { snapshot in
      let rows = try snapshot.tokens(tokens, under: policy).rows
      #expect(rows.count == 2000)
      #expect(Set(rows.map(\.state)).isSuperset(of: [.active, .expired, .revoked]))
      #expect(Set(rows.map { $0.name.prefix(13) }).count == 2000)
      #expect(rows.first?.name.hasPrefix("token-0000000-") == true)
      #expect(rows.last?.name.hasPrefix("token-09") == true, "spread over all digits")
      #expect(try snapshot.accounts(accounts, under: policy).rows.count == 101)
      #expect(try snapshot.audit(audit).rows.count == 1)
    }
    #expect(told.withLock { $0 }.last == 2000)
  }

  @Test("leaves nothing behind where the OS user's name is no login")
  func noLogin() {
    let folder = NSTemporaryDirectory() + "gatehouse-bench-" + UUID().uuidString

    #expect(throws: NameError.login("Mira Ståhl")) {
      try Administration.makeBench(
        database: folder + "/gatehouse.db", tokens: 1, osUser: "Mira Ståhl")
    }

    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}
