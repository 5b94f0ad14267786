import Access
import Foundation
import GRDB
@testable import Storage
import Testing

/// A site with rows of every kind and state, and the same rows as values to compare with.
///
/// Keys of every order repeat, names differ by case alone, some hold the wildcards of SQL.
final class GeneratedSite: Sendable {
  static let shared = Result { try GeneratedSite() }

  let site: TestStore
  let accounts: [Account]
  let tokens: [Token]
  let keys: [Key]
  let integrations: [String: EssentialIntegration]
  let reviews: [String: ReviewState]
  /// Last uses of passwords by login.
  let passwordUses: [String: Instant]

  struct Token: Sendable {
    let authorization: Authorization
    let owner: String
  }

  struct Key: Sendable {
    let key: LegacyKey
    let owner: String
    /// Requests within the last 30 days.
    let uses: Int64
  }

  /// The policy the site is read under: High, so that an idle limit holds, and a role of its own.
  static let policy = ownPolicy()

  private init() throws {
    site = try TestStore(first: Self.policy)
    var generator = Generator()
    let (accounts, integrations) = try generator.people()
    let tokens = generator.tokens(of: accounts)
    let keys = generator.keys(of: accounts)
    let uses = generator.passwordUses(of: accounts)
    let reviews = generator.reviews(keys: keys, accounts: accounts)
    try site.change { transaction in
      for account in accounts {
        try transaction.insert(account)
        if account.hasPassword { try transaction.setPasswordHash("scrypt", of: account.id) }
      }
      for (index, token) in tokens.enumerated() {
        let digest = Array(repeating: UInt8(1), count: 24) + Self.bytes(index)
        try transaction.insert(
          NewToken(authorization: token.authorization, digest: digest, kid: "k"))
      }
      for (index, key) in keys.enumerated() {
        let digest = Array(repeating: UInt8(2), count: 24) + Self.bytes(index)
        try transaction.insert([NewKey(key: key.key, digest: digest)])
        if key.uses > 0 {
          try transaction.record(
            Usage(.legacyKey(key.key.id), at: TestStore.start - .days(3), count: key.uses))
          try transaction.execute(
            "UPDATE legacyKey SET lastUsedAt = ? WHERE id = ?",
            [key.key.lastUsedAt?.milliseconds ?? 0, key.key.id.text])
        }
      }
      for integration in integrations.values { try transaction.put(integration) }
      for (id, state) in reviews { try transaction.setReview(state, of: id, note: "") }
      for (login, at) in uses {
        try transaction.record(Usage(.password(Identifier("\(login)-id")), at: at))
      }
    }
    let mira = try #require(
      try site.store.read { try $0.account(login: try Login(parsing: "mira")) })
    self.accounts = [mira] + accounts
    self.tokens = tokens
    self.keys = keys
    self.integrations = integrations
    self.reviews = reviews
    passwordUses = uses
  }

  private static func bytes(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) }
  }

  private static func ownPolicy() -> Policy {
    .made {
      $0.properties.enableLegacyAPIKey = false
      $0.properties.emulateLegacyAPIKey = true
      $0.level = .high
      $0.expiration.idleLimit = .days(60)
      $0.roles.append(
        Role(id: Identifier("callers"), name: "Callers", permissions: [.useAPI, .createTokens]))
    }
  }
}

/// Draws the rows of a ``GeneratedSite``.
private struct Generator {
  static let names = [
    "Anna", "anna", "ANNA", "Åsa", "Иван Петров", "中村 花子", "Zoë", "José", "o'Brien \"OB\"",
    "100%_sure",
    "back\\slash", "Ann", "", "Mira", "Ελένη", "עדי",
  ]
  static let labels = [
    "checkout", "Checkout", "billing", "100% legacy", "a_b", "ci \"x\"", "cr", "",
  ]
  private let now = TestStore.start
  private var dice = Dice(7)

