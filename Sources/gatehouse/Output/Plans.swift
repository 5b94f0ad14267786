import Access

extension JSONValue {
  init(_ plan: Plan) {
    let impact = plan.impact
    let (from, to) = (impact.change.from, impact.change.to)
    func breaking(_ kind: CredentialKind) -> JSONValue { JSONValue(impact.stopping[kind] ?? 0) }
    self = [
      "from": .string(from.level.rawValue),
      "to": .string(to.level.rawValue),
      "from_mode": .string(from.mode.rawValue),
      "to_mode": .string(to.mode.rawValue),
      "base": JSONValue(plan.base),
      "breaks": [
        "legacy_keys": breaking(.legacyKey), "passwords": breaking(.password),
        "tokens": breaking(.bearer),
      ],
      "already_refused": JSONValue(impact.alreadyRefused),
      "used_24h": JSONValue(impact.usedWithinDay),
      "used_7d": JSONValue(impact.usedWithinWeek),
      "used_window": JSONValue(impact.usedWithinWindow),
      "owners": JSONValue(impact.owners),
      "owner_count": JSONValue(impact.ownerCount),
      "unreviewed": JSONValue(impact.unreviewed),
      "tokens_beyond_maximum": JSONValue(impact.tokensBeyondMaximum),
      "observed_seconds": impact.observedSeconds.map(JSONValue.integer) ?? .null,
      "observed": impact.observed.map {
        [
          "seconds": .integer($0.seconds), "credentials": JSONValue($0.callers),
          "requests": .integer($0.requests),
        ]
      } ?? .null,
      "needs_confirmation": .bool(impact.needsConfirmation),
      "first": .array(impact.first.map { JSONValue($0) }),
      "differences": .array(plan.differences.map { JSONValue($0) }),
    ]
  }

  init(_ credential: StoppingCredential) {
    self = [
      "kind": .string(credential.kind.rawValue),
      "id": .string(credential.credential),
      "label": .string(credential.label),
      "owner": .string(credential.owner),
      "last_used_at": JSONValue(credential.lastUsedAt),
      "client": JSONValue(credential.client),
      "review": .string(credential.review.rawValue),
    ]
  }
}

/// A plan in words: what changes, who is affected, and what to make sure of first.
struct PlanText {
  let plan: Plan
  let clock: Clock

  private var impact: Impact { plan.impact }
  private var shift: PolicyShift { plan.impact.change }

  func lines(ink: Ink) -> [String] {
    var lines = plan.differences.map { Printed.line($0.line) }
    lines += guidance.map(Printed.line)
    lines += stopping(ink: ink)
    if impact.tokensBeyondMaximum > 0 {
      lines.append(
        counted(impact.tokensBeyondMaximum, "token")
          + " outlive the new maximum; what becomes of them is chosen with --existing.")
    }
    return lines
  }

  /// What the change means for everyone, from the next request on.
  private var guidance: [String] {
    if shift.isRaise {
      shift.to.level == .maximum
        ? [
          "ONLY BEARER TOKENS WILL WORK. Everyone is affected, at the next request.",
          "Every username and password stops, essential integrations included.",
        ]
        : [
          "MIGRATION REQUIRED. Everyone is affected, from the next request on.",
          shift.to.passwordsAtHigh == .all
            ? "Legacy keys stop. Passwords go on, as the policy lets all of them."
            : "Legacy keys stop. Passwords stop, except of essential integrations.",
          "Bearer tokens go on as they are.",
        ]
    } else if shift.leavesBearer {
      ["Every Bearer token stops, and the security level is locked."]
    } else if shift.entersBearer {
      ["People can now make tokens. Nothing that works today stops: you begin at Standard."]
    } else if shift.isLowering {
      ["Refused credentials are let in again. Revoked and expired tokens stay dead."]
    } else {
      []
    }
  }

