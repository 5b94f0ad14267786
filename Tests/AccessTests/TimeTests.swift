import Access
import Testing

@Suite("An instant")
struct InstantTests {
  @Test(
    "is read from RFC 3339 and written in UTC with milliseconds",
    arguments: [
      ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
      ("1970-01-01", "1970-01-01T00:00:00.000Z"),
      ("2026-11-23T14:31:00Z", "2026-11-23T14:31:00.000Z"),
      ("2026-11-23t14:31:00z", "2026-11-23T14:31:00.000Z"),
      ("2026-11-23 14:31:00.5Z", "2026-11-23T14:31:00.500Z"),
      ("2026-11-23T14:31:00.0019999Z", "2026-11-23T14:31:00.001Z"),
      ("2026-11-23T00:30:00+01:00", "2026-11-22T23:30:00.000Z"),
      ("2026-12-31T23:30:00-00:30", "2027-01-01T00:00:00.000Z"),
      ("2028-02-29T23:59:59.999Z", "2028-02-29T23:59:59.999Z"),
      ("2000-02-29", "2000-02-29T00:00:00.000Z"),
      ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"),
      ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
    ])
  func valid(text: String, written: String) throws {
    let instant = try #require(Instant(parsing: text))
    #expect(instant.rfc3339 == written)
    #expect(Instant(parsing: written) == instant)
  }

  @Test(
    "is not read from anything else",
    arguments: [
      "", "now", "2026", "2026-11", "2026-11-31", "2027-02-29", "2100-02-29", "2026-00-01",
      "2026-13-01", "2026-01-00", "1969-12-31", "26-11-23", "2026-11-23T14:31Z",
      "2026-11-23T14:31:00", "2026-11-23T24:00:00Z", "2026-11-23T14:60:00Z",
      "2026-11-23T14:31:61Z", "2026-11-23T14:31:00.Z", "2026-11-23T14:31:00+1:00",
      "2026-11-23T14:31:00+24:00", "2026-11-23T14:31:00Z ", "2026-11-23T14:31:00ZZ",
      "2026-11-23X14:31:00Z", "+026-11-23", "２026-11-2", "99999-01-01",
    ])
  func invalid(text: String) {
    #expect(Instant(parsing: text) == nil)
  }

  @Test("stays within its range, however far it is moved")
  func saturation() {
    let last = Instant(milliseconds: .max)
    let first = Instant(milliseconds: .min)
    #expect(last.advanced(bySeconds: 1) == last)
    #expect(first.advanced(bySeconds: -1) == first)
    #expect(noon.advanced(bySeconds: .max) == last)
    #expect(noon.advanced(bySeconds: .min) == first)
    #expect(Instant(seconds: .max) == last)
    #expect(Instant(seconds: .min) == first)
    #expect(last.seconds(since: first) == .max)
    #expect(first.seconds(since: last) == .min)
    for edge in [first, last] {
      #expect(!edge.rfc3339.isEmpty)
      #expect((edge.seconds < 0) == (edge < noon))
    }
  }

  @Test("counts whole seconds towards the past")
  func seconds() {
    let cases: [(Int64, Int64)] = [
      (0, 0), (999, 0), (1000, 1), (-1, -1), (-999, -1), (-1000, -1), (-1001, -2),
    ]
    for (milliseconds, seconds) in cases {
      #expect(Instant(milliseconds: milliseconds).seconds == seconds)
    }
  }
}

@Suite("A day of the calendar")
struct CivilDateTests {
  @Test("follows the one before, for four hundred years and back before 1970")
  func everyDay() throws {
    var expected = (year: 1899, month: 12, day: 31)
    for days in -25_568...120_530 as ClosedRange<Int64> {
      let date = CivilDate(daysSince1970: days)
      let isRight =
        date.year == expected.year && date.month == expected.month && date.day == expected.day
        && date.daysSince1970 == days
      if !isRight {
        Issue.record("\(date) is not \(expected)")
        return
      }
      expected = Self.dayAfter(expected)
    }
    #expect(expected.year == 2300 && expected.month == 1)
  }

  @Test("ends where the next begins, over leap days and new years too")
  func ends() throws {
    for (day, next) in [
      ("2028-02-28", "2028-02-29"), ("2028-02-29", "2028-03-01"), ("2027-02-28", "2027-03-01"),
      ("2026-12-31", "2027-01-01"), ("2100-02-28", "2100-03-01"),
    ] {
      let date = CivilDate.sample(day)
      #expect(date.end == CivilDate.sample(next).start)
      #expect(date < CivilDate.sample(next))
      #expect(CivilDate(of: date.start) == date)
      #expect(CivilDate(of: date.end.justBefore) == date)
      #expect(CivilDate(of: date.end).description == next)
    }
  }

  @Test("and time of day are those of the place they are shown for")
  func zones() throws {
    let instant = try #require(Instant(parsing: "2027-12-31T23:30:05.007Z"))
    let east = CivilTime(instant, secondsFromUTC: 3600)
    #expect("\(east.date) \(east.clock)" == "2028-01-01 00:30:05")
    let west = CivilTime(instant, secondsFromUTC: -12_600)
    #expect("\(west.date) \(west.hourAndMinute)" == "2027-12-31 20:00")
    #expect(west.millisecond == 7)

    let before = CivilTime(Instant(milliseconds: -1))
    #expect("\(before.date) \(before.clock) \(before.millisecond)" == "1969-12-31 23:59:59 999")
  }

  private static func dayAfter(
    _ date: (year: Int, month: Int, day: Int)
  ) -> (year: Int, month: Int, day: Int) {
    let isLeap =
      date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if date.day < lengths[date.month - 1] { return (date.year, date.month, date.day + 1) }
    return date.month == 12 ? (date.year + 1, 1, 1) : (date.year, date.month + 1, 1)
  }
}
