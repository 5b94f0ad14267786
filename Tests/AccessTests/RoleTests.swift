import Access
import Testing

@Suite("A role")
struct RoleTests {
  private let own = Role(id: Identifier("r1"), name: "Integrators", permissions: [.useAPI])

  @Test("that is built in grants what the specification says")
  func builtIn() {
    #expect(Role.builtIn.map(\.name) == ["Site Administrator", "API Operator", "Member"])
    #expect(Role.siteAdministrator.permissions.sorted == Permission.allCases)
    #expect(
      Role.apiOperator.permissions.sorted.map(\.name) == [
        "Use REST API", "Review migration", "View audit",
      ])
    #expect(Role.member.permissions.isEmpty)
  }

  @Test("adds what it grants to its account's other roles, and nothing where it is absent")
  func union() {
    let policy = Policy.sample(roles: Role.builtIn + [own])
    let ids = [own.id, Role.member.id, Identifier("gone"), Role.apiOperator.id]
    #expect(policy.permissions(of: ids).sorted == [.useAPI, .reviewMigration, .viewAudit])
    #expect(policy.permissions(of: []).isEmpty)
  }

  @Test("set of permissions behaves as a set, for each of all 128")
  func sets() {
    for bits in 0..<128 {
      let chosen = Permission.allCases.enumerated().filter { bits & 1 << $0.offset != 0 }
        .map(\.element)
      let set = PermissionSet(chosen.shuffled())
      #expect(set.sorted == chosen)
      #expect(set.isEmpty == chosen.isEmpty)
      #expect(PermissionSet.all.subtracting(set).union(set) == .all)
      #expect(PermissionSet.all.subtracting(set).isDisjoint(with: set))
      #expect(set.isSuperset(of: .all) == (chosen.count == 7))
    }
  }

  @Test("makes an administrator only of an active person with both permissions")
  func administrators() {
    let halves = [Permission.manageSettings, .manageAccess].map {
      Role(id: Identifier($0.rawValue), name: $0.name, permissions: [$0])
    }
    let policy = Policy.sample(roles: Role.builtIn + halves)
    #expect(policy.canAdminister(.sample(roles: [.siteAdministrator])))
    #expect(policy.canAdminister(.sample(roles: halves)))
    #expect(!policy.canAdminister(.sample(roles: Array(halves.prefix(1)))))
    #expect(!policy.canAdminister(.sample(isActive: false, roles: halves)))
    #expect(!policy.canAdminister(.sample(kind: .service, roles: halves)))
    #expect(
      AccountError.lastAdministrator(.mira, pendingRevision: 7).description == """
        Nobody active would be left who can manage settings and accounts without “mira”, now or \
        once revision 7 takes itself back. Give somebody else both permissions first.
        """)
  }

  @Test("can be added, granted, renamed and removed, its maximum with it")
  func changes() throws {
    let policy = Policy.sample()
    let added = try PolicyChange.roles([
      .add(id: own.id, name: " Integrators "), .grant(own.id, .useAPI),
      .grant(Role.member.id, .viewAudit),
    ]).applied(to: policy)
    #expect(added.role(own.id) == own)
    #expect(added.role(Role.member.id)?.permissions == [.viewAudit])

    let renamed = try PolicyChange.roles([.rename(own.id, to: "INTEGRATORS")]).applied(to: added)
    #expect(renamed.role(own.id)?.name == "INTEGRATORS")

    var limited = renamed
    limited.expiration.roleMaxima[own.id] = .days(7)
    let removed = try PolicyChange.roles([
      .remove(own.id), .withdraw(Role.member.id, .viewAudit),
    ]).applied(to: limited)
    #expect(removed == policy)
  }

  @Test("is refused where it is built in, fixed, unknown, or its name is taken or bad")
  func refusals() {
    let policy = Policy.sample(roles: Role.builtIn + [own])
    let cases: [(RoleChange, PolicyError)] = [
      (.rename(Role.member.id, to: "Guest"), .builtIn("Member")),
      (.remove(Role.member.id), .builtIn("Member")),
      (.withdraw(Role.siteAdministrator.id, .viewAudit), .fixedRole),
      (.grant(Role.siteAdministrator.id, .viewAudit), .fixedRole),
      (.grant(Identifier("gone"), .useAPI), .unknownRole("gone")),
      (.add(id: Identifier("r2"), name: "integrators"), .roleExists("integrators")),
      (.add(id: own.id, name: "Other"), .roleExists("Other")),
      (.rename(own.id, to: "member"), .roleExists("member")),
      (.add(id: Identifier("r2"), name: "a,b"), .name(.comma(what: "role name"))),
      (.add(id: Identifier("r2"), name: "  "), .name(.empty(what: "role name"))),
    ]
    for (change, error) in cases {
      #expect(throws: error) { try PolicyChange.roles([change]).applied(to: policy) }
    }
  }

  @Test("set of a policy is refused where a built-in is missing, renamed or less, or one is double")
  func validation() {
    let less = Role(
      id: Role.siteAdministrator.id, name: "Site Administrator", permissions: [.useAPI])
    let guest = Role(id: Role.member.id, name: "Guest", permissions: [])
    let blank = Role(id: Identifier("r2"), name: "  ", permissions: [])
    let badID = Role(id: Identifier("a b"), name: "Blank", permissions: [])
    let cases: [([Role], PolicyError)] = [
      ([.siteAdministrator, .apiOperator], .builtInMissing("Member")),
      ([less, .apiOperator, .member], .fixedRole),
      ([.siteAdministrator, .apiOperator, guest], .builtIn("Member")),
      (Role.builtIn + [own, own], .roleExists("Integrators")),
      (Role.builtIn + [badID], .roleID("a b")),
      (Role.builtIn + [blank], .name(.empty(what: "role name"))),
    ]
    for (roles, error) in cases {
      #expect(throws: error) { try Policy.sample(roles: roles).validate() }
    }
    var policy = Policy.sample()
    policy.expiration.roleMaxima[Identifier("gone")] = .days(7)
    #expect(throws: PolicyError.unknownRole("gone")) { try policy.validate() }
  }
}
