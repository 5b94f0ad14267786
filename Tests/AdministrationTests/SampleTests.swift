import Access
@testable import Administration
import Foundation
import Storage
import Testing

@Suite("The sample site")
struct SampleTests {
  @Test("has some 1,200 accounts in a dozen roles, with names from many scripts")
  func accounts() throws {
    let sample = try SampleSite.shared.get()

    let accounts = try sample.accounts()

    #expect((1190...1220).contains(accounts.count))
    let roles = try sample.policy().roles.filter { !$0.isBuiltIn }
    #expect(roles.count == 12)
    for role in roles {
      #expect(accounts.contains { $0.roles.contains(role.name) }, "\(role.name) has nobody")
    }
    let scripts = Set(accounts.flatMap(\.name.unicodeScalars).compactMap(SampleSite.script))
    #expect(scripts.count >= 12, "\(scripts.sorted())")
    #expect(accounts.contains { !$0.isActive })
    #expect(accounts.filter(\.hasPassword).map(\.login) == ["crm", "payroll", "scanner"])
  }

  @Test("has 31 legacy keys in every state, used just now, long ago and never")
  func keys() throws {
    let sample = try SampleSite.shared.get()
    let present = SampleSite.present

    let keys = try sample.keys()

    #expect(keys.count == 31)
    #expect(Set(keys.map(\.state)) == Set(LegacyKeyState.allCases))
    #expect(keys.contains { $0.lastUsedAt == nil })
    #expect(keys.contains { !$0.isOwnerActive })
    let used = keys.filter { $0.state == .active }.compactMap(\.lastUsedAt)
    #expect(used.count { $0 > present - .days(1) } == 2)
    #expect(used.count { $0 > present - .days(30) } == 5)
    #expect(used.allSatisfy { $0 <= present })
  }

  @Test("has tokens in every state")
  func tokens() throws {
    let sample = try SampleSite.shared.get()

    let tokens = try sample.tokens()

    #expect(Set(tokens.map(\.state)) == Set(TokenState.allCases))
    #expect(tokens.contains { $0.lastUsedAt == nil })
    #expect(tokens.contains { $0.expiresAt == nil })
    let deploy = try #require(tokens.first { $0.name == "ci-deploy" && $0.owner == "alice" })
    #expect(deploy.state == .expiring)
  }

  @Test("starts in mode legacy, from which High would stop twelve legacy keys and a password")
  func impact() throws {
    let sample = try SampleSite.shared.get()

    let plan = try sample.administration.plan(.enableBearer(.high), for: sample.maker)

    #expect(try sample.policy().mode == .legacy)
    #expect(plan.impact.stopping == [.legacyKey: 12, .password: 1])
  }

  @Test("has at least two people who can administer it")
  func administrators() throws {
    let sample = try SampleSite.shared.get()

    let administrators = try sample.accounts().filter {
      $0.isActive && $0.kind == .person && $0.roles.contains(Role.siteAdministrator.name)
    }

    #expect(administrators.map(\.login) == ["alice", "bob", "mira"])
    #expect(throws: Never.self) {
      try sample.administration.store.read { snapshot in
        try Office(sample.maker, in: snapshot).requireAdministrator(under: [sample.policy()])
      }
    }
  }

  @Test("tells its history in the audit, in order of time, up to the present")
  func history() throws {
    let sample = try SampleSite.shared.get()

    let rows = try sample.audit()
    let revisions = try sample.revisions()

    #expect(rows.map(\.at) == rows.map(\.at).sorted())
    #expect(rows.first?.action == "site.init")
    #expect(try #require(rows.last).at < SampleSite.present)
    #expect(try #require(rows.first).at < SampleSite.present - .days(100))
    for number in revisions.map(\.revision.number).dropFirst() {
      #expect(rows.contains { $0.target == "revision \(number)" }, "revision \(number)")
    }
    let states = Set(revisions.map(\.state))
    #expect(states == [.standing, .confirmed, .cancelled, .lapsed])
    let tokens = try sample.tokens()
    #expect(
      rows.count { $0.action == "token.create" || $0.action == "token.rotate" } == tokens.count)
  }

  @Test("is the same every time, but for ids")
  func sameness() throws {
    let one = try SampleSite.shared.get()
    let other = try SampleSite()

    #expect(try one.accounts().map(Self.face) == other.accounts().map(Self.face))
    #expect(try one.tokens().map(Self.face).sorted() == other.tokens().map(Self.face).sorted())
    #expect(try one.keys().map(Self.face).sorted() == other.keys().map(Self.face).sorted())
    #expect(
      try one.audit().map { "\($0.at.rfc3339) \($0.actor) \($0.action)" }
        == other.audit().map { "\($0.at.rfc3339) \($0.actor) \($0.action)" })
  }

  @Test("can be made by somebody whose login appears in it", arguments: ["alice", "crm"])
  func namesake(osUser: String) throws {
    let sample = try SampleSite(osUser: osUser)

    let maker = try #require(try sample.accounts().first { $0.login == osUser })

    #expect(maker.kind == .person)
    #expect(maker.roles.contains(Role.siteAdministrator.name))
    #expect(try sample.keys().count == 31)
  }

  @Test("refuses to be made over another site, and leaves that one as it is")
  func existing() throws {
    let site = try TestSite()
    let before = try site.audit().count

    let error = #expect(throws: (any Error).self) {
      try Administration.makeSample(database: site.folder + "/gatehouse.db", osUser: "mira")
    }

    #expect((error as? any Failure)?.exitCode == .wouldOverwrite)
    #expect(try site.audit().count == before)
  }

  private static func face(_ row: AccountRow) -> String {
    "\(row.login) \(row.name) \(row.kind) \(row.isActive) \(row.roles) \(row.liveTokens)"
  }

  private static func face(_ row: TokenRow) -> String {
    "\(row.name) \(row.owner) \(row.state) \(row.uses) \(row.lastUsedAt?.rfc3339 ?? "never")"
  }

  private static func face(_ row: LegacyKeyRow) -> String {
    "\(row.label) \(row.owner) \(row.state) \(row.uses) \(row.lastUsedAt?.rfc3339 ?? "never")"
  }
}
