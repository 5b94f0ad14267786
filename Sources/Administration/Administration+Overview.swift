import Access
import Storage

extension Office {
  /// What the Overview shows at once; counts are asked for apart.
  func overview() throws -> Overview {
    Overview(
      checklist: try checklist(), notices: try notices(),
      endingNext: try endingNext(),
      latest: may(.viewAudit) ? try latestAudit() : [],
      refused: may(.reviewMigration) ? try snapshot.refusalsByReason() : [],
      operations: try snapshot.operations())
  }

  private func endingNext() throws -> [TokenRow] {
    guard may(.manageTokens) || may(.useAPI) else { return [] }
    let everyone = may(.manageTokens)
    return try snapshot.endingNext(
      limit: 5, account: everyone ? nil : account.id, under: policy)
  }

  private func latestAudit() throws -> [AuditRow] {
    try snapshot.audit(
      PageRequest(filter: AuditFilter(), sort: .seq, isDescending: true, limit: 5)
    ).rows
  }

  /// The steps of setting a site up, each with whether it is done.
  func checklist() throws -> [ChecklistItem] {
    let facts = try snapshot.checklistFacts()
    let now = try snapshot.now()
    let administrators = try snapshot.administrators(under: policy)
    func isDone(_ step: ChecklistItem.Step) -> Bool {
      switch step {
      case .bearer: policy.mode == .bearer
      case .level: policy.mode == .bearer && policy.level > .standard && standing.pending == nil
      case .role:
        policy.roles.contains { !$0.isFixed && $0.permissions.contains(.useAPI) }
      case .token: facts.hasToken
      case .request: facts.hasTokenUse
      case .reviews: facts.unreviewedKeys == 0
      case .backup: facts.lastBackup.map { now < $0 + .days(7) } ?? false
      case .secondAdministrator: administrators.count > 1
      }
    }
    return ChecklistItem.Step.allCases.map { ChecklistItem(step: $0, isDone: isDone($0)) }
  }

  /// What somebody should look at, the gravest first.
  private func notices() throws -> [Notice] {
    var notices: [Notice] = []
    switch policy.mode {
    case .closed:
      notices.append(
        Notice(
          .error,
          "Nothing is accepted: both legacy properties are false. Enable Bearer support, or set EnableLegacyAPIKey=true."
        ))
    case .conflict:
      notices.append(
        Notice(
          .warning,
          "Both legacy properties are true: the native switch wins, and Bearer tokens are refused.")
      )
    case .legacy, .bearer: break
    }
    let administrators = try snapshot.administrators(under: policy)
    if administrators.count == 1, let only = administrators.first {
      notices.append(Notice(.warning, "Only \(only) can administer this site."))
    }
    let overdue = try snapshot.integrations().filter(\.isPastReview)
    if !overdue.isEmpty {
      notices.append(
        Notice(
          .warning,
          "Past review: \(overdue.prefix(3).map(\.login).joined(separator: ", "))\(overdue.count > 3 ? " and \(overdue.count - 3) more" : "")."
        ))
    }
    if may(.useAPI) {
      let ending = try snapshot.endingNext(limit: 100, account: account.id, under: policy)
        .filter { $0.state == .expiring }
      if !ending.isEmpty {
        notices.append(
          Notice(
            .warning, "\(ending.count) of your tokens end soon; the next is \(ending[0].name)."))
      }
    }
    return notices.sorted { $0.severity < $1.severity }
  }
}
