import Access
import Console

// Changes to the rows, as far as screens can see them.
extension SampleSite {
  mutating func perform(_ change: Change) -> Result<Outcome, FailureText> {
    if let refusal { return .failure(refusal) }
    lastChange += 1
    do {
      return .success(try make(change))
    } catch {
      return .failure(FailureText(error.failure))
    }
  }

  private mutating func make(_ change: Change) throws(SampleRefusal) -> Outcome {
    switch change {
    case .revise(let change, let commitment): return try commit(change, commitment)
    case .confirmRevision(let number):
      try close(number, .confirmed(at: now, by: Self.name(login)))
      return .confirmed(number)
    case .cancelRevision(let number):
      try close(number, .cancelled(at: now, by: Self.name(login)))
      return .cancelled(number)
    case .addAccount(let draft):
      accounts.append(
        .sample(draft.login.text, name: draft.name, kind: draft.kind, roles: draft.roles))
      mails[draft.login.text] = draft.mail
      contacts[draft.login.text] = draft.contact
      return .account(draft.login)
    case .editAccount(let login, let edits):
      edit(login.text) { $0.with(name: edits.name, kind: edits.kind, roles: edits.roles) }
      if let mail = edits.mail { mails[login.text] = mail }
      if let contact = edits.contact { contacts[login.text] = contact }
      return .account(login)
    case .assign(let login, let roles):
      edit(login.text) { $0.with(roles: $0.roles + roles) }
      return .account(login)
    case .unassign(let login, let roles):
      edit(login.text) { row in row.with(roles: row.roles.filter { !roles.contains($0) }) }
      return .account(login)
    case .setPassword(let login, let secret):
      edit(login.text) { $0.with(hasPassword: secret != nil) }
      return .account(login)
    case .addSSHKey(let login, let text):
      let key = Self.sshKey(text, of: login, at: now)
      sshKeys.append(key)
      return .sshKey(key)
    case .removeSSHKey(let id):
      let owner = sshKeys.first { $0.id == id }?.owner
      sshKeys.removeAll { $0.id == id }
      return .account(owner ?? Self.name(login))
    case .deactivate(let logins):
      for login in logins { edit(login.text) { $0.with(isActive: false) } }
      return .changed(logins.count)
    case .reactivate(let logins):
      for login in logins { edit(login.text) { $0.with(isActive: true) } }
      return .changed(logins.count)
    case .createToken(let draft): return issue(draft.name, owner: draft.service ?? login)
    case .rotateToken(let id, _):
      let old = tokens.first { $0.id == id.text }
      return issue((old?.name ?? id.text) + "-2", owner: old?.owner ?? login)
    case .revokeTokens(let ids, _): return .changed(setTokens(ids.map(\.text), to: .revoked))
    case .wakeTokens(let ids): return .changed(setTokens(ids.map(\.text), to: .active))
    case .disableKeys(let ids): return .changed(try setKeys(ids.map(\.text), to: .disabled))
    case .enableKeys(let ids): return .changed(try setKeys(ids.map(\.text), to: .active))
    case .retireKeys(let ids): return .changed(try setKeys(ids.map(\.text), to: .retired))
    case .registerIntegrations(let drafts):
      for draft in drafts {
        integrations.append(.sample(draft.login, purpose: draft.purpose))
        stopping.removeAll { $0.kind == .password && $0.owner == draft.login }
      }
      return .changed(drafts.count)
    case .addIntegration(let draft), .setIntegration(let draft):
      integrations.removeAll { $0.login == draft.login }
      integrations.append(.sample(draft.login, purpose: draft.purpose))
      return .account(Self.name(draft.login))
    case .removeIntegration(let login):
      integrations.removeAll { $0.login == login }
      return .account(Self.name(login))
    case .importAccounts(let drafts): return .imported(ImportReport(imported: drafts.count))
    case .importKeys(let drafts, _): return .imported(ImportReport(imported: drafts.count))
    case .rotateSigningKey: return .signingKey("2026-12")
    case .retireSigningKey(let kid, _): return .signingKey(kid)
    case .addClient(let name, let audience):
      let client = GatewayClient(
        id: Identifier("client-1"), name: name, audience: audience ?? "api", createdAt: now)
      return .client(IssuedClient(client: client, secret: Secret("secret".utf8)))
    case .removeClient: return .changed(1)
    case .review(let ids, let draft):
      let review = Review(
        state: draft.state, note: draft.note, until: draft.until?.end, reviewer: login, at: now)
      for index in warnings.indices where ids.contains(warnings[index].id) {
        warnings[index] = warnings[index].with(review)
      }
      return .changed(ids.count)
    case .linkKey: return .changed(1)
    case .observe(let level):
      operations.observation = level.map { Observation(level: $0, since: now) }
      return .observing(operations.observation)
    case .addBrownout(let draft):
      do {
        let id = Identifier<Brownout>("brownout-\(operations.brownouts.count + 1)")
        let window = try draft.window(id, beside: operations.brownouts, at: now)
        operations.brownouts.append(window)
        return .brownout(window)
      } catch {
        throw SampleRefusal(error)
      }
    case .abortBrownout(let id):
      guard let index = operations.brownouts.firstIndex(where: { $0.id == id }) else {
        throw SampleRefusal(OperationError.brownoutUnknown(id.text))
      }
      operations.brownouts[index].abortedAt = now
      return .brownout(operations.brownouts[index])
    case .announceCutOver(let date):
      operations.cutOver = date.map { CutOver(date: $0, announcedAt: now) }
      return .cutOver(operations.cutOver)
    }
  }

