import Access
@testable import Administration
import Testing

@Suite("A revision of the policy")
struct RevisionTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  @Test("enables Bearer support in one step, so that nobody passes through closed")
  func enableBearer() throws {
    let number = try site.revise(.enableBearer(.standard))

    #expect(number == 2)
    #expect(try site.session().policy.mode == .bearer)
    let row = try #require(try site.audit().last)
    #expect(row.action == "bearer.enable")
    #expect(row.target == "revision 2")
    #expect(row.before?.contains("API mode: legacy") == true)
    #expect(row.after?.contains("API mode: bearer") == true)
  }

  @Test("takes itself back at its deadline, without anybody's help, and the audit says so once")
  func lapses() throws {
    try site.revise(.enableBearer(.standard))
    try site.revise(.level(.high), within: .minutes(10), confirm: .high)
    #expect(try site.session().policy.level == .high)

    site.clock.advance(.minutes(10))

    #expect(try site.session().policy.level == .standard)
    #expect(try site.session().standing.pending == nil)
    try site.add("first")
    try site.add("second")
    let lapses = try site.audit().filter { $0.action == "revision.lapse" }
    #expect(lapses.count == 1)
    #expect(lapses.first?.actor == "system")
    #expect(lapses.first?.target == "revision 3")
  }

  @Test("stands until the last moment before its deadline")
  func standsUntilDeadline() throws {
    try site.revise(.property(.siteName, "Elsewhere"), within: .minutes(1))
    site.clock.advance(try FiniteLifetime(parsing: "59s"))
    #expect(try site.session().policy.properties.siteName == "Elsewhere")
  }

  @Test("is kept by whoever may manage settings, and then stays")
  func confirmed() throws {
    let number = try site.revise(.property(.siteName, "Elsewhere"), within: .minutes(10))
    let bob = try site.add("bob", roles: ["Site Administrator"])

    try site.perform(.confirmRevision(number), by: bob)
    site.clock.advance(.hours(24))

    #expect(try site.session().policy.properties.siteName == "Elsewhere")
    #expect(throws: RevisionError.notInForce(number, .confirmed)) {
      try site.perform(.cancelRevision(number))
    }
  }

  @Test("is cancelled at once")
  func cancelled() throws {
    let number = try site.revise(.property(.siteName, "Elsewhere"), within: .minutes(10))
    try site.perform(.cancelRevision(number))
    #expect(try site.session().policy.properties.siteName == "Northwind")
  }

  @Test("refuses every other while it is pending, naming itself")
  func pendingRefusesOthers() throws {
    let number = try site.revise(.property(.siteName, "Elsewhere"), within: .minutes(10))
    #expect(
      throws: RevisionError.pending(
        number, author: login("mira"), lapsesAt: site.clock.now + .minutes(10))
    ) {
      try site.revise(.enableBearer(.standard))
    }
  }

  @Test("drawn up against an older one is refused with who and when, and changes nothing")
  func movedBase() throws {
    let base = try site.session().standing.current.revision.number
    let bob = try site.add("bob", roles: ["Site Administrator"])
    try site.revise(.property(.siteName, "Bob's"), base: base, by: bob)
    let rows = try site.audit().count

    #expect(
      throws: RevisionError.moved(
        base: base, current: base + 1, author: login("bob"), at: site.clock.now)
    ) {
      try site.revise(.property(.siteName, "Mira's"), base: base)
    }
    #expect(try site.session().policy.properties.siteName == "Bob's")
    #expect(try site.audit().count == rows)
  }

  @Test("that raises the level needs the level named", arguments: [SecurityLevel.high, .maximum])
  func confirmation(level: SecurityLevel) throws {
    try site.revise(.enableBearer(.standard))
    #expect(throws: RevisionError.confirmationNeeded(level)) { try site.revise(.level(level)) }
    let other: SecurityLevel = level == .high ? .maximum : .high
    #expect(throws: RevisionError.confirmationNeeded(level)) {
      try site.revise(.level(level), confirm: other)
    }
    #expect(try site.revise(.level(level), confirm: level) > 0)
  }

  @Test("that would raise the level by a document or by enabling Bearer needs it named as well")
  func confirmationElsewhere() throws {
    #expect(throws: RevisionError.confirmationNeeded(.high)) {
      try site.revise(.enableBearer(.high))
    }
    try site.revise(.enableBearer(.standard))
    var policy = try site.session().policy
    policy.level = .maximum
    #expect(throws: RevisionError.confirmationNeeded(.maximum)) {
      try site.revise(.document(policy))
    }
  }

  @Test("asks again when another set of credentials would stop than was shown")
  func groundMoved() throws {
    try site.revise(.enableBearer(.standard))
    let plan = try site.administration.plan(.level(.high), for: site.mira)
    try site.perform(
      .importKeys(
        [LegacyKeyDraft(value: .plain(Secret("one".utf8)), owner: login("mira"))],
        createOwners: false))

    let commitment = Commitment(
      base: plan.base, confirmation: .high, ground: plan.impact.ground)
    #expect(throws: RevisionError.groundMoved(stops: 1)) {
      try site.perform(.revise(.level(.high), commitment))
    }
  }

  @Test("rolls back one field, or everything, and never what is not policy")
  func rollback() throws {
    try site.revise(.enableBearer(.standard))
    try site.revise(.property(.siteName, "Elsewhere"))
    try site.revise(.level(.high), confirm: .high)
    let token = try site.createToken("t")
    try site.perform(.revokeTokens([Identifier(token.row.id)], reason: ""))
    let three = try site.session().standing.policy

    try site.revise(.rollback(to: 2, policy: three, levelOnly: true))
    #expect(try site.session().policy.level == .standard)
    #expect(try site.session().policy.properties.siteName == "Elsewhere")

    try site.revise(.rollback(to: 1, policy: three, levelOnly: false))
    #expect(try site.session().policy.mode == .legacy)
    #expect(try site.session().policy.properties.siteName == "Northwind")
    #expect(try site.token("t")?.state == .revoked)
  }

  @Test("refuses a deadline under a minute or over a day")
  func deadlines() throws {
    for text in ["59s", "25h"] {
      let span = try FiniteLifetime(parsing: text)
      #expect(throws: RevisionError.deadline(span)) {
        try site.revise(.property(.siteName, "Elsewhere"), within: span)
      }
    }
  }

  @Test("by somebody who only manages settings cannot change the matrix through a document")
  func documentCannotEscalate() throws {
    try site.addRole("Settings", .manageSettings)
    let eve = try site.add("eve", roles: ["Settings"])
    var policy = try site.session().policy
    policy.roles = policy.roles.map { role in
      var role = role
      if role.name == "Settings" { role.permissions = .all }
      return role
    }
    #expect(
      throws: AccountError.notPermitted(login("eve"), .manageAccess, contact: "mira")
    ) {
      try site.revise(.document(policy), by: eve)
    }
    #expect(try site.session(eve).permissions == [.manageSettings])
  }

  @Test("without a reason says so in the audit")
  func reason() throws {
    try site.perform(.revise(.property(.siteName, "Elsewhere"), Commitment()))
    #expect(try site.audit().last?.reason == "none given")
  }

  @Test("can end tokens beyond a new maximum, an equal share on each day")
  func spread() throws {
    try site.revise(.enableBearer(.standard))
    for number in 1...10 { _ = try site.createToken("t\(number)", lifetime: .unlimited) }
    var commitment = Commitment(confirmation: .high)
    commitment.existing = .spread(days: 5)
    try site.perform(.revise(.level(.high), commitment))

    let ends = try (1...10).compactMap { try site.token("t\($0)")?.expiresAt }
    let days = Dictionary(grouping: ends) { $0.seconds(since: site.clock.now) / 86_400 }
    #expect(ends.count == 10)
    #expect(days.keys.sorted() == [1, 2, 3, 4, 5])
    #expect(days.values.allSatisfy { $0.count == 2 })
  }

  @Test("spreads no more on one day than was promised, though some end before their turn")
  func existingThatEndFirst() throws {
    try site.revise(.enableBearer(.standard))
    for index in 1...6 { _ = try site.createToken("early\(index)", lifetime: .days(30)) }
    site.clock.advance(.days(28))
    for index in 1...2 { _ = try site.createToken("late\(index)", lifetime: .unlimited) }
    var policy = try site.session().policy
    policy.level = .high
    policy.expiration = ExpirationPolicy(offered: [.days(1)], default: .days(1), maximum: .days(1))
    let impact = try site.administration.plan(.document(policy), for: site.mira).impact
    #expect(impact.tokensBeyondMaximum == 8 && impact.beyondMaximumEnding == [2: 6])
    let promised = ExistingTokens.share(of: 8, over: 8, endingOn: impact.beyondMaximumEnding)
    #expect(promised == 3)
    var commitment = Commitment(confirmation: .high)
    commitment.existing = .spread(days: 8)
    try site.perform(.revise(.document(policy), commitment))

    let names = (1...6).map { "early\($0)" } + ["late1", "late2"]
    let ends = try names.compactMap { try site.token($0)?.expiresAt }
    let days = ends.map { ($0.seconds(since: site.clock.now) + 86_399) / 86_400 }
    #expect(days == [1, 1, 1, 2, 2, 2, 3, 3])
  }

  @Test("ends also tokens beyond the tighter maximum of one of their owner's roles")
  func existingOfRole() throws {
    try site.revise(.enableBearer(.standard))
    _ = try site.createToken("thirty", lifetime: .days(30))
    _ = try site.createToken("ninety", lifetime: .days(90))
    var policy = try site.session().policy
    policy.level = .high
    policy.expiration.roleMaxima = [Role.siteAdministrator.id: .days(60)]
    let plan = try site.administration.plan(.document(policy), for: site.mira)
    #expect(plan.impact.tokensBeyondMaximum == 1)
    var commitment = Commitment(confirmation: .high)
    commitment.existing = .now
    try site.perform(.revise(.document(policy), commitment))

    #expect(try site.token("thirty")?.state == .active)
    #expect(try site.token("ninety")?.state == .expired)
    #expect(try site.audit().contains { $0.target == "1 tokens beyond the maximum" })
  }

  @Test("cannot end tokens beyond a maximum that is not in force, and says so")
  func existingWithoutMaximum() throws {
    try site.revise(.enableBearer(.standard))
    var commitment = Commitment()
    commitment.existing = .now
    #expect(throws: RevisionError.existingWithoutMaximum) {
      try site.perform(.revise(.passwordsAtHigh(.all), commitment))
    }
  }

  @Test("that takes itself back cannot end tokens, for they would not come back")
  func existingWithDeadline() throws {
    try site.revise(.enableBearer(.standard))
    _ = try site.createToken("t", lifetime: .unlimited)
    var commitment = Commitment(within: .minutes(10), confirmation: .high)
    commitment.existing = .now
    #expect(throws: RevisionError.existingWithDeadline) {
      try site.perform(.revise(.level(.high), commitment))
    }
  }
}
