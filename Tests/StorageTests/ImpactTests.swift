import Access
@testable import Storage
import Testing

@Suite("The impact of a shift")
struct ImpactTests {
  let generated: GeneratedSite
  let site: TestStore
  let now = TestStore.start

  init() throws {
    generated = try GeneratedSite.shared.get()
    site = generated.site
  }

  @Test("counts what a look at every credential finds", arguments: NamedShift.all)
  func counts(named: NamedShift) throws {
    let shift = named.shift
    let expected = ImpactOracle(shift, on: generated, at: now)
    let impact = try site.store.read { try $0.impact(of: shift, base: 1) }

    #expect(impact.stopping == expected.stopping)
    #expect(impact.alreadyRefused == expected.refused)
    let uses = expected.stops.compactMap(\.lastUsedAt)
    #expect(impact.usedWithinDay == uses.count { $0 >= now - .days(1) })
    #expect(impact.usedWithinWeek == uses.count { $0 >= now - .days(7) })
    #expect(impact.usedWithinWindow == uses.count { $0 >= now - .days(30) })
    #expect(
      impact.unreviewed
        == expected.stops.count {
          $0.review == .new && ($0.lastUsedAt ?? Instant(milliseconds: 0)) >= now - .days(30)
        })
    #expect(impact.ownerCount == expected.owners.count)
    #expect(impact.owners == Array(expected.owners.prefix(Impact.ownersShown)))
    #expect(impact.ground.count == expected.stops.count)
    #expect(impact.first == Array(expected.stops.prefix(Impact.firstShown)))
    #expect(impact.tokensBeyondMaximum == expected.tokensBeyondMaximum)
    #expect(impact.stops == expected.stops.count)
    let beyond = try site.store.read { try $0.tokensBeyondMaximum(under: shift.to) }
    #expect(beyond.count == expected.tokensBeyondMaximum)
  }

  @Test("is looked for where there is much to find")
  func cases() {
    let found = NamedShift.all.map { ImpactOracle($0.shift, on: generated, at: now) }
    #expect(found.count { $0.stops.count > 10 && $0.refused > 5 } >= 8)
    for kind in CredentialKind.allCases {
      #expect(found.contains { ($0.stopping[kind] ?? 0) > 10 }, "\(kind)")
    }
  }

  @Test("lists what stops page by page, both ways, used last first", arguments: NamedShift.all)
  func pages(named: NamedShift) throws {
    let shift = named.shift
    let expected = ImpactOracle(shift, on: generated, at: now).stops.map(\.id)
    for limit in [3, 7, 1000] {
      var page = try stopping(shift, .start, limit)
      #expect(!page.hasBefore)
      var forwards = page.rows
      while page.hasAfter, let last = page.rows.last {
        page = try stopping(shift, .after(last.cursor), limit)
        forwards += page.rows
      }
      #expect(forwards.map(\.credential.id) == expected)
      page = try stopping(shift, .end, limit)
      #expect(!page.hasAfter)
      var backwards = page.rows
      while page.hasBefore, let first = page.rows.first {
        page = try stopping(shift, .before(first.cursor), limit)
        backwards = page.rows + backwards
      }
      #expect(backwards.map(\.credential.id) == expected)
    }
    let all = try stopping(shift, .start, 1000).rows
    for (index, row) in all.enumerated() where index % 9 == 0 {
      let page = try stopping(shift, .from(row.cursor), 4)
      #expect(page.rows == Array(all.dropFirst(index).prefix(4)))
      #expect(page.hasBefore == (index > 0))
      #expect(page.hasAfter == (index + 4 < all.count))
    }
  }

  @Test("knows since when traffic was seen, and who administered with a Bearer token")
  func around() throws {
    let shift = PolicyShift(from: GeneratedSite.policy, to: .bearer(.maximum))
    let impact = try site.store.read { try $0.impact(of: shift, base: 1) }
    let first = (generated.passwordUses.values + [now - .days(3)]).min() ?? now
    #expect(impact.observedSeconds == now.seconds(since: first))

    let administrators = generated.accounts.filter(GeneratedSite.policy.canAdminister)
    let uses = administrators.compactMap { account in
      generated.tokens.filter { $0.owner == account.login.text }
        .compactMap(\.authorization.lastUsedAt).max().map { (account.login.text, $0) }
    }
    let latest = try #require(uses.map(\.1).max())
    #expect(impact.administratorUse?.at == latest)
    #expect(uses.contains { $0.0 == impact.administratorUse?.login && $0.1 == latest })
  }

  @Test("rests on a ground that moves with the set that stops, not only with its number")
  func ground() throws {
    let site = try TestStore()
    let shift = PolicyShift(from: .bearer(.standard), to: .bearer(.high))
    func ground() throws -> Impact.Ground {
      try site.store.read { try $0.impact(of: shift, base: 1) }.ground
    }
    try site.change { transaction in
      var mira = try #require(
        try transaction.snapshot.account(id: Identifier("mira-id")))
      mira.roles = [Identifier("site-administrator")]
      try transaction.insert(
        ["a", "b"].enumerated().map { index, id in
          NewKey(
            key: LegacyKey(id: Identifier(id), owner: mira.id, label: id),
            digest: Array(repeating: UInt8(index), count: 32))
        })
      try transaction.setKeyState(.disabled, of: Identifier("b"))
    }
    let first = try ground()
    #expect(try ground() == first)

    try site.change { transaction in
      try transaction.setKeyState(.active, of: Identifier("b"))
      try transaction.setKeyState(.disabled, of: Identifier("a"))
    }
    let second = try ground()
    #expect(first.count == 1)
    #expect(second.count == 1)
    #expect(second != first)

    try site.store.record([Usage(.legacyKey(Identifier("b")), at: now)])
    #expect(try ground() == second)
  }

  private func stopping(
    _ shift: PolicyShift, _ anchor: Anchor, _ limit: Int
  ) throws -> Page<StoppingCredentialRow> {
    try site.store.read { try $0.stopping(shift, anchor: anchor, limit: limit) }
  }
}
