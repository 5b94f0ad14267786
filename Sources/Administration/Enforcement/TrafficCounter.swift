import Access
import Storage
import Synchronization

/// Counts requests of one event loop in memory until they are written.
final class TrafficCounter: Sendable {
  /// How many credentials the loop remembers.
  let remembered = Atomic(0)
  private let tally = Mutex(TrafficTally())

  func count(_ credential: Usage.Credential, login: Login, _ attempt: Attempt, at now: Instant) {
    tally.withLock { $0.count(credential, login: login, attempt, at: now) }
  }

  func count(_ refused: RefusedRequests) { tally.withLock { $0.count(refused) } }

  /// Hands out what was counted, and begins anew.
  func collect() -> TrafficTally {
    tally.withLock { tally in
      defer { tally = TrafficTally() }
      return tally
    }
  }
}

/// Requests by credential and by refusal; bounded, whatever comes.
struct TrafficTally {
  /// Beyond this many, more credentials and addresses are not counted until the next flush.
  static let limit = 100_000

  private struct UsageKey: Hashable {
    let credential: Usage.Credential
    let day: Int64
  }

  private struct RefusalKey: Hashable {
    let ledger: RefusedRequests.Ledger
    let group: RefusalGroup
    let slot: Int64

    init(_ refused: RefusedRequests) {
      (ledger, group, slot) = (refused.ledger, refused.group, refused.slot)
    }
  }

  private struct Use {
    var at: Instant
    var source: IPAddress?
    var agent: String?
    var count: Int64
  }

  private struct Accepted {
    let credential: Usage.Credential
    let login: Login
    let at: Instant

    /// Named as refusals name it.
    var caller: String {
      switch credential {
      case .token(let id): RefusalGroup.caller(id)
      case .legacyKey(let id): RefusalGroup.caller(id)
      case .password: RefusalGroup.caller(login)
      }
    }
  }

  var isEmpty: Bool { uses.isEmpty && refusals.isEmpty && accepted.isEmpty }

  private var uses: [UsageKey: Use] = [:]
  private var refusals: [RefusalKey: RefusedRequests] = [:]
  /// What went beyond the limit of groups.
  private var others: [RefusalKey: RefusedRequests] = [:]
  private var accepted: [IPAddress: Accepted] = [:]

  mutating func count(
    _ credential: Usage.Credential, login: Login, _ attempt: Attempt, at now: Instant
  ) {
    let key = UsageKey(credential: credential, day: now.milliseconds / 86_400_000)
    add(
      Use(at: now, source: attempt.request.source, agent: attempt.agent, count: 1), for: key)
    guard let source = attempt.request.source else { return }
    add(Accepted(credential: credential, login: login, at: now), from: source)
  }

  mutating func count(_ refused: RefusedRequests) { add(refused) }

  /// Adds what another counted.
  mutating func merge(_ other: TrafficTally) {
    guard !isEmpty else {
      self = other
      return
    }
    for (key, use) in other.uses { add(use, for: key) }
    for refused in other.refusals.values { add(refused) }
    for refused in other.others.values { Self.add(refused, to: &others) }
    for (source, acceptance) in other.accepted { add(acceptance, from: source) }
  }

  var traffic: Traffic {
    Traffic(
      usages: uses.map { key, use in
        Usage(
          key.credential, at: use.at, source: use.source?.description, agent: use.agent,
          count: use.count)
      },
      refusals: Array(refusals.values) + others.values,
      acceptances: accepted.map { source, acceptance in
        Traffic.Acceptance(
          source: source.description, caller: acceptance.caller, at: acceptance.at)
      })
  }

  private mutating func add(_ use: Use, for key: UsageKey) {
    if var known = uses[key] {
      let (sum, overflows) = known.count.addingReportingOverflow(use.count)
      known.count = overflows ? .max : sum
      if use.at >= known.at {
        (known.at, known.source, known.agent) = (use.at, use.source, use.agent)
      }
      uses[key] = known
    } else if uses.count < Self.limit {
      uses[key] = use
    }
  }

  private mutating func add(_ acceptance: Accepted, from source: IPAddress) {
    if let known = accepted[source] {
      if acceptance.at >= known.at { accepted[source] = acceptance }
    } else if accepted.count < Self.limit {
      accepted[source] = acceptance
    }
  }

  private mutating func add(_ refused: RefusedRequests) {
    guard refusals[RefusalKey(refused)] == nil, refusals.count >= RefusalGroup.limit else {
      return Self.add(refused, to: &refusals)
    }
    Self.add(refused.counted(as: refused.group.others), to: &others)
  }

  private static func add(
    _ refused: RefusedRequests, to refusals: inout [RefusalKey: RefusedRequests]
  ) {
    let key = RefusalKey(refused)
    guard let known = refusals[key] else {
      refusals[key] = refused
      return
    }
    var latest = known.at > refused.at ? known : refused
    latest.firstAt = min(known.firstAt, refused.firstAt)
    let (sum, overflows) = known.count.addingReportingOverflow(refused.count)
    latest.count = overflows ? .max : sum
    refusals[key] = latest
  }
}
