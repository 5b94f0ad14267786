import Access

/// How Northwind came to be as it is: dated steps through the door everybody uses.
///
/// Days count back from the present; nothing happens on day 0 but requests.
struct SampleStory {
  /// How many days ago the site was made.
  static let beginning = 120

  let desk: SampleDesk
  let clock: SampleClock
  let present: Instant
  var generator: SplitMix64
  /// The tokens of the pilot.
  var tokens: [SampleToken] = []
  private var steps: [(at: Instant, act: () throws -> Void)] = []

  init(desk: SampleDesk, clock: SampleClock, present: Instant, generator: SplitMix64) {
    self.desk = desk
    self.clock = clock
    self.present = present
    self.generator = generator
  }

  var cast: SampleCast { desk.cast }

  /// `minutes` after midnight UTC so many days ago.
  static func instant(_ daysAgo: Int, _ minutes: Int, before present: Instant) -> Instant {
    let today = CivilDate(of: present).start
    return today.advanced(bySeconds: Int64(minutes * 60 - daysAgo * 86_400))
  }

  func instant(_ daysAgo: Int, _ minutes: Int) -> Instant {
    Self.instant(daysAgo, minutes, before: present)
  }

  /// Lets something happen at a time of day, so many days ago.
  mutating func on(_ daysAgo: Int, at hour: Int, _ minute: Int, _ act: @escaping () throws -> Void)
  {
    steps.append((instant(daysAgo, hour * 60 + minute), act))
  }

  /// Lets something happen at an instant.
  mutating func at(_ instant: Instant, _ act: @escaping () throws -> Void) {
    steps.append((instant, act))
  }

  /// Lets something happen at some time of a working day.
  mutating func on(_ daysAgo: Int, _ act: @escaping () throws -> Void) {
    let hour = Int.random(in: 11...16, using: &generator)
    on(daysAgo, at: hour, Int.random(in: 0...59, using: &generator), act)
  }

  /// Lets everything happen in order of time, and ends in the present.
  func tell() throws {
    let inOrder = steps.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }
    for (_, step) in inOrder {
      clock.move(to: step.at)
      try step.act()
    }
    clock.move(to: present)
  }
}
