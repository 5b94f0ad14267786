/// Which lifetimes a token may be given at High and Maximum, and how long it may lie unused.
package struct ExpirationPolicy: Hashable, Sendable {
  /// Ascending, without repetition; only these can be chosen, and `unlimited` where allowed.
  package var offered: [FiniteLifetime]
  package var defaultLifetime: FiniteLifetime
  package var maximum: FiniteLifetime
  package var allowsUnlimited: Bool
  /// A token unused this long is suspended; nil is never.
  package var idleLimit: FiniteLifetime?
  /// Maxima tighter than the general one; the tightest of an account's roles holds.
  package var roleMaxima: [Identifier<Role>: FiniteLifetime]

  package init(
    offered: [FiniteLifetime] = [.days(7), .days(30), .days(90)],
    default defaultLifetime: FiniteLifetime = .days(30), maximum: FiniteLifetime = .days(90),
    allowsUnlimited: Bool = false, idleLimit: FiniteLifetime? = nil,
    roleMaxima: [Identifier<Role>: FiniteLifetime] = [:]
  ) {
    self.offered = Set(offered).sorted()
    self.defaultLifetime = defaultLifetime
    self.maximum = maximum
    self.allowsUnlimited = allowsUnlimited
    self.idleLimit = idleLimit
    self.roleMaxima = roleMaxima
  }

  /// The lifetimes offered at Standard, where no policy applies.
  package static let standard: [Lifetime] = [.days(30), .days(90), .year, .unlimited]

  /// Checks that the members do not contradict each other; the field at fault is named.
  package func validate() throws(ExpirationError) {
    guard !offered.isEmpty else { throw .nothingOffered }
    if let first = offered.first(where: { $0 > maximum }) {
      throw .offeredBeyondMaximum(first, maximum: maximum)
    }
    guard offered.contains(defaultLifetime) else {
      throw .defaultNotOffered(defaultLifetime, offered: offered)
    }
    for (role, limit) in roleMaxima.sorted(by: { $0.key < $1.key }) where limit > maximum {
      throw .roleBeyondMaximum(role, limit, maximum: maximum)
    }
  }

  /// The longest lifetime an account with these roles may have, `unlimited` left aside.
  package func maximum(for roles: some Sequence<Identifier<Role>>) -> FiniteLifetime {
    roles.compactMap { roleMaxima[$0] }.min().map { min($0, maximum) } ?? maximum
  }
}

/// What somebody may choose from when making a token.
package struct LifetimeChoice: Hashable, Sendable {
  /// Ascending; `unlimited` last where it is allowed.
  package let offered: [Lifetime]
  package let defaultLifetime: Lifetime
  /// The longest one this account may have.
  package let maximum: Lifetime
  /// Whether the maximum comes from one of the account's roles.
  package let isLimitedByRole: Bool
  /// A token unused this long sleeps; nil is never.
  package let idleLimit: FiniteLifetime?

  /// The lifetime asked for, or the default.
  ///
  /// - Throws: ``ExpirationError`` naming the maximum, or what is offered.
  package func resolve(_ requested: Lifetime?) throws(ExpirationError) -> Lifetime {
    guard let requested else { return defaultLifetime }
    if offered.contains(requested) { return requested }
    if requested == .unlimited { throw .unlimitedNotAllowed(maximum: maximum) }
    if requested > maximum { throw .beyondMaximum(requested, maximum: maximum) }
    throw .notOffered(requested, offered: offered)
  }
}

extension Policy {
  /// The lifetimes an account with these roles may choose from.
  ///
  /// A role's maximum below everything offered is itself offered, so that nobody is left without
  /// a choice.
  package func lifetimes(for roles: some Sequence<Identifier<Role>>) -> LifetimeChoice {
    guard level > .standard else {
      return LifetimeChoice(
        offered: ExpirationPolicy.standard, defaultLifetime: .days(90), maximum: .unlimited,
        isLimitedByRole: false, idleLimit: nil)
    }
    let limit = expiration.maximum(for: roles)
    let isLimitedByRole = limit < expiration.maximum
    var offered = expiration.offered.filter { $0 <= limit }
    if isLimitedByRole, offered.last != limit { offered.append(limit) }
    let unlimited = expiration.allowsUnlimited && !isLimitedByRole
    return LifetimeChoice(
      offered: offered.map(Lifetime.finite) + (unlimited ? [.unlimited] : []),
      defaultLifetime: .finite(min(expiration.defaultLifetime, limit)),
      maximum: unlimited ? .unlimited : .finite(limit), isLimitedByRole: isLimitedByRole,
      idleLimit: expiration.idleLimit)
  }

