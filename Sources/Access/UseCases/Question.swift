/// Everything the console asks; answered by one value of ``Answer`` with the same name.
package enum Question: Hashable, Sendable {
  case session
  case overview
  /// The costly part of the overview.
  case overviewCounts
  case plan(PolicyChange)
  /// The credentials that `change` stops, page by page, used last first.
  case stopping(PolicyChange, Anchor)
  case tokens(PageRequest<TokenFilter, TokenSort>)
  case tokenTotal(TokenFilter)
  case token(String)
  /// What the owner of a new token may choose from; nil is oneself.
  case lifetimes(for: String?)
  case keys(PageRequest<LegacyKeyFilter, LegacyKeySort>)
  case accounts(PageRequest<AccountFilter, AccountSort>)
  case account(String)
  case audit(PageRequest<AuditFilter, AuditSort>)
  /// Goes on with a check of the chain by a stretch.
  case checkAudit(AuditCheck)
  case revisions(PageRequest<NoFilter, RevisionSort>)
  case revision(Int)
  case integrations
  case roles
  case signingKeys
  case clients
  case warnings(PageRequest<WarningFilter, WarningSort>)
  case warningTotal(WarningFilter)
  case readiness
  case operations
  case brownouts
  case brownout(Identifier<Brownout>)
  /// What the observed level would have refused so far.
  case observed
  case refusals(RefusalFilter)
  /// Requests since a day (days since 1970, UTC), summed up.
  case usage(UsageGrouping, since: Int64)
  /// What would be decided now for the credential of this id, or the password of this login.
  case explain(String, RequestFacts)
  /// What becomes of a request; answered by ``Answer/explain(_:)``, and counted as an attempt.
  case attempt(Attempt)
}

/// The filter of a list that has none.
package struct NoFilter: Hashable, Sendable {
  package init() {}
}

package enum Answer: Hashable, Sendable {
  case session(Session)
  case overview(Overview)
  case overviewCounts(Overview.Counts)
  case plan(Plan)
  case stopping(Page<StoppingCredentialRow>)
  case tokens(Page<TokenRow>)
  case tokenTotal(Int)
  case token(TokenDetails)
  case lifetimes(LifetimeChoice, owner: Login)
  case keys(Page<LegacyKeyRow>)
  case accounts(Page<AccountRow>)
  case account(AccountDetails)
  case audit(Page<AuditRow>)
  case auditCheck(AuditCheck)
  case revisions(Page<RevisionRow>)
  case revision(RevisedPolicy)
  case integrations([IntegrationRow])
  case roles([RoleRow])
  case signingKeys([SigningKeyRow])
  case clients([GatewayClient])
  case warnings(Page<WarningRow>)
  case warningTotal(Int)
  case readiness(Readiness)
  case operations(Operations)
  /// The latest beginning first.
  case brownouts([BrownoutRow])
  case brownout(BrownoutReport)
  /// nil where no level is observed.
  case observed(ObservationReport?)
  case refusals(RefusalReport)
  case usage([UsageRow])
  case explain(Explanation)
}

/// A stopping credential with its place in the list.
package struct StoppingCredentialRow: ListRow {
  package let credential: StoppingCredential
  package let cursor: RowCursor

  package var id: String { credential.id }

  package init(credential: StoppingCredential, cursor: RowCursor) {
    self.credential = credential
    self.cursor = cursor
  }
}
