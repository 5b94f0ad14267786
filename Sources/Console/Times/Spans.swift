package import Access
package import TerminalKit

// Spans of time as people read them. An instant on the wrong side of now counts as now.
extension Instant {
  /// How long ago it was: `just now`, `8 s ago`, `4 min ago`, `2 h ago`, `310 d ago`.
  package func ago(_ now: Instant) -> SafeText {
    now.seconds(since: self) < 1 ? "just now" : age(now) + " ago"
  }

  /// How long ago it was, without the word: `8 s`, `4 min`.
  package func age(_ now: Instant) -> SafeText {
    let seconds = max(now.seconds(since: self), 0)
    return switch seconds {
    case ..<60: .joined(seconds, " s")
    case ..<3600: .joined(seconds / 60, " min")
    case ..<(2 * 86_400): .joined(seconds / 3600, " h")
    default: .joined(seconds / 86_400, " d")
    }
  }

  /// How far ahead it is: `in 50m`, `in 8h`, `in 12d`.
  package func ahead(_ now: Instant) -> SafeText {
    let seconds = max(seconds(since: now), 0)
    return switch seconds {
    case ..<60: "in " + .joined(seconds, "s")
    case ..<3600: "in " + .joined(seconds / 60, "m")
    case ..<(2 * 86_400): "in " + .joined(seconds / 3600, "h")
    default: "in " + .joined(seconds / 86_400, "d")
    }
  }

  /// The time left as a clock runs down: `06:12`, from an hour on `1:06:12`.
  package func countdown(_ now: Instant) -> SafeText {
    let milliseconds = max(self.milliseconds &- now.milliseconds, 0)
    // Rounded up, so that 00:00 is shown only when it is over.
    let seconds = self > now ? (milliseconds &+ 999) / 1000 : 0
    let minutes = "\(Self.two(seconds / 60 % 60)):\(Self.two(seconds % 60))"
    return seconds < 3600 ? SafeText(minutes) : SafeText("\(seconds / 3600):\(minutes)")
  }

  private static func two(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}

extension Instant? {
  /// How long ago it was, or `never`.
  package func ago(_ now: Instant, never: SafeText = "never") -> SafeText {
    map { $0.ago(now) } ?? never
  }

  /// How far ahead it is, `ended` where it has come, or `never`.
  package func ends(_ now: Instant) -> SafeText {
    map { $0 > now ? $0.ahead(now) : "ended" } ?? "never"
  }
}

extension SafeText {
  /// A number and its unit, without an interpolation for each cell of a long list.
  fileprivate static func joined(_ number: Int64, _ unit: SafeText) -> SafeText {
    SafeText(String(number)) + unit
  }

  /// Observed time in its two largest units: `6d 4h`, `4h 10m`, `50m`.
  package static func span(seconds: Int64) -> SafeText {
    let units: [(Int64, String)] = [(86_400, "d"), (3600, "h"), (60, "m")]
    let seconds = max(seconds, 0)
    guard let first = units.firstIndex(where: { seconds >= $0.0 }) else { return "\(seconds)s" }
    var rest = seconds
    let parts: [String] = units[first...].prefix(2).compactMap { length, letter in
      let count = rest / length
      rest %= length
      return count > 0 ? "\(count)\(letter)" : nil
    }
    return SafeText(parts.joined(separator: " "))
  }

  /// A number with a comma between each three digits: `1,204`.
  package static func count(_ number: some BinaryInteger) -> SafeText {
    let digits = Array(String(number.magnitude).utf8)
    var text: [UInt8] = number < 0 ? [UInt8(ascii: "-")] : []
    for index in digits.indices {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
      text.append(digits[index])
    }
    return SafeText(String(decoding: text, as: UTF8.self))
  }

  /// A count with its noun: `1 token`, `1,204 tokens`.
  package static func count(_ number: Int, _ one: String, _ many: String? = nil) -> SafeText {
    .count(number) + " " + SafeText(number == 1 ? one : many ?? one + "s")
  }
}