  private func stopping(ink: Ink) -> [String] {
    let kinds: [(CredentialKind, String)] = [
      (.legacyKey, "legacy key"), (.password, "password client"), (.bearer, "Bearer token"),
    ]
    let parts = kinds.compactMap { kind, noun in
      impact.stopping[kind].flatMap { $0 > 0 ? counted($0, noun) : nil }
    }
    guard !parts.isEmpty else {
      return ["No credential stops.\(alreadyRefused)"]
    }
    let verb = impact.stops == 1 ? "stops" : "stop"
    return [
      "\(parts.joined(separator: ", ")) \(verb).\(alreadyRefused)", usage, owners, observation,
    ] + observed
      + credentials(ink: ink)
  }

  private var alreadyRefused: String {
    impact.alreadyRefused == 0
      ? "" : " Beside, \(grouped(impact.alreadyRefused)) are refused already for another reason."
  }

  private var usage: String {
    let window = shift.from.properties.usageWindow
    return """
      In use: \(grouped(impact.usedWithinDay)) within 24h, \(grouped(impact.usedWithinWeek)) within \
      7d, \(grouped(impact.usedWithinWindow)) within \(window); \(grouped(impact.unreviewed)) of \
      these without a review.
      """
  }

  private var owners: String {
    let more = impact.ownerCount - impact.owners.count
    let names = impact.owners.map(Printed.line).joined(separator: ", ")
    return "\(counted(impact.ownerCount, "owner")): \(names)"
      + (more > 0 ? " and \(grouped(more)) more" : "")
  }

  private var observation: String {
    guard let seconds = impact.observedSeconds else {
      return "No traffic has been watched yet: nothing is known about what is in use."
    }
    return "Known from \(span(seconds)) of traffic: a monthly job may not have called yet."
  }

  /// What observing the level showed, or how to begin.
  private var observed: [String] {
    let level = shift.to.level
    guard shift.isRaise else { return [] }
    guard let observed = impact.observed else {
      return ["Not observed: `gatehouse level observe \(level.rawValue)` shows who calls."]
    }
    let found =
      observed.callers == 0
      ? "nothing would have been refused"
      : counted(observed.callers, "caller") + " would have been refused, "
        + counted(Int(observed.requests), "request")
    return ["\(level.name) is observed for \(span(observed.seconds)): \(found)."]
  }

  private func credentials(ink: Ink) -> [String] {
    var table = Table(
      [
        Column<StoppingCredential>("Stops") { Cell($0.kind.name) },
        Column("") { Cell($0.label) },
        Column("Owner") { Cell($0.owner) },
        Column("Last used") { Cell($0.lastUsedAt.map(clock.minute) ?? "never seen") },
        Column("Client") { Cell($0.client ?? "-") },
        Column("Review") { Cell($0.review.words) },
      ], ink: ink)
    let more = impact.stops - impact.first.count
    return table.lines(impact.first) + (more > 0 ? ["and \(grouped(more)) more"] : [])
  }
}

/// What somebody who raises the level makes sure of first; `--confirm` stands for having done so.
struct Considerations {
  let impact: Impact
  /// How long until the revision takes itself back; nil stays.
  let within: FiniteLifetime?
  let clock: Clock

  var lines: [String] {
    guard impact.change.isRaise else { return [] }
    let level = impact.change.to.level
    let items = level == .maximum ? maximum : high
    return ["--confirm \(level.rawValue) says that you have made sure of this:"]
      + items.enumerated().map { "  \($0.offset + 1). \($0.element)" }
      + ["This command line does not use the API. You can always come back here and undo."]
  }

  private var traffic: String { impact.observedSeconds.map(span) ?? "0s" }

  private var high: [String] {
    [
      "Every program in this list has a token, or may stop.",
      "Their owners know the hour.",
      "Jobs that run monthly or yearly are not in \(traffic) of traffic. Ask.",
    ]
      + (within.map { ["Somebody is there for the next \($0) to keep it or let it go back."] } ?? [])
  }

  private var maximum: [String] {
    let use = impact.administratorUse
    let last = use.map { " Last: \(Printed.line($0.login)), \(clock.minute($0.at))." }
    return [
      "Every integration in use sends a Bearer token, tested against this site.",
      "Products that can only send a password are replaced, or may stop.",
      "Monthly and yearly jobs are known; \(traffic) of traffic would not show them.",
      "An administrator holds a token that worked today.\(last ?? " None has been seen.")",
      "Owners know the hour, and whom to call.",
    ]
  }
}
