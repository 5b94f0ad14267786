import Access
import ArgumentParser

struct PropertyCommand: ParsableCommand {
  static let configuration = noun(
    "property", "List, read and set system properties.", [List.self, Get.self, Set.self])

  struct List: DeskCommand {
    static let configuration = verb("list", "List all system properties.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      let rows = PropertyRow.all(of: try desk.settings().properties)
      try desk.show(rows, as: .properties)
    }
  }

  struct Get: DeskCommand {
    static let configuration = verb("get", "Show one property's value.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its name.", completion: .list(PropertyKey.allCases.map(\.rawValue)))
    var key: String

    func run(at desk: Desk) throws {
      let key = try PropertyKey(parsing: key)
      let value = try desk.settings().properties[key]
      try desk.show(
        JSONValue(PropertyRow(key: key, value: value)), lines: [Printed.line(value)])
    }
  }

  struct Set: DeskCommand {
    static let configuration = verb("set", "Set one property.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Argument(help: "Its name.", completion: .list(PropertyKey.allCases.map(\.rawValue)))
    var key: String
    @Argument(help: "Its new value.") var value: String

    func run(at desk: Desk) throws {
      try desk.revise(.property(try PropertyKey(parsing: key), value), revision)
    }
  }
}

struct BearerCommand: ParsableCommand {
  static let configuration = noun("bearer", "Turn on Bearer tokens.", [Enable.self])

  struct Enable: DeskCommand {
    static let configuration = verb(
      "enable", "Set both legacy properties in one revision; nothing that works stops.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions

    func run(at desk: Desk) throws { try desk.revise(.enableBearer(.standard), revision) }
  }
}

struct LevelCommand: ParsableCommand {
  static let configuration = noun(
    "level", "Show, plan, observe and set the security level.",
    [Show.self, Planned.self, Set.self, Observe.self, Observed.self])

  struct Show: DeskCommand {
    static let configuration = verb("show", "Show level and mode.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      let policy = try desk.settings()
      var fields = Fields()
      fields.add("Level", policy.level.name + (policy.mode == .bearer ? "" : ", locked"))
      fields.add("Mode", policy.mode.rawValue)
      fields.add("Passwords at High", policy.passwordsAtHigh.rawValue)
      try desk.show(
        [
          "level": .string(policy.level.rawValue), "mode": .string(policy.mode.rawValue),
          "locked": .bool(policy.mode != .bearer),
          "passwords_at_high": .string(policy.passwordsAtHigh.rawValue),
        ], fields)
    }
  }

  struct Planned: DeskCommand {
    static let configuration = verb("plan", "Show what a level would stop; changes nothing.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "standard, high or maximum.") var level: SecurityLevel

    func run(at desk: Desk) throws {
      let mode = try desk.session().policy.mode
      let plan = try desk.door.plan(
        mode == .bearer ? .level(level) : .enableBearer(level), for: desk.actor)
      try desk.show(
        JSONValue(plan), lines: PlanText(plan: plan, clock: desk.world.clock).lines(ink: desk.ink))
    }
  }

  struct Set: DeskCommand {
    static let configuration = verb(
      "set", "Set the level; raising it takes itself back unless kept.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Argument(help: "standard, high or maximum.") var level: SecurityLevel

    func run(at desk: Desk) throws { try desk.revise(.level(level), revision) }
  }
}

extension LevelCommand {
  struct Observe: DeskCommand {
    static let configuration = verb(
      "observe", "Judge traffic by a level as well; answers stay what they are.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "standard, high, maximum, or off.") var level: LevelOrOff

    func run(at desk: Desk) throws { try desk.report(try desk.perform(.observe(level.level))) }
  }

  struct Observed: DeskCommand {
    static let configuration = verb(
      "observed", "Show what the observed level would have refused, and since when.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      let report = try desk.observed()
      guard let report, !desk.isJSON else {
        return try desk.show(
          JSONValue(report),
          lines: ["No level is observed. `gatehouse level observe high` begins."])
      }
      try desk.world.say(report.summary)
      try desk.show(report.rows, as: .observed(desk.world.clock))
    }
  }
}

struct ExpirationCommand: ParsableCommand {
  static let configuration = noun(
    "expiration", "Show and set the expiration policy.", [Show.self, Set.self])

  struct Show: DeskCommand {
    static let configuration = verb("show", "Show the expiration policy.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      let policy = try desk.settings()
      try desk.show(
        JSONValue(policy.expiration, roles: policy.roles),
        Fields(policy.expiration, roles: policy.roles))
    }
  }

  struct Set: DeskCommand {
    static let configuration = verb("set", "Change parts of the expiration policy.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Option(help: ArgumentHelp("Lifetimes to choose from.", valueName: "30d,90d"))
    var offer: String?
    @Option(name: .customLong("default"), help: ArgumentHelp("The default.", valueName: "lifetime"))
    var defaultLifetime: String?
    @Option(help: ArgumentHelp("The longest allowed.", valueName: "lifetime")) var maximum: String?
    @Option(help: "Whether tokens may never end: yes or no.") var unlimited: YesNo?
    @Option(
      help: ArgumentHelp("Unused this long a token sleeps; none is never.", valueName: "lifetime"))
    var idle: String?
    @Option(
      help: ArgumentHelp(
        "A tighter maximum for a role; none removes it.", valueName: "role=lifetime"))
    var role: [String] = []
    @Option(
      help: ArgumentHelp(
        "Tokens beyond the maximum: keep, spread:14d, at:DATE, now.", valueName: "what"))
    var existing = "keep"

    func run(at desk: Desk) throws {
      let session = try desk.session()
      let expiration = try edited(session.policy)
      try desk.revise(
        .expiration(expiration), revision,
        drawnUpAgainst: session.standing.current.revision.number,
        existing: try ExistingTokens(option: existing))
    }

    private func edited(_ policy: Policy) throws -> ExpirationPolicy {
      var next = policy.expiration
      if let offer {
        next.offered = Swift.Set(
          try offer.split(separator: ",").map { try FiniteLifetime(parsing: String($0)) }
        ).sorted()
      }
      if let defaultLifetime { next.defaultLifetime = try FiniteLifetime(parsing: defaultLifetime) }
      if let maximum { next.maximum = try FiniteLifetime(parsing: maximum) }
      if let unlimited { next.allowsUnlimited = unlimited == .yes }
      if let idle { next.idleLimit = idle == "none" ? nil : try FiniteLifetime(parsing: idle) }
      for pair in role {
        guard let sign = pair.lastIndex(of: "=") else {
          throw OptionError.pair(option: "--role", pair, example: "--role 'API Operator=8h'")
        }
        let name = String(pair[..<sign])
        let limit = String(pair[pair.index(after: sign)...])
        guard let id = policy.role(named: name)?.id else { throw PolicyError.unknownRole(name) }
        next.roleMaxima[id] = limit == "none" ? nil : try FiniteLifetime(parsing: limit)
      }
      return next
    }
  }
}

extension ExistingTokens {
  /// Reads `keep`, `spread:14d`, `at:2027-03-31` and `now`.
  init(option text: String) throws {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.dropFirst().first) {
    case ("keep", nil): self = .keep
    case ("now", nil): self = .now
    case ("spread", let span?):
      let days = try FiniteLifetime(parsing: span).seconds / 86_400
      guard (1...3650).contains(days) else { throw OptionError.existing(text) }
      self = .spread(days: Int(days))
    case ("at", let date?):
      guard let instant = Instant(parsing: date) else { throw OptionError.existing(text) }
      self = .at(instant)
    default: throw OptionError.existing(text)
    }
  }
}
