import Access
import GRDB

/// What the time is for a site: the host's clock, unless that cannot be.
///
/// Ends and deadlines must neither come back nor come early. So time never falls behind what is
/// stored; and where the clock has leapt ahead of the boot clock since both were noted, the boot
/// clock tells the time until somebody accepts the leap.
struct Timekeeping: Hashable, Sendable {
  /// Both clocks at one moment at which the time was trusted.
  struct Mark: Hashable, Sendable {
    let bootID: String
    /// Milliseconds since the host started.
    let elapsed: Int64
    let at: Instant
  }

  /// How far the clock may leap, and how old a mark may grow: an hour, in milliseconds.
  static let tolerance: Int64 = 3_600_000

  /// The latest instant that is stored.
  let latest: Instant
  /// The audit row that stores it; 0 where there is none.
  let lastChange: Int64
  let mark: Mark?

  /// The time that counts.
  func now(_ clock: () -> Instant, _ boot: BootClock?) -> Instant {
    let wall = clock()
    return max(leap(to: wall, boot)?.instead ?? wall, latest)
  }

  /// How far the clock is ahead of the boot clock, in milliseconds, and what the time is by that; nil
  /// where it is not, or cannot be known.
  func leap(to wall: Instant, _ boot: BootClock?) -> (by: Int64, instead: Instant)? {
    guard let boot, let mark else { return nil }
    let (passed, overflow) = boot.elapsed().subtractingReportingOverflow(mark.elapsed)
    guard !overflow, passed >= 0 else { return nil }
    let (expected, overflows) = mark.at.milliseconds.addingReportingOverflow(passed)
    let (by, isFar) = wall.milliseconds.subtractingReportingOverflow(expected)
    // Another start of the host says nothing of this one; its name is read only where it matters.
    guard !overflows, !isFar, by > Self.tolerance, boot.bootID() == mark.bootID else { return nil }
    return (by, Instant(milliseconds: expected))
  }

  /// What to note as the host's clocks now; nil where the mark still serves, or the clock is not to
  /// be trusted.
  func renewed(_ wall: Instant, _ boot: BootClock?) -> Mark? {
    guard wall >= latest, leap(to: wall, boot) == nil, let new = Self.mark(wall, boot) else {
      return nil
    }
    if let mark, mark.bootID == new.bootID, new.elapsed >= mark.elapsed,
      new.elapsed - mark.elapsed < Self.tolerance
    {
      return nil
    }
    return new
  }

  static func mark(_ wall: Instant, _ boot: BootClock?) -> Mark? {
    guard let boot, case let bootID = boot.bootID(), !bootID.isEmpty else { return nil }
    return Mark(bootID: bootID, elapsed: boot.elapsed(), at: wall)
  }
}

extension Timekeeping {
  init(_ db: Database) throws {
    let stored = try db.cachedStatement(
      sql: """
        SELECT at, seq, bootID, elapsed, markedAt
        FROM audit LEFT JOIN clock ORDER BY seq DESC LIMIT 1
        """)
    let row = try Row.fetchOne(stored)
    latest = Instant(milliseconds: row?[0] ?? .min)
    lastChange = row?[1] ?? 0
    mark = row.flatMap { row in
      guard let bootID: String = row[2], let elapsed: Int64 = row[3], let at: Int64 = row[4] else {
        return nil
      }
      return Mark(bootID: bootID, elapsed: elapsed, at: Instant(milliseconds: at))
    }
  }
}

extension Transaction {
  func note(_ mark: Timekeeping.Mark) throws {
    try db.execute(
      sql: """
        INSERT INTO clock (id, bootID, elapsed, markedAt) VALUES (1, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE
        SET bootID = excluded.bootID, elapsed = excluded.elapsed, markedAt = excluded.markedAt
        """,
      arguments: [mark.bootID, mark.elapsed, mark.at.milliseconds])
  }
}
