import Access
@testable import Administration
import Testing

@Suite("Legacy keys")
struct LegacyKeyTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  private func draft(_ value: String, owner: String = "mira") -> LegacyKeyDraft {
    LegacyKeyDraft(value: .plain(Secret(value.utf8)), owner: login(owner), label: value)
  }

  private func keys() throws -> [LegacyKeyRow] {
    let request = PageRequest(filter: LegacyKeyFilter(), sort: LegacyKeySort.label)
    guard case .keys(let page) = try site.administration.answer(.keys(request), for: site.mira)
    else { return [] }
    return page.rows
  }

  @Test("are imported all or none, the first wrong rows named")
  func allOrNothing() throws {
    let error = #expect(throws: ImportErrors.self) {
      try site.perform(
        .importKeys(
          [draft("a"), draft("b", owner: "ghost"), draft("c"), draft("a")], createOwners: false))
    }
    #expect(error?.errors.map(\.index) == [1, 3])
    #expect(error?.errors.map(\.field) == ["owner", "key"])
    #expect(try keys().isEmpty)
    #expect(try site.audit().contains { $0.action == "key.import" } == false)
  }

  @Test("of unknown owners bring deactivated accounts when that is asked for")
  func createOwners() throws {
    let outcome = try site.perform(
      .importKeys([draft("a", owner: "ghost"), draft("b", owner: "ghost")], createOwners: true))
    #expect(
      outcome == .imported(ImportReport(imported: 2, createdOwners: 1, ownersWithoutAPI: 1)))
    #expect(try keys().allSatisfy { !$0.isOwnerActive })
  }

  @Test("are the same key whether imported plain or as SHA-256, and never twice")
  func digests() throws {
    try site.perform(.importKeys([draft("abc")], createOwners: false))
    // SHA-256("abc"), FIPS 180-2 appendix B.1.
    let hash: [UInt8] = [
      0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22,
      0x23, 0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17, 0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00,
      0x15, 0xAD,
    ]
    #expect(throws: ImportErrors.self) {
      try site.perform(
        .importKeys(
          [LegacyKeyDraft(value: .sha256(hash), owner: login("mira"))], createOwners: false))
    }
  }

  @Test("are switched off and on again, and retired for good")
  func states() throws {
    try site.perform(.importKeys([draft("a")], createOwners: false))
    let id = Identifier<LegacyKey>(try #require(try keys().first).id)

    try site.perform(.disableKeys([id]))
    #expect(try keys().first?.state == .disabled)
    try site.perform(.enableKeys([id]))
    #expect(try keys().first?.state == .active)
    try site.perform(.retireKeys([id]))
    #expect(throws: LegacyKeyError.retired("a")) { try site.perform(.enableKeys([id])) }
    #expect(
      try site.audit().suffix(3).map(\.action) == ["key.disable", "key.enable", "key.retire"])
  }

  @Test("stop at level High, and the plan names them before")
  func impact() throws {
    try site.perform(.importKeys([draft("a"), draft("b"), draft("c")], createOwners: false))
    try site.perform(.disableKeys([Identifier(try #require(try keys().first).id)]))
    try site.revise(.enableBearer(.standard))

    let plan = try site.administration.plan(.level(.high), for: site.mira)

    #expect(plan.impact.stopping[.legacyKey] == 2)
    #expect(plan.impact.needsConfirmation)
    let lowered = try site.administration.plan(.property(.siteName, "X"), for: site.mira)
    #expect(lowered.impact.stops == 0)
  }
}
