import Access
@testable import Administration
import Credentials
import Storage
import Testing

@Suite("The gate")
struct EnforcementTests {
  let site: TestSite
  let gate: TestGate
  let token: IssuedToken

  init() throws {
    site = try TestSite()
    try site.revise(.enableBearer(.standard))
    token = try site.createToken("ci")
    gate = try TestGate(site)
  }

  private var bearer: Presentation { .bearer(token.value) }

  @Test("allows a good token, and says whose it is")
  func allows() throws {
    let ruling = try #require(gate.ruling(bearer))
    let identity = try #require(ruling.identity)
    #expect(identity.login == login("mira"))
    #expect(identity.client == "ci")
    #expect(identity.keyID == token.row.id)
    #expect(identity.kind == .bearer)
    #expect(identity.scope == .readWrite)
    #expect(identity.roles == ["Site Administrator"])
    #expect(ruling.explanation == nil)
  }

  @Test("refuses what is missing, ambiguous, malformed or unknown, with a next step")
  func refuses() throws {
    let cases: [(Presentation, Refusal)] = [
      (.missing, .credentialMissing), (.ambiguous, .credentialAmbiguous),
      (.malformed(.bearer), .credentialInvalid),
      (.bearer(secret("no such token")), .credentialInvalid),
      (.legacyKey(token.value), .credentialInvalid),
      (.legacyKey(secret("no such key")), .credentialInvalid),
    ]
    for (presentation, refusal) in cases {
      let ruling = try #require(gate.ruling(presentation))
      #expect(ruling.decision.refusal == refusal, "\(presentation)")
      #expect(ruling.identity == nil)
      #expect(ruling.explanation?.isEmpty == false)
    }
    #expect(gate.ruling(bearer)?.decision.isAllowed == true)
  }

  @Test("J16 refuses the request after a revoke")
  func revoke() throws {
    #expect(gate.reason(bearer) == "allowed")
    try site.perform(.revokeTokens([Identifier(token.row.id)], reason: "lost"))
    #expect(gate.reason(bearer) == "token_revoked")
  }

  @Test("J16 refuses the request after its account was deactivated, and not once it is back")
  func deactivate() throws {
    let eve = try site.add("eve", roles: ["Site Administrator"])
    #expect(gate.reason(bearer) == "allowed")
    try site.perform(.deactivate([login("mira")]), by: eve)
    #expect(gate.reason(bearer) == "account_inactive")
    try site.perform(.reactivate([login("mira")]), by: eve)
    #expect(gate.reason(bearer) == "allowed")
  }

  @Test("J16 refuses the request after its role or a cell of the matrix was withdrawn")
  func permission() throws {
    try site.addRole("Makers", .useAPI, .createTokens)
    let bob = try site.add("bob", roles: ["Makers"])
    let issued = try site.createToken("laptop", by: bob)
    #expect(gate.reason(.bearer(issued.value)) == "allowed")

    try site.revise(.roles([.withdraw(Identifier("makers"), .useAPI)]))
    #expect(gate.reason(.bearer(issued.value)) == "permission_missing")
    try site.revise(.roles([.grant(Identifier("makers"), .useAPI)]))
    #expect(gate.reason(.bearer(issued.value)) == "allowed")
    try site.perform(.unassign(login("bob"), roles: ["Makers"]))
    #expect(gate.reason(.bearer(issued.value)) == "permission_missing")
  }

  @Test("refuses legacy keys from the request after the level was raised, and tokens never")
  func level() throws {
    try importKey()
    #expect(gate.reason(.legacyKey(secret("old key"))) == "allowed")
    try site.revise(.level(.high), confirm: .high)
    #expect(gate.reason(.legacyKey(secret("old key"))) == "method_refused")
    #expect(gate.reason(bearer) == "allowed")
  }

  @Test("goes back to what was in force at the very deadline, though nobody wrote anything")
  func lapse() throws {
    try importKey()
    try site.revise(.level(.high), within: .minutes(10), confirm: .high)
    #expect(gate.reason(.legacyKey(secret("old key"))) == "method_refused")
    site.clock.advance(.minutes(9))
    #expect(gate.reason(.legacyKey(secret("old key"))) == "method_refused")
    site.clock.advance(.minutes(1))
    #expect(gate.reason(.legacyKey(secret("old key"))) == "allowed")
  }

  @Test("J06 refuses a token at its end, though nobody wrote anything")
  func end() throws {
    #expect(gate.reason(bearer) == "allowed")
    site.clock.advance(.days(90))
    #expect(gate.reason(bearer) == "token_expired")
  }

  @Test("J11 refuses a token with any of its bits flipped")
  func flipped() throws {
    for index in token.value.bytes.indices {
      for bit in 0..<8 {
        var bytes = token.value.bytes
        bytes[index] ^= 1 << UInt8(bit)
        #expect(gate.reason(.bearer(Secret(bytes))) == "credential_invalid")
      }
    }
    #expect(gate.reason(bearer) == "allowed")
  }

