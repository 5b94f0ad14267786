import Access

/// What one event loop counts for `/metrics`.
struct Meter: Sendable {
  /// Upper bounds of the histogram of latencies, in microseconds; the last bucket has none.
  static let bounds: [Int64] = [
    10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000,
  ]

  private(set) var decisions: [Decided: Int] = [:]
  private(set) var buckets = [Int](repeating: 0, count: bounds.count + 1)
  private(set) var microseconds: Int64 = 0
  private(set) var unavailable = 0
  var connections = 0

  struct Decided: Hashable, Sendable {
    /// nil is allowed.
    let refusal: Refusal?
    let kind: CredentialKind?
  }

  mutating func count(_ decision: Decision, microseconds elapsed: Int64) {
    decisions[Decided(refusal: decision.refusal, kind: decision.kind), default: 0] += 1
    count(elapsed)
  }

  mutating func countUnavailable(microseconds elapsed: Int64) {
    unavailable += 1
    count(elapsed)
  }

  private mutating func count(_ elapsed: Int64) {
    microseconds += elapsed
    buckets[Self.bounds.firstIndex { elapsed <= $0 } ?? Self.bounds.count] += 1
  }

  mutating func add(_ other: Meter) {
    decisions.merge(other.decisions, uniquingKeysWith: +)
    for (index, count) in other.buckets.enumerated() { buckets[index] += count }
    microseconds += other.microseconds
    unavailable += other.unavailable
    connections += other.connections
  }
}
