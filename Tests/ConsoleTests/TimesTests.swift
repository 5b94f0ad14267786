import Access
import Console
import TerminalKit
import Testing

@Suite("Times on the screen")
struct TimesTests {
  private let now = SampleSite.start

  @Test(
    "are ages in one unit",
    arguments: [
      (0, "just now"), (1, "1 s ago"), (59, "59 s ago"), (60, "1 min ago"), (3599, "59 min ago"),
      (3600, "1 h ago"), (2 * 86_400 - 1, "47 h ago"), (2 * 86_400, "2 d ago"),
      (310 * 86_400, "310 d ago"), (-5, "just now"),
    ] as [(Int64, String)])
  func ages(seconds: Int64, text: String) {
    #expect(now.advanced(bySeconds: -seconds).ago(now).string == text)
  }

  @Test(
    "count down to nothing, and no further",
    arguments: [
      (372_000, "06:12"), (371_001, "06:12"), (1, "00:01"), (0, "00:00"), (-1, "00:00"),
      (3_600_000, "1:00:00"), (86_400_000, "24:00:00"), (.max, "00:00"),
    ] as [(Int64, String)])
  func countdown(milliseconds: Int64, text: String) {
    let end = Instant(milliseconds: now.milliseconds &+ milliseconds)
    #expect(end.countdown(now).string == text)
  }

  @Test("say of an end that it has come, or that there is none")
  func ends() {
    #expect(Instant?.some(now).ends(now) == "ended")
    #expect(Instant?.some(now.advanced(bySeconds: 1)).ends(now) == "in 1s")
    #expect(Instant?.none.ends(now) == "never")
  }

  @Test(
    "are spans in their two largest units",
    arguments: [
      (0, "0s"), (59, "59s"), (60, "1m"), (3600, "1h"), (3660, "1h 1m"), (86_400, "1d"),
      (6 * 86_400 + 4 * 3600 + 59, "6d 4h"), (86_400 + 60, "1d"),
    ] as [(Int64, String)])
  func spans(seconds: Int64, text: String) {
    #expect(SafeText.span(seconds: seconds).string == text)
  }

  @Test("follow the zone's change of offset, and name it")
  func zone() throws {
    let zone = Zone(
      .init(from: Instant(milliseconds: 0), secondsFromUTC: 3600, name: "CET"),
      then: [
        .init(
          from: try #require(Instant(parsing: "2026-03-29T01:00:00Z")), secondsFromUTC: 7200,
          name: "CEST")
      ])
    let before = try #require(Instant(parsing: "2026-03-29T00:59:59Z"))

    #expect(zone.second(before) == "2026-03-29 01:59:59 CET")
    #expect(zone.second(before.advanced(bySeconds: 1)) == "2026-03-29 03:00:00 CEST")
    #expect(Zone.utc.minute(now) == "2026-11-23 14:31 UTC")
  }

  @Test(
    "are counted with commas",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    ])
  func counts(number: Int, text: String) {
    #expect(SafeText.count(number).string == text)
  }
}

@Suite("A word of a command line")
struct CommandWordTests {
  @Test(
    "is quoted only where the shell would read it otherwise",
    arguments: [
      ("ci-deploy", "ci-deploy"), ("", "''"), ("two words", "'two words'"),
      ("it's", #"'it'\''s'"#), ("$(reboot)", "'$(reboot)'"), ("10.2.0.0/24", "10.2.0.0/24"),
      ("ü", "'ü'"), ("~", "'~'"),
    ])
  func quoting(text: String, word: String) {
    #expect(text.asCommandWord == word)
  }
}
