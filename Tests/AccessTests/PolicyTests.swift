import Access
import Testing

@Suite("The policy")
struct PolicyTests {
  @Test(
    "makes its API mode of the two legacy properties",
    arguments: [
      (true, false, APIMode.legacy), (false, true, .bearer), (true, true, .conflict),
      (false, false, .closed),
    ])
  func mode(enable: Bool, emulate: Bool, mode: APIMode) {
    var policy = Policy()
    policy.properties.enableLegacyAPIKey = enable
    policy.properties.emulateLegacyAPIKey = emulate
    #expect(policy.mode == mode)
  }

  @Test("starts as the specification says, and is valid")
  func defaults() throws {
    let policy = Policy()
    try policy.validate()
    #expect(policy.mode == .legacy)
    #expect(policy.level == .standard)
    #expect(policy.passwordsAtHigh == .registered)
    #expect(
      PropertyKey.allCases.map(\.defaultText) == [
        "15m", "false", "true", "14d", "rest-api-key", "Gatehouse", "90d", "api",
        "http://localhost:8484", "30d",
      ])
    #expect(PropertyKey.allCases.map(\.rawValue) == PropertyKey.allCases.map(\.rawValue).sorted())
  }

  @Test("orders the levels by strictness")
  func levels() {
    #expect(SecurityLevel.allCases.shuffled().sorted() == [.standard, .high, .maximum])
    #expect(SecurityLevel.allCases.map(\.name) == ["Standard", "High", "Maximum"])
  }

  @Test("enables Bearer support in one step, at Standard or the level chosen with it")
  func enableBearer() throws {
    for mode in [APIMode.legacy, .conflict, .closed] {
      let next = try PolicyChange.enableBearer(.high).applied(to: .sample(mode, .maximum))
      #expect(next == .sample(.bearer, .high))
    }
  }

  @Test("is not lowered by enabling Bearer support where it is enabled already")
  func enableBearerTwice() {
    #expect(throws: PolicyError.nothingChanged) {
      try PolicyChange.enableBearer(.standard).applied(to: .sample(.bearer, .high))
    }
  }

  @Test(
    "locks its level outside bearer, naming both properties and the way out",
    arguments: [APIMode.legacy, .conflict, .closed])
  func locked(mode: APIMode) throws {
    let earlier = Policy.sample(.bearer, .high)
    let changes: [PolicyChange] = [
      .level(.high), .rollback(to: 1, policy: earlier, levelOnly: true),
    ]
    for change in changes {
      let error = #expect(throws: PolicyError.self) { try change.applied(to: .sample(mode)) }
      #expect(
        error?.description == """
          The security level is locked while the API mode is \(mode.rawValue): it needs \
          EnableLegacyAPIKey=false and EmulateLegacyAPIKey=true. `gatehouse bearer enable` sets both.
          """)
    }
  }

  @Test("goes back whole, or by its level alone")
  func rollback() throws {
    let own = Role(id: Identifier("r1"), name: "Integrators", permissions: [.useAPI])
    let earlier = Policy.sample(.bearer, .standard, passwords: .all)
    let now = Policy.sample(.bearer, .high, roles: Role.builtIn + [own])

    let whole = try PolicyChange.rollback(to: 3, policy: earlier, levelOnly: false).applied(to: now)
    #expect(whole == earlier)

    let level = try PolicyChange.rollback(to: 3, policy: earlier, levelOnly: true).applied(to: now)
    var expected = now
    expected.level = .standard
    #expect(level == expected)
  }

  @Test("refuses a change that changes nothing")
  func nothing() {
    let policy = Policy.sample(.bearer, .high)
    let changes: [PolicyChange] = [
      .level(.high), .passwordsAtHigh(.registered), .expiration(policy.expiration), .roles([]),
      .property(.siteName, "Gatehouse"), .document(policy),
      .rollback(to: 1, policy: policy, levelOnly: false),
      .rollback(to: 1, policy: policy, levelOnly: true),
    ]
    for change in changes {
      #expect(throws: PolicyError.nothingChanged) { try change.applied(to: policy) }
    }
    #expect(
      PolicyError.nothingChanged.description
        == "Nothing would change: the policy in force says this already.")
  }

  @Test("tells a raise, a lowering, entering and leaving bearer apart")
  func shifts() {
    for from in APIMode.allCases {
      for to in APIMode.allCases {
        for old in SecurityLevel.allCases {
          for new in SecurityLevel.allCases {
            let shift = PolicyShift(from: .sample(from, old), to: .sample(to, new))
            let effective = from == .bearer ? old : .standard
            #expect(shift.isRaise == (to == .bearer && new > effective))
            #expect(shift.isLowering == (from == .bearer && to == .bearer && new < old))
            #expect(shift.entersBearer == (from != .bearer && to == .bearer))
            #expect(shift.leavesBearer == (from == .bearer && to != .bearer))
          }
        }
      }
    }
  }

  @Test("stops a credential exactly where its method is accepted now and not then")
  func stops() {
    var policies: [Policy] = []
    for mode in APIMode.allCases {
      for level in SecurityLevel.allCases {
        policies += [.sample(mode, level), .sample(mode, level, passwords: .all)]
      }
    }
    for from in policies {
      for to in policies {
        for kind in CredentialKind.allCases {
          func isAccepted(_ policy: Policy, registered: Bool) -> Bool {
            let credential: PresentedCredential =
              switch kind {
              case .bearer: .bearer(.sample())
              case .password: .password
              case .legacyKey:
                .legacyKey(
                  LegacyKey(id: Identifier("k"), owner: Identifier("mira"), label: "old"))
              }
            let facts = AccountFacts(
              account: .sample(), integration: registered ? .sample() : nil)
            return decide(
              policy, Operations(), credential: credential, account: facts,
              request: RequestFacts(source: IPAddress(parsing: "10.2.0.1")), at: noon
            ).isAllowed
          }
          let listed = isAccepted(from, registered: true) && !isAccepted(to, registered: true)
          let unlisted = isAccepted(from, registered: false) && !isAccepted(to, registered: false)
          let expected: PolicyShift.Stops =
            switch (listed, unlisted) {
            case (true, true): .all
            case (true, false): .listed
            case (false, true): .unlisted
            case (false, false): .none
            }
          if PolicyShift(from: from, to: to).stops(kind) != expected {
            Issue.record("\(kind): \(from.mode) \(from.level) to \(to.mode) \(to.level)")
          }
        }
      }
    }
  }
}

