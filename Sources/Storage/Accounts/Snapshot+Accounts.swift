package import Access
import GRDB

extension Snapshot {
  package func account(login: Login) throws -> Account? {
    try Row.fetchOne(
      db.cachedStatement(sql: "\(Self.accountSelect) WHERE login = ?"), arguments: [login.text]
    ).map(account)
  }

  package func account(id: Identifier<Account>) throws -> Account? {
    try Row.fetchOne(
      db.cachedStatement(sql: "\(Self.accountSelect) WHERE id = ?"), arguments: [id.text]
    ).map(account)
  }

  /// The account of a login if it is active: as little as it takes to name who acts.
  package func activeAccount(login: Login) throws -> Identifier<Account>? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM account WHERE login = ? AND isActive = 1"),
      arguments: [login.text]
    ).map(Identifier.init)
  }

  /// Active persons who are assigned any of these roles, by login.
  package func activePersons(withAnyOf roles: Set<Identifier<Role>>) throws -> [Account] {
    let query: Clause = """
       WHERE isActive = 1 AND kind = 'person'
        AND login IN (SELECT account FROM accountRole WHERE role IN \(roles.map(\.text)))
      ORDER BY login
      """
    return try (Clause(sql: Self.accountSelect) + query).rows(db).map(account)
  }

  /// The first of them, as little as it takes to name somebody: every start and every second may ask.
  package func firstActivePerson(
    withAnyOf roles: Set<Identifier<Role>>
  ) throws -> (login: Login, name: String)? {
    // Who has one of the roles comes first: a list of their logins would be a table of its own.
    let query: Clause = """
      SELECT login, name FROM accountRole JOIN account ON login = account
      WHERE role IN \(roles.map(\.text)) AND isActive = 1 AND kind = 'person'
      ORDER BY account LIMIT 1
      """
    return try query.rows(db).first.map { (try login($0[cell: "login"]), try $0[cell: "name"]) }
  }

  /// Accounts assigned each role, deactivated ones included.
  package func accountsByRole() throws -> [Identifier<Role>: Int] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT role, count(*) AS accounts FROM accountRole GROUP BY role")
    return Dictionary(
      try rows.map { (try Identifier<Role>($0[cell: "role"]), try $0[cell: "accounts"]) },
      uniquingKeysWith: { $1 })
  }

  package func accounts(
    _ request: PageRequest<AccountFilter, AccountSort>, under policy: Policy
  ) throws -> Page<AccountRow> {
    let filter = request.filter
    let find = Find(in: self, table: "account", columns: ["login", "name"])
    let found = try find.conditions(for: filter.words)
    var list = Keyset(
      select: Clause(sql: Self.accountSelect), conditions: found.conditions,
      key: request.sort == .login ? "login" : "name", tie: "number",
      isDescending: request.isDescending)
    list.sortsMatches = found.isSelective
    if let kind = filter.kind { list.conditions.append("kind = \(kind.rawValue)") }
    if let isActive = filter.isActive { list.conditions.append("isActive = \(isActive)") }
    if let role = filter.role {
      list.conditions.append(
        "login IN (SELECT account FROM accountRole WHERE role = \(role.text))")
    }
    var page = try list.page(
      db, anchor: request.anchor, skipping: request.skipping, limit: request.limit
    ) { row in
      let account = try account(from: row)
      let live = try liveCounts(of: account.id, under: policy)
      let key = request.sort == .login ? account.login.text : account.name
      let number: Int64 = try row[cell: AccountColumn.number]
      return AccountRow(
        id: account.id.text, login: account.login.text, name: account.name, kind: account.kind,
        isActive: account.isActive,
        roles: policy.roles.filter { account.roles.contains($0.id) }.map(\.name)
          + account.roles.filter { policy.role($0) == nil }.map { "\($0) (absent)" },
        liveTokens: live.tokens, liveKeys: live.keys, hasPassword: account.hasPassword,
        cursor: Access.RowCursor(key: .text(key), id: String(number)))
    }
    page.total = try list.conditions.isEmpty ? total("account") : count(list, in: "account")
    return page
  }

  /// Tokens that are neither revoked, replaced nor expired, and keys that are neither switched off
  /// nor retired.
  package func liveCounts(
    of id: Identifier<Account>, under policy: Policy
  ) throws -> (tokens: Int, keys: Int) {
    let now = try now().milliseconds
    let owner = "(SELECT login FROM account WHERE id = :id)"
    let tokens = try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM token
          WHERE owner = \(owner) AND endsAt > :now AND revokedAt IS NULL
            AND (replacedAt IS NULL OR replacedAt > :now)
          """), arguments: ["id": id.text, "now": now])
    let keys = try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM legacyKey
          WHERE owner = \(owner) AND disabledAt IS NULL AND retiredAt IS NULL
          """), arguments: ["id": id.text])
    return (tokens ?? 0, keys ?? 0)
  }

  package func integration(of id: Identifier<Account>) throws -> EssentialIntegration? {
    try Row.fetchOne(
      db.cachedStatement(sql: "\(Self.integrationSelect) WHERE account.id = ?"),
      arguments: [id.text]
    ).map(integration)
  }

  /// The register of essential integrations, by login.
  package func integrations() throws -> [IntegrationRow] {
    let now = try now()
    return try Row.fetchAll(db, sql: "\(Self.integrationSelect) ORDER BY login").map { row in
      let integration = try integration(from: row)
      return try IntegrationRow(
        login: row[cell: "login"], integration: integration,
        isPastReview: integration.isPastReview(at: now),
        lastUsedAt: Self.instant(unlessZero: row[cell: "passwordUsedAt"]))
    }
  }

  /// The scrypt hash of an account's password, for checking one that was presented.
  package func passwordHash(of id: Identifier<Account>) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT passwordHash FROM account WHERE id = ?"),
      arguments: [id.text])
  }

  /// The active persons who hold both administrative permissions.
  package func administrators(under policy: Policy) throws -> [Login] {
    let granting = policy.roles.filter { !$0.permissions.isDisjoint(with: Policy.administration) }
    return try activePersons(withAnyOf: Set(granting.map(\.id)))
      .filter(policy.canAdminister).map(\.login)
  }

  static func instant(unlessZero milliseconds: Int64) -> Instant? {
    milliseconds == 0 ? nil : Instant(milliseconds: milliseconds)
  }

  func count(_ list: Keyset, in table: String) throws -> Int {
    var query = Clause(sql: "SELECT count(*) FROM \(table)")
    if !list.conditions.isEmpty { query += " WHERE " + list.conditions.joined(separator: " AND ") }
    return try query.number(db)
  }

  private static let accountSelect = """
    SELECT number, id, login, name, mail, kind, contact, isActive,
      passwordHash IS NOT NULL AS hasPassword,
      (SELECT group_concat(role, char(31)) FROM accountRole WHERE account = login) AS roles
    FROM account
    """

  private static let integrationSelect = """
    SELECT account.id, login, passwordUsedAt, purpose, networks, integration.contact, reviewDate
    FROM integration JOIN account ON account.login = integration.account
    """

  /// What ``accountSelect`` selects, in its order.
  private enum AccountColumn: Int {
    case number, id, login, name, mail, kind, contact, isActive, hasPassword, roles
  }

  private func account(from row: Row) throws -> Account {
    let roles = try (row[cell: AccountColumn.roles] as String?)?.split(separator: "\u{1F}") ?? []
    return try Account(
      id: Identifier(row[cell: AccountColumn.id]), login: try login(row[cell: AccountColumn.login]),
      name: row[cell: AccountColumn.name],
      mail: row[cell: AccountColumn.mail],
      kind: AccountKind(rawValue: row[cell: AccountColumn.kind]) ?? .person,
      contact: row[cell: AccountColumn.contact], isActive: row[cell: AccountColumn.isActive],
      roles: roles.map { Identifier(String($0)) }.sorted(),
      hasPassword: row[cell: AccountColumn.hasPassword])
  }

  private func integration(from row: Row) throws -> EssentialIntegration {
    guard let date = try CivilDate(parsing: row[cell: "reviewDate"]) else {
      throw StoreError.damaged(
        "integration", detail: "the review date of \(try row[cell: "login"] as String)")
    }
    let networks: [Network]
    do {
      networks = try (row[cell: "networks"] as String).split(separator: ",")
        .map { try Network(parsing: String($0)) }
    } catch {
      throw StoreError.damaged("integration", detail: "\(error)")
    }
    return try EssentialIntegration(
      account: Identifier(row[cell: "id"]), purpose: row[cell: "purpose"],
      networks: networks, contact: row[cell: "contact"], reviewDate: date)
  }
}