  @Test("remembers no more of garbage than fits, and what is real beside it")
  func garbage() throws {
    #expect(gate.reason(bearer) == "allowed")
    var memory = FactsMemory(limit: 10, unknownLimit: 10)
    let real = DigestKey(SecretHash(of: Secret([7, 7])), as: .bearer)
    memory.remember(
      KnownCredential(
        LegacyKey(id: Identifier("k"), owner: Identifier("o"), label: ""), account: nil),
      for: real)
    for index in 0..<1000 {
      let hash = SecretHash(of: Secret("garbage \(index)".utf8))
      memory.remember(nil, for: DigestKey(hash, as: .bearer))
    }
    #expect(memory.credential(real) != nil)
    #expect(memory.count == 1)
    #expect(memory.unknownCount <= 10)
    #expect(gate.shared.figures().remembered == 1)
  }

  @Test("lets a token that it saw in use live on under an idle limit, whoever saw it")
  func idle() throws {
    var expiration = ExpirationPolicy()
    expiration.idleLimit = .days(7)
    try site.revise(.expiration(expiration))
    try site.revise(.level(.high), confirm: .high)
    let other = try TestGate(site)
    #expect(gate.reason(bearer) == "allowed")
    site.clock.advance(.days(4))
    #expect(other.reason(bearer) == "allowed")
    try other.shared.flush()
    site.clock.advance(.days(4))
    #expect(gate.reason(bearer) == "allowed")
    site.clock.advance(.days(7))
    #expect(gate.reason(bearer) == "token_suspended")
  }

  @Test("only observing lets everything pass and counts what it would have refused")
  func observing() throws {
    let observing = try TestGate(site, observesOnly: true)
    let ruling = try #require(observing.ruling(.missing))
    #expect(ruling.decision.isAllowed)
    #expect(ruling.identity == nil)
    #expect(observing.ruling(bearer)?.identity?.login == login("mira"))
    try observing.shared.flush()
    #expect(try site.refusals().map(\.reason) == ["credential_missing"])
  }

  private func importKey() throws {
    try site.perform(
      .importKeys(
        [LegacyKeyDraft(value: .plain(secret("old key")), owner: login("mira"), label: "erp")],
        createOwners: false))
  }
}

@Suite("A rotated token")
struct RotationEnforcementTests {
  let site: TestSite
  let gate: TestGate
  let old: IssuedToken
  let new: IssuedToken

  init() throws {
    site = try TestSite()
    try site.revise(.enableBearer(.standard))
    old = try site.createToken("ci")
    guard
      case .token(let issued) = try site.perform(
        .rotateToken(Identifier(old.row.id), overlap: .hours(24)))
    else { throw TokenError.unknown("ci") }
    new = issued
    gate = try TestGate(site)
  }

  @Test("works until its successor is used, which is committed before it is answered")
  func firstUse() throws {
    #expect(gate.reason(.bearer(old.value)) == "allowed")
    guard case .deferred(let work) = gate.judgeOnLoop(.bearer(new.value)) else {
      Issue.record("the first use was answered without a commit")
      return
    }
    // Not used before it is committed.
    #expect(gate.reason(.bearer(old.value)) == "allowed")
    guard case .ruled(let ruling) = work() else { return }
    #expect(ruling.decision.isAllowed)
    #expect(ruling.identity?.client == "ci")
    #expect(gate.reason(.bearer(old.value)) == "token_revoked")
    guard case .ruled = gate.judgeOnLoop(.bearer(new.value)) else {
      Issue.record("the second use was not answered at once")
      return
    }
    let event = try #require(try site.audit().last)
    #expect(event.action == "token.replace")
    #expect(event.through == "gate")
    #expect(event.source == "10.0.0.7")
  }

  @Test("is ended once, however many requests use the successor first")
  func firstUses() throws {
    let judgements = (0..<3).map { _ in gate.judgeOnLoop(.bearer(new.value)) }
    for case .deferred(let work) in judgements {
      guard case .ruled(let ruling) = work() else { continue }
      #expect(ruling.decision.isAllowed)
    }
    #expect(try site.audit().filter { $0.action == "token.replace" }.count == 1)
  }

  @Test("outlives a successor that was revoked before its first use came to be committed")
  func revokedFirst() throws {
    guard case .deferred(let work) = gate.judgeOnLoop(.bearer(new.value)) else {
      Issue.record("the first use was answered without a commit")
      return
    }
    try site.perform(.revokeTokens([Identifier(new.row.id)], reason: "lost"))
    guard case .ruled(let ruling) = work() else { return }
    #expect(ruling.decision.refusal == .tokenRevoked)
    #expect(gate.reason(.bearer(old.value)) == "allowed")
  }
}
