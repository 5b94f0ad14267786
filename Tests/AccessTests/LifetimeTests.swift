import Access
import Testing

@Suite("A lifetime")
struct LifetimeTests {
  @Test(
    "is a number and a unit",
    arguments: [
      ("1s", 1, "1s"), ("90s", 90, "90s"), ("60s", 60, "1m"), ("15m", 900, "15m"),
      ("8h", 28_800, "8h"), ("36h", 129_600, "36h"), ("24h", 86_400, "1d"),
      ("30d", 2_592_000, "30d"), ("030d", 2_592_000, "30d"), ("12w", 7_257_600, "84d"),
      ("1y", 31_536_000, "1y"), ("365d", 31_536_000, "1y"), ("100y", 3_153_600_000, "100y"),
      ("3153600000s", 3_153_600_000, "100y"),
    ] as [(String, Int64, String)])
  func valid(text: String, seconds: Int64, shown: String) throws {
    let lifetime = try FiniteLifetime(parsing: text)
    #expect(lifetime.seconds == seconds)
    #expect(lifetime.description == shown)
    #expect(try FiniteLifetime(parsing: shown) == lifetime)
    #expect(try Lifetime(parsing: text) == .finite(lifetime))
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "d", "30", "30 d", " 30d", "30d ", "-1d", "+1d", "1.5h", "1D", "1Y", "1mo", "30dd",
      "1h30m", "٣d", "1e3d", "0x1d", "never", "Unlimited", "unlimited ", "99999999999999999999d",
    ])
  func invalid(text: String) {
    #expect(throws: LifetimeError.unreadable(text)) { try Lifetime(parsing: text) }
  }

  @Test(
    "is at least a second and at most a hundred years",
    arguments: [
      "0s", "0d", "0y", "3153600001s", "101y", "36501d", "292471208678y", "999999999999999999y",
      "999999999999999999s",
    ])
  func range(text: String) {
    let error = #expect(throws: LifetimeError.self) { try FiniteLifetime(parsing: text) }
    #expect(
      error?.description
        == "“\(text)” is out of range. A lifetime is at least one second and at most 100y.")
  }

  @Test("that cannot be read is shown without what would move the cursor, beside the grammar")
  func text() {
    #expect(
      LifetimeError.unreadable("\u{1B}[2Jsoon").description
        == "“\\x1b[2Jsoon” is not a lifetime. Write a number and a unit, like 15m, 8h, 30d, 12w, "
        + "1y, or unlimited.")
  }

  @Test("is shorter than unlimited, whatever its length")
  func order() {
    #expect(Lifetime.finite(.longest) < .unlimited)
    #expect(Lifetime.days(7) < .days(8))
    #expect(Lifetime.unlimited.end(from: noon) == nil)
    #expect(Lifetime.days(1).end(from: noon) == Instant(milliseconds: 1_790_086_400_123))
    #expect(FiniteLifetime(seconds: 0) == nil)
    #expect(FiniteLifetime(seconds: -1) == nil)
    #expect(FiniteLifetime(seconds: .max) == nil)
    #expect(FiniteLifetime.days(.max) <= .longest)
    #expect(FiniteLifetime.minutes(0).seconds == 60)
  }
}

@Suite("The expiration policy")
struct ExpirationTests {
  @Test("starts with 7d, 30d and 90d, no unlimited tokens and no idle limit")
  func defaults() throws {
    let policy = ExpirationPolicy()
    try policy.validate()
    #expect(policy.offered == [.days(7), .days(30), .days(90)])
    #expect(policy.defaultLifetime == .days(30))
    #expect(policy.maximum == .days(90))
    #expect(!policy.allowsUnlimited)
    #expect(policy.idleLimit == nil)
  }

  @Test("is refused where it contradicts itself, and names the field")
  func contradictions() {
    let member = Role.member.id
    let cases: [(ExpirationPolicy, String)] = [
      (
        .init(offered: []), "Offered: no lifetime is left to choose. Offer at least one, like 30d."
      ),
      (
        .init(maximum: .days(89)),
        "Offered: 90d is longer than the maximum of 89d. Raise the maximum or leave it out."
      ),
      (.init(default: .days(45)), "Default: 45d is not offered. Choose one of 7d, 30d, 90d."),
      (
        .init(roleMaxima: [member: .days(91)]),
        "Maximum of role member: 91d is longer than the general maximum of 90d."
      ),
    ]
    for (policy, text) in cases {
      let error = #expect(throws: ExpirationError.self) { try policy.validate() }
      #expect(error?.description == text)
      #expect(throws: PolicyError.self) {
        try PolicyChange.expiration(policy).applied(to: .sample())
      }
    }
    #expect(throws: Never.self) {
      try ExpirationPolicy(roleMaxima: [member: .days(90)]).validate()
    }
  }

  @Test("rules from High on; at Standard four lifetimes can be chosen")
  func standard() throws {
    let expiration = ExpirationPolicy(
      offered: [.days(7)], default: .days(7), maximum: .days(7), idleLimit: .days(1))
    let standard = Policy.sample(.bearer, .standard, expiration: expiration)
    let choice = standard.lifetimes(for: [Role.member.id])
    #expect(choice.offered.map(\.description) == ["30d", "90d", "1y", "unlimited"])
    #expect(choice.defaultLifetime == .days(90))
    #expect(standard.idleLimit == nil)
    #expect(standard.tokenMaximum == nil)
    for level in [SecurityLevel.high, .maximum] {
      let policy = Policy.sample(.bearer, level, expiration: expiration)
      #expect(policy.lifetimes(for: [Role.member.id]).offered == [.days(7)])
      #expect(policy.idleLimit == .days(1))
      #expect(policy.tokenMaximum == .days(7))
    }
    #expect(Policy.sample(.legacy, .high, expiration: expiration).idleLimit == nil)
  }

  @Test("lets the tightest of an account's roles hold, and offers that maximum itself")
  func roles() throws {
    let policy = Policy.sample(
      .bearer, .high,
      expiration: ExpirationPolicy(
        allowsUnlimited: true,
        roleMaxima: [Role.member.id: .days(14), Role.apiOperator.id: .days(60)]))

    let free = policy.lifetimes(for: [Role.siteAdministrator.id])
    #expect(free.offered == [.days(7), .days(30), .days(90), .unlimited])
    #expect(free.maximum == .unlimited)

    let tight = policy.lifetimes(for: [Role.apiOperator.id, Role.member.id])
    #expect(tight.offered == [.days(7), .days(14)])
    #expect(tight.defaultLifetime == .days(14))
    #expect(tight.maximum == .days(14))
    #expect(tight.isLimitedByRole)
  }

  @Test("answers a lifetime it does not offer with the maximum, or with what it offers")
  func resolving() throws {
    let choice = Policy.sample(.bearer, .high).lifetimes(for: [])
    #expect(try choice.resolve(nil) == .days(30))
    #expect(try choice.resolve(.days(90)) == .days(90))
    let refused: [(Lifetime, String)] = [
      (
        .unlimited,
        "Unlimited tokens are switched off by the expiration policy. The longest is 90d."
      ),
      (.days(91), "91d is longer than the 90d this account may have."),
      (.days(89), "89d is not offered here. Choose one of 7d, 30d, 90d."),
    ]
    for (lifetime, text) in refused {
      let error = #expect(throws: ExpirationError.self) { try choice.resolve(lifetime) }
      #expect(error?.description == text)
    }
  }
}
