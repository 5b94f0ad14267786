import Access

extension JSONValue {
  init(_ row: AccountRow) {
    self = [
      "id": .string(row.id),
      "login": .string(row.login),
      "name": .string(row.name),
      "kind": .string(row.kind.rawValue),
      "state": .string(AccountState(isActive: row.isActive).rawValue),
      "roles": JSONValue(row.roles),
      "live_tokens": JSONValue(row.liveTokens),
      "live_keys": JSONValue(row.liveKeys),
      "has_password": .bool(row.hasPassword),
    ]
  }

  init(_ details: AccountDetails) {
    let account = details.account
    self = .object(
      Self.members(of: account, roles: details.roleNames, permissions: details.permissions) + [
        Member("live_tokens", JSONValue(details.liveTokens)),
        Member("live_keys", JSONValue(details.liveKeys)),
        Member("ssh_keys", .array(details.sshKeys.map { JSONValue($0) })),
        Member(
          "integration",
          details.integration.map { JSONValue($0, login: account.login.text) } ?? .null),
      ])
  }

  /// Who asks, and what they may.
  init(_ session: Session) {
    self = .object(
      Self.members(
        of: session.account, roles: session.roleNames, permissions: session.permissions))
  }

  private static func members(
    of account: Account, roles: [String], permissions: PermissionSet
  ) -> [Member] {
    [
      Member("id", .string(account.id.text)),
      Member("login", .string(account.login.text)),
      Member("name", .string(account.name)),
      Member("mail", .string(account.mail)),
      Member("kind", .string(account.kind.rawValue)),
      Member("contact", .string(account.contact)),
      Member("state", .string(AccountState(isActive: account.isActive).rawValue)),
      Member("roles", JSONValue(roles)),
      Member("permissions", JSONValue(permissions.sorted.map(\.rawValue))),
      Member("has_password", .bool(account.hasPassword)),
    ]
  }
}

extension AccountState {
  init(isActive: Bool) {
    self = isActive ? .active : .deactivated
  }

  fileprivate var tone: Tone { self == .active ? .ok : .warning }
}

extension Listing<AccountRow> {
  static var accounts: Self {
    Listing(
      columns: [
        Column("Login") { Cell($0.login) },
        Column("Name") { Cell($0.name) },
        Column("Kind") { Cell($0.kind.rawValue) },
        Column("State") {
          let state = AccountState(isActive: $0.isActive)
          return Cell(state.rawValue, state.tone)
        },
        Column("Tokens", alignsRight: true) { Cell(grouped($0.liveTokens)) },
        Column("Keys", alignsRight: true) { Cell(grouped($0.liveKeys)) },
        Column("Password") { Cell($0.hasPassword ? "yes" : "no") },
        Column("Roles") { Cell($0.roles.joined(separator: ", ")) },
      ],
      json: { JSONValue($0) },
      empty: "No account matches. `gatehouse account add LOGIN` adds one.")
  }
}

extension Fields {
  init(_ details: AccountDetails) {
    self.init(details.account, roles: details.roleNames, permissions: details.permissions)
    add("Password", details.account.hasPassword ? "set" : "none")
    add("Tokens", grouped(details.liveTokens))
    add("Legacy keys", grouped(details.liveKeys))
    for (index, key) in details.sshKeys.enumerated() {
      add(index == 0 ? "SSH keys" : "", "\(key.kind) \(key.fingerprint) \(key.comment)")
    }
    if let integration = details.integration {
      add("Integration", "\(integration.purpose), to be reviewed by \(integration.reviewDate)")
    }
  }

  init(_ session: Session) {
    self.init(session.account, roles: session.roleNames, permissions: session.permissions)
  }

  private init(_ account: Account, roles: [String], permissions: PermissionSet) {
    self.init()
    let state = AccountState(isActive: account.isActive)
    add("Login", account.login.text)
    add("Name", account.name)
    add("Mail", account.mail)
    add("Kind", account.kind.rawValue)
    add("Contact", account.contact)
    add("State", Cell(state.rawValue, state.tone))
    add("Roles", roles.isEmpty ? "none" : roles.joined(separator: ", "))
    let names = permissions.sorted.map(\.name)
    add("May", names.isEmpty ? "nothing" : names.joined(separator: ", "))
    add("Id", account.id.text)
  }
}
