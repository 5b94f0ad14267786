/// A day of the Gregorian calendar.
package struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  /// The date counted in days since 1970-01-01; proleptic Gregorian.
  package init(daysSince1970 days: Int64) {
    // Eras of 400 years that begin on 1 March, so that the leap day ends its year.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
  }

  package init(of instant: Instant) {
    let milliseconds = instant.milliseconds
    let days = milliseconds / 86_400_000
    self.init(daysSince1970: milliseconds % 86_400_000 < 0 ? days - 1 : days)
  }

  /// Reads `YYYY-MM-DD`; years 1970 to 9999, and only days that exist.
  package init?(parsing text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = decimal(bytes[0..<4]), year >= 1970,
      let month = decimal(bytes[5..<7]), let day = decimal(bytes[8..<10])
    else { return nil }
    let candidate = CivilDate(year: Int(year), month: Int(month), day: Int(day))
    guard CivilDate(daysSince1970: candidate.daysSince1970) == candidate else { return nil }
    self = candidate
  }

  private init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  package var daysSince1970: Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The first moment of the day in UTC.
  package var start: Instant { Instant(milliseconds: daysSince1970 * 86_400_000) }

  /// The first moment of the next day in UTC: what lasts "to the end of that day" ends here.
  package var end: Instant { Instant(milliseconds: (daysSince1970 + 1) * 86_400_000) }

  package var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

  package static func < (left: Self, right: Self) -> Bool {
    left.daysSince1970 < right.daysSince1970
  }
}

/// An instant taken apart for showing, some seconds east of UTC.
package struct CivilTime: Hashable, Sendable {
  package let date: CivilDate
  package let hour: Int
  package let minute: Int
  package let second: Int
  package let millisecond: Int

  package init(_ instant: Instant, secondsFromUTC offset: Int = 0) {
    let local = instant.advanced(bySeconds: Int64(offset))
    date = CivilDate(of: local)
    let rest = local.milliseconds % 86_400_000
    let ofDay = rest < 0 ? rest + 86_400_000 : rest
    hour = Int(ofDay / 3_600_000)
    minute = Int(ofDay / 60_000 % 60)
    second = Int(ofDay / 1000 % 60)
    millisecond = Int(ofDay % 1000)
  }

  /// The time of day, like `14:31:00`.
  package var clock: String { "\(hourAndMinute):\(padded(second, 2))" }

  /// The time of day without seconds, like `14:31`.
  package var hourAndMinute: String { "\(padded(hour, 2)):\(padded(minute, 2))" }
}
