import Access

/// How far the migration is, counted again at most every few seconds: it goes through every warning.
struct ReadinessCount: Sendable {
  private(set) var readiness: Readiness?
  private var askedAt: Instant?

  /// Asks unless what was counted last is fresh.
  mutating func refresh(_ context: inout Context) {
    if let askedAt, context.now < askedAt.advanced(bySeconds: Readiness.freshSeconds) { return }
    restart(&context)
  }

  /// Asks in any case.
  mutating func restart(_ context: inout Context) {
    askedAt = context.now
    context.ask(.readiness, as: "readiness", .later)
  }

  /// Takes the answer; whatever else came is left alone.
  mutating func receive(_ reply: Reply) {
    if case .success(.readiness(let readiness)) = reply.result { self.readiness = readiness }
  }
}
