import Access
import Dispatch
import Foundation
import GRDB
@testable import Storage
import Testing

@Suite("Two processes on one database")
struct LockTests {
  let site: TestStore

  init() throws { site = try TestStore() }

  @Test("D04 tell a writer after its patience that another holds the lock, while reading goes on")
  func busy() throws {
    let other = try site.opened(patience: .milliseconds(30))
    try held { () throws in
      let error = #expect(throws: StoreError.self) { try site.change(through: other) { _ in } }
      #expect(error == .busy(site.files.lock))
      #expect(error?.exitCode == .busy)
      #expect(
        error?.description
          == "Another process has held \(site.files.lock) for 5 seconds. "
          + "Nothing was changed; try again.")
      #expect(throws: StoreError.busy(site.files.lock)) {
        try other.record([Usage(.password(Identifier("mira-id")), at: TestStore.start)])
      }

      #expect(try other.read { try $0.standing().policy } == Policy())
      #expect(try other.read { try $0.account(login: try Login(parsing: "mira")) } != nil)
      #expect(try other.examine().allSatisfy(\.isFine))
    }
    #expect(try site.audit().count == 1)

    #expect(throws: Never.self) { try site.change(through: other) { _ in } }
    #expect(try site.audit().count == 2)
  }

  @Test(
    "D04 are truly two: a lock of another program's counts as well",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func otherProcess() throws {
    let other = try site.opened(patience: .milliseconds(30))
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/python3")
    holder.arguments = [
      "-c",
      "import fcntl, sys; f = open(sys.argv[1], 'r+'); fcntl.lockf(f, fcntl.LOCK_EX);"
        + "print('held', flush=True); sys.stdin.read()",
      site.files.lock,
    ]
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    #expect(!output.fileHandleForReading.availableData.isEmpty)

    #expect(throws: StoreError.busy(site.files.lock)) {
      try site.change(through: other) { _ in }
    }
    #expect(try other.read { try $0.epoch() } == site.epoch())

    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    #expect(throws: Never.self) { try site.change(through: other) { _ in } }
  }

  @Test("D04 tell of a tool that holds SQLite's own lock without asking for ours")
  func foreignTool() throws {
    let other = try site.opened(patience: .milliseconds(30))
    try site.raw { (db) throws in
      try db.execute(sql: "BEGIN IMMEDIATE")
      #expect(throws: StoreError.busy(site.files.database)) {
        try site.change(through: other) { _ in }
      }
      #expect(try other.read { try $0.standing().policy } == Policy())
      try db.execute(sql: "ROLLBACK")
    }
    #expect(throws: Never.self) { try site.change(through: other) { _ in } }
  }

  @Test("wait for each other, and none of their changes is lost")
  func queue() throws {
    let doors = try (0..<4).map { _ in try site.opened() }
    let outcomes = concurrently(
      doors.enumerated().map { door, store in
        {
          for number in 0..<25 {
            try site.change(through: store) { transaction in
              try transaction.insert(try account("a-\(door)-\(number)"))
            }
          }
        }
      })

    #expect(outcomes.allSatisfy { $0 == nil })
    let rows = try site.audit()
    #expect(rows.map(\.seq) == Array(1...101))
    let checkpoints = try String(contentsOfFile: site.files.checkpoints, encoding: .utf8)
    #expect(
      checkpoints == rows.map { "\($0.seq) \($0.hash) \($0.at.rfc3339)\n" }.joined())
    #expect(try site.store.examine().allSatisfy(\.isFine))
  }

  @Test("do not let the second of two revisions with one base pass, and let a new base pass")
  func base() throws {
    let other = try site.opened()
    let (first, second) = (Policy.bearer(.standard), Policy.bearer(.high))
    try site.revise(first, base: 1)
    #expect(throws: StoreError.rule("the revision is not based on the one in force")) {
      try site.revise(second, base: 1, through: other)
    }
    #expect(try other.read { try $0.standing().policy } == first)
    #expect(try site.audit().map(\.action) == ["site.init", "test.revise"])
    #expect(try site.revise(second, base: 2, through: other) == 3)
    #expect(try site.policy() == second)
  }

  @Test("each see what the other has committed, in one snapshot at a time")
  func snapshots() throws {
    let other = try site.opened()
    try site.store.read { snapshot in
      let before = try snapshot.epoch()
      try site.change(through: other) { try $0.insert(try account("bob")) }
      #expect(try snapshot.account(login: try Login(parsing: "bob")) == nil)
      #expect(try snapshot.epoch() == before)
    }
    #expect(try site.store.read { try $0.account(login: try Login(parsing: "bob")) } != nil)
  }

  @Test("tell the end of a revision once, whoever looks first, by the system")
  func lapse() throws {
    try site.revise(.bearer(.standard), deadline: TestStore.start + .minutes(10))
    let doors = try (0..<4).map { _ in try site.opened() }
    site.clock.advance(.minutes(10))
    let outcomes = concurrently(
      doors.map { store in { try site.change(through: store) { _ in } } })

    #expect(outcomes.allSatisfy { $0 == nil })
    let rows = try site.audit()
    #expect(
      rows.map(\.action)
        == ["site.init", "test.revise", "revision.lapse"]
        + Array(repeating: "test.change", count: 4))
    let lapse = try #require(rows.dropFirst(2).first)
    #expect(lapse.actor == "system")
    #expect(lapse.target == "revision 2")
    #expect(lapse.before == "pending until 2026-11-23T14:41:00.000Z")
  }

  /// Runs `body` while another holds the write lock.
  private func held(_ body: () throws -> Void) throws {
    let (isHeld, mayGo) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let path = site.files.lock
    let thread = Thread {
      try? WriteLock(path: path).withLock {
        isHeld.signal()
        mayGo.wait()
      }
      isHeld.signal()
    }
    thread.start()
    isHeld.wait()
    defer {
      mayGo.signal()
      isHeld.wait()
    }
    try body()
  }
}
