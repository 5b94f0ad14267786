/// A span of whole seconds, at least one.
package struct FiniteLifetime: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let seconds: Int64

  /// The longest span that can be written: one hundred years.
  package static let longest = FiniteLifetime(unchecked: 100 * 365 * 86_400)

  package init?(seconds: Int64) {
    guard seconds > 0, seconds <= Self.longest.seconds else { return nil }
    self.seconds = seconds
  }

  private init(unchecked seconds: Int64) {
    self.seconds = seconds
  }

  package static func minutes(_ count: UInt16) -> Self {
    .init(unchecked: max(1, Int64(count)) * 60)
  }
  package static func hours(_ count: UInt16) -> Self {
    .init(unchecked: max(1, Int64(count)) * 3600)
  }
  package static func days(_ count: UInt16) -> Self {
    .init(unchecked: min(max(1, Int64(count)) * 86_400, longest.seconds))
  }
  package static let year = FiniteLifetime(unchecked: 365 * 86_400)

  /// Reads `15m 8h 30d 12w 1y`; 1y is 365 days.
  package init(parsing text: String) throws(LifetimeError) {
    let bytes = Array(text.utf8)
    guard let unit = bytes.last.flatMap({ byte in Self.units.first { $0.letter == byte } }),
      let count = decimal(bytes.dropLast())
    else { throw .unreadable(text) }
    let (seconds, overflow) = count.multipliedReportingOverflow(by: unit.seconds)
    guard !overflow, let lifetime = FiniteLifetime(seconds: seconds) else {
      throw .outOfRange(text)
    }
    self = lifetime
  }

  /// The span in the largest unit that holds it whole: `90d`, `36h`, `1y`; seconds as `90s`.
  package var description: String {
    // Weeks are read but not written: 30d beside 4w would make two spans hard to compare.
    for unit in Self.units where unit.isWritten && seconds % unit.seconds == 0 {
      return "\(seconds / unit.seconds)\(Character(UnicodeScalar(unit.letter)))"
    }
    return "\(seconds)s"
  }

  package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

  private static let units: [(letter: UInt8, seconds: Int64, isWritten: Bool)] = [
    (UInt8(ascii: "y"), 365 * 86_400, true), (UInt8(ascii: "w"), 7 * 86_400, false),
    (UInt8(ascii: "d"), 86_400, true), (UInt8(ascii: "h"), 3600, true),
    (UInt8(ascii: "m"), 60, true), (UInt8(ascii: "s"), 1, false),
  ]
}

/// How long a token may live: a span, or for ever.
package enum Lifetime: Hashable, Comparable, Sendable, CustomStringConvertible {
  case finite(FiniteLifetime)
  case unlimited

  /// Reads `15m 8h 30d 12w 1y unlimited`.
  package init(parsing text: String) throws(LifetimeError) {
    self = text == "unlimited" ? .unlimited : .finite(try FiniteLifetime(parsing: text))
  }

  package static func days(_ count: UInt16) -> Self { .finite(.days(count)) }
  package static let year = Lifetime.finite(.year)

  package var finite: FiniteLifetime? {
    if case .finite(let span) = self { span } else { nil }
  }

  /// When what begins at `start` ends; nil is never.
  package func end(from start: Instant) -> Instant? {
    finite.map { start + $0 }
  }

  package var description: String {
    switch self {
    case .finite(let span): span.description
    case .unlimited: "unlimited"
    }
  }
}

/// Why a text is not a lifetime.
package enum LifetimeError: Failure, Equatable {
  case unreadable(String)
  case outOfRange(String)

  package var description: String {
    switch self {
    case .unreadable(let text):
      "“\(Visible.text(text))” is not a lifetime. Write a number and a unit, like 15m, 8h, 30d, 12w, 1y, or unlimited."
    case .outOfRange(let text):
      "“\(Visible.text(text))” is out of range. A lifetime is at least one second and at most 100y."
    }
  }
}
