import Access
@testable import Administration
import Credentials
import Storage
import Testing

@Suite("A password at the gate")
struct PasswordEnforcementTests {
  let site: TestSite
  let gate: TestGate

  init() throws {
    site = try TestSite()
    try site.revise(.enableBearer(.standard))
    try site.addRole("Callers", .useAPI)
    for name in ["erp", "left"] {
      try site.add(name, kind: .service, roles: ["Callers"])
      // The gate's scrypt is the test's own; all that counts is that there is a hash.
      try site.setHash(of: name)
    }
    try site.perform(.deactivate([login("left")]))
    gate = try TestGate(site)
  }

  private func password(_ login: String, _ text: String) -> Presentation {
    .password(login: login, secret(text))
  }

  private var right: Presentation { password("erp", gate.checks.right) }

  @Test("that is right is allowed, and remembered for a minute")
  func remembered() throws {
    #expect(gate.reason(right) == "allowed")
    #expect(gate.reason(right) == "allowed")
    #expect(gate.checks.count == 1)
    site.clock.advance(.minutes(1))
    #expect(gate.reason(right) == "allowed")
    #expect(gate.checks.count == 2)
  }

  @Test("that was right is checked anew once anything changed of an account")
  func forgotten() throws {
    #expect(gate.reason(right) == "allowed")
    try site.setHash(of: "erp")
    #expect(gate.reason(right) == "allowed")
    #expect(gate.checks.count == 2)
    try site.perform(.deactivate([login("erp")]))
    #expect(gate.reason(right) == "account_inactive")
  }

  @Test("A01 unknown, deactivated, slowed, wrong: one answer, one scrypt and one digest each")
  func alike() throws {
    for _ in 1...10 { _ = gate.reason(password("slowed", "wrong")) }
    var rulings: [Ruling] = []
    for login in ["nobody", "left", "slowed", "erp", "not a login \u{0}"] {
      let before = (gate.checks.count, gate.checks.digests)
      rulings.append(try #require(gate.ruling(password(login, "wrong"))))
      #expect(gate.checks.count == before.0 + 1, "\(login)")
      #expect(gate.checks.digests == before.1 + 1, "\(login)")
    }
    for ruling in rulings {
      #expect(ruling.decision == rulings.first?.decision)
      #expect(ruling.decision.refusal == .credentialInvalid)
      #expect(ruling.explanation == rulings.first?.explanation)
    }
  }

  @Test("A01 that is right tells its owner that the account is deactivated")
  func inactive() throws {
    #expect(gate.reason(password("left", gate.checks.right)) == "account_inactive")
  }

  @Test("A01 costs no scrypt where the level refuses passwords, or those not registered")
  func level() throws {
    try site.revise(.level(.high), confirm: .high)
    #expect(gate.reason(right) == "method_refused")
    #expect(gate.reason(password("nobody", "wrong")) == "method_refused")
    try site.revise(.level(.maximum), confirm: .maximum)
    #expect(gate.reason(right) == "method_refused")
    #expect(gate.checks.count == 0)
  }

  @Test("A02 the eleventh guess is refused, and the right password too until the delay is over")
  func guessing() throws {
    for _ in 1...10 {
      let ruling = try #require(gate.ruling(password("erp", "wrong")))
      #expect(ruling.retryAfter == nil)
    }
    let delayed = try #require(gate.ruling(right))
    #expect(delayed.decision.refusal == .credentialInvalid)
    #expect(delayed.retryAfter == 60)
    // Nobody else's, nor the owner's from elsewhere.
    #expect(gate.reason(right, from: "10.0.1.7") == "allowed")
    site.clock.advance(.minutes(1))
    #expect(gate.reason(right) == "allowed")
  }

  @Test("A02 fifty addresses of one network are one guesser")
  func network() throws {
    for index in 1...50 {
      _ = gate.reason(password("erp", "wrong"), from: "10.0.0.\(index)")
    }
    #expect(gate.ruling(right, from: "10.0.0.99")?.retryAfter == 60)
  }

  @Test("A02 a delay doubles up to a quarter of an hour")
  func doubling() throws {
    var delays: [Int64] = []
    for _ in 1...6 {
      for _ in 1...10 { _ = gate.reason(password("erp", "wrong")) }
      let delay = try #require(gate.ruling(right)?.retryAfter)
      delays.append(delay)
      site.clock.advance(try #require(FiniteLifetime(seconds: delay)))
    }
    #expect(delays == [60, 120, 240, 480, 900, 900])
  }

  @Test("A02 a delay survives a restart of the gate, and closes no console")
  func restart() throws {
    for _ in 1...10 { _ = gate.reason(password("erp", "wrong")) }
    try gate.shared.flush()
    let restarted = try TestGate(site)
    #expect(restarted.ruling(right)?.retryAfter == 60)
    #expect(try site.session().account.login == login("mira"))
  }

  @Test("A02 a remembered pair is refused while its network is delayed")
  func rememberedWhileDelayed() throws {
    #expect(gate.reason(right) == "allowed")
    for _ in 1...10 { _ = gate.reason(password("erp", "wrong")) }
    #expect(gate.reason(right) == "credential_invalid")
  }

  @Test("beyond two at once is told at once to come back")
  func places() throws {
    let waiting = (0..<2).map { _ in gate.judgeOnLoop(right) }
    guard case .ruled(let third) = gate.judgeOnLoop(right) else {
      Issue.record("a third password would be checked")
      return
    }
    #expect(third.decision.status == 401)
    #expect(third.retryAfter == 1)
    for case .deferred(let work) in waiting {
      guard case .ruled(let ruling) = work() else { continue }
      #expect(ruling.decision.isAllowed)
    }
    #expect(gate.checks.count == 2)
  }

  @Test("frees its place though nobody ever asked for the answer")
  func abandoned() throws {
    for _ in 1...5 {
      guard case .deferred = gate.judgeOnLoop(right) else {
        Issue.record("a place was lost")
        return
      }
    }
  }

  @Test("H04 of ten thousand bytes, or of none, is refused and costs no scrypt")
  func sizes() throws {
    for text in ["", String(repeating: "x", count: 10_000)] {
      #expect(gate.reason(password("erp", text)) == "credential_invalid")
    }
    #expect(gate.checks.count == 0)
  }

  @Test("is checked by scrypt where it counts, and a decoy is no password's hash")
  func scrypt() throws {
    #expect(!Password.verify(secret("right password"), against: Password.decoy()))
    #expect(Password.decoy() != Password.decoy())
    let shared = try EnforcementSite(try site.opened())
    try site.perform(.setPassword(login("mira"), secret("mira's own password")))
    let enforcement = try Enforcement(shared)
    func reason(_ text: String) -> String? {
      var judgement = enforcement.judge { _ in
        Attempt(.password(login: "mira", secret(text)), request: RequestFacts())
      }
      while case .deferred(let work) = judgement { judgement = work() }
      guard case .ruled(let ruling) = judgement else { return nil }
      return ruling.decision.reason
    }
    #expect(reason("mira's own password") == "allowed")
    #expect(reason("mira's old password") == "credential_invalid")
  }
}

extension TestSite {
  /// Gives an account a hash of its own, which only a test's check takes for anything.
  func setHash(of name: String) throws {
    try administration.store.write(by: mira) { transaction in
      guard let account = try transaction.snapshot.account(login: login(name)) else {
        throw AccountError.unknown(name)
      }
      try transaction.setPasswordHash("hash of \(name)", of: account.id)
      return Recorded((), AuditEvent("account.password", target: "account \(name)"))
    }
  }
}
