import Access
import Glibc

/// Puts instants into words for people: in UTC unless `TZ` is set, the zone always named.
struct Clock: Sendable {
  private let zone: @Sendable (Instant) -> (secondsFromUTC: Int, name: String)

  static let utc = Clock { _ in (0, "UTC") }

  init(zone: @escaping @Sendable (Instant) -> (secondsFromUTC: Int, name: String)) {
    self.zone = zone
  }

  init(environment: (String) -> String?) {
    guard environment("TZ")?.isEmpty == false else {
      self = .utc
      return
    }
    tzset()
    self.init(zone: Self.systemZone)
  }

  /// An instant to the minute, like `2026-11-23 14:31 UTC`.
  func minute(_ instant: Instant) -> String {
    let (offset, name) = zone(instant)
    let time = CivilTime(instant, secondsFromUTC: offset)
    return "\(time.date) \(time.hourAndMinute) \(name)"
  }

  /// An instant to the second, like `2026-11-23 14:31:07 UTC`.
  func second(_ instant: Instant) -> String {
    let (offset, name) = zone(instant)
    let time = CivilTime(instant, secondsFromUTC: offset)
    return "\(time.date) \(time.clock) \(name)"
  }

  @Sendable static func systemZone(_ instant: Instant) -> (secondsFromUTC: Int, name: String) {
    var seconds = time_t(instant.seconds)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return (0, "UTC") }
    let name = parts.tm_zone.flatMap { String(validatingCString: $0) }
    return (parts.tm_gmtoff, name.flatMap { $0.isEmpty ? nil : $0 } ?? "local")
  }
}

/// A span of seconds as people say it, its two largest units: `6d 4h`.
func span(_ seconds: Int64) -> String {
  let parts: [(Int64, String)] = [
    (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"),
    (seconds % 60, "s"),
  ]
  let shown = parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 != 0 }
  return shown.isEmpty ? "0s" : shown.map { "\($0.0)\($0.1)" }.joined(separator: " ")
}

/// `1 legacy key`, `3 legacy keys`.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}
