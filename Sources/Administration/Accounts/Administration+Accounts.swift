import Access
import Credentials
import Storage

extension Administration {
  func add(_ draft: AccountDraft, by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageAccess)
      let account = try office.account(from: draft)
      guard try office.snapshot.account(login: account.login) == nil else {
        throw AccountError.exists(account.login)
      }
      try transaction.insert(account)
      return Recorded(
        .account(account.login),
        AuditEvent(
          "account.add", target: "account \(account.login)", after: office.summary(of: account)))
    }
  }

  func edit(_ login: Login, _ edits: AccountEdits, by actor: Actor) throws -> Outcome {
    try change(login, "account.edit", by: actor) { office, account in
      let draft = try AccountDraft(
        login: login, name: edits.name ?? account.name, mail: edits.mail ?? account.mail,
        kind: edits.kind ?? account.kind, contact: edits.contact ?? account.contact
      ).checked()
      account.name = draft.name
      account.mail = draft.mail
      account.kind = draft.kind
      account.contact = draft.contact
      if let roles = edits.roles {
        // A role that the policy no longer has is kept where its id is named.
        let lost = account.roles.filter { office.policy.role($0) == nil && roles.contains($0.text) }
        let named = roles.filter { !lost.map(\.text).contains($0) }
        account.roles = (try office.roles(named: named) + lost).sorted()
      }
    }
  }

  func assign(
    _ login: Login, adding: [String] = [], removing: [String] = [], by actor: Actor
  ) throws -> Outcome {
    try change(login, adding.isEmpty ? "account.unassign" : "account.assign", by: actor) {
      office, account in
      // A role that the policy no longer has can still be taken away, by its id.
      let lost = removing.map { office.policy.role(named: $0)?.id ?? Identifier($0) }
      let roles = Set(account.roles).union(try office.roles(named: adding)).subtracting(lost)
      account.roles = roles.sorted()
    }
  }

  func setActive(_ logins: [Login], _ isActive: Bool, by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageAccess)
      var events: [AuditEvent] = []
      for login in logins {
        var account = try office.known(login)
        guard account.isActive != isActive else { continue }
        account.isActive = isActive
        try transaction.update(account)
        try office.requireAdministrator(under: office.standing.policies, without: login)
        events.append(
          AuditEvent(
            isActive ? "account.reactivate" : "account.deactivate", target: "account \(login)",
            before: isActive ? "deactivated" : "active", after: isActive ? "active" : "deactivated")
        )
      }
      guard let first = events.first else {
        throw logins.first.map(AccountError.noChange) ?? AccountError.unknown("")
      }
      return Recorded(.changed(events.count), first, Array(events.dropFirst()))
    }
  }

  func setPassword(_ password: Secret?, of login: Login, by actor: Actor) throws -> Outcome {
    if let count = password?.bytes.count, !(8...1024).contains(count) {
      throw AccountError.passwordLength(count)
    }
    // Before the transaction: scrypt takes a tenth of a second, and nobody should wait for it.
    let hash = try password.map { try Password.hash($0) }
    return try write(by: actor) { office, transaction in
      guard office.account.login == login || office.may(.manageAccess) else {
        throw AccountError.ownPasswordOnly
      }
      let account = try office.known(login)
      try transaction.setPasswordHash(hash, of: account.id)
      return Recorded(
        .account(login),
        AuditEvent(
          hash == nil ? "account.password-remove" : "account.password",
          target: "account \(login)",
          before: account.hasPassword ? "a password" : "no password",
          after: hash == nil ? "no password" : "a new password"))
    }
  }

  func importAccounts(
    _ drafts: [AccountDraft], by actor: Actor, progress: (@Sendable (Int, Int) -> Void)?
  ) throws -> Outcome {
    try write(by: actor, isLarge: true) { office, transaction in
      try office.require(.manageAccess)
      var wrong: [ImportError] = []
      var seen = Set<Login>()
      var batch: [Account] = []
      for (index, draft) in drafts.enumerated() where wrong.count < ImportErrors.shown {
        do {
          let account = try office.account(from: draft)
          guard seen.insert(account.login).inserted,
            try office.snapshot.account(login: account.login) == nil
          else { throw AccountError.exists(account.login) }
          batch.append(account)
        } catch let error as any Failure where !(error is StoreError) {
          wrong.append(
            ImportError(index: index, field: Self.field(of: error), problem: error.description))
        }
        if batch.count == 1000 {
          if wrong.isEmpty { try transaction.insert(batch) }
          batch.removeAll(keepingCapacity: true)
          progress?(index + 1, drafts.count)
        }
      }
      guard wrong.isEmpty else { throw ImportErrors(wrong) }
      try transaction.insert(batch)
      progress?(drafts.count, drafts.count)
      return Recorded(
        .imported(ImportReport(imported: drafts.count)),
        AuditEvent("account.import", target: "\(drafts.count) accounts"))
    }
  }

  /// Reads, changes and writes one account; the last administrator is guarded.
  private func change(
    _ login: Login, _ action: String, by actor: Actor,
    _ body: (Office, inout Account) throws -> Void
  ) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageAccess)
      let before = try office.known(login)
      var after = before
      try body(office, &after)
      guard after != before else { throw AccountError.noChange(login) }
      try transaction.update(after)
      try office.requireAdministrator(under: office.standing.policies, without: login)
      return Recorded(
        .account(login),
        AuditEvent(
          action, target: "account \(login)", before: office.summary(of: before),
          after: office.summary(of: after)))
    }
  }

  private static func field(of error: any Failure) -> String {
    switch error {
    case PolicyError.unknownRole: "roles"
    case NameError.tooLong(let what, _), NameError.invisible(let what, _): what
    default: "login"
    }
  }
}

extension Office {
  /// The account with this login.
  func known(_ login: Login) throws -> Account {
    guard let account = try snapshot.account(login: login) else {
      throw AccountError.unknown(login.text)
    }
    return account
  }

  func account(from draft: AccountDraft) throws -> Account {
    let draft = try draft.checked()
    return Account(
      id: Identifier(RandomID.make()), login: draft.login, name: draft.name, mail: draft.mail,
      kind: draft.kind, contact: draft.contact, roles: try roles(named: draft.roles))
  }

  /// An account as the audit keeps it: one member a line.
  func summary(of account: Account) -> String {
    """
    name: \(account.name)
    mail: \(account.mail)
    kind: \(account.kind.rawValue)
    contact: \(account.contact)
    roles: \(account.roles.map { policy.role($0)?.name ?? $0.text }.joined(separator: ", "))
    """
  }
}
