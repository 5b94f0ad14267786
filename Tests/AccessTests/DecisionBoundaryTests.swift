import Access
import Testing

@Suite("A decision, at the edge of time,")
struct DecisionBoundaryTests {
  @Test("accepts a token to the millisecond before its end, and not at the end")
  func end() {
    let token = PresentedCredential.bearer(.sample(expiresAt: noon))
    #expect(reason(token, at: noon.justBefore) == "allowed")
    #expect(reason(token, at: noon) == "token_expired")
  }

  @Test("accepts a rotated token to the overlap's end, and not at it")
  func overlap() {
    let token = PresentedCredential.bearer(.sample(replacedAt: noon))
    #expect(reason(token, at: noon.justBefore) == "allowed")
    #expect(reason(token, at: noon) == "token_revoked")
  }

  @Test("accepts an unlimited token however late it is")
  func unlimited() {
    let token = PresentedCredential.bearer(.sample(expiresAt: nil))
    #expect(reason(token, at: Instant(milliseconds: .max)) == "allowed")
  }

  @Test("counts the idle limit from the last use, the waking or the creation, whichever is latest")
  func idle() {
    let policy = Policy.sample(.bearer, .high, expiration: .init(idleLimit: .days(30)))
    let used = noon - .days(5)
    let tokens: [(Authorization, Instant)] = [
      (.sample(expiresAt: nil), noon - .days(10)),
      (.sample(expiresAt: nil, lastUsedAt: used), used),
      (.sample(expiresAt: nil, wokenAt: noon, lastUsedAt: used), noon),
      (.sample(expiresAt: nil, wokenAt: used, lastUsedAt: noon), noon),
    ]
    for (token, activity) in tokens {
      let limit = activity + .days(30)
      #expect(reason(.bearer(token), under: policy, at: limit.justBefore) == "allowed")
      #expect(reason(.bearer(token), under: policy, at: limit) == "token_suspended")
      // At Standard no expiration policy applies.
      #expect(reason(.bearer(token), at: limit) == "allowed")
    }
  }

  @Test("keeps a token asleep that was put to sleep, even where no idle limit is left")
  func asleep() {
    #expect(reason(.bearer(.sample(suspendedAt: noon)), at: noon) == "token_suspended")
  }

  @Test("accepts an essential integration to the end of its review day, UTC")
  func review() {
    let facts = AccountFacts(
      account: .sample(), integration: .sample(review: .sample("2028-02-28")))
    let end = CivilDate.sample("2028-02-29").start
    let high = Policy.sample(.bearer, .high)
    #expect(reason(.password, of: facts, under: high, at: end.justBefore) == "allowed")
    #expect(reason(.password, of: facts, under: high, at: end) == "source_refused")
    #expect(reason(.password, of: facts, at: end) == "allowed")
  }

  @Test("refuses an essential integration whose source is unknown")
  func noSource() {
    let decision = decide(
      .sample(.bearer, .high), Operations(), credential: .password,
      account: AccountFacts(account: .sample(), integration: .sample()), request: RequestFacts(),
      at: noon)
    #expect(decision.reason == "source_refused")
  }

  @Test("refuses within a brownout's window: its first moment in, its last out")
  func brownout() {
    let window = Brownout(
      id: Identifier("b"), kind: .password, from: noon, until: noon + .minutes(10))
    #expect(reason(.password, during: window, at: noon.justBefore) == "allowed")
    #expect(reason(.password, during: window, at: noon) == "brownout")
    #expect(reason(.password, during: window, at: window.until.justBefore) == "brownout")
    #expect(reason(.password, during: window, at: window.until) == "allowed")
    #expect(reason(.bearer(.sample()), during: window, at: noon) == "allowed")

    var aborted = window
    aborted.abortedAt = noon
    #expect(reason(.password, during: aborted, at: noon) == "allowed")
  }

  @Test("says to come back when the last of the windows is over, never a moment before")
  func retryAfter() {
    let windows = ([10, 25, 5] as [UInt16]).map { minutes in
      Brownout(
        id: Identifier("b\(minutes)"), kind: .password, from: noon, until: noon + .minutes(minutes))
    }
    func wait(at now: Instant) -> Int64? {
      decide(
        .sample(), Operations(brownouts: windows), credential: .password,
        account: AccountFacts(account: .sample()), request: RequestFacts(), at: now
      ).retryAfter
    }
    let end = noon + .minutes(25)
    #expect(wait(at: noon) == 1500)
    #expect(wait(at: end.justBefore) == 1)
    #expect(wait(at: Instant(milliseconds: end.milliseconds - 1001)) == 2)
    #expect(wait(at: Instant(milliseconds: end.milliseconds - 1000)) == 1)
  }

  @Test(
    "lets a read-only token use GET, HEAD and OPTIONS, spelled so, and nothing else",
    arguments: [
      ("GET", true), ("HEAD", true), ("OPTIONS", true), ("POST", false), ("PUT", false),
      ("PATCH", false), ("DELETE", false), ("QUERY", false), ("get", false), ("", false),
      ("GET ", false),
    ])
  func scope(method: String, isAllowed: Bool) {
    let decision = decide(
      .sample(), Operations(), credential: .bearer(.sample(scope: .read)),
      account: AccountFacts(account: .sample()), request: RequestFacts(method: method), at: noon)
    #expect(decision.reason == (isAllowed ? "allowed" : "scope_missing"))
  }

  @Test("lets a role that the policy does not have grant nothing")
  func absentRole() {
    let gone = Role(id: Identifier("gone"), name: "Gone", permissions: .all)
    let facts = AccountFacts(account: .sample(roles: [gone]))
    #expect(reason(.password, of: facts, at: noon) == "permission_missing")
  }

  private func reason(
    _ credential: PresentedCredential, of facts: AccountFacts? = nil,
    under policy: Policy = .sample(), during window: Brownout? = nil, at now: Instant
  ) -> String {
    decide(
      policy, Operations(brownouts: window.map { [$0] } ?? []), credential: credential,
      account: facts ?? AccountFacts(account: .sample()),
      request: RequestFacts(source: IPAddress(parsing: "10.2.0.14")), at: now
    ).reason
  }
}
