import Access
import Credentials

/// What one event loop remembers of credentials and accounts, until anything that decides changes.
///
/// Bounded: of two generations the older one is dropped when the younger is full. What is unknown
/// has a memory of its own, so that garbage cannot push out what is real.
struct FactsMemory {
  private var credentials: Generations<DigestKey, KnownCredential>
  private var unknown: Generations<DigestKey, Bool>
  private var accounts: Generations<String, KnownAccount?>

  init(limit: Int = 250_000, unknownLimit: Int = 20_000) {
    credentials = Generations(limit: limit)
    unknown = Generations(limit: unknownLimit)
    accounts = Generations(limit: unknownLimit)
  }

  /// How many credentials are remembered.
  var count: Int { credentials.count }

  var unknownCount: Int { unknown.count }

  mutating func credential(_ digest: DigestKey) -> KnownCredential? { credentials[digest] }

  mutating func isUnknown(_ digest: DigestKey) -> Bool { unknown[digest] != nil }

  /// An account by login; the inner nil is one that is known not to exist.
  mutating func account(_ login: Login) -> KnownAccount?? { accounts[login.text] }

  mutating func remember(_ credential: KnownCredential?, for digest: DigestKey) {
    if let credential { credentials[digest] = credential } else { unknown[digest] = true }
  }

  mutating func remember(_ account: KnownAccount?, for login: Login) {
    accounts[login.text] = .some(account)
  }

  mutating func forget(_ digest: DigestKey) { credentials[digest] = nil }

  mutating func forget() {
    credentials.forget()
    unknown.forget()
    accounts.forget()
  }
}

/// The first half of a digest: 128 bits under a secret key, which nobody can make to collide.
struct DigestKey: Hashable {
  private let high: UInt64
  private let low: UInt64

  /// As a kind, because a secret may be presented as another kind than it is.
  init(_ hash: SecretHash, as kind: CredentialKind) {
    let words = hash.words
    high = words.0
    low = words.1 ^ (kind == .legacyKey ? 1 : 0)
  }
}

/// An account with what is worked out of it once: the names of its roles.
final class KnownAccount: Sendable {
  let facts: AccountFacts
  let roleNames: [String]

  init(_ facts: AccountFacts, under policy: Policy) {
    self.facts = facts
    roleNames = facts.account.roles.compactMap { policy.role($0)?.name }
  }
}

/// A dictionary that forgets what was not asked for since it was last half full.
struct Generations<Key: Hashable, Value> {
  let limit: Int
  private var young: [Key: Value] = [:]
  private var old: [Key: Value] = [:]

  init(limit: Int) { self.limit = limit }

  /// Never more than the limit.
  var count: Int { young.count + old.count }

  subscript(key: Key) -> Value? {
    mutating get {
      if let value = young[key] { return value }
      guard let value = old.removeValue(forKey: key) else { return nil }
      add(value, for: key)
      return value
    }
    set {
      old[key] = nil
      if let newValue { add(newValue, for: key) } else { young[key] = nil }
    }
  }

  mutating func forget() {
    young = [:]
    old = [:]
  }

  private mutating func add(_ value: Value, for key: Key) {
    if young.count >= limit / 2, young[key] == nil {
      old = young
      young = [:]
    }
    young[key] = value
  }
}
