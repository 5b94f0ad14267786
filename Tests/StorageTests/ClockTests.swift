import Access
@testable import Storage
import Synchronization
import Testing

/// A boot clock that is moved by hand, of a host that can be started anew.
private final class TestBoot: Sendable {
  private let state = Mutex((elapsed: Int64(5_000), start: 1))

  var clock: BootClock {
    BootClock(
      elapsed: { self.state.withLock { $0.elapsed } },
      bootID: { "boot-\(self.state.withLock { $0.start })" })
  }

  func pass(minutes: Int64) { state.withLock { $0.elapsed += minutes * 60_000 } }

  /// The host starts again; its boot clock begins anew.
  func restart(elapsed: Int64 = 0) { state.withLock { $0 = (elapsed, $0.start + 1) } }
}

/// SPEC section 9: time does not run backwards for an end, and a leap ahead is not stored.
@Suite("The time that counts")
struct ClockTests {
  private let site: TestStore
  private let boot = TestBoot()
  private let store: Store

  init() throws {
    site = try TestStore()
    let clock = site.clock
    store = try Store.open(site.files, clock: { clock.now }, boot: boot.clock)
    try site.change(through: store) { _ in }
  }

  private var now: Instant { get throws { try store.read { try $0.now() } } }

  private func finding() throws -> Finding {
    try #require(try store.examine().first { $0.subject == "clock" })
  }

  /// Both clocks go on; the wall's may also leap.
  private func pass(minutes: Int64, leaping leap: Int64 = 0) {
    boot.pass(minutes: minutes)
    site.clock.set(site.clock.now.advanced(bySeconds: (minutes + leap) * 60))
  }

  @Test("is the clock's as long as both clocks go together, for days")
  func together() throws {
    for _ in 0..<50 {
      pass(minutes: 60)
      #expect(try now == site.clock.now)
      try site.change(through: store) { _ in }
    }
    #expect(try finding().isFine)
  }

  @Test("is the clock's after a step of up to an hour, and the boot clock's after a longer one")
  func leap() throws {
    pass(minutes: 10, leaping: 59)
    #expect(try now == site.clock.now)
    pass(minutes: 0, leaping: 2)
    #expect(try now == TestStore.start.advanced(bySeconds: 10 * 60))
    pass(minutes: 5)
    #expect(try now == TestStore.start.advanced(bySeconds: 15 * 60))
  }

  @Test("never stores what the clock said after a leap")
  func stored() throws {
    pass(minutes: 1, leaping: 10 * 365 * 24 * 60)
    try site.change(through: store) { #expect($0.now == TestStore.start.advanced(bySeconds: 60)) }
    #expect(try site.audit().last?.at == TestStore.start.advanced(bySeconds: 60))
    let reader = try FactsReader(store)
    #expect(reader.now() == TestStore.start.advanced(bySeconds: 60))

    // Back in order, without anybody's doing.
    site.clock.set(TestStore.start.advanced(bySeconds: 120))
    boot.pass(minutes: 1)
    #expect(try now == site.clock.now)
    #expect(try finding().isFine)
  }

  @Test("an end does not come early by a leap, nor back by a clock set back")
  func deadline() throws {
    let base = try store.read { try $0.standing().current.revision.number }
    try site.revise(
      .bearer(.high), deadline: TestStore.start.advanced(bySeconds: 600), through: store)
    pass(minutes: 1, leaping: 120)
    #expect(try store.read { try $0.standing().current.revision.number } == base + 1)
    pass(minutes: 10)
    #expect(try store.read { try $0.standing().current.revision.number } == base)
    try site.change(through: store) { _ in }
    site.clock.set(TestStore.start)
    #expect(try store.read { try $0.standing().current.revision.number } == base)
  }

  @Test("another start of the host says nothing of this one")
  func restarted() throws {
    boot.restart(elapsed: 10_000)
    site.clock.set(TestStore.start.advanced(bySeconds: 40 * 24 * 3600))
    #expect(try now == site.clock.now)
    try site.change(through: store) { _ in }
    pass(minutes: 1, leaping: 90)
    #expect(try now == site.clock.now.advanced(bySeconds: -90 * 60), "the new start was noted")
  }

  @Test("a clock that begins behind what is stored is not noted: setting it right is no leap")
  func flatBattery() throws {
    boot.restart()
    site.clock.set(Instant(milliseconds: 0))
    try site.change(through: store) { #expect($0.now == TestStore.start) }
    site.clock.set(TestStore.start.advanced(bySeconds: 3 * 3600))
    #expect(try now == site.clock.now)
  }

  @Test("the doctor names a leap, and accepts it on request, audited")
  func accept() throws {
    #expect(try !store.acceptClock(by: site.mira), "nothing speaks against it")
    pass(minutes: 1, leaping: 180)
    let found = try finding()
    #expect(!found.isFine)
    #expect(found.detail.contains("180 minutes"))
    #expect(found.remedy?.contains("doctor --clock") == true)

    #expect(try store.acceptClock(by: site.mira))
    let row = try #require(try site.audit().last)
    #expect(row.action == "clock.accept")
    #expect(row.at == site.clock.now)
    #expect(row.before == TestStore.start.advanced(bySeconds: 60).rfc3339)
    #expect(row.after == site.clock.now.rfc3339)
    #expect(try now == site.clock.now)
    #expect(try finding().isFine)
    pass(minutes: 3)
    #expect(try now == site.clock.now)
  }

  @Test("a time stored too far ahead is named, and taken back on request")
  func tooFar() throws {
    boot.restart()
    site.clock.set(TestStore.start.advanced(bySeconds: 365 * 24 * 3600))
    try site.change(through: store) { _ in }
    site.clock.set(TestStore.start)
    #expect(try now == TestStore.start.advanced(bySeconds: 365 * 24 * 3600))
    #expect(try !finding().isFine)
    #expect(try store.acceptClock(by: site.mira))
    #expect(try now == TestStore.start)
    #expect(try finding().isFine)
  }

  @Test("the system's boot clock goes forward and knows its start")
  func system() {
    let first = BootClock.system.elapsed()
    #expect(first > 0)
    #expect(BootClock.system.elapsed() >= first)
    #expect(BootClock.system.bootID().count == 36)
  }
}
