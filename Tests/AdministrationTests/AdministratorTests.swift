import Access
@testable import Administration
import Foundation
import Testing

@Suite("The last administrator")
struct AdministratorTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  @Test(
    "A03 cannot be deactivated, demoted or turned into a service, and nothing is recorded of trying"
  )
  func kept() throws {
    let rows = try site.audit().count
    let changes: [Change] = [
      .deactivate([login("mira")]),
      .unassign(login("mira"), roles: ["Site Administrator"]),
      .editAccount(login("mira"), AccountEdits(roles: [])),
      .editAccount(login("mira"), AccountEdits(kind: .service)),
    ]
    for change in changes {
      #expect(throws: AccountError.lastAdministrator(login("mira"), pendingRevision: nil)) {
        try site.perform(change)
      }
    }
    #expect(try site.audit().count == rows)
    #expect(try site.session().permissions == .all)
  }

  @Test("A03 is not replaced by a service account, nor by a deactivated one")
  func notAnybody() throws {
    try site.add("robot", kind: .service, roles: ["Site Administrator"])
    try site.add("gone", roles: ["Site Administrator"])
    try site.perform(.deactivate([login("gone")]))
    #expect(throws: AccountError.lastAdministrator(login("mira"), pendingRevision: nil)) {
      try site.perform(.deactivate([login("mira")]))
    }
  }

  @Test("is counted under the policy that returns when a pending revision lapses, too")
  func pendingFallback() throws {
    // Under the pending revision alone, a role of their own lets bob administer.
    try site.addRole("Deputies", .manageSettings)
    try site.add("bob", roles: ["Deputies"])
    let number = try site.revise(
      .roles([.grant(Identifier("deputies"), .manageAccess)]), within: .minutes(10))

    #expect(throws: AccountError.lastAdministrator(login("mira"), pendingRevision: number)) {
      try site.perform(.deactivate([login("mira")]))
    }
    try site.perform(.confirmRevision(number))
    #expect(throws: Never.self) { try site.perform(.deactivate([login("mira")])) }
  }

  @Test("D07 of two administrators who write one record 1,000 times, each is told, each is audited")
  func sameRecord() throws {
    let bob = try site.add("bob", roles: ["Site Administrator"])
    try site.add("target")
    let (one, other) = (try site.opened(), try site.opened())
    let rows = try site.audit().count
    let rounds = 500
    func rename(
      _ door: Administration, _ actor: Actor, _ name: String
    ) -> @Sendable () throws -> Void {
      {
        for round in 1...rounds {
          _ = try door.perform(
            .editAccount(login("target"), AccountEdits(name: "\(name) \(round)")), by: actor)
        }
      }
    }
    let outcomes = concurrently([rename(one, site.mira, "mira"), rename(other, bob, "bob")])

    #expect(outcomes.allSatisfy { $0 == nil })
    #expect(try site.audit().count == rows + 2 * rounds)
  }
}

/// Runs each on a thread of its own; nil for those that did not throw.
func concurrently(_ bodies: [@Sendable () throws -> Void]) -> [(any Error)?] {
  let outcomes = Outcomes(count: bodies.count)
  DispatchQueue.concurrentPerform(iterations: bodies.count) { index in
    do { try bodies[index]() } catch { outcomes.set(error, at: index) }
  }
  return outcomes.all
}
