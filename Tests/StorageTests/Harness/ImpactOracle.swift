import Access
import Testing

/// A shift with a name for its test.
struct NamedShift: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let shift: PolicyShift

  init(_ name: String, _ from: Policy, _ to: Policy) {
    testDescription = name
    shift = PolicyShift(from: from, to: to)
  }

  static let all: [NamedShift] = {
    func own(_ level: SecurityLevel, _ change: (inout Policy) -> Void = { _ in }) -> Policy {
      var policy = GeneratedSite.policy
      policy.level = level
      change(&policy)
      return policy
    }
    func mode(_ enable: Bool, _ emulate: Bool) -> Policy {
      own(.high) {
        $0.properties.enableLegacyAPIKey = enable
        $0.properties.emulateLegacyAPIKey = emulate
      }
    }
    let withoutCallers = own(.high) { policy in
      policy.roles = policy.roles.filter { $0.id.text != "callers" }
    }
    let memberCalls = own(.standard) { policy in
      policy.roles = policy.roles.map { role in
        var role = role
        if role.id == Role.member.id { role.permissions = [.useAPI] }
        if role.id == Role.apiOperator.id { role.permissions = [] }
        return role
      }
    }
    return [
      NamedShift("Standard to High", own(.standard), own(.high)),
      NamedShift("Standard to Maximum", own(.standard), own(.maximum)),
      NamedShift("High to Maximum", own(.high), own(.maximum)),
      NamedShift(
        "tighter maxima of two roles", own(.high),
        own(.high) {
          $0.expiration.roleMaxima = [Identifier("callers"): .days(2), Role.member.id: .days(20)]
        }),
      NamedShift(
        "a tighter maximum of a role where others have none", own(.standard),
        own(.high) {
          $0.expiration.allowsUnlimited = true
          $0.expiration.roleMaxima = [Identifier("callers"): .days(5), Role.member.id: .days(90)]
        }),
      NamedShift("Maximum to Standard", own(.maximum), own(.standard)),
      NamedShift(
        "all passwords at High to those registered", own(.high) { $0.passwordsAtHigh = .all },
        own(.high)),
      NamedShift("legacy to bearer at High", mode(true, false), own(.high)),
      NamedShift("legacy to bearer at Standard", mode(true, false), own(.standard)),
      NamedShift("bearer to legacy", own(.high), mode(true, false)),
      NamedShift("bearer to closed", own(.standard), mode(false, false)),
      NamedShift("conflict to closed", mode(true, true), mode(false, false)),
      NamedShift("a role less", own(.high), withoutCallers),
      NamedShift("the API for others, at Standard", own(.standard), memberCalls),
      NamedShift("the API for others, and High", memberCalls, withoutCallers),
      NamedShift("nothing", own(.high), own(.high)),
    ]
  }()
}

/// What a shift comes to, by looking at each credential with the words of the specification.
struct ImpactOracle {
  /// Used last first, then by id.
  private(set) var stops: [StoppingCredential] = []
  private(set) var refused = 0
  private(set) var tokensBeyondMaximum = 0

  private let shift: PolicyShift
  private let site: GeneratedSite
  private let now: Instant

  init(_ shift: PolicyShift, on site: GeneratedSite, at now: Instant) {
    self.shift = shift
    self.site = site
    self.now = now
    lookAtTokens()
    for key in site.keys where key.key.state == .active {
      look(
        at: .legacyKey, key.key.id.text, label: key.key.label, owner: key.owner,
        lastUsedAt: key.key.lastUsedAt, client: nil)
    }
    for account in site.accounts where account.hasPassword {
      look(
        at: .password, account.id.text, label: "password", owner: account.login.text,
        lastUsedAt: site.passwordUses[account.login.text], client: nil)
    }
    stops.sort { left, right in
      let (one, other) = (left.lastUsedAt?.milliseconds ?? 0, right.lastUsedAt?.milliseconds ?? 0)
      return one == other ? left.id < right.id : one > other
    }
  }

  var stopping: [CredentialKind: Int] {
    Dictionary(stops.map { ($0.kind, 1) }, uniquingKeysWith: +)
  }

  /// Logins, used last first, then by name.
  var owners: [String] {
    let uses = Dictionary(
      stops.map { ($0.owner, $0.lastUsedAt?.milliseconds ?? 0) }, uniquingKeysWith: max)
    return uses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  private mutating func lookAtTokens() {
    for token in site.tokens {
      let authorization = token.authorization
      let state = authorization.state(at: now, under: shift.from)
      guard ![.revoked, .replaced, .expired].contains(state) else { continue }
      look(
        at: .bearer, authorization.id.text, label: authorization.name, owner: token.owner,
        lastUsedAt: authorization.lastUsedAt, client: nil, isAsleep: state == .suspended)
      let roles = site.accounts.first { $0.login.text == token.owner }?.roles ?? []
      if shift.to.tokenMaximum != nil,
        case .finite(let maximum) = shift.to.lifetimes(for: roles).maximum,
        authorization.expiresAt.map({ $0 > now + maximum }) ?? true
      {
        tokensBeyondMaximum += 1
      }
    }
  }

  private mutating func look(
    at kind: CredentialKind, _ id: String, label: String, owner: String, lastUsedAt: Instant?,
    client: String?, isAsleep: Bool = false
  ) {
    guard let account = site.accounts.first(where: { $0.login.text == owner }) else { return }
    let integration = site.integrations[owner]
    func isAccepted(_ policy: Policy) -> Bool {
      switch policy.acceptance(of: kind) {
      case .accepted: true
      case .listed: integration != nil
      case .refused: false
      }
    }
    func mayUse(_ policy: Policy) -> Bool {
      policy.permissions(of: account.roles).contains(.useAPI)
    }
    let losesPermission = mayUse(shift.from) && !mayUse(shift.to)
    guard isAccepted(shift.from), !isAccepted(shift.to) || losesPermission else { return }
    let isPastReview =
      shift.from.acceptance(of: kind) == .listed
      && integration.map { $0.isPastReview(at: now) } == true
    guard mayUse(shift.from), account.isActive, !isAsleep, !isPastReview else {
      refused += 1
      return
    }
    stops.append(
      StoppingCredential(
        kind: kind, credential: id, label: label, owner: owner, lastUsedAt: lastUsedAt,
        client: client,
        review: kind == .bearer ? .new : site.reviews["\(kind.rawValue):\(id)"] ?? .new))
  }
}
