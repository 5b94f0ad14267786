import Access
import GRDB
@testable import Storage
import Testing

@Suite("A full disk")
struct FullDiskTests {
  let site: TestStore

  init() throws { site = try TestStore() }

  @Test("D02 refuses the change and says so; reading goes on, and writing once there is room")
  func full() throws {
    try site.change { try $0.insert(try account("before")) }
    let epoch = try site.epoch()
    let audit = try site.audit()
    try setRoom(0)

    let error = #expect(throws: StoreError.self) { try grow(1000) }
    #expect(error == .full(site.files.database))
    #expect(error?.exitCode == .refused)
    #expect(
      error?.description
        == "The disk that holds \(site.files.database) is full. "
        + "Nothing was changed; make room and try again.")

    #expect(try site.epoch() == epoch)
    #expect(try site.audit() == audit)
    #expect(try accounts() == 2)
    #expect(try site.store.examine().allSatisfy(\.isFine))

    try setRoom(10_000)
    #expect(throws: Never.self) { try grow(1000) }
    #expect(try accounts() == 1002)
    #expect(try site.audit().count == audit.count + 1)
    #expect(try site.store.examine().allSatisfy(\.isFine))
  }

  @Test("D02 loses nothing that was kept before it filled up, nor half a change")
  func filling() throws {
    try setRoom(40)
    var kept = 1
    do {
      while kept < 1000 {
        try grow(10, from: kept)
        kept += 10
      }
    } catch StoreError.full {
    }
    #expect(kept > 1)
    #expect(kept < 1000)
    #expect(try accounts() == kept)
    #expect(try site.audit().count == 1 + (kept - 1) / 10)

    let other = try site.opened()
    #expect(try other.read { try $0.accounts(everybody, under: Policy()).total } == kept)
    #expect(throws: Never.self) { try grow(10, from: kept, through: other) }
  }

  @Test("D02 counts no request either, and says so")
  func usage() throws {
    try setRoom(0)
    let usages = (0..<5000).map { number in
      Usage(.legacyKey(Identifier("key-\(number)")), at: TestStore.start)
    }
    #expect(throws: StoreError.full(site.files.database)) { try site.store.record(usages) }
    let counted = try site.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM usage") }
    #expect(counted == 0)
  }

  private let everybody = PageRequest(filter: AccountFilter(), sort: AccountSort.login, limit: 1)

  private func accounts() throws -> Int? {
    try site.store.read { try $0.accounts(everybody, under: Policy()).total }
  }

  private func grow(_ count: Int, from first: Int = 1, through store: Store? = nil) throws {
    try site.change(through: store) { transaction in
      for number in first..<first + count {
        try transaction.insert(try account("filling-the-disk-\(number)"))
      }
    }
  }

  /// Lets the writer's file grow by this many pages: SQLite then answers as it does to ENOSPC.
  private func setRoom(_ pages: Int) throws {
    try site.store.writer().writeWithoutTransaction { db in
      let count = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(count + pages)")
    }
  }
}
