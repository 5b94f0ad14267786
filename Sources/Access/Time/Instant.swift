import Glibc

/// A point in time, counted in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Integers rather than `Date`: what is stored, compared, signed and shown is then the same value
/// on every path, and no formatter is needed to show it.
package struct Instant: Hashable, Comparable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// The instant `seconds` after 1970 began; out of range becomes the nearest representable one.
  package init(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    milliseconds = overflow ? (seconds < 0 ? .min : .max) : product
  }

  /// What the system's clock says; the one thing here that is not the same twice.
  package static var current: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// Whole seconds since 1970, rounded towards the past: the `NumericDate` of RFC 7519 §2.
  package var seconds: Int64 {
    milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0)
  }

  /// This instant moved by whole seconds; saturates at the ends of the representable range.
  package func advanced(bySeconds seconds: Int64) -> Instant {
    let (delta, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    guard !overflow else { return Instant(milliseconds: seconds < 0 ? .min : .max) }
    let (sum, overflows) = milliseconds.addingReportingOverflow(delta)
    return Instant(milliseconds: overflows ? (seconds < 0 ? .min : .max) : sum)
  }

  /// Whole seconds from `earlier` to this instant, negative if it is later; saturates.
  package func seconds(since earlier: Instant) -> Int64 {
    let (difference, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
    return overflow ? (self < earlier ? .min : .max) : difference / 1000
  }

  package static func + (instant: Self, lifetime: FiniteLifetime) -> Instant {
    instant.advanced(bySeconds: lifetime.seconds)
  }

  package static func - (instant: Self, lifetime: FiniteLifetime) -> Instant {
    instant.advanced(bySeconds: -lifetime.seconds)
  }
}

// MARK: - RFC 3339

extension Instant {
  /// The instant as RFC 3339 in UTC with milliseconds: `2026-11-23T14:31:00.000Z`.
  package var rfc3339: String {
    let parts = CivilTime(self)
    return "\(parts.date)T\(parts.clock).\(padded(parts.millisecond, 3))Z"
  }

  /// Reads RFC 3339 (`2026-11-23T14:31:00Z`, with fraction or offset) or a date (its first moment).
  ///
  /// Years 1970 to 9999. A fraction beyond milliseconds is cut.
  package init?(parsing text: String) {
    let bytes = Array(text.utf8)
    guard let date = CivilDate(parsing: String(decoding: bytes.prefix(10), as: UTF8.self)) else {
      return nil
    }
    guard bytes.count > 10 else {
      self = date.start
      return
    }
    guard bytes.count >= 20,
      [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")]
        .contains(bytes[10]),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = decimal(bytes[11..<13]), hour < 24, let minute = decimal(bytes[14..<16]),
      minute < 60, let second = decimal(bytes[17..<19]), second < 61
    else { return nil }
    var rest = bytes[19...]
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !digits.isEmpty, let value = decimal((digits + [48, 48, 48]).prefix(3)) else {
        return nil
      }
      fraction = value
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = Self.offset(rest) else { return nil }
    let seconds = hour * 3600 + minute * 60 + min(second, 59) - offset
    self.init(milliseconds: date.start.milliseconds + seconds * 1000 + fraction)
  }

  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let bytes = Array(bytes)
    if bytes == [UInt8(ascii: "Z")] || bytes == [UInt8(ascii: "z")] { return 0 }
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
      let hours = decimal(bytes[1..<3]), hours < 24, let minutes = decimal(bytes[4..<6]),
      minutes < 60
    else { return nil }
    switch bytes[0] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }
}

/// The value of ASCII digits, or nil where there is anything else, or nothing.
func decimal(_ digits: some Collection<UInt8>) -> Int64? {
  guard !digits.isEmpty, digits.count <= 18 else { return nil }
  var value: Int64 = 0
  for digit in digits {
    guard (48...57).contains(digit) else { return nil }
    value = value * 10 + Int64(digit - 48)
  }
  return value
}

/// `number` in decimal with leading zeros up to `width` digits.
func padded(_ number: some BinaryInteger, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
