import Access
import Administration
import Testing

@Suite("A changed matrix")
struct RoleReachTests {
  private func reach(
    _ site: TestSite, _ changes: RoleChange...
  ) throws -> (gaining: [Permission: Int], losing: [Permission: Int]) {
    let impact = try site.administration.plan(.roles(changes), for: site.mira).impact
    return (impact.gaining, impact.losing)
  }

  /// Two with each role, one of them with both; `mira` has every permission.
  private func site() throws -> TestSite {
    let site = try TestSite()
    try site.addRole("Readers", .viewAudit)
    try site.addRole("Callers", .useAPI, .createTokens)
    try site.add("ann", roles: ["Readers"])
    try site.add("ben", roles: ["Callers"])
    try site.add("both", roles: ["Readers", "Callers"])
    return site
  }

  @Test("counts only accounts that no other role of theirs gives the permission")
  func gaining() throws {
    let found = try reach(try site(), .grant(Identifier("readers"), .useAPI))

    #expect(found.gaining == [.useAPI: 1], "“both” may use the API already")
    #expect(found.losing == [:])
  }

  @Test("counts those who lose what only a withdrawn or removed role gave them")
  func losing() throws {
    let site = try site()
    try site.revise(.roles([.grant(Identifier("readers"), .useAPI)]))

    #expect(try reach(site, .withdraw(Identifier("callers"), .useAPI)).losing == [.useAPI: 1])
    let removed = try reach(site, .remove(Identifier("callers")))
    #expect(removed.losing == [.useAPI: 1, .createTokens: 2])
    #expect(removed.gaining == [:])
  }

  @Test("counts nobody for a role that nobody has")
  func nobody() throws {
    let site = try site()
    let id = Identifier<Role>("new")

    let found = try reach(site, .add(id: id, name: "New"), .grant(id, .manageSettings))

    #expect(found.gaining == [:])
    #expect(found.losing == [:])
  }

  @Test("leaves an account the role that is gone until it is taken away")
  func absent() throws {
    let site = try site()
    try site.revise(.roles([.remove(Identifier("callers"))]))
    func roles() throws -> [String] {
      let answer = try site.administration.answer(.account("ben"), for: site.mira)
      guard case .account(let details) = answer else { return [] }
      return details.account.roles.map(\.text)
    }

    try site.perform(.editAccount(login("ben"), AccountEdits(roles: ["Member", "callers"])))
    #expect(try roles() == ["callers", "member"])
    try site.perform(.editAccount(login("ben"), AccountEdits(roles: ["Member"])))
    #expect(try roles() == ["member"])
  }
}
