package import Access
import Credentials
import Storage

extension Administration {
  /// Answers one question of a screen or a command, in one snapshot of the database.
  ///
  /// - Throws: ``AccountError/notPermitted(_:_:contact:)`` naming the permission that is missing.
  package func answer(_ question: Question, for actor: Actor) throws -> Answer {
    try store.read { try answer(question, at: Office(actor, in: $0)) }
  }

  func answer(_ question: Question, at office: Office) throws -> Answer {
    let snapshot = office.snapshot
    switch question {
    case .session: return .session(try office.session())
    case .overview: return .overview(try office.overview())
    case .overviewCounts:
      return .overviewCounts(try snapshot.overviewCounts(under: office.policy))
    case .plan(let change): return .plan(try office.plan(change))
    case .stopping(let change, let anchor):
      return .stopping(
        try snapshot.stopping(try office.shift(change), anchor: anchor, limit: 100))
    case .tokens(let request):
      return .tokens(
        try snapshot.tokens(try office.permitted(resolving(request)), under: office.policy))
    case .tokenTotal(let filter):
      let request = PageRequest(filter: filter, sort: TokenSort.end)
      return .tokenTotal(
        try snapshot.tokenTotal(
          try office.permitted(resolving(request)).filter, under: office.policy))
    case .token(let id):
      return .token(try office.details(of: try office.token(Identifier(id))))
    case .lifetimes(let service):
      let owner = try office.owner(ofNewTokenFor: service)
      return .lifetimes(office.policy.lifetimes(for: owner.roles), owner: owner.login)
    case .keys(let request):
      try office.requireAny(.reviewMigration, .manageTokens)
      return .keys(try snapshot.keys(request, under: office.policy))
    case .accounts(let request):
      try office.require(.manageAccess)
      return .accounts(
        try snapshot.accounts(try office.resolved(request), under: office.policy))
    case .account(let login): return .account(try office.details(ofAccount: login))
    case .audit(let request):
      try office.require(.viewAudit)
      return .audit(try snapshot.audit(request))
    case .checkAudit(let check):
      try office.require(.viewAudit)
      // In a snapshot of its own: it looks at the checkpoints before.
      return .auditCheck(try store.checking(check))
    case .revisions(let request):
      try office.requireAny(.viewAudit, .manageSettings, .manageAccess)
      return .revisions(try snapshot.revisions(request))
    case .revision(let number):
      try office.requireAny(.viewAudit, .manageSettings, .manageAccess)
      guard let revision = try snapshot.revision(number) else {
        throw RevisionError.unknown(number)
      }
      return .revision(revision)
    case .integrations:
      try office.requireAny(.reviewMigration, .manageSettings, .manageAccess, .viewAudit)
      return .integrations(try snapshot.integrations())
    case .roles:
      try office.require(.manageAccess)
      return .roles(try office.roleRows())
    case .signingKeys:
      try office.require(.manageSettings)
      return .signingKeys(try signingKeys(in: snapshot))
    case .clients:
      try office.require(.manageSettings)
      return .clients(try snapshot.clients())
    case .warnings(let request):
      try office.require(.reviewMigration)
      return .warnings(try snapshot.warnings(request, under: office.policy))
    case .warningTotal(let filter):
      try office.require(.reviewMigration)
      return .warningTotal(try snapshot.warningTotal(filter, under: office.policy))
    case .readiness:
      try office.require(.reviewMigration)
      return .readiness(try snapshot.readiness(under: office.policy))
    case .operations: return .operations(try office.operations())
    case .brownouts:
      try office.requireAny(.reviewMigration, .manageSettings)
      return .brownouts(try snapshot.brownouts())
    case .brownout(let id): return .brownout(try office.brownoutReport(id))
    case .observed:
      try office.requireAny(.reviewMigration, .manageSettings)
      return .observed(try snapshot.observation())
    case .refusals(let filter):
      try office.require(.reviewMigration)
      return .refusals(try snapshot.refusals(filter))
    case .usage(let grouping, let since):
      try office.require(.reviewMigration)
      return .usage(try snapshot.usage(by: grouping, since: since))
    case .explain(let credential, let request):
      return .explain(try office.explain(credential, request))
    case .attempt(let attempt):
      return .explain(try explain({ _ in attempt }, for: office.actor))
    }
  }

  /// A pasted token in a filter becomes the id of its row: it is looked up by its digest.
  private func resolving(
    _ request: PageRequest<TokenFilter, TokenSort>
  ) throws -> PageRequest<TokenFilter, TokenSort> {
    guard let pasted = request.filter.words.first(where: Self.looksLikeToken) else {
      return request
    }
    var request = request
    let digest = try secrets().digest(of: Secret(pasted.utf8))
    request.filter.words.removeAll(where: Self.looksLikeToken)
    request.filter.id = try store.read { try $0.token(digest: digest)?.authorization.id.text } ?? ""
    return request
  }

  private static func looksLikeToken(_ word: String) -> Bool {
    word.hasPrefix("ey") && word.utf8.count > 100 && word.filter { $0 == "." }.count == 2
  }

  private func signingKeys(in snapshot: Snapshot) throws -> [SigningKeyRow] {
    try secrets().signingKeys.map { key in
      SigningKeyRow(
        kid: key.kid, state: key.state, createdAt: key.createdAt,
        liveTokens: try snapshot.liveTokens(signedBy: key.kid))
    }
  }
}

extension Office {
  /// Lists of tokens are one's own, or everyone's with *Manage all tokens*.
  func permitted(
    _ request: PageRequest<TokenFilter, TokenSort>
  ) throws -> PageRequest<TokenFilter, TokenSort> {
    if may(.manageTokens) { return request }
    if request.filter.account == account.id {
      try require(.useAPI)
    } else {
      try require(.manageTokens)
    }
    return request
  }

  func resolved(
    _ request: PageRequest<AccountFilter, AccountSort>
  ) throws -> PageRequest<AccountFilter, AccountSort> {
    var request = request
    if let name = request.filter.roleName {
      // A role that does not exist has no accounts.
      request.filter.role = policy.role(named: name)?.id ?? Identifier("")
    }
    return request
  }

  func details(of token: StoredToken) throws -> TokenDetails {
    let page = try snapshot.tokens(
      PageRequest(
        filter: TokenFilter(id: token.authorization.id.text), sort: .end, limit: 1),
      under: policy)
    guard let row = page.rows.first else {
      throw TokenError.unknown(token.authorization.id.text)
    }
    func name(_ id: Identifier<Authorization>?) throws -> String? {
      try id.flatMap { try snapshot.token(id: $0) }?.authorization.name
    }
    return TokenDetails(
      row: row, predecessor: try name(token.predecessor), successor: try name(token.successor),
      replacedAt: token.authorization.replacedAt, suspendedAt: token.authorization.suspendedAt,
      signingKey: token.kid)
  }

  func details(ofAccount text: String) throws -> AccountDetails {
    let login = try Login(parsing: text)
    try requireOwn(login)
    let account = try known(login)
    let live = try snapshot.liveCounts(of: account.id, under: policy)
    return AccountDetails(
      account: account,
      roleNames: account.roles.map { policy.role($0)?.name ?? "\($0) (absent)" },
      permissions: policy.permissions(of: account.roles),
      integration: try snapshot.integration(of: account.id),
      liveTokens: live.tokens, liveKeys: live.keys, sshKeys: try snapshot.sshKeys(of: login))
  }

  func roleRows() throws -> [RoleRow] {
    let counts = try snapshot.accountsByRole()
    return policy.roles.map { RoleRow(role: $0, accounts: counts[$0.id] ?? 0) }
  }
}
