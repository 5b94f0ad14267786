import Access
import Synchronization

/// The clock by which a made-up history is told: it stands still until it is moved.
final class SampleClock: Sendable {
  private let instant: Mutex<Instant>

  init(_ instant: Instant) {
    self.instant = Mutex(instant)
  }

  var now: Instant { instant.withLock { $0 } }

  /// Moves on to `later`; never back.
  func move(to later: Instant) {
    instant.withLock { $0 = max($0, later) }
  }
}
