package import Access
import Storage

extension Administration {
  /// Makes a change, with its audit row in the same transaction.
  ///
  /// - Parameters:
  ///   - change: what to do.
  ///   - actor: who does it; account and roles are read anew.
  ///   - progress: told of rows done and rows in all during an import, from the calling thread.
  /// - Returns: what came of it.
  /// - Throws: a ``Failure``; nothing was changed then.
  package func perform(
    _ change: Change, by actor: Actor,
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) throws -> Outcome {
    switch change {
    case .revise(let change, let commitment): try revise(change, commitment, by: actor)
    case .confirmRevision(let number): try end(number, confirming: true, by: actor)
    case .cancelRevision(let number): try end(number, confirming: false, by: actor)
    case .addAccount(let draft): try add(draft, by: actor)
    case .editAccount(let login, let edits): try edit(login, edits, by: actor)
    case .assign(let login, let roles): try assign(login, adding: roles, by: actor)
    case .unassign(let login, let roles): try assign(login, removing: roles, by: actor)
    case .deactivate(let logins): try setActive(logins, false, by: actor)
    case .reactivate(let logins): try setActive(logins, true, by: actor)
    case .setPassword(let login, let password): try setPassword(password, of: login, by: actor)
    case .importAccounts(let drafts): try importAccounts(drafts, by: actor, progress: progress)
    case .addSSHKey(let login, let text): try addSSHKey(text, to: login, by: actor)
    case .removeSSHKey(let id): try removeSSHKey(id, by: actor)
    case .createToken(let draft): try createToken(draft, by: actor)
    case .revokeTokens(let ids, let reason): try revoke(ids, reason: reason, by: actor)
    case .rotateToken(let id, let overlap): try rotate(id, overlap: overlap, by: actor)
    case .wakeTokens(let ids): try wake(ids, by: actor)
    case .disableKeys(let ids): try setKeys(ids, to: .disabled, by: actor)
    case .enableKeys(let ids): try setKeys(ids, to: .active, by: actor)
    case .retireKeys(let ids): try setKeys(ids, to: .retired, by: actor)
    case .importKeys(let drafts, let createOwners):
      try importKeys(drafts, createOwners: createOwners, by: actor, progress: progress)
    case .addIntegration(let draft): try addIntegration(draft, by: actor)
    case .registerIntegrations(let drafts): try registerIntegrations(drafts, by: actor)
    case .setIntegration(let draft): try setIntegration(draft, by: actor)
    case .removeIntegration(let login): try removeIntegration(login, by: actor)
    case .review(let ids, let draft): try review(ids, draft, by: actor)
    case .linkKey(let id, let token): try linkKey(id, to: token, by: actor)
    case .observe(let level): try observe(level, by: actor)
    case .addBrownout(let draft): try addBrownout(draft, by: actor)
    case .abortBrownout(let id): try abortBrownout(id, by: actor)
    case .announceCutOver(let date): try announceCutOver(date, by: actor)
    case .rotateSigningKey: try rotateSigningKey(by: actor)
    case .retireSigningKey(let kid, let withTokens):
      try retireSigningKey(kid, withTokens: withTokens, by: actor)
    case .addClient(let name, let audience):
      try addClient(named: name, audience: audience, by: actor)
    case .removeClient(let name): try removeClient(name, by: actor)
    }
  }

  /// One write: the actor is read anew, then `body` acts and names what it did.
  func write<T>(
    by actor: Actor, isLarge: Bool = false,
    _ body: (Office, Transaction) throws -> Recorded<T>
  ) throws -> T {
    try store.write(by: actor, isLarge: isLarge) { transaction in
      try body(try Office(actor, in: transaction.snapshot), transaction)
    }
  }
}
