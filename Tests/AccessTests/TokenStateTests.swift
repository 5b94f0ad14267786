import Access
import Testing

@Suite("A token's state")
struct TokenStateTests {
  @Test("is the first that holds of revoked, replaced, expired, suspended, expiring, active")
  func order() {
    var token = Authorization.sample(
      expiresAt: noon, suspendedAt: noon, isRevoked: true, replacedAt: noon)
    #expect(token.state(at: noon, under: .sample()) == .revoked)
    token.lifespan.revocation = nil
    #expect(token.state(at: noon, under: .sample()) == .replaced)
    token.lifespan.replacedAt = nil
    #expect(token.state(at: noon, under: .sample()) == .expired)
    token.lifespan.expiresAt = noon + .days(1)
    #expect(token.state(at: noon, under: .sample()) == .suspended)
    token.lifespan.suspendedAt = nil
    #expect(token.state(at: noon, under: .sample()) == .expiring)
    token.lifespan.expiresAt = noon + .days(90)
    #expect(token.state(at: noon, under: .sample()) == .active)
  }

  @Test("is expiring from ExpiryNotice before the end on")
  func expiring() {
    let token = Authorization.sample(expiresAt: noon)
    let from = noon - .days(14)
    #expect(token.state(at: from.justBefore, under: .sample()) == .active)
    #expect(token.state(at: from, under: .sample()) == .expiring)
    #expect(token.state(at: noon.justBefore, under: .sample()) == .expiring)
    #expect(token.state(at: noon, under: .sample()) == .expired)
  }

  @Test("says what can still be used and what can still be ended")
  func meaning() {
    #expect(TokenState.allCases.filter(\.isLive) == [.active, .expiring])
    #expect(TokenState.allCases.filter(\.isRevocable) == [.active, .expiring, .suspended])
  }
}
