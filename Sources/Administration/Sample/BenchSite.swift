import Access
import Credentials
import Storage

/// The rows of a site made for measuring: many, alike, and named so that every one can be found.
///
/// Their numbers are spread over the same digits however many there are, so that a page of a small
/// site is no quicker to draw than one of a large site.
struct BenchSite {
  static let keys = 1000

  /// A role that lets everybody use the API, and Bearer support.
  static let policy: [PolicyChange] = [
    .roles([.add(id: role, name: "Callers"), .grant(role, .useAPI), .grant(role, .createTokens)]),
    .enableBearer(.standard),
  ]

  private static let role = Identifier<Role>("callers")
  private static let day: Int64 = 86_400

  let tokens: Int
  let present: Instant
  let kid: String
  private var generator = SplitMix64(seed: 1)
  private var accounts: [Identifier<Account>] = []

  init(tokens: Int, present: Instant, kid: String) {
    self.tokens = tokens
    self.present = present
    self.kid = kid
  }

  var owners: Int { max(tokens / 20, 1) }

  mutating func insert(
    into transaction: Transaction, by author: Login,
    progress: (@Sendable (Int, Int) -> Void)?
  ) throws {
    for number in 0..<owners {
      let account = Account(
        id: Identifier(RandomID.make()),
        login: try Login(parsing: "user-\(Self.spread(number, 5))"),
        name: "User \(number)", roles: [Self.role])
      try transaction.insert(account)
      accounts.append(account.id)
    }
    let keys = (0..<Self.keys).map { key($0) }
    try transaction.insert(keys)
    for number in 0..<tokens {
      try transaction.insert(try token(number, revokedBy: author))
      if number % 10_000 == 9_999 { progress?(number + 1, tokens) }
    }
    progress?(tokens, tokens)
  }

  /// Half of them live, a quarter expired, a quarter revoked.
  private mutating func token(_ number: Int, revokedBy author: Login) throws -> NewToken {
    let lifetime = [30, 90, 365].randomElement(using: &generator) ?? 90
    let isLive = Bool.random(using: &generator)
    let isRevoked = !isLive && Bool.random(using: &generator)
    let age = isLive ? seconds(below: lifetime) : seconds(below: 700) + Int64(lifetime) * Self.day
    let created = present.advanced(bySeconds: -age)
    let used = created.advanced(bySeconds: seconds(below: lifetime))
    let letter = ["a", "b", "c", "d", "e", "f"].randomElement(using: &generator) ?? "a"
    return NewToken(
      authorization: Authorization(
        id: Identifier(RandomID.make()), owner: owner(),
        name: "token-0\(Self.spread(number, 6))-\(letter)",
        scope: number.isMultiple(of: 3) ? .read : .readWrite, createdAt: created,
        expiresAt: created.advanced(bySeconds: Int64(lifetime) * Self.day),
        revocation: isRevoked
          ? Authorization.Revocation(at: min(used, present), by: author, reason: "measured")
          : nil,
        lastUsedAt: used < present ? used : nil),
      digest: digest(), kid: kid, predecessor: nil)
  }

  private mutating func key(_ number: Int) -> NewKey {
    let created = present.advanced(bySeconds: -seconds(below: 2000) - 100 * Self.day)
    return NewKey(
      key: LegacyKey(
        id: Identifier(RandomID.make()), owner: owner(), label: "key-\(Self.digits(number, 4))",
        createdAt: created, lastUsedAt: present.advanced(bySeconds: -seconds(below: 100))),
      digest: digest())
  }

  private mutating func owner() -> Identifier<Account> {
    accounts.randomElement(using: &generator) ?? Identifier("")
  }

  private mutating func seconds(below days: Int) -> Int64 {
    Int64.random(in: 1..<Int64(days) * Self.day, using: &generator)
  }

  /// Random bytes: no value has this digest.
  private mutating func digest() -> [UInt8] {
    (0..<4).flatMap { _ in
      let word = generator.next()
      return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
  }

  /// The digits of another number, which no other number below 10 to the power of `width` has.
  private static func spread(_ number: Int, _ width: Int) -> String {
    let range = (0..<width).reduce(1) { range, _ in range * 10 }
    return number < range ? digits(number * 38_747 % range, width) : digits(number, width)
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
