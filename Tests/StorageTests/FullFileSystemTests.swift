import Access
import Foundation
import Glibc
@testable import Storage
import Testing

@Suite("A full file system")
struct FullFileSystemTests {
  @Test(
    "D02 of 1 MiB refuses the change and says so, is read on, and written once there is room",
    .enabled(if: SmallDisk.isAllowed, "needs the right to mount a tmpfs"))
  func tmpfs() throws {
    let disk = try #require(SmallDisk())
    let files = SiteFiles(database: disk.folder + "/gatehouse.db")
    let mira = Actor(account: nil, login: "mira", through: .command, source: "os:mira")
    let clock: @Sendable () -> Instant = { TestStore.start }
    try Store.create(
      files, siteID: "s", first: Policy(), by: mira,
      administrator: try account("mira", roles: ["site-administrator"]), clock: clock)
    let store = try Store.open(files, clock: clock)
    func add(_ number: Int) throws {
      try store.write(by: mira) { transaction in
        try transaction.insert(try account("user-\(number)"))
        return Recorded(
          (), AuditEvent("account.add", target: "user-\(number)", after: filling))
      }
    }
    func total() throws -> Int? {
      try store.read { snapshot in
        try snapshot.accounts(
          PageRequest(filter: AccountFilter(), sort: .login, limit: 1), under: Policy()
        ).total
      }
    }

    try disk.fill(leaving: 120_000)
    var kept = 0
    let error = #expect(throws: StoreError.self) {
      while kept < 1000 {
        try add(kept)
        kept += 1
      }
    }

    #expect(error == .full(files.database), "\(String(describing: error))")
    #expect(kept > 0)
    #expect(try total() == kept + 1)
    let other = try Store.open(files, clock: clock)
    #expect(try other.read { try $0.standing().policy } == Policy())

    disk.makeRoom()
    #expect(throws: Never.self) { try add(kept) }
    #expect(try total() == kept + 2)
    #expect(try store.examine().filter { !$0.isFine } == [])
  }

  private let filling = String(repeating: "x", count: 2000)
}

/// A file system of 1 MiB in memory, gone when nobody refers to it.
private final class SmallDisk {
  static let isAllowed = SmallDisk() != nil

  let folder = NSTemporaryDirectory() + "gatehouse-disk-" + UUID().uuidString
  private var ballast: String { folder + "/ballast" }

  init?() {
    guard mkdir(folder, 0o700) == 0 else { return nil }
    guard mount("tmpfs", folder, "tmpfs", 0, "size=1m,mode=0700") == 0 else {
      rmdir(folder)
      return nil
    }
  }

  deinit {
    // Detached at once, though a connection may still be open.
    umount2(folder, 2)
    rmdir(folder)
  }

  /// Takes up all but so many bytes.
  func fill(leaving bytes: Int) throws {
    var status = statvfs()
    try #require(statvfs(folder, &status) == 0)
    let free = Int(status.f_bavail) * Int(status.f_bsize)
    try Data(count: max(0, free - bytes)).write(to: URL(filePath: ballast))
  }

  func makeRoom() { unlink(ballast) }
}
