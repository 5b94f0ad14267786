import Access
import Foundation
import GRDB
@testable import Storage
import Synchronization
import Testing

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
  private let instant: Mutex<Instant>

  init(_ instant: Instant) { self.instant = Mutex(instant) }

  var now: Instant { instant.withLock { $0 } }

  func advance(_ lifetime: FiniteLifetime) { instant.withLock { $0 = $0 + lifetime } }

  func set(_ instant: Instant) { self.instant.withLock { $0 = instant } }
}

/// A database of its own in a folder of its own, whose first administrator is `mira`.
final class TestStore: Sendable {
  /// The instant 2026-11-23T14:31:00Z.
  static let start = Instant(milliseconds: 1_795_444_260_000)

  let folder: String
  let files: SiteFiles
  let clock: TestClock
  let store: Store
  let mira: Actor

  init(first policy: Policy = Policy()) throws {
    folder = NSTemporaryDirectory() + "gatehouse-store-" + UUID().uuidString
    files = SiteFiles(database: folder + "/gatehouse.db")
    let clock = TestClock(Self.start)
    self.clock = clock
    let account = Account(
      id: Identifier("mira-id"), login: try Login(parsing: "mira"), name: "Mira Ståhl",
      roles: [Role.siteAdministrator.id])
    mira = Actor(account: account.id, login: "mira", through: .console, source: "os:mira")
    try files.makeFolder()
    try Store.create(
      files, siteID: "site-1", first: policy, by: mira, administrator: account,
      clock: { clock.now })
    store = try Store.open(files, clock: { clock.now })
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The same database as another process would open it.
  func opened(
    readOnly: Bool = false, patience: Duration = WriteLock.patience
  ) throws -> Store {
    let clock = clock
    return try Store.open(files, readOnly: readOnly, patience: patience, clock: { clock.now })
  }

  /// A change that the audit knows as `test.change`.
  func change(
    through store: Store? = nil, _ body: (Transaction) throws -> Void
  ) throws {
    try (store ?? self.store).write(by: mira) { transaction in
      try body(transaction)
      return Recorded((), AuditEvent("test.change", target: "test"))
    }
  }

  @discardableResult
  func revise(
    _ policy: Policy, base: Int? = nil, deadline: Instant? = nil, through store: Store? = nil
  ) throws -> Int {
    try (store ?? self.store).write(by: mira) { transaction in
      let inForce = try transaction.snapshot.standing().current.revision.number
      let number = try transaction.insertRevision(
        policy, base: base ?? inForce, author: try Login(parsing: "mira"), reason: "",
        summary: "test", deadline: deadline)
      return Recorded(number, AuditEvent("test.revise", target: "revision \(number)"))
    }
  }

  func policy() throws -> Policy { try store.read { try $0.standing().policy } }

  func epoch() throws -> Int64 { try store.read { try $0.epoch() } }

  /// The whole audit, oldest first.
  func audit() throws -> [AuditRow] {
    try store.read { try $0.audit(PageRequest(filter: AuditFilter(), sort: .seq)).rows }
  }

  /// Whether the database file is all of it.
  var isInOneFile: Bool {
    ["-wal", "-shm"].allSatisfy { !FileManager.default.fileExists(atPath: files.database + $0) }
  }

  /// What a plain connection makes of some SQL: the schema alone stands in its way.
  func raw<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let queue = try DatabaseQueue(path: files.database)
    defer { try? queue.close() }
    return try queue.writeWithoutTransaction(body)
  }
}

extension Policy {
  /// The default policy with a change made in place.
  static func made(_ change: (inout Policy) -> Void) -> Policy {
    var policy = Policy()
    change(&policy)
    return policy
  }

  /// Mode `bearer` at a level.
  static func bearer(_ level: SecurityLevel) -> Policy {
    made {
      $0.properties.enableLegacyAPIKey = false
      $0.properties.emulateLegacyAPIKey = true
      $0.level = level
    }
  }
}

/// Runs each on a thread of its own; nil for those that did not throw.
func concurrently(_ bodies: [@Sendable () throws -> Void]) -> [(any Error)?] {
  let outcomes = Mutex<[(any Error)?]>(Array(repeating: nil, count: bodies.count))
  DispatchQueue.concurrentPerform(iterations: bodies.count) { index in
    do { try bodies[index]() } catch { outcomes.withLock { $0[index] = error } }
  }
  return outcomes.withLock { $0 }
}

/// Random numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// True once in `count` times.
  mutating func once(in count: Int) -> Bool { below(count) == 0 }
}
