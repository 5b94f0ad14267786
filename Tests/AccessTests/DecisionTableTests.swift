import Access
import Testing

/// The whole table, judged a second time by rules written from the specification's words.
@Suite("The decision, for every mode, level, credential, account, state and permission,")
struct DecisionTableTests {
  @Test("is the first reason of the specification's list that holds, with its status")
  func wholeTable() {
    var seen: [String: Int] = [:]
    var wrong = 0
    for row in Row.everyRow {
      let expected = Rules.first(for: row)
      seen[expected.reason, default: 0] += 1
      let decision = row.decide()
      let last = decision.checks.last
      let isRight =
        decision.reason == expected.reason && decision.status == expected.status
        && last?.subject.rawValue == expected.subject
        && last?.outcome == (decision.isAllowed ? .passed : .refused)
        && decision.checks.dropLast().allSatisfy { $0.outcome == .passed }
        && (decision.retryAfter != nil) == (expected.reason == "brownout")
      if !isRight {
        wrong += 1
        if wrong <= 10 { Issue.record("\(row): \(decision.reason), not \(expected.reason)") }
      }
    }
    #expect(wrong == 0)
    let policies = 4 * 3 * 2
    let credentials = 22
    let accounts = 1 + 2 * 4
    let rows = policies * credentials * accounts * 2 * 2 * 3
    #expect(seen.values.reduce(0, +) == rows)
    #expect(Set(seen.keys) == Set(Rules.list.map(\.reason) + ["allowed"]))
  }

  @Test("has the specification's reasons in the specification's order")
  func order() {
    #expect(Refusal.allCases.map(\.rawValue) == Rules.list.map(\.reason))
    #expect(Refusal.allCases.map(\.status) == Rules.list.map(\.status))
  }
}

/// One row of the table, in words of its own.
struct Row: CustomStringConvertible {
  enum Presented: Hashable {
    case missing, ambiguous
    case wrong(CredentialKind)
    case unchecked, password
    case bearer(TokenState, reads: Bool)
    case key(LegacyKeyState)

    static let all: [Presented] =
      [.missing, .ambiguous, .unchecked, .password] + CredentialKind.allCases.map(Self.wrong)
      + TokenState.allCases.flatMap { [.bearer($0, reads: true), .bearer($0, reads: false)] }
      + LegacyKeyState.allCases.map(Self.key)
  }
  enum Registration: CaseIterable { case none, inside, outside, pastReview }
  enum Circumstance: CaseIterable { case plain, unsafe, brownedOut }

  let mode: APIMode
  let level: SecurityLevel
  let allPasswords: Bool
  let presented: Presented
  /// nil is nobody known.
  let isActive: Bool?
  let registration: Registration
  let mayUseAPI: Bool
  let writes: Bool
  let circumstance: Circumstance
  private let policy: Policy
  private let account: AccountFacts?

  var description: String {
    """
    \(mode) \(level) all=\(allPasswords) \(presented) active=\(String(describing: isActive)) \
    \(registration) permitted=\(mayUseAPI) writes=\(writes) \(circumstance)
    """
  }

  func decide() -> Decision {
    Access.decide(
      policy, circumstance == .brownedOut ? Self.brownout : Operations(),
      credential: Self.credentials[presented] ?? .missing, account: account,
      request: RequestFacts(
        source: Self.source, method: writes ? "POST" : "GET", isSafe: circumstance != .unsafe),
      at: noon)
  }

  static var everyRow: [Row] {
    var rows: [Row] = []
    for mode in APIMode.allCases {
      for level in SecurityLevel.allCases {
        for all in [false, true] {
          let policy = Policy.sample(mode, level, passwords: all ? .all : .registered)
          for (isActive, registration) in people {
            for may in [false, true] {
              let account = facts(isActive, registration, may)
              for presented in Presented.all {
                for writes in [false, true] {
                  for circumstance in Circumstance.allCases {
                    rows.append(
                      Row(
                        mode: mode, level: level, allPasswords: all, presented: presented,
                        isActive: isActive, registration: registration, mayUseAPI: may,
                        writes: writes, circumstance: circumstance, policy: policy,
                        account: account))
                  }
                }
              }
            }
          }
        }
      }
    }
    return rows
  }

  private static let people: [(Bool?, Registration)] =
    [(nil, .none)] + Registration.allCases.flatMap { [(true, $0), (false, $0)] }

  private static func facts(
    _ isActive: Bool?, _ registration: Registration, _ mayUseAPI: Bool
  ) -> AccountFacts? {
    guard let isActive else { return nil }
    let integration: EssentialIntegration? =
      switch registration {
      case .none: nil
      case .inside: .sample()
      case .outside: .sample(networks: ["192.168.0.0/16", "2001:db8::/32"])
      case .pastReview: .sample(review: CivilDate(of: noon - .days(1)))
      }
    return AccountFacts(
      account: .sample(isActive: isActive, roles: mayUseAPI ? [.member, .apiOperator] : [.member]),
      integration: integration)
  }

  private static let source = IPAddress(parsing: "10.2.3.4")

  private static let brownout = Operations(
    brownouts: CredentialKind.allCases.map {
      Brownout(
        id: Identifier($0.rawValue), kind: $0, from: noon - .minutes(1), until: noon + .minutes(9))
    })

