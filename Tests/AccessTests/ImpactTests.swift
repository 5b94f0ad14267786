import Access
import Testing

@Suite("An impact")
struct ImpactTests {
  @Test("stops as many as each kind's together, and asks for the level's name where it is raised")
  func figures() {
    let ground = Impact.Ground(base: 3, count: 5, fingerprint: "00")
    let raise = Impact(
      change: PolicyShift(from: .sample(.bearer, .standard), to: .sample(.bearer, .high)),
      stopping: [.legacyKey: 3, .password: 2], alreadyRefused: 4, ground: ground)
    #expect(raise.stops == 5)
    #expect(raise.needsConfirmation)

    let lowering = Impact(
      change: PolicyShift(from: .sample(.bearer, .high), to: .sample(.bearer, .standard)),
      ground: ground)
    #expect(lowering.stops == 0)
    #expect(!lowering.needsConfirmation)
  }

  @Test("rests on its base, its count and what stops: any of them moves its ground")
  func ground() {
    let ground = Impact.Ground(base: 3, count: 5, fingerprint: "00")
    #expect(ground == .init(base: 3, count: 5, fingerprint: "00"))
    #expect(ground != .init(base: 4, count: 5, fingerprint: "00"))
    #expect(ground != .init(base: 3, count: 6, fingerprint: "00"))
    #expect(ground != .init(base: 3, count: 5, fingerprint: "01"))
  }

  @Test("names what the accounts of a role lose, a removed role's everything")
  func withdrawn() {
    let gone = Role(id: Identifier("r1"), name: "Night", permissions: [.viewAudit])
    let bare = Role(id: Identifier("r2"), name: "Bare", permissions: [])
    var less = Role.apiOperator
    less.permissions = [.useAPI, .createTokens]
    let shift = PolicyShift(
      from: .sample(roles: Role.builtIn + [gone, bare]),
      to: .sample(roles: [.siteAdministrator, less, .member]))
    #expect(shift.withdrawn.map(\.role.name) == ["API Operator", "Night"])
    #expect(
      shift.withdrawn.map(\.permissions.sorted) == [[.reviewMigration, .viewAudit], [.viewAudit]])
  }
}
