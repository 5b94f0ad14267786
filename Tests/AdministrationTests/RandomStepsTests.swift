import Access
import Credentials
import Foundation
import Testing

@testable import Administration
@testable import Storage

@Suite("Three administrators in three processes")
struct RandomStepsTests {
  static let administrators = ["mira", "bob", "ines"]
  private static let steps = 10_000
  /// A minute of theirs is a tenth of a second of ours, so that deadlines pass.
  private static let haste: Int64 = 600

  @Test(
    "take 10,000 random steps: somebody can administer, and the audit is whole and tells them all")
  func steps() async throws {
    let site = try TestSite(startingAt: Instant.current.rfc3339)
    for name in Self.administrators.dropFirst() {
      try site.add(name, roles: ["Site Administrator"])
    }
    try site.addRole("Deputies", .manageAccess, .manageSettings)
    try site.revise(.enableBearer(.standard))
    let before = try site.audit().count
    let start = site.clock.now
    let folder = site.folder

    let store = try Self.store(folder, start)
    // Before any of them may have put another off.
    let ids = try Self.administrators.map { name in
      let login = try Login(parsing: name)
      return try #require(try store.read { try $0.account(login: login) }).id.text
    }
    async let first: () = Self.run("mira", ids[0], folder, start)
    async let second: () = Self.run("bob", ids[1], folder, start)
    async let third: () = Self.run("ines", ids[2], folder, start)
    _ = await (first, second, third)
    #expect(Self.areThrough(folder))

    let rows = try store.read {
      try $0.audit(PageRequest(filter: AuditFilter(), sort: .seq)).rows.dropFirst(before)
    }
    var done = 0
    for name in Self.administrators {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let count = try #require(Int(text))
      #expect(rows.count { $0.actor == name } == count, "of \(name)")
      done += count
    }
    let lapses = rows.filter { $0.action == "revision.lapse" }
    #expect(rows.count == done + lapses.count)
    #expect(rows.allSatisfy { $0.actor != "system" || $0.action == "revision.lapse" })
    // Enough of them came to something, and ran out.
    #expect(done > Self.steps / 10 && !lapses.isEmpty, "\(done) done, \(lapses.count) lapsed")

    #expect(
      try store.checking(AuditCheck(), rows: .max).verdict == .success(Int64(before + rows.count)))
    try store.read { snapshot in
      for policy in try snapshot.standing().policies {
        #expect(try !snapshot.administrators(under: policy).isEmpty)
      }
      #expect(try snapshot.standing().current.revision.number > 10)
    }
    #expect(try store.examine().filter { !$0.isFine }.map(\.detail).isEmpty)
  }

  private static func store(_ folder: String, _ start: Instant) throws -> Store {
    try Store.open(
      SiteFiles(database: folder + "/gatehouse.db"),
      clock: {
        let passed = Instant.current.milliseconds - start.milliseconds
        return Instant(milliseconds: start.milliseconds + passed * haste)
      })
  }

  /// Whether each has taken a third of the steps.
  private static func areThrough(_ folder: String) -> Bool {
    administrators.allSatisfy { access("\(folder)/\($0).through", F_OK) == 0 }
  }

  /// Takes at least a third of the steps in a process of its own, which leaves their number in a file.
  private static func run(
    _ name: String, _ id: String, _ folder: String, _ start: Instant
  ) async {
    await #expect(processExitsWith: .success) {
      [name, id, folder, milliseconds = start.milliseconds as Int64] in
      let start = Instant(milliseconds: milliseconds)
      let site = Administration(
        store: try RandomStepsTests.store(folder, start),
        files: SiteFiles(database: folder + "/gatehouse.db"))
      let actor = Actor(
        account: Identifier(id), login: name, through: .command, source: "os:\(name)")
      var walk = RandomWalk(site: site, actor: actor)
      var steps = 0
      // Whoever may do nothing waits for another to let them: so nobody ends before all are through.
      // Only should another fail, they end before that.
      let latest = ContinuousClock.now + .seconds(600)
      while !RandomStepsTests.areThrough(folder), ContinuousClock.now < latest {
        guard try walk.step() else { continue }
        steps += 1
        if steps == RandomStepsTests.steps / 3 {
          try "".write(toFile: "\(folder)/\(name).through", atomically: true, encoding: .utf8)
        }
      }
      try String(walk.done).write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
  }
}

/// Steps of an administrator, one as likely to be refused as to come to something.
private struct RandomWalk {
  let site: Administration
  let actor: Actor
  private(set) var done = 0

  init(site: Administration, actor: Actor) {
    self.site = site
    self.actor = actor
  }

  /// Not from a seed: which of three processes comes first is nobody's to say again.
  private func below(_ bound: Int) -> Int { Int.random(in: 0..<bound) }

  /// - Returns: false if this administrator may do nothing of the kind now.
  mutating func step() throws -> Bool {
    do {
      _ = try site.perform(try change(), by: actor)
      done += 1
    } catch let failure as any Failure {
      // Refused, or another's turn for too long; what is neither is a fault of ours.
      guard [.refused, .notPermitted, .busy].contains(failure.exitCode) else { throw failure }
      return failure.exitCode != .notPermitted
    }
    return true
  }

  private func change() throws -> Change {
    // Only of these three one can come to be the last who can administer, and go on.
    let person = try Login(parsing: RandomStepsTests.administrators[below(3)])
    let role = ["Site Administrator", "Deputies", "API Operator"][below(3)]
    let commitment = Commitment(
      within: below(2) == 0 ? .minutes(UInt16(1 + below(3))) : nil, reason: "a step",
      confirmation: [.high, .maximum, nil][below(3)])
    switch below(12) {
    case 0:
      let newcomer = try Login(parsing: "p\(below(1_000_000))")
      return .addAccount(AccountDraft(login: newcomer, roles: ["Member"]))
    case 1: return .deactivate([person])
    case 2, 3: return .reactivate([person])
    case 4: return .assign(person, roles: [role])
    case 5: return .unassign(person, roles: [role])
    case 6:
      let levels = SecurityLevel.allCases
      return .revise(.level(levels[below(levels.count)]), commitment)
    case 7:
      let id = ["member", "api-operator", "deputies"][below(3)]
      let permissions =
        id == "deputies" ? Policy.administration.sorted : [.useAPI, .createTokens, .viewAudit]
      let permission = permissions[below(permissions.count)]
      let changes: [RoleChange] = [
        below(2) == 0
          ? .grant(Identifier(id), permission) : .withdraw(Identifier(id), permission)
      ]
      return .revise(.roles(changes), commitment)
    case 8: return .revise(.property(.siteName, "Site \(below(1000))"), commitment)
    case 9 where below(4) == 0:
      let pending = try? site.session(for: actor).standing.pending?.number
      let number = pending ?? 0
      return below(2) == 0 ? .confirmRevision(number) : .cancelRevision(number)
    case 10:
      let number = max((try? site.session(for: actor).standing.current.revision.number) ?? 1, 2) - 1
      guard case .revision(let earlier)? = try? site.answer(.revision(number), for: actor) else {
        return .removeClient("none")
      }
      return .revise(
        .rollback(to: number, policy: earlier.policy, levelOnly: below(2) == 0), commitment)
    default: return .addClient(name: "client \(below(10_000))", audience: nil)
    }
  }
}