  /// The idle limit in force: none at Standard or outside `bearer`.
  package var idleLimit: FiniteLifetime? {
    mode == .bearer && level > .standard ? expiration.idleLimit : nil
  }

  /// The longest lifetime this policy lets any account have; nil at Standard.
  package var tokenMaximum: Lifetime? {
    guard mode == .bearer, level > .standard else { return nil }
    return expiration.allowsUnlimited ? .unlimited : .finite(expiration.maximum)
  }
}

/// What happens to tokens that outlive a new maximum.
package enum ExistingTokens: Hashable, Sendable {
  case keep
  /// Ended over this many days, those first that end first, at most ``share(of:over:endingOn:)`` on
  /// each.
  case spread(days: Int)
  case at(Instant)
  case now

  /// How many of `count` tokens a spread ends on one day at the most: an equal share, or as many as it
  /// takes for none to be left for a day by which it has ended of itself.
  ///
  /// `endingOn` is how many end of themselves on each day from now, 1 being the next 24 hours; those
  /// without an end are in `count` alone.
  package static func share(of count: Int, over days: Int, endingOn: [Int: Int]) -> Int {
    let days = max(days, 1)
    var ended = 0
    let early = endingOn.sorted { $0.key < $1.key }.prefix { $0.key < days }.map { day, count in
      ended += count
      return perDay(ended, max(day, 1))
    }
    return max(perDay(max(count, 0), days), early.max() ?? 0)
  }

  private static func perDay(_ count: Int, _ days: Int) -> Int {
    count / days + (count % days == 0 ? 0 : 1)
  }

  /// How many of tokens end of themselves on each day from `now`, 1 being the next 24 hours.
  package static func endings(of ends: [Instant?], from now: Instant) -> [Int: Int] {
    ends.reduce(into: [:]) { days, end in
      guard let end else { return }
      days[Int(clamping: (end.seconds(since: now) + 86_399) / 86_400), default: 0] += 1
    }
  }
}

/// Why an expiration policy, or a lifetime under it, is refused.
package enum ExpirationError: Failure, Equatable {
  case nothingOffered
  case offeredBeyondMaximum(FiniteLifetime, maximum: FiniteLifetime)
  case defaultNotOffered(FiniteLifetime, offered: [FiniteLifetime])
  case roleBeyondMaximum(Identifier<Role>, FiniteLifetime, maximum: FiniteLifetime)
  case unlimitedNotAllowed(maximum: Lifetime)
  case beyondMaximum(Lifetime, maximum: Lifetime)
  case notOffered(Lifetime, offered: [Lifetime])

  package var description: String {
    switch self {
    case .nothingOffered: "Offered: no lifetime is left to choose. Offer at least one, like 30d."
    case .offeredBeyondMaximum(let offer, let maximum):
      "Offered: \(offer) is longer than the maximum of \(maximum). Raise the maximum or leave it out."
    case .defaultNotOffered(let value, let offered):
      "Default: \(value) is not offered. Choose one of \(Self.list(offered))."
    case .roleBeyondMaximum(let role, let limit, let maximum):
      "Maximum of role \(role): \(limit) is longer than the general maximum of \(maximum)."
    case .unlimitedNotAllowed(let maximum):
      "Unlimited tokens are switched off by the expiration policy. The longest is \(maximum)."
    case .beyondMaximum(let lifetime, let maximum):
      "\(lifetime) is longer than the \(maximum) this account may have."
    case .notOffered(let lifetime, let offered):
      "\(lifetime) is not offered here. Choose one of \(Self.list(offered))."
    }
  }

  private static func list(_ lifetimes: [some CustomStringConvertible]) -> String {
    lifetimes.map(\.description).joined(separator: ", ")
  }
}
