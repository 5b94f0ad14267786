import Access
import Console

// Answers from the rows, as the real site would give them.
extension SampleSite {
  func answer(_ question: Question) -> Result<Answer, FailureText> {
    if let answer = answers[question] { return answer }
    return switch question {
    case .session: .success(.session(session))
    case .overview: .success(.overview(overview))
    case .overviewCounts: .success(.overviewCounts(counts))
    case .plan(let change): plan(change)
    case .stopping(_, let anchor): .success(.stopping(page(stoppingRows, anchor, limit: 100)))
    case .tokens(let request): .success(.tokens(tokenPage(request)))
    case .tokenTotal(let filter): .success(.tokenTotal(matching(filter).count))
    case .token(let id): token(id)
    case .lifetimes(let service):
      .success(.lifetimes(policy.lifetimes(for: []), owner: Self.name(service ?? login)))
    case .keys(let request): .success(.keys(keyPage(request)))
    case .accounts(let request): .success(.accounts(accountPage(request)))
    case .account(let login): account(details: login)
    case .checkAudit(let check): .success(.auditCheck(further(check)))
    case .audit(let request): .success(.audit(auditPage(request)))
    case .revisions(let request): .success(.revisions(revisionPage(request)))
    case .revision(let number): revision(number)
    case .integrations: .success(.integrations(integrations))
    case .roles: .success(.roles(roleRows))
    case .signingKeys: .success(.signingKeys(signingKeys))
    // No screen shows them.
    case .clients: .success(.clients([]))
    case .warnings(let request): .success(.warnings(warningPage(request)))
    case .warningTotal(let filter): .success(.warningTotal(warnings(filter).count))
    case .readiness: .success(.readiness(readiness))
    case .operations: .success(.operations(operations))
    case .brownouts: .success(.brownouts(brownoutRows))
    case .brownout(let id): brownout(id)
    case .observed: .success(.observed(observed))
    case .refusals(let filter): .success(.refusals(refusals(filter)))
    case .usage: .success(.usage([]))
    case .explain(let id, let request): explain(id, request)
    case .attempt(let attempt): self.attempt(attempt)
    }
  }

  private func warnings(_ filter: WarningFilter) -> [WarningRow] {
    guard !filter.isImpossible else { return [] }
    return warnings.filter { row in
      (filter.id ?? row.id) == row.id && (filter.owner ?? row.owner) == row.owner
        && (filter.states.isEmpty || filter.states.contains(row.state))
        && (filter.severities.isEmpty || filter.severities.contains(row.severity))
        && (filter.breaks.isEmpty || filter.breaks.contains(row.breaks))
        && (filter.isOpen ?? row.isOpen(at: now)) == row.isOpen(at: now)
        && filter.words.allSatisfy { row.what.contains($0) || row.owner?.contains($0) == true }
    }
  }

  private func warningPage(
    _ request: PageRequest<WarningFilter, WarningSort>
  ) -> Page<WarningRow> {
    let rows = warnings(request.filter)
    return page(rows, request.anchor, limit: request.limit ?? rows.count)
  }

  private var brownoutRows: [BrownoutRow] {
    operations.brownouts.sorted { $0.from > $1.from }.map { brownout in
      let failures = brownoutFailures[brownout.id.text] ?? []
      return BrownoutRow(
        brownout: brownout, state: brownout.state(at: now), callers: failures.count,
        requests: failures.reduce(0) { $0 + $1.refused.requests })
    }
  }

  private func brownout(_ id: Identifier<Brownout>) -> Result<Answer, FailureText> {
    guard let row = brownoutRows.first(where: { $0.brownout.id == id }) else {
      return .failure(FailureText(OperationError.brownoutUnknown(id.text)))
    }
    return .success(
      .brownout(BrownoutReport(row: row, failures: brownoutFailures[id.text] ?? [])))
  }

  private var observed: ObservationReport? {
    operations.observation.map { observation in
      ObservationReport(
        observation: observation, seconds: now.seconds(since: observation.since),
        rows: observedRefusals)
    }
  }

  private func refusals(_ filter: RefusalFilter) -> RefusalReport {
    let rows = refused.filter { row in
      let text = "\(row.caller.text) \(row.source ?? "") \(row.reason.rawValue)"
      return filter.words.allSatisfy { text.contains($0) }
    }
    return RefusalReport(
      rows: rows, callers: rows.count, requests: rows.reduce(0) { $0 + $1.times })
  }

  /// Knows one legacy key, `nightly-key`, and refuses all others.
  private func attempt(_ attempt: Attempt) -> Result<Answer, FailureText> {
    let isKnown = attempt.presentation == .legacyKey(Secret("nightly-key".utf8))
    let refusal: Refusal? =
      !attempt.request.isSafe
      ? .requestUnsafe
      : !isKnown ? .credentialInvalid : policy.level == .standard ? nil : .methodRefused
    return .success(
      .explain(
        Explanation(
          decision: Decision(refusal: refusal, kind: isKnown ? .legacyKey : .bearer),
          credential: isKnown ? "key-1" : nil, name: isKnown ? "nightly" : "",
          account: isKnown ? Self.name("build-bot") : nil)))
  }

