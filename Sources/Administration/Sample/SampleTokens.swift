import Access

/// A token of the pilot, and what became of it.
struct SampleToken {
  enum Fate {
    case kept
    case revoked(day: Int, by: String, reason: String)
    case rotated(day: Int)
    /// Woken so many days ago, having slept.
    case woken(day: Int)
  }

  let name: String
  let owner: String
  let purpose: String
  let scope: TokenScope
  let lifetime: Lifetime
  /// How many days ago it was made: within the pilot, and not while the level was High.
  let created: Int
  /// How many days ago it was last used; nil is never.
  let lastUse: Int?
  /// Requests a day while it is in use.
  let rate: Int
  let client: SampleKey.Client
  let fate: Fate

  private init(
    _ name: String, of owner: String, _ purpose: String = "", _ scope: TokenScope = .readWrite,
    for lifetime: Lifetime, created: Int, lastUse: Int?, rate: Int = 20,
    from source: String = "10.2.0.14", by agent: String = "curl/8.5.0", _ fate: Fate = .kept
  ) {
    self.name = name
    self.owner = owner
    self.purpose = purpose
    self.scope = scope
    self.lifetime = lifetime
    self.created = created
    self.lastUse = lastUse
    self.rate = rate
    client = SampleKey.Client(source: source, agent: agent)
    self.fate = fate
  }

  static let named = [
    SampleToken(
      "ci-deploy", of: "alice", "Deploys the shop from GitLab", for: .days(90), created: 78,
      lastUse: 9, rate: 460),
    SampleToken(
      "grafana-pull", of: "alice", "Dashboards of the platform team", .read, for: .unlimited,
      created: 84, lastUse: 9, rate: 1440, from: "10.2.0.9", by: "Grafana/11.2.0"),
    SampleToken(
      "old-laptop", of: "alice", for: .year, created: 88, lastUse: 64, rate: 6,
      from: "10.1.0.21", .revoked(day: 61, by: "alice", reason: "Laptop returned to IT")),
    SampleToken(
      "release-notes", of: "alice", "Collects merged changes", .read, for: .days(30),
      created: 70, lastUse: 41, rate: 2),
    SampleToken(
      "ops-scripts", of: "bob", "Everyday chores", for: .days(90), created: 80, lastUse: 9,
      rate: 35, from: "10.1.0.34", by: "python-requests/2.32.3", .rotated(day: 30)),
    SampleToken(
      "terraform", of: "bob", "Plans, never applies", .read, for: .year, created: 87,
      lastUse: 85, rate: 12, from: "10.2.0.18", by: "Terraform/1.9.2"),
    SampleToken(
      "crm-pilot", of: "carol", "What will replace crm-sync", for: .days(90), created: 75,
      lastUse: 10, rate: 290, from: "10.2.0.9", by: "python-requests/2.32.3"),
    SampleToken(
      "partner-check", of: "carol", "", .read, for: .year, created: 86, lastUse: 84, rate: 3,
      from: "10.1.0.47", .woken(day: 47)),
    SampleToken(
      "laptop", of: "dave", for: .days(30), created: 66, lastUse: 37, rate: 9, from: "10.4.4.2"),
    SampleToken(
      "release-gate", of: "dave", "Holds a release until the checks are green", for: .days(90),
      created: 79, lastUse: 11, rate: 60, from: "10.2.0.16", by: "Go-http-client/2.0",
      .rotated(day: 24)),
    SampleToken(
      "on-call", of: "mei", "陳美玲 的值班工具", .read, for: .unlimited, created: 82, lastUse: 12,
      rate: 15, from: "2001:db8:10::6", by: "HTTPie/3.2.2"),
    SampleToken(
      "pipeline-main", of: "build-bot", "The main branch", for: .days(90), created: 79,
      lastUse: 9, rate: 520, from: "10.2.0.15", .rotated(day: 13)),
    SampleToken(
      "pipeline-nightly", of: "build-bot", "Nightly builds", for: .days(30), created: 36,
      lastUse: 9, rate: 12, from: "10.2.0.15"),
    SampleToken(
      "pipeline-trial", of: "build-bot", for: .days(30), created: 90, lastUse: 88, rate: 40,
      .revoked(day: 83, by: "bob", reason: "Value was printed in a build log, INC-4288")),
    SampleToken(
      "alerts", of: "metrics", "Pages whoever is on call", .read, for: .unlimited, created: 85,
      lastUse: 9, rate: 2880, from: "10.2.0.9", by: "Prometheus/2.53.0"),
    SampleToken(
      "lake-export", of: "data-lake", "Monthly copy for reports", .read, for: .year,
      created: 89, lastUse: 86, rate: 4, from: "10.2.0.60", by: "Java/21.0.3"),
    SampleToken(
      "shop", of: "shop-frontend", "Prices and stock in the shop", for: .days(90), created: 74,
      lastUse: 9, rate: 3600, from: "10.2.0.22", by: "axios/1.7.2"),
    SampleToken(
      "shop-next", of: "shop-frontend", "The new shop, not yet live", for: .year, created: 18,
      lastUse: nil),
    SampleToken(
      "surveys", of: "survey-sync", for: .unlimited, created: 21, lastUse: 10, rate: 8,
      from: "2001:db8:7::15", by: "okhttp/4.12.0"),
  ]

  private static let ideas: [(name: String, purpose: String, agent: String)] = [
    ("notebook", "Jupyter on my desk", "python-requests/2.32.3"),
    ("cli", "", "curl/8.5.0"), ("scripts", "Small things", "Wget/1.21.3"),
    ("integration-tests", "Runs against staging", "Go-http-client/2.0"),
    ("weekly-report", "Figures for Monday", "python-httpx/0.27.0"),
    ("editor", "", "vscode-restclient"), ("sync", "Keeps the board up to date", "okhttp/4.12.0"),
    ("dashboard", "Team screen", "Grafana/11.2.0"),
    ("migration-trial", "", "PostmanRuntime/7.39.0"),
  ]

  /// One token for each of `owners`, of every kind of end and use.
  static func madeUp(
    for owners: some Sequence<Login>, using generator: inout SplitMix64
  ) -> [SampleToken] {
    owners.compactMap { owner in
      // Made while the level was Standard: before High, or after it.
      let created = Int.random(
        in: Bool.random(using: &generator) ? 52...89 : 11...36, using: &generator)
      guard let idea = ideas.randomElement(using: &generator),
        let lifetime = [Lifetime.days(30), .days(90), .days(90), .year, .unlimited]
          .randomElement(using: &generator)
      else { return nil }
      let days = lifetime.finite.map { Int($0.seconds / 86_400) } ?? created
      let isUsed = Int.random(in: 0..<6, using: &generator) > 0
      let earliest = max(created - days + 1, 10)
      let lastUse = Int.random(in: min(earliest, created)...created, using: &generator)
      return SampleToken(
        idea.name, of: owner.text, idea.purpose,
        Bool.random(using: &generator) ? .read : .readWrite, for: lifetime, created: created,
        lastUse: isUsed ? lastUse : nil, rate: Int.random(in: 1...40, using: &generator),
        from:
          "10.1.\(Int.random(in: 1...6, using: &generator)).\(Int.random(in: 20...250, using: &generator))",
        by: idea.agent)
    }
  }
}