@Suite("A revision")
struct RevisionTests {
  @Test("is pending to its deadline, and has lapsed at it")
  func deadline() {
    let revision = Revision.sample(2, deadline: noon)
    #expect(revision.state(at: noon.justBefore) == .pending)
    #expect(revision.counts(at: noon.justBefore))
    #expect(revision.state(at: noon) == .lapsed)
    #expect(!revision.counts(at: noon))
  }

  @Test("stays as it was decided, whatever the time")
  func verdicts() {
    for now in [noon.justBefore, noon, noon + .days(999)] {
      let confirmed = Revision.sample(2, deadline: noon, .confirmed(at: noon, by: .mira))
      let cancelled = Revision.sample(2, deadline: noon, .cancelled(at: noon, by: .mira))
      #expect(confirmed.state(at: now) == .confirmed && confirmed.counts(at: now))
      #expect(cancelled.state(at: now) == .cancelled && !cancelled.counts(at: now))
      #expect(Revision.sample(2).state(at: now) == .standing)
    }
  }

  @Test("is in force if it is the newest that is neither cancelled nor lapsed")
  func inForce() throws {
    let revisions: [RevisedPolicy] = [
      .sample(.sample(5, deadline: noon, .cancelled(at: noon, by: .mira))),
      .sample(.sample(4, deadline: noon)),
      .sample(.sample(3, deadline: noon, .cancelled(at: noon, by: .mira))),
      .sample(.sample(2, deadline: noon, .confirmed(at: noon, by: .mira))),
      .sample(.sample(1)),
    ]

    let before = try #require(Standing(newestFirst: revisions, at: noon.justBefore))
    #expect(before.current.revision.number == 4)
    #expect(before.fallback?.revision.number == 2)
    #expect(before.pending?.number == 4)

    let after = try #require(Standing(newestFirst: revisions, at: noon))
    #expect(after.current.revision.number == 2)
    #expect(after.fallback == nil)
    #expect(after.pending == nil)
  }

  @Test("must leave an administrator under both policies while it is pending")
  func bothPolicies() throws {
    let steward = Role(
      id: Identifier("steward"), name: "Steward", permissions: [.manageSettings, .manageAccess])
    let account = Account.sample(roles: [steward])
    let revisions: [RevisedPolicy] = [
      .sample(.sample(2, deadline: noon), .sample(roles: Role.builtIn + [steward])),
      .sample(.sample(1)),
    ]

    let pending = try #require(Standing(newestFirst: revisions, at: noon.justBefore))
    #expect(pending.policies.map { $0.canAdminister(account) } == [true, false])

    let lapsed = try #require(Standing(newestFirst: revisions, at: noon))
    #expect(lapsed.policies.map { $0.canAdminister(account) } == [false])
  }

  @Test("has no policy in force where there is none that counts")
  func none() {
    #expect(Standing(newestFirst: [], at: noon) == nil)
    #expect(Standing(newestFirst: [.sample(.sample(1, deadline: noon))], at: noon) == nil)
  }

  @Test("may take itself back after 1 minute to 24 hours, by default 10 minutes")
  func deadlines() {
    #expect(Commitment.defaultDeadline.description == "10m")
    #expect(Commitment.deadlines.lowerBound.seconds == 60)
    #expect(Commitment.deadlines.upperBound.seconds == 86_400)
  }

  @Test("is refused with who and when, and with the way out")
  func texts() {
    let at = Instant(milliseconds: 1_795_531_860_000)
    #expect(
      RevisionError.moved(base: 3, current: 4, author: .mira, at: at).description == """
        Revision 4 was saved by mira at 2026-11-24T14:51:00.000Z, after revision 3 that this was \
        drawn up against. Nothing was changed: look at it and apply again.
        """)
    #expect(
      RevisionError.pending(4, author: .mira, lapsesAt: at).description == """
        Revision 4 by mira is pending until 2026-11-24T14:51:00.000Z. \
        Keep or cancel it first: `gatehouse revision confirm` or `cancel`.
        """)
    #expect(
      RevisionError.deadline(.days(2)).description
        == "2d is not a deadline. Choose from 1m to 24h.")
    #expect(RevisionError.notInForce(4, .lapsed).description.hasPrefix("Revision 4 is lapsed"))
  }
}

extension Revision {
  static func sample(
    _ number: Int, deadline: Instant? = nil, _ verdict: Verdict? = nil
  ) -> Revision {
    Revision(
      number: number, base: number - 1, author: .mira, at: noon - .minutes(10), reason: "",
      summary: "", deadline: deadline, verdict: verdict)
  }
}

extension RevisedPolicy {
  static func sample(_ revision: Revision, _ policy: Policy = .sample()) -> RevisedPolicy {
    RevisedPolicy(revision: revision, policy: policy)
  }
}
