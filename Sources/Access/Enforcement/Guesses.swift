/// Wrong passwords for one login from one network, and what they have led to.
///
/// Ten within ten minutes close it for a minute, and each further ten for twice as long, up to a
/// quarter of an hour. A right password changes nothing: somebody who shares a network with the
/// owner could otherwise go on guessing between the owner's requests.
package struct Guesses: Hashable, Sendable {
  package static let limit = 10
  package static let window = FiniteLifetime.minutes(10)
  /// Seconds.
  package static let firstDelay: Int64 = 60
  package static let longestDelay: Int64 = 900

  /// Wrong ones since ``since``, or since the last delay began.
  package var failures: Int
  package var since: Instant
  /// Refused before this instant.
  package var delayedUntil: Instant
  /// Seconds of the latest delay; 0 where there was none.
  package var delay: Int64

  package init(
    failures: Int = 0, since: Instant, delayedUntil: Instant = Instant(milliseconds: 0),
    delay: Int64 = 0
  ) {
    self.failures = failures
    self.since = since
    self.delayedUntil = delayedUntil
    self.delay = delay
  }

  /// Seconds until another try is looked at, rounded up; nil where it is at once.
  package func remainingDelay(at now: Instant) -> Int64? {
    guard now < delayedUntil else { return nil }
    let whole = delayedUntil.seconds(since: now)
    return now.advanced(bySeconds: whole) < delayedUntil ? whole + 1 : whole
  }

  package mutating func fail(at now: Instant) {
    if now >= since + Self.window {
      failures = 0
      since = now
    }
    failures += 1
    guard failures >= Self.limit else { return }
    delay = delay == 0 ? Self.firstDelay : min(delay * 2, Self.longestDelay)
    delayedUntil = now.advanced(bySeconds: delay)
    failures = 0
    since = delayedUntil
  }

  /// Whether it has been quiet for so long that nothing of it matters any more.
  package func isForgotten(at now: Instant) -> Bool {
    now >= since + Self.window && now >= delayedUntil.advanced(bySeconds: Self.longestDelay)
  }
}

/// Whose password is guessed, and from where.
package struct GuessedLogin: Hashable, Sendable {
  /// As it was presented, folded; no account need have it.
  package let login: String
  /// The /24 or /64 the request came from; empty where that is unknown.
  package let network: String

  package init(login: String, source: IPAddress?) {
    self.init(login: login, network: source?.neighbourhood ?? "")
  }

  package init(login: String, network: String) {
    self.login = login
    self.network = network
  }
}

extension IPAddress {
  /// The network that counts as one guesser: the /24 of IPv4, the /64 of IPv6.
  package var neighbourhood: String {
    let kept = isVersion4 ? 3 : 8
    let masked = bytes.prefix(kept) + Array(repeating: 0, count: bytes.count - kept)
    return "\(IPAddress(bytes: Array(masked)))/\(kept * 8)"
  }
}
