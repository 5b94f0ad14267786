import Access
@testable import Administration
import Foundation
import Storage
import Testing

@Suite("A token")
struct TokenTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.revise(.enableBearer(.standard))
  }

  @Test("is recognised by its digest, and its value is in no file")
  func value() throws {
    let issued = try site.createToken("ci-deploy")
    let text = String(decoding: issued.value.bytes, as: UTF8.self)

    let request = PageRequest(
      filter: TokenFilter(parsing: text), sort: TokenSort.end)
    guard case .tokens(let page) = try site.administration.answer(.tokens(request), for: site.mira)
    else { return }
    #expect(page.rows.map(\.name) == ["ci-deploy"])
    for file in try FileManager.default.contentsOfDirectory(atPath: site.folder) {
      let content = try Data(contentsOf: URL(filePath: site.folder + "/" + file))
      #expect(content.range(of: Data(issued.value.bytes)) == nil, "\(file)")
      // Not even its signature.
      let signature = try #require(text.split(separator: ".").last)
      #expect(content.range(of: Data(signature.utf8)) == nil, "\(file)")
    }
    #expect("\(issued)".contains(text) == false)
  }

  @Test("is refused outside bearer mode, naming both properties and the way out")
  func mode() throws {
    try site.revise(.property(.enableLegacyAPIKey, "true"))
    let error = #expect(throws: TokenError.self) { try site.createToken("t") }
    #expect(error == .notInBearerMode(.conflict))
    #expect(error?.description.contains("EnableLegacyAPIKey=false") == true)
    #expect(error?.description.contains("bearer enable") == true)
  }

  @Test("keeps its name from others of its owner until it is revoked")
  func names() throws {
    let first = try site.createToken("ci")
    #expect(throws: TokenError.nameTaken("ci", owner: login("mira"))) {
      try site.createToken("ci")
    }
    try site.perform(.revokeTokens([Identifier(first.row.id)], reason: "lost"))
    #expect(throws: Never.self) { try site.createToken("ci") }
  }

  @Test("of another person is seen by nobody else: neither made for them nor rotated")
  func ofOthers() throws {
    try site.addRole("Makers", .useAPI, .createTokens)
    let bob = try site.add("bob", roles: ["Makers"])
    let issued = try site.createToken("laptop", by: bob)

    #expect(throws: TokenError.notAService(login("bob"))) {
      try site.createToken("theirs", service: "bob")
    }
    #expect(throws: TokenError.notAService(login("bob"))) {
      try site.perform(.rotateToken(Identifier(issued.row.id), overlap: .hours(1)))
    }
    #expect(throws: Never.self) {
      try site.perform(.revokeTokens([Identifier(issued.row.id)], reason: "left the company"))
    }
  }

  @Test("named twice is revoked once, and told once")
  func revokedTwice() throws {
    let id = Identifier<Authorization>(try site.createToken("ci").row.id)
    let before = try site.audit().count

    #expect(try site.perform(.revokeTokens([id, id], reason: "lost")) == .changed(1))

    #expect(try site.audit().count == before + 1)
  }

  @Test("for oneself takes Create tokens, however it is asked for")
  func forOneself() throws {
    try site.addRole("Stewards", .useAPI, .manageTokens)
    let sam = try site.add("sam", roles: ["Stewards"])

    for service in [nil, "sam"] {
      #expect(throws: AccountError.self) { try site.createToken("own", service: service, by: sam) }
    }
  }

  @Test("that expired makes way for a namesake and counts as replaced")
  func expiredNamesake() throws {
    let first = try site.createToken("ci", lifetime: .days(30))
    site.clock.advance(.days(30))
    let second = try site.createToken("ci")

    guard
      case .token(let old) = try site.administration.answer(
        .token(first.row.id), for: site.mira)
    else { return }
    #expect(old.row.state == .replaced)
    #expect(second.row.state == .active)
  }

  @Test("revoked is refused from then on, with who, when and why kept")
  func revoke() throws {
    let issued = try site.createToken("ci")
    try site.perform(.revokeTokens([Identifier(issued.row.id)], reason: "leaked"))

    let row = try #require(try site.token("ci"))
    #expect(row.state == .revoked)
    #expect(row.revocation?.by == login("mira"))
    #expect(row.revocation?.reason == "leaked")
    let explanation = try site.administration.explain(
      credential: issued.row.id, request: RequestFacts(), for: site.mira)
    #expect(explanation.decision.refusal == .tokenRevoked)
    #expect(throws: TokenError.notLive("ci", .revoked)) {
      try site.perform(.revokeTokens([Identifier(issued.row.id)], reason: ""))
    }
  }

  @Test("rotated passes its name on; both work until the overlap ends")
  func rotate() throws {
    let old = try site.createToken("ci")
    guard
      case .token(let new) = try site.perform(
        .rotateToken(Identifier(old.row.id), overlap: .hours(24)))
    else { return }

    #expect(new.row.name == "ci")
    #expect(new.value != old.value)
    #expect(try site.token("ci (rotated)")?.state.isLive == true)
    site.clock.advance(.hours(24))
    #expect(try site.token("ci (rotated)")?.state == .replaced)
    #expect(try site.token("ci")?.state == .active)
  }

  @Test("rotated again within the overlap leaves every name unique")
  func rotateTwice() throws {
    var id = try site.createToken("ci").row.id
    for _ in 1...3 {
      guard
        case .token(let new) = try site.perform(
          .rotateToken(Identifier(id), overlap: .hours(24)))
      else { return }
      id = new.row.id
    }
    #expect(try site.token("ci (rotated)") != nil)
    #expect(try site.token("ci (rotated 2)") != nil)
    #expect(try site.token("ci (rotated 3)") != nil)
  }

  @Test("unused for the idle limit sleeps until it is woken")
  func sleep() throws {
    var expiration = ExpirationPolicy()
    expiration.idleLimit = .days(7)
    try site.revise(.expiration(expiration))
    try site.revise(.level(.high), confirm: .high)
    let issued = try site.createToken("ci", lifetime: .days(90))

    site.clock.advance(.days(7))
    #expect(try site.token("ci")?.state == .suspended)
    try site.perform(.wakeTokens([Identifier(issued.row.id)]))
    #expect(try site.token("ci")?.state.isLive == true)
    #expect(throws: TokenError.notSuspended("ci", .active)) {
      try site.perform(.wakeTokens([Identifier(issued.row.id)]))
    }
  }

  @Test("that fell asleep stays asleep when the idle limit is taken away")
  func sleepIsStored() throws {
    var expiration = ExpirationPolicy()
    expiration.idleLimit = .days(7)
    try site.revise(.expiration(expiration))
    try site.revise(.level(.high), confirm: .high)
    _ = try site.createToken("ci", lifetime: .days(90))
    site.clock.advance(.days(8))

    try site.revise(.expiration(ExpirationPolicy()))

    #expect(try site.token("ci")?.state == .suspended)
  }

  @Test("may be made for a service account by whoever manages tokens, and never for a person")
  func service() throws {
    try site.add("build-bot", kind: .service, roles: ["API Operator"])
    try site.add("carol", roles: ["API Operator"])
    #expect(try site.createToken("deploy", service: "build-bot").row.owner == "build-bot")
    #expect(throws: TokenError.notAService(login("carol"))) {
      try site.createToken("x", service: "carol")
    }
  }

  @Test("is not made where it would be refused: its owner lacks Use REST API")
  func incapableOwner() throws {
    try site.add("build-bot", kind: .service, roles: ["Member"])
    #expect(throws: TokenError.ownerLacksAPI(login("build-bot"))) {
      try site.createToken("deploy", service: "build-bot")
    }
  }

  @Test("has a lifetime the level allows")
  func lifetimes() throws {
    #expect(try site.createToken("a").row.expiresAt == site.clock.now + .days(90))
    #expect(try site.createToken("b", lifetime: .unlimited).row.expiresAt == nil)
    try site.revise(.level(.high), confirm: .high)
    #expect(try site.createToken("c").row.expiresAt == site.clock.now + .days(30))
    #expect(throws: ExpirationError.unlimitedNotAllowed(maximum: .days(90))) {
      try site.createToken("d", lifetime: .unlimited)
    }
    #expect(throws: ExpirationError.beyondMaximum(.year, maximum: .days(90))) {
      try site.createToken("e", lifetime: .year)
    }
  }

  @Test("of somebody else is out of reach without Manage all tokens")
  func others() throws {
    let issued = try site.createToken("ci")
    let eve = try site.add("eve", roles: ["API Operator"])
    let id = Identifier<Authorization>(issued.row.id)
    for change: Change in [
      .revokeTokens([id], reason: ""), .rotateToken(id, overlap: .hours(24)), .wakeTokens([id]),
    ] {
      #expect(throws: TokenError.notYours(issued.row.id)) { try site.perform(change, by: eve) }
    }
    #expect(throws: TokenError.notYours(issued.row.id)) {
      try site.administration.answer(.token(issued.row.id), for: eve)
    }
  }
}
