package import Access

extension Secrets {
  /// How long a key has to be published before it signs: gateways cache the JWK Set as long.
  static let publication = FiniteLifetime.minutes(10)

  /// The next key becomes the current one, which from now on only verifies; a new next is made.
  ///
  /// - Throws: ``SecretsError/rotatedTooSoon(kid:until:)`` where gateways may not know the next
  ///   key yet. The two keys of a new site were published together, so its first is never that.
  package func rotated(at instant: Instant) throws -> Secrets {
    let earliest = next.createdAt + Self.publication
    guard instant >= earliest || next.createdAt <= current.createdAt else {
      throw SecretsError.rotatedTooSoon(kid: next.kid, until: earliest)
    }
    return succeeded(at: instant, leaving: .retiring)
  }

  /// Takes a key out of use at once: it neither signs nor is published any more.
  ///
  /// Where it is the current one the next takes over without delay, as no key is worse than one
  /// that some gateways fetch a few minutes late. Where it is the next one, another is made.
  ///
  /// - Throws: ``SecretsError/unknownKey(_:)`` or ``SecretsError/keyIsRetired(_:)``.
  package func retired(kid: String, at instant: Instant) throws -> Secrets {
    switch kid {
    case current.kid: return succeeded(at: instant, leaving: .retired)
    case next.kid:
      return Secrets(
        siteID: siteID, pepper: pepper, current: current, next: SigningPair(createdAt: instant),
        former: [next.listed(as: .retired)] + former)
    default:
      guard let key = former.first(where: { $0.kid == kid }) else {
        throw SecretsError.unknownKey(kid)
      }
      guard key.state != .retired else { throw SecretsError.keyIsRetired(kid) }
      return Secrets(
        siteID: siteID, pepper: pepper, current: current, next: next,
        former: former.map { $0.kid == kid ? $0.moved(to: .retired) : $0 })
    }
  }

  private func succeeded(at instant: Instant, leaving state: SigningKeyRow.State) -> Secrets {
    Secrets(
      siteID: siteID, pepper: pepper, current: next, next: SigningPair(createdAt: instant),
      former: [current.listed(as: state)] + former)
  }
}