  private static let credentials: [Presented: PresentedCredential] = Dictionary(
    uniqueKeysWithValues: Presented.all.map { ($0, credential($0)) })

  private static func credential(_ presented: Presented) -> PresentedCredential {
    switch presented {
    case .missing: .missing
    case .ambiguous: .ambiguous
    case .wrong(let kind): .unrecognised(kind)
    case .unchecked: .unchecked
    case .password: .password
    case .bearer(let state, let reads): .bearer(token(state, reads ? .read : .readWrite))
    case .key(let state):
      .legacyKey(
        LegacyKey(
          id: Identifier("k1"), owner: Identifier("mira"), label: "wiki sync",
          disabledAt: state == .disabled ? noon - .days(1) : nil,
          retiredAt: state == .retired ? noon - .days(1) : nil))
    }
  }

  private static func token(_ state: TokenState, _ scope: TokenScope) -> Authorization {
    switch state {
    case .active: .sample(scope: scope)
    case .expiring: .sample(scope: scope, expiresAt: noon + .days(3))
    case .expired: .sample(scope: scope, expiresAt: noon - .days(1))
    case .suspended: .sample(scope: scope, suspendedAt: noon - .days(1))
    case .revoked: .sample(scope: scope, isRevoked: true)
    case .replaced: .sample(scope: scope, replacedAt: noon - .days(1))
    }
  }
}

/// Section 9 of the specification, line by line.
enum Rules {
  struct Rule: Sendable {
    let reason: String
    let status: Int
    let subject: String
    let holds: @Sendable (Row) -> Bool
  }

  static func first(for row: Row) -> (reason: String, status: Int, subject: String) {
    list.first { $0.holds(row) }.map { ($0.reason, $0.status, $0.subject) }
      ?? ("allowed", 200, "scope")
  }

  static let list: [Rule] = [
    Rule(reason: "api_disabled", status: 403, subject: "api") { $0.mode == .closed },
    Rule(reason: "request_unsafe", status: 403, subject: "request") { $0.circumstance == .unsafe },
    Rule(reason: "credential_missing", status: 401, subject: "credential") {
      $0.presented == .missing
    },
    Rule(reason: "credential_ambiguous", status: 401, subject: "credential") {
      $0.presented == .ambiguous
    },
    Rule(reason: "method_refused", status: 401, subject: "method") { row in
      switch cell(row) {
      case "yes": false
      case "listed": row.registration == .none
      default: true
      }
    },
    Rule(reason: "brownout", status: 401, subject: "brownout") { $0.circumstance == .brownedOut },
    Rule(reason: "credential_invalid", status: 401, subject: "recognition") { row in
      switch row.presented {
      case .wrong, .unchecked: true
      default: row.isActive == nil
      }
    },
    Rule(reason: "account_inactive", status: 401, subject: "account") { $0.isActive == false },
    Rule(reason: "token_revoked", status: 401, subject: "state") {
      state($0) == .revoked || state($0) == .replaced
    },
    Rule(reason: "token_expired", status: 401, subject: "state") { state($0) == .expired },
    Rule(reason: "token_suspended", status: 401, subject: "state") { state($0) == .suspended },
    Rule(reason: "key_disabled", status: 401, subject: "state") {
      [.key(.disabled), .key(.retired)].contains($0.presented)
    },
    Rule(reason: "source_refused", status: 401, subject: "source") {
      cell($0) == "listed" && $0.registration != .inside
    },
    Rule(reason: "permission_missing", status: 403, subject: "permission") { !$0.mayUseAPI },
    Rule(reason: "scope_missing", status: 403, subject: "scope") { row in
      if case .bearer(_, reads: true) = row.presented { row.writes } else { false }
    },
  ]

  private static func state(_ row: Row) -> TokenState? {
    if case .bearer(let state, _) = row.presented { state } else { nil }
  }

  /// What sections 2 and 3 make of the method: `yes`, `no`, or `listed`.
  private static func cell(_ row: Row) -> String {
    let column: Int? =
      switch row.presented {
      case .missing, .ambiguous: nil
      case .bearer, .wrong(.bearer): 0
      case .password, .unchecked, .wrong(.password): 1
      case .key, .wrong(.legacyKey): 2
      }
    guard let column, let cells = methods[row.mode]?[row.level] else { return "no" }
    return cells[column] == "listed" && row.allPasswords ? "yes" : cells[column]
  }

  //                      Bearer token, password, legacy key
  private static let methods: [APIMode: [SecurityLevel: [String]]] = [
    .legacy: [
      .standard: ["no", "yes", "yes"], .high: ["no", "yes", "yes"],
      .maximum: ["no", "yes", "yes"],
    ],
    .conflict: [
      .standard: ["no", "yes", "yes"], .high: ["no", "yes", "yes"],
      .maximum: ["no", "yes", "yes"],
    ],
    .bearer: [
      .standard: ["yes", "yes", "yes"], .high: ["yes", "listed", "no"],
      .maximum: ["yes", "no", "no"],
    ],
    .closed: [
      .standard: ["no", "no", "no"], .high: ["no", "no", "no"], .maximum: ["no", "no", "no"],
    ],
  ]
}