  private mutating func commit(
    _ change: PolicyChange, _ commitment: Commitment
  ) throws(SampleRefusal) -> Outcome {
    let current = standing.current.revision
    if let pending = standing.pending, let deadline = pending.deadline {
      throw SampleRefusal(
        RevisionError.pending(pending.number, author: pending.author, lapsesAt: deadline))
    }
    if let base = commitment.base, base != current.number {
      throw SampleRefusal(
        RevisionError.moved(
          base: base, current: current.number, author: current.author, at: current.at))
    }
    if let ground = commitment.ground, case .success(.plan(let plan)) = answer(.plan(change)),
      plan.impact.ground != ground
    {
      throw SampleRefusal(RevisionError.groundMoved(stops: plan.impact.stops))
    }
    do {
      try revise(change, by: login, within: commitment.within, reason: commitment.reason)
    } catch let error as PolicyError {
      throw SampleRefusal(error)
    } catch {
      preconditionFailure("\(error)")
    }
    let number = revisions.last?.revision.number ?? 0
    return .revision(
      number, lapsesAt: commitment.within.map { now + $0 },
      undo: "gatehouse revision rollback \(current.number)")
  }

  private mutating func close(
    _ number: Int, _ verdict: Revision.Verdict
  ) throws(SampleRefusal) {
    guard let index = revisions.firstIndex(where: { $0.revision.number == number }) else {
      throw SampleRefusal(RevisionError.unknown(number))
    }
    let old = revisions[index].revision
    let state = old.state(at: now)
    guard state == .pending else { throw SampleRefusal(RevisionError.notInForce(number, state)) }
    revisions[index] = RevisedPolicy(
      revision: Revision(
        number: old.number, base: old.base, author: old.author, at: old.at, reason: old.reason,
        summary: old.summary, deadline: old.deadline, verdict: verdict),
      policy: revisions[index].policy)
  }

  private mutating func issue(_ name: String, owner: String) -> Outcome {
    let row = TokenRow.sample(name, owner: owner)
    tokens.append(row)
    return .token(IssuedToken(row: row, value: Secret(Self.tokenValue.utf8)))
  }

  /// As long as a real one, and like no real one.
  static let tokenValue =
    "eyJ" + String(repeating: "sample0token1value2", count: 5) + "."
    + String(repeating: "sample0token1value2", count: 16) + "."
    + String(repeating: "sample0token1value2", count: 4) + "sample"

  private mutating func setTokens(_ ids: [String], to state: TokenState) -> Int {
    let chosen = tokens.indices.filter { ids.contains(tokens[$0].id) && tokens[$0].state != state }
    for index in chosen { tokens[index] = tokens[index].with(state: state) }
    return chosen.count
  }

  private mutating func setKeys(
    _ ids: [String], to state: LegacyKeyState
  ) throws(SampleRefusal) -> Int {
    var changed = 0
    for id in ids {
      guard let index = keys.firstIndex(where: { $0.id == id }) else {
        throw SampleRefusal(LegacyKeyError.unknown(id))
      }
      let key = keys[index]
      if key.state == state {
        if ids.count == 1 { throw SampleRefusal(LegacyKeyError.already(key.label, state)) }
        continue
      }
      guard key.state != .retired else { throw SampleRefusal(LegacyKeyError.retired(key.label)) }
      keys[index] = key.with(state: state)
      changed += 1
    }
    return changed
  }

  private mutating func edit(_ login: String, _ change: (AccountRow) -> AccountRow) {
    guard let index = accounts.firstIndex(where: { $0.login == login }) else { return }
    accounts[index] = change(accounts[index])
  }
}

/// Any of the product's failures, so that one function can throw them all.
private struct SampleRefusal: Failure {
  let failure: any Failure

  init(_ failure: any Failure) { self.failure = failure }

  var description: String { failure.description }
  var exitCode: ExitCode { failure.exitCode }
}
