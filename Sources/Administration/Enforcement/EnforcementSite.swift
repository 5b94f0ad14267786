import Access
import Credentials
import Storage
import Synchronization

/// What the gate's event loops share: the site, its secrets, and what is being counted.
package final class EnforcementSite: Sendable {
  let administration: Administration
  let secrets: Secrets
  let desk: PasswordDesk
  /// Counts what gateways ask by introspection.
  let introspections = TrafficCounter()
  /// Answers 200 to everything and records what would have been refused.
  package let observesOnly: Bool
  private let identity: FileIdentity?
  private let traffic = Mutex(Waiting())

  private struct Waiting {
    var counters: [TrafficCounter] = []
    /// What could not be written, and what loops that are gone had counted.
    var tally = TrafficTally()
    var lastFlush: Instant?
  }

  /// - Throws: a ``Failure`` where database and secrets cannot be used together, or the database is
  ///   older than its checkpoints.
  package convenience init(_ administration: Administration, observesOnly: Bool = false) throws {
    try self.init(administration, observesOnly: observesOnly, arithmetic: .make())
  }

  init(
    _ administration: Administration, observesOnly: Bool = false,
    arithmetic: PasswordDesk.Arithmetic
  ) throws {
    self.administration = administration
    self.observesOnly = observesOnly
    identity = administration.files.identity
    secrets = try administration.secrets()
    let guesses = try FactsReader(administration.store).read { try $0.guesses() }
    desk = PasswordDesk(guesses: guesses, arithmetic: arithmetic)
    add(introspections)
  }

  var store: Store { administration.store }

  /// Writes what was counted since the last call, in one transaction; nothing where nothing was.
  ///
  /// May wait for another process's lock: never on an event loop. What could not be written is kept
  /// for the next call; a copy that is only read keeps nothing.
  package func flush() throws {
    let counted = traffic.withLock { waiting in
      defer { waiting.tally = TrafficTally() }
      for counter in waiting.counters { waiting.tally.merge(counter.collect()) }
      return waiting.tally
    }
    let now = store.now
    let guesses = desk.collect(at: now)
    guard !store.isCopy, !counted.isEmpty || !guesses.isEmpty else { return }
    do {
      try look()
      var traffic = counted.traffic
      traffic.guesses = guesses
      try store.record(traffic)
    } catch {
      traffic.withLock { $0.tally.merge(counted) }
      desk.keep(guesses)
      throw error
    }
    traffic.withLock { $0.lastFlush = now }
  }

  /// Whether other files are where the database was; then this process must leave (69).
  ///
  /// Never of a copy that is only read: whatever keeps it current may replace it.
  package var isReplaced: Bool {
    guard !store.isCopy, let current = administration.files.identity else { return false }
    return current != identity
  }

  /// - Throws: ``StoreError/replaced(_:)`` where the database is gone or another.
  func look() throws {
    guard !store.isCopy, administration.files.identity != identity else { return }
    throw StoreError.replaced(administration.files.database)
  }

  /// Whether requests can be judged: the database readable, the secrets usable.
  ///
  /// May block.
  package func readiness() -> Readiness {
    do {
      try look()
      try FactsReader(store).read { _ = try $0.standing() }
      guard try administration.secrets().siteID == secrets.siteID else {
        throw SiteError.secretsOfAnotherSite(administration.files.secrets)
      }
      return .ready
    } catch {
      return .unready("\(error)")
    }
  }

  /// What `/metrics` tells beside what the service itself counts.
  ///
  /// May block.
  package func figures() -> EnforcementFigures {
    var figures = EnforcementFigures()
    traffic.withLock { waiting in
      figures.remembered = waiting.counters.reduce(0) {
        $0 + $1.remembered.load(ordering: .relaxed)
      }
      figures.lastFlush = waiting.lastFlush
    }
    if store.isCopy { figures.lagSeconds = lag }
    figures.expiringTokens = try? FactsReader(store).read { snapshot in
      try snapshot.expiringTokens(under: snapshot.standing().policy)
    }
    return figures
  }

  /// Seconds since the copy was last brought up to date, as far as that can be seen.
  private var lag: Double? {
    let audited = (try? FactsReader(store).ground())?.latest
    guard let last = [audited, administration.files.lastWrite].compactMap({ $0 }).max() else {
      return nil
    }
    return max(0, Double(store.now.milliseconds - last.milliseconds) / 1000)
  }

  func add(_ counter: TrafficCounter) { traffic.withLock { $0.counters.append(counter) } }

  /// Takes over what a loop that ends has counted.
  func remove(_ counter: TrafficCounter) {
    traffic.withLock { waiting in
      waiting.counters.removeAll { $0 === counter }
      waiting.tally.merge(counter.collect())
    }
  }
}