  private func explain(_ id: String, _ request: RequestFacts) -> Result<Answer, FailureText> {
    guard let row = refused.first(where: { $0.caller.credential == id }),
      let owner = row.caller.owner, let kind = row.kind
    else { return .failure(FailureText("“\(id)” is no longer known.")) }
    return .success(
      .explain(
        Explanation(
          decision: Decision(refusal: row.reason, kind: kind), credential: id,
          name: row.caller.text, account: Self.name(owner))))
  }

  private func plan(_ change: PolicyChange) -> Result<Answer, FailureText> {
    do {
      let after = try change.applied(to: policy)
      let base = standing.current.revision.number
      let shift = PolicyShift(from: policy, to: after)
      let stops = stopping.filter { shift.stops($0.kind) != .none }
      let counts = Dictionary(grouping: stops, by: \.kind).mapValues(\.count)
      let used = stops.filter { $0.lastUsedAt != nil }
      let impact = Impact(
        change: shift, stopping: counts, alreadyRefused: 1, usedWithinDay: min(2, used.count),
        usedWithinWeek: min(2, used.count), usedWithinWindow: used.count,
        owners: Array(Set(stops.map(\.owner))).sorted(), ownerCount: Set(stops.map(\.owner)).count,
        first: Array(stops.prefix(Impact.firstShown)),
        unreviewed: used.filter { $0.review == .new }.count,
        tokensBeyondMaximum: after.level > .standard ? 1 : 0, observedSeconds: observedSeconds,
        observed: after.level == operations.observation?.level
          ? operations.observation.map {
            Impact.Observed(
              seconds: now.seconds(since: $0.since), callers: observedRefusals.count,
              requests: 424)
          } : nil,
        administratorUse: .init(login: "alice", at: now - .hours(5)),
        gaining: reach(from: policy, to: after), losing: reach(from: after, to: policy),
        ground: Impact.Ground(base: base, count: stops.count, fingerprint: "f\(stops.count)"))
      return .success(
        .plan(
          Plan(
            change: change, base: base, policy: after,
            differences: policy.differences(to: after), impact: impact)))
    } catch {
      return .failure(FailureText(error))
    }
  }

  /// How many accounts have each permission under `next` and not under `policy`.
  private func reach(from policy: Policy, to next: Policy) -> [Permission: Int] {
    var counts: [Permission: Int] = [:]
    for row in accounts {
      let roles = account(row.login).roles
      let gained = next.permissions(of: roles).subtracting(policy.permissions(of: roles))
      for permission in gained.sorted { counts[permission, default: 0] += 1 }
    }
    return counts
  }

  private var stoppingRows: [StoppingCredentialRow] {
    stopping.map { credential in
      StoppingCredentialRow(
        credential: credential,
        cursor: RowCursor(
          key: .integer(credential.lastUsedAt?.milliseconds ?? 0), id: credential.id))
    }
  }

  private func token(_ id: String) -> Result<Answer, FailureText> {
    guard let row = tokens.first(where: { $0.id == id }) else {
      return .failure(FailureText(TokenError.unknown(id)))
    }
    return .success(
      .token(
        TokenDetails(
          row: row, predecessor: nil, successor: nil, replacedAt: nil,
          suspendedAt: row.state == .suspended ? now - .days(1) : nil, signingKey: "2026-11")))
  }

  private func account(details login: String) -> Result<Answer, FailureText> {
    guard let row = accounts.first(where: { $0.login == login }) else {
      return .failure(FailureText(AccountError.unknown(login)))
    }
    let account = account(login)
    return .success(
      .account(
        AccountDetails(
          account: account, roleNames: row.roles,
          permissions: policy.permissions(of: account.roles),
          integration: integrations.first { $0.login == login }?.integration,
          liveTokens: row.liveTokens, liveKeys: row.liveKeys,
          sshKeys: sshKeys.filter { $0.owner.text == login })))
  }

  /// Two rows further.
  private func further(_ check: AuditCheck) -> AuditCheck {
    var check = check
    check.total = Int64(audit.count)
    check.seq = min(check.seq + 2, check.total)
    check.fault = auditFault
    check.isFinished = auditFault == nil && check.seq == check.total
    return check
  }

  private func revision(_ number: Int) -> Result<Answer, FailureText> {
    guard let revision = revisions.first(where: { $0.revision.number == number }) else {
      return .failure(FailureText(RevisionError.unknown(number)))
    }
    return .success(.revision(revision))
  }

  private var roleRows: [RoleRow] {
    policy.roles.map { role in
      RoleRow(role: role, accounts: accounts.filter { $0.roles.contains(role.name) }.count)
    }
  }
}
