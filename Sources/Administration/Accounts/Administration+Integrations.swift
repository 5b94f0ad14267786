import Access
import Storage

extension Administration {
  func addIntegration(_ draft: IntegrationDraft, by actor: Actor) throws -> Outcome {
    try register(draft, by: actor, action: "integration.add") { account, existing in
      if existing != nil { throw IntegrationError.exists(account.login) }
    }
  }

  func setIntegration(_ draft: IntegrationDraft, by actor: Actor) throws -> Outcome {
    try register(draft, by: actor, action: "integration.set") { account, existing in
      if existing == nil { throw IntegrationError.unknown(account.login) }
    }
  }

  func removeIntegration(_ text: String, by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageSettings)
      let account = try office.known(try Login(parsing: text))
      guard let existing = try office.snapshot.integration(of: account.id) else {
        throw IntegrationError.unknown(account.login)
      }
      try transaction.removeIntegration(of: account.id)
      return Recorded(
        .account(account.login),
        AuditEvent(
          "integration.remove", target: "account \(account.login)", before: existing.summary))
    }
  }

  /// Registers several at once, or none of them.
  func registerIntegrations(_ drafts: [IntegrationDraft], by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      let events = try drafts.map { draft in
        try office.register(draft, action: "integration.add", in: transaction) {
          account, existing in
          if existing != nil { throw IntegrationError.exists(account.login) }
        }.event
      }
      guard let first = events.first else { throw IntegrationError.nobody }
      return Recorded(.changed(events.count), first, Array(events.dropFirst()))
    }
  }

  private func register(
    _ draft: IntegrationDraft, by actor: Actor, action: String,
    _ check: (Account, EssentialIntegration?) throws -> Void
  ) throws -> Outcome {
    try write(by: actor) { office, transaction in
      let (login, event) = try office.register(draft, action: action, in: transaction, check)
      return Recorded(.account(login), event)
    }
  }
}

extension Office {
  fileprivate func register(
    _ draft: IntegrationDraft, action: String, in transaction: Transaction,
    _ check: (Account, EssentialIntegration?) throws -> Void
  ) throws -> (login: Login, event: AuditEvent) {
    try require(.manageSettings)
    let draft = try draft.checked()
    let account = try known(try Login(parsing: draft.login))
    let existing = try snapshot.integration(of: account.id)
    try check(account, existing)
    let integration = EssentialIntegration(
      account: account.id, purpose: draft.purpose, networks: draft.networks,
      contact: draft.contact, reviewDate: draft.reviewDate)
    try transaction.put(integration)
    return (
      account.login,
      AuditEvent(
        action, target: "account \(account.login)", before: existing?.summary,
        after: integration.summary)
    )
  }
}

extension EssentialIntegration {
  /// As the audit keeps it: one member a line.
  fileprivate var summary: String {
    """
    purpose: \(purpose)
    networks: \(networks.map(\.description).joined(separator: ", "))
    contact: \(contact)
    review: \(reviewDate)
    """
  }
}
