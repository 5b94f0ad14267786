import Access
@testable import Administration
import Credentials
import Foundation
import GRDB
@testable import Storage
import Testing

@Suite("Two administrators at once")
struct RaceTests {
  let site: TestSite
  let bob: Actor
  let one: Administration
  let other: Administration

  init() throws {
    site = try TestSite()
    bob = try site.add("bob", roles: ["Site Administrator"])
    one = try site.opened()
    other = try site.opened()
  }

  @Test("D07 on one revision, 1,000 times: one saves, the other is told who and when, once each")
  func sameRevision() throws {
    let rounds = 1000
    let rows = try site.audit().count
    var base = try site.session().standing.current.revision.number
    var wins = ["mira": 0, "bob": 0]
    for round in 1...rounds {
      site.clock.advance(try FiniteLifetime(parsing: "1s"))
      func save(_ door: Administration, _ actor: Actor) -> @Sendable () throws -> Void {
        let change = PolicyChange.property(.siteName, "\(actor.login) \(round)")
        let commitment = Commitment(base: base)
        return { _ = try door.perform(.revise(change, commitment), by: actor) }
      }
      let outcomes = concurrently([save(one, site.mira), save(other, bob)])

      let winner = outcomes[0] == nil ? "mira" : "bob"
      let losers = outcomes.compactMap { $0 as? RevisionError }
      try #require(losers.count == 1, "round \(round): \(outcomes)")
      try #require(outcomes.contains { $0 == nil })
      #expect(
        losers.first
          == .moved(base: base, current: base + 1, author: login(winner), at: site.clock.now))
      wins[winner, default: 0] += 1
      base += 1
    }

    let written = try site.audit().dropFirst(rows)
    #expect(written.count == rounds)
    #expect(written.allSatisfy { $0.action == "property.set" })
    for (name, count) in wins { #expect(written.count { $0.actor == name } == count) }
    #expect(try site.session().standing.current.revision.number == base)
    #expect(try site.administration.store.examine().allSatisfy(\.isFine))
  }

  @Test("D07 on one pending revision: one keeps it or the other takes it back, never both")
  func sameVerdict() throws {
    for round in 1...50 {
      let number = try site.revise(.property(.siteName, "\(round)"), within: .minutes(10))
      let outcomes = concurrently([
        { _ = try one.perform(.confirmRevision(number), by: site.mira) },
        { _ = try other.perform(.cancelRevision(number), by: bob) },
      ])
      let isKept = outcomes[0] == nil
      #expect(outcomes.count { $0 == nil } == 1)
      let loser = outcomes.compactMap { $0 as? RevisionError }
      #expect(loser == [.notInForce(number, isKept ? .confirmed : .cancelled)])
      #expect((try site.session().policy.properties.siteName == "\(round)") == isKept)
    }
    let ends = try site.audit().count {
      $0.action == "revision.confirm" || $0.action == "revision.cancel"
    }
    #expect(ends == 50)
  }

  @Test("A03 demote each other, whichever way: exactly one wins, and is told so by the audit")
  func mutualDemotion() throws {
    let ways: [(String) -> Change] = [
      { .deactivate([login($0)]) },
      { .unassign(login($0), roles: ["Site Administrator"]) },
      { .editAccount(login($0), AccountEdits(roles: [])) },
      { .editAccount(login($0), AccountEdits(kind: .service)) },
    ]
    for round in 0..<60 {
      let (way, otherWay) = (ways[round % 4], ways[round / 4 % 4])
      let rows = try site.audit().count
      let outcomes = concurrently([
        { [way = way("bob")] in _ = try one.perform(way, by: site.mira) },
        { [way = otherWay("mira")] in _ = try other.perform(way, by: bob) },
      ])
      try #require(outcomes.count { $0 == nil } == 1, "round \(round): \(outcomes)")
      let winner = outcomes[0] == nil ? site.mira : bob
      let loser = outcomes[0] == nil ? "bob" : "mira"
      let written = try site.audit().dropFirst(rows)
      #expect(written.count == 1)
      #expect(written.first?.actor == winner.login)
      #expect(try site.session(winner).permissions == .all)

      // As before, for the next round.
      _ = try? site.perform(.reactivate([login(loser)]), by: winner)
      try site.perform(
        .editAccount(
          login(loser),
          AccountEdits(name: "round \(round)", kind: .person, roles: ["Site Administrator"])),
        by: winner)
    }
  }

  @Test("never leave a token alive that was signed with a key retired meanwhile with its tokens")
  func retiredKey() throws {
    try site.revise(.enableBearer(.standard))
    for round in 1...20 {
      let kid = try other.secrets().currentKeyID
      _ = concurrently([
        {
          for number in 1...4 {
            let draft = TokenDraft(name: "\(round)-\(number)")
            _ = try one.perform(.createToken(draft), by: site.mira)
          }
        },
        { _ = try other.perform(.retireSigningKey(kid: kid, withTokens: true), by: bob) },
      ])
      #expect(try other.secrets().currentKeyID != kid)
      #expect(try site.administration.store.read { try $0.liveTokens(signedBy: kid) } == 0)
    }
  }

  @Test("find the signing keys as they were where their change could not be told to the audit")
  func untoldRotation() throws {
    try site.revise(.enableBearer(.standard))
    _ = try site.createToken("t")
    site.clock.advance(.days(30))
    let before = try Data(contentsOf: URL(filePath: site.folder + "/gatehouse.db.secrets"))
    let kid = try site.administration.secrets().currentKeyID
    for change in [Change.rotateSigningKey, .retireSigningKey(kid: kid, withTokens: true)] {
      try execute(
        "CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'broken'); END")
      #expect(throws: StoreError.rule("broken")) { try site.perform(change) }
      try execute("DROP TRIGGER broken")
      #expect(
        try Data(contentsOf: URL(filePath: site.folder + "/gatehouse.db.secrets")) == before)
      #expect(try site.token("t")?.revocation == nil)
    }
    #expect(throws: Never.self) { try site.perform(.rotateSigningKey) }
  }

  private func execute(_ sql: String) throws {
    try other.store.writer().writeWithoutTransaction { try $0.execute(sql: sql) }
  }
}
