import Access
@testable import Administration
import Testing

@Suite("Without the permission")
struct PermissionTests {
  let site: TestSite
  let nobody: Actor

  init() throws {
    site = try TestSite()
    try site.revise(.enableBearer(.standard))
    nobody = try site.add("nobody", roles: ["Member"])
  }

  static let changes: [(Change, Permission)] = [
    (.revise(.property(.siteName, "X"), Commitment()), .manageSettings),
    (.revise(.level(.high), Commitment(confirmation: .high)), .manageSettings),
    (.revise(.enableBearer(.standard), Commitment()), .manageSettings),
    (.revise(.expiration(ExpirationPolicy(default: .days(7))), Commitment()), .manageSettings),
    (.revise(.roles([.grant(Role.member.id, .useAPI)]), Commitment()), .manageAccess),
    (.confirmRevision(1), .manageSettings), (.cancelRevision(1), .manageSettings),
    (.addAccount(AccountDraft(login: login("new"))), .manageAccess),
    (.editAccount(login("mira"), AccountEdits(name: "X")), .manageAccess),
    (.assign(login("nobody"), roles: ["Site Administrator"]), .manageAccess),
    (.unassign(login("mira"), roles: ["Site Administrator"]), .manageAccess),
    (.deactivate([login("mira")]), .manageAccess), (.reactivate([login("mira")]), .manageAccess),
    (.importAccounts([AccountDraft(login: login("new"))]), .manageAccess),
    (.createToken(TokenDraft(name: "t")), .useAPI),
    (.createToken(TokenDraft(name: "t", service: "mira")), .manageTokens),
    (.disableKeys([Identifier("k")]), .manageTokens),
    (.enableKeys([Identifier("k")]), .manageTokens),
    (.retireKeys([Identifier("k")]), .manageTokens),
    (.importKeys([], createOwners: false), .manageSettings),
    (
      .addIntegration(
        IntegrationDraft(
          login: "mira", purpose: "p", networks: [], contact: "",
          reviewDate: CivilDate(daysSince1970: 21_000))), .manageSettings
    ),
    (.removeIntegration("mira"), .manageSettings), (.rotateSigningKey, .manageSettings),
    (.retireSigningKey(kid: "k", withTokens: false), .manageSettings),
  ]

  @Test("no change is made, the permission is named, and no audit row is left")
  func changesAreRefused() throws {
    let rows = try site.audit().count
    for (change, permission) in Self.changes {
      #expect(
        throws: AccountError.notPermitted(login("nobody"), permission, contact: "mira"), "\(change)"
      ) {
        try site.perform(change, by: nobody)
      }
    }
    #expect(try site.audit().count == rows)
  }

  @Test("a session names who can grant what is missing, whatever else somebody may do")
  func contact() throws {
    for who in [nobody, site.mira] {
      #expect(try site.session(who).contact == .named("mira"))
      let first = try site.administration.opening(for: .known(who)) { _, session, _ in session }
      #expect(first.contact == .notRead)
    }
  }

  @Test("a console opens for who has the login, and for nobody else")
  func opening() throws {
    func actor(_ name: String) throws -> Actor {
      try site.administration.opening(
        for: .named(name, through: .console, source: "os:os")
      ) { actor, _, _ in actor }
    }
    #expect(
      try actor("nobody")
        == site.administration.actor(
          login: nil, osUser: "nobody", through: .console, source: "os:os"))
    try site.perform(.deactivate([login("nobody")]), by: site.mira)
    for name in ["nobody", "absent", "No Login"] {
      #expect(throws: SiteError.noAccount(name)) { try actor(name) }
    }
  }

  @Test("nothing is told either")
  func questionsAreRefused() throws {
    let questions: [Question] = [
      .plan(.level(.high)), .stopping(.level(.high), .start),
      .tokens(PageRequest(filter: TokenFilter(), sort: .end)), .tokenTotal(TokenFilter()),
      .tokens(PageRequest(filter: TokenFilter(account: nobody.account), sort: .end)),
      .lifetimes(for: nil), .lifetimes(for: "mira"),
      .keys(PageRequest(filter: LegacyKeyFilter(), sort: .label)),
      .accounts(PageRequest(filter: AccountFilter(), sort: .login)), .account("mira"),
      .audit(PageRequest(filter: AuditFilter(), sort: .seq)),
      .revisions(PageRequest(filter: NoFilter(), sort: .number)), .revision(1), .integrations,
      .roles, .signingKeys,
    ]
    for question in questions {
      let error = #expect(throws: AccountError.self, "\(question)") {
        try site.administration.answer(question, for: nobody)
      }
      guard case .notPermitted? = error else {
        Issue.record("\(question): \(String(describing: error))")
        continue
      }
      #expect(error?.exitCode == .notPermitted)
    }
  }

  @Test("one's own account, password and session stay in reach")
  func own() throws {
    #expect(throws: Never.self) {
      _ = try site.administration.answer(.session, for: nobody)
      _ = try site.administration.answer(.account("nobody"), for: nobody)
      try site.perform(.setPassword(login("nobody"), Secret("correct horse".utf8)), by: nobody)
    }
    #expect(throws: AccountError.ownPasswordOnly) {
      try site.perform(.setPassword(login("mira"), Secret("correct horse".utf8)), by: nobody)
    }
  }

  @Test("withdrawn meanwhile, the next act is refused")
  func withdrawn() throws {
    let bob = try site.add("bob", roles: ["Site Administrator"])
    try site.perform(.unassign(login("bob"), roles: ["Site Administrator"]))
    #expect(throws: AccountError.self) { try site.perform(.deactivate([login("mira")]), by: bob) }
    try site.perform(.deactivate([login("bob")]))
    #expect(throws: SiteError.noAccount("bob")) { try site.session(bob) }
  }
}