  mutating func people() throws -> ([Account], [String: EssentialIntegration]) {
    var accounts: [Account] = []
    var integrations: [String: EssentialIntegration] = [:]
    for number in 0..<160 {
      let login = ["ann", "bob", "ci", "svc", "an"][number % 5] + "-\(number)"
      let roles = ["member", "callers", "api-operator", "site-administrator", "gone"]
        .filter { _ in dice.once(in: 3) }.sorted()
      accounts.append(
        Account(
          id: Identifier("\(login)-id"), login: try Login(parsing: login),
          name: Self.names[dice.below(Self.names.count)],
          kind: dice.once(in: 4) ? .service : .person, isActive: !dice.once(in: 5),
          roles: roles.map(Identifier.init), hasPassword: dice.once(in: 3)))
      guard dice.once(in: 4),
        let date = CivilDate(parsing: dice.once(in: 2) ? "2026-11-22" : "2026-11-23")
      else { continue }
      integrations[login] = EssentialIntegration(
        account: Identifier("\(login)-id"), purpose: "p",
        networks: [try Network(parsing: "10.0.0.0/8"), try Network(parsing: "2001:db8::/32")],
        contact: "", reviewDate: date)
    }
    return (accounts, integrations)
  }

  mutating func tokens(of accounts: [Account]) -> [GeneratedSite.Token] {
    (0..<400).map { number in
      let owner = accounts[dice.below(accounts.count)]
      let created = now - .days(UInt16(100 + dice.below(3)))
      let ends: [Instant?] = [
        nil, now - .days(1), now, now + .minutes(1), now + .days(14),
        (now + .days(14)).advanced(bySeconds: 1), now + .days(80),
      ]
      let uses: [Instant?] = [
        nil, now - .hours(1), now - .days(1), now - .days(7), now - .days(30), now - .days(59),
        now - .days(60),
      ]
      var token = Authorization(
        id: Identifier("t\(number)"), owner: owner.id,
        name: Self.labels[dice.below(Self.labels.count)] + (dice.once(in: 2) ? " \(number)" : ""),
        scope: dice.once(in: 2) ? .read : .readWrite, createdAt: created,
        expiresAt: ends[dice.below(ends.count)],
        suspendedAt: dice.once(in: 9) ? now - .days(2) : nil,
        replacedAt: dice.once(in: 8) ? now.advanced(bySeconds: Int64(dice.below(3)) - 1) : nil,
        wokenAt: dice.once(in: 6) ? now - .days(3) : nil,
        lastUsedAt: uses[dice.below(uses.count)])
      // Only a token that gave its name up may share it with its owner's others.
      if dice.once(in: 7), let by = accounts.first?.login {
        token.lifespan.revocation = Authorization.Revocation(at: now - .days(1), by: by, reason: "")
      } else {
        token.name += "/\(number)"
      }
      return GeneratedSite.Token(authorization: token, owner: owner.login.text)
    }
  }

  mutating func keys(of accounts: [Account]) -> [GeneratedSite.Key] {
    (0..<120).map { number in
      let owner = accounts[dice.below(accounts.count)]
      let uses: [Instant?] = [
        nil, now, now - .days(1), (now - .days(1)).advanced(bySeconds: -1), now - .days(7),
        now - .days(30), (now - .days(30)).advanced(bySeconds: -1),
      ]
      let key = LegacyKey(
        id: Identifier("k\(number)"), owner: owner.id,
        label: Self.labels[dice.below(Self.labels.count)],
        lastUsedAt: uses[dice.below(uses.count)],
        disabledAt: dice.once(in: 5) ? now - .days(1) : nil,
        retiredAt: dice.once(in: 6) ? now - .days(1) : nil)
      return GeneratedSite.Key(
        key: key, owner: owner.login.text, uses: Int64(dice.below(4)))
    }
  }

  mutating func passwordUses(of accounts: [Account]) -> [String: Instant] {
    var uses: [String: Instant] = [:]
    for account in accounts where account.hasPassword && !dice.once(in: 3) {
      uses[account.login.text] = now - .days(UInt16(dice.below(40)))
    }
    return uses
  }

  mutating func reviews(
    keys: [GeneratedSite.Key], accounts: [Account]
  ) -> [String: ReviewState] {
    let ids =
      keys.map { "legacy_key:\($0.key.id)" }
      + accounts.filter(\.hasPassword).map { "password:\($0.id)" }
    var reviews: [String: ReviewState] = [:]
    for id in ids where dice.once(in: 2) {
      reviews[id] = ReviewState.allCases.randomElement(using: &dice)
    }
    return reviews
  }
}
