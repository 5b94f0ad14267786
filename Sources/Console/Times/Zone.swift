package import Access
package import TerminalKit

/// The time zone in which instants are shown: one offset, or several that follow each other.
///
/// The offsets are given, so that showing a time needs neither a clock nor the system's tables.
package struct Zone: Hashable, Sendable {
  /// An offset and the name it is shown by, from some instant on.
  package struct Offset: Hashable, Sendable {
    package let start: Instant
    package let secondsFromUTC: Int
    /// As it stands behind a time: `UTC`, `CET`, `+02`.
    package let name: String

    package init(from start: Instant, secondsFromUTC: Int, name: String) {
      self.start = start
      self.secondsFromUTC = secondsFromUTC
      self.name = name
    }
  }

  private let first: Offset
  /// Ascending.
  private let later: [Offset]

  /// Before the second of `offsets` begins, the first one holds, however early that is.
  package init(_ first: Offset, then later: [Offset] = []) {
    self.first = first
    self.later = later.sorted { $0.start < $1.start }
  }

  package static let utc = Zone(
    Offset(from: Instant(milliseconds: 0), secondsFromUTC: 0, name: "UTC"))

  private func offset(at instant: Instant) -> Offset {
    later.last { $0.start <= instant } ?? first
  }

  private func civil(_ instant: Instant) -> CivilTime {
    CivilTime(instant, secondsFromUTC: offset(at: instant).secondsFromUTC)
  }

  /// The minute with its zone: `2026-11-23 14:31 UTC`.
  package func minute(_ instant: Instant) -> SafeText {
    let time = civil(instant)
    return SafeText("\(time.date) \(time.hourAndMinute) \(offset(at: instant).name)")
  }

  /// The second with its zone: `2026-11-23 14:31:09 UTC`.
  package func second(_ instant: Instant) -> SafeText {
    let time = civil(instant)
    return SafeText("\(time.date) \(time.clock) \(offset(at: instant).name)")
  }

  /// The time of day with its zone: `14:31 UTC`.
  package func clock(_ instant: Instant) -> SafeText {
    SafeText("\(civil(instant).hourAndMinute) \(offset(at: instant).name)")
  }

  /// The day alone: `2026-11-23`.
  package func day(_ instant: Instant) -> SafeText { SafeText("\(civil(instant).date)") }

  /// `14:31` today, else `2026-11-23 14:31`.
  package func brief(_ instant: Instant, now: Instant) -> SafeText {
    let time = civil(instant)
    return time.date == civil(now).date
      ? SafeText(time.hourAndMinute) : SafeText("\(time.date) \(time.hourAndMinute)")
  }
}
