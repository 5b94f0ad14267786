import Access
import Credentials
import Storage

extension Administration {
  func setKeys(
    _ ids: [Identifier<LegacyKey>], to state: LegacyKeyState, by actor: Actor
  ) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageTokens)
      var events: [AuditEvent] = []
      for id in ids {
        guard let key = try office.snapshot.key(id: id) else {
          throw LegacyKeyError.unknown(id.text)
        }
        if key.state == state {
          if ids.count == 1 { throw LegacyKeyError.already(key.label, state) }
          continue
        }
        guard key.state != .retired else { throw LegacyKeyError.retired(key.label) }
        try transaction.setKeyState(state, of: id)
        events.append(
          AuditEvent(
            state.action, target: "legacy key \(id) \(key.label)", before: key.state.rawValue,
            after: state.rawValue))
      }
      guard let first = events.first else {
        throw LegacyKeyError.already("\(ids.count) marked", state)
      }
      return Recorded(.changed(events.count), first, Array(events.dropFirst()))
    }
  }

  /// All or nothing; owners that do not exist are an error, or made deactivated.
  func importKeys(
    _ drafts: [LegacyKeyDraft], createOwners: Bool, by actor: Actor,
    progress: (@Sendable (Int, Int) -> Void)?
  ) throws -> Outcome {
    let secrets = try secrets()
    return try write(by: actor, isLarge: true) { office, transaction in
      try office.require(.manageSettings)
      if createOwners { try office.require(.manageAccess) }
      var intake = KeyIntake(office: office, transaction: transaction, createOwners: createOwners)
      try intake.take(drafts, with: secrets, progress: progress)
      return Recorded(
        .imported(intake.report),
        AuditEvent(
          "key.import", target: "\(drafts.count) legacy keys",
          after: """
            imported: \(drafts.count)
            owners made: \(intake.report.createdOwners)
            owners without \(Permission.useAPI.name): \(intake.report.ownersWithoutAPI)
            """))
    }
  }
}

/// The rows of one import of legacy keys on their way in.
private struct KeyIntake {
  let office: Office
  let transaction: Transaction
  let createOwners: Bool
  var report = ImportReport(imported: 0)
  private var owners: [Login: Identifier<Account>] = [:]
  private var wrong: [ImportError] = []

  init(office: Office, transaction: Transaction, createOwners: Bool) {
    self.office = office
    self.transaction = transaction
    self.createOwners = createOwners
  }

  mutating func take(
    _ drafts: [LegacyKeyDraft], with secrets: Secrets, progress: (@Sendable (Int, Int) -> Void)?
  ) throws {
    var batch: [NewKey] = []
    var digests = Set<[UInt8]>()
    for (index, draft) in drafts.enumerated() where wrong.count < ImportErrors.shown {
      guard let owner = try owner(draft.owner, at: index), let label = label(draft, at: index)
      else { continue }
      let digest =
        switch draft.value {
        case .plain(let value): secrets.digest(of: value)
        case .sha256(let hash): secrets.digest(ofSHA256: hash)
        }
      guard digests.insert(digest).inserted, try !office.snapshot.hasKey(digest: digest) else {
        let column = if case .plain = draft.value { "key" } else { "sha256" }
        refuse(index, column, "this key is here already, or stands twice in the file")
        continue
      }
      batch.append(
        NewKey(
          key: LegacyKey(
            id: Identifier(RandomID.make()), owner: owner, label: label,
            createdAt: draft.createdAt, lastUsedAt: draft.lastUsedAt),
          digest: digest))
      if batch.count == 1000 {
        if wrong.isEmpty { try transaction.insert(batch) }
        batch.removeAll(keepingCapacity: true)
        progress?(index + 1, drafts.count)
      }
    }
    guard wrong.isEmpty else { throw ImportErrors(wrong) }
    try transaction.insert(batch)
    progress?(drafts.count, drafts.count)
    report.imported = drafts.count
  }

  private mutating func owner(_ login: Login, at index: Int) throws -> Identifier<Account>? {
    if let id = owners[login] { return id }
    if let account = try office.snapshot.account(login: login) {
      owners[login] = account.id
      if !office.policy.permissions(of: account.roles).contains(.useAPI) {
        report.ownersWithoutAPI += 1
      }
      return account.id
    }
    guard createOwners else {
      refuse(index, "owner", "there is no account “\(login)”; add it, or use --create-owners")
      return nil
    }
    let account = Account(
      id: Identifier(RandomID.make()), login: login, kind: .person, isActive: false)
    try transaction.insert(account)
    owners[login] = account.id
    report.createdOwners += 1
    report.ownersWithoutAPI += 1
    return account.id
  }

  private mutating func label(_ draft: LegacyKeyDraft, at index: Int) -> String? {
    do {
      return try VisibleName.text(draft.label, what: "label", limit: 64)
    } catch {
      refuse(index, "label", error.description)
      return nil
    }
  }

  private mutating func refuse(_ index: Int, _ field: String, _ problem: String) {
    wrong.append(ImportError(index: index, field: field, problem: problem))
  }
}

extension LegacyKeyState {
  /// The audit's word for bringing a key into this state.
  fileprivate var action: String {
    switch self {
    case .active: "key.enable"
    case .disabled: "key.disable"
    case .retired: "key.retire"
    }
  }
}
