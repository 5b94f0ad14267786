import Access
import Console

/// A site made up for tests, whose every row can be changed to suit one.
///
/// It answers and changes like the real one as far as screens can tell, without its rules.
struct SampleSite {
  /// 2026-11-23 14:31 UTC, a Monday.
  var now = SampleSite.start
  var uptime = Duration.seconds(1000)
  var login = "alice"
  var contact: String? = "alice"
  /// Moves with every change, as the real one does.
  var lastChange: Int64 = 1

  /// Oldest first.
  var revisions: [RevisedPolicy]
  var accounts: [AccountRow] = SampleSite.sampleAccounts
  /// What rows do not show, by login.
  var mails: [String: String] = [:]
  var contacts = ["build-bot": "alice"]
  var tokens: [TokenRow] = SampleSite.sampleTokens
  var keys: [LegacyKeyRow] = SampleSite.sampleKeys
  /// The token whose value is ``tokenValue``.
  var pastedID = "token-grafana-pull"
  var audit: [AuditRow] = SampleSite.sampleAudit
  var sshKeys = [
    SampleSite.sshKey("ssh-ed25519 AAAA alice@laptop", of: SampleSite.name("alice"), at: start)
  ]
  var auditFault: AuditFault?
  var integrations: [IntegrationRow] = SampleSite.sampleIntegrations
  var signingKeys: [SigningKeyRow] = SampleSite.sampleSigningKeys
  var overview = SampleSite.sampleOverview
  var counts = Overview.Counts(
    accounts: 1228, liveTokens: 4, expiringTokens: 1, liveKeys: 4, passwords: 3, integrations: 3)
  /// Figures of the impact of any change of the policy; what stops is ``stopping``.
  var observedSeconds: Int64? = 6 * 86_400 + 4 * 3600
  var stopping: [StoppingCredential] = SampleSite.sampleStopping
  /// Requests that were refused, the latest first.
  var refused: [RefusalRow] = []
  var operations = Operations()
  var warnings: [WarningRow] = SampleSite.sampleWarnings
  var readiness: Readiness = SampleSite.sampleReadiness
  var observedRefusals: [CandidateRefusal] = []
  /// By the brownout's id.
  var brownoutFailures: [String: [BrownoutFailure]] = [:]
  /// Answers that differ from what the rows give, like failures.
  var answers: [Question: Result<Answer, FailureText>] = [:]
  /// What every change comes to; nil makes the change.
  var refusal: FailureText?

  static let start = Instant(parsing: "2026-11-23T14:31:00Z") ?? Instant(milliseconds: 0)

  /// A key whose fingerprint is made up.
  static func sshKey(_ text: String, of login: Login, at now: Instant) -> SSHKey {
    let words = text.split(separator: " ").map(String.init)
    return SSHKey(
      id: Identifier("ssh-\(words.last ?? "")"), owner: login, type: words.first ?? "", bits: nil,
      fingerprint: "SHA256:Yq1TzQ3nA0Kx5zS7vG8h0f9kq2bW4c6d8e1m3n5p7r0",
      comment: words.dropFirst(2).joined(separator: " "), addedAt: now, addedBy: login.text)
  }

  init(_ policy: Policy = SampleSite.policy()) {
    revisions = [
      RevisedPolicy(
        revision: Revision(
          number: 40, base: 39, author: SampleSite.name("bob"),
          at: SampleSite.start - .days(9), reason: "INC-4600", summary: "Roles: 1 change",
          deadline: nil, verdict: nil), policy: policy),
      RevisedPolicy(
        revision: Revision(
          number: 41, base: 40, author: SampleSite.name("bob"),
          at: SampleSite.start - .days(2), reason: "as agreed", summary: "SiteName: Northwind",
          deadline: nil, verdict: nil), policy: policy),
    ]
  }

  /// Whoever asks, like a member without any right: `SampleSite().seen(by: "dave")`.
  func seen(by login: String) -> SampleSite {
    var site = self
    site.login = login
    return site
  }

  static func policy(
    mode: APIMode = .bearer, level: SecurityLevel = .standard
  ) -> Policy {
    var properties = SystemProperties()
    properties.siteName = "Northwind"
    properties.enableLegacyAPIKey = mode == .legacy || mode == .conflict
    properties.emulateLegacyAPIKey = mode == .bearer || mode == .conflict
    var roles = Role.builtIn
    roles.append(
      Role(
        id: Identifier("integrators"), name: "Integrators", permissions: [.useAPI, .createTokens]))
    return Policy(properties: properties, level: level, roles: roles)
  }

  var standing: Standing {
    guard let standing = Standing(newestFirst: revisions.reversed(), at: now) else {
      preconditionFailure("a site always has a revision that counts")
    }
    return standing
  }

  var policy: Policy { standing.policy }

  var session: Session {
    session(
      Surroundings(
        contact: Contact(contact), refusedLastHour: refused.reduce(0) { $0 + $1.times },
        lastTraffic: refused.first?.lastAt))
  }

  /// What a console opens with.
  var firstSession: Session { session(nil) }

  private func session(_ surroundings: Surroundings?) -> Session {
    let account = account(login)
    let roles = policy.roles.filter { role in account.roles.contains(role.id) }
    return Session(
      account: account, permissions: policy.permissions(of: account.roles),
      roleNames: roles.map(\.name), standing: standing, lastChange: lastChange, at: now,
      surroundings: surroundings)
  }

  /// The account of a row, made of what the row shows.
  func account(_ login: String) -> Account {
    let row = accounts.first { $0.login == login }
    let roles = policy.roles.filter { row?.roles.contains($0.name) ?? false }
    return Account(
      id: Identifier("account-\(login)"), login: Self.name(login), name: row?.name ?? "",
      mail: mails[login] ?? "\(login)@northwind.example", kind: row?.kind ?? .person,
      contact: contacts[login] ?? "", isActive: row?.isActive ?? false,
      roles: roles.map(\.id).sorted(),
      hasPassword: row?.hasPassword ?? false)
  }

  mutating func pass(seconds: Int64) {
    now = now.advanced(bySeconds: seconds)
    uptime += .seconds(seconds)
  }

  /// Another administrator changes the policy, as from another console.
  mutating func revise(
    _ change: PolicyChange, by author: String = "bob", within: FiniteLifetime? = nil,
    reason: String = ""
  ) throws {
    let before = policy
    let after = try change.applied(to: before)
    lastChange += 1
    // Rows name their roles.
    for role in before.roles {
      guard let name = after.role(role.id)?.name else { continue }
      accounts = accounts.map { row in
        row.with(roles: row.roles.map { $0 == role.name ? name : $0 })
      }
    }
    revisions.append(
      RevisedPolicy(
        revision: Revision(
          number: (revisions.last?.revision.number ?? 0) + 1,
          base: standing.current.revision.number, author: Self.name(author), at: now,
          reason: reason,
          summary: before.differences(to: after).map(\.line).joined(separator: ", "),
          deadline: within.map { now + $0 }, verdict: nil), policy: after))
  }

  static func name(_ text: String) -> Login {
    do { return try Login(parsing: text) } catch { preconditionFailure("no login: \(text)") }
  }
}
