import Access
import Foundation
import GRDB
import Glibc
@testable import Storage
import Testing

@Suite("Opening a database")
struct OpeningTests {
  let site: TestStore
  var path: String { site.files.database }

  init() throws {
    site = try TestStore()
    // The file alone is the whole database, so that it can be cut and copied.
    try site.raw { db in _ = try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
  }

  @Test("for reading keeps few of its pages until more are wanted, and changes none of it")
  func reader() throws {
    let store = try Store.open(site.files, clock: { TestStore.start })
    func pages() throws -> Int? {
      try store.withReader { queue in
        try queue.snapshot { try Int.fetchOne($0, sql: "PRAGMA cache_size") }
      }
    }
    #expect(try pages() == 20)
    store.keepPages()
    #expect(try pages() == 200)
    try store.withReader { queue in
      let ofAnother = try pages()
      #expect(ofAnother == 200)
      #expect(throws: DatabaseError.self) {
        try queue.unsafeRead { try $0.execute(sql: "DELETE FROM accountRole") }
      }
    }
  }

  @Test("leaves the database file alone behind once the last has closed it, if one may write")
  func closing() throws {
    try site.store.close()
    #expect(site.isInOneFile)
    let first = try site.opened()
    let second = try site.opened()
    try first.close()
    #expect(!site.isInOneFile)
    try second.close()
    #expect(site.isInOneFile)

    var unclosed: Store? = try site.opened()
    #expect(try unclosed?.siteID == "site-1")
    #expect(!site.isInOneFile)
    unclosed = nil
    #expect(site.isInOneFile)

    try site.opened(readOnly: true).close()
    #expect(!site.isInOneFile)
  }

  @Test("D06 brings nothing into a database that is another program's")
  func foreignLog() throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = 7") }
    let other = SiteFiles(database: site.folder + "/other.db")
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: other.database + suffix)
    }
    let before = try Data(contentsOf: URL(filePath: other.database))

    #expect(try refusal(of: other) == .foreign(other.database))

    #expect(try Data(contentsOf: URL(filePath: other.database)) == before)
    let log = try Data(contentsOf: URL(filePath: path + "-wal"))
    #expect(try Data(contentsOf: URL(filePath: other.database + "-wal")) == log)
    #expect(!log.isEmpty)
  }

  @Test("says where none is, and how to make one")
  func missing() throws {
    let error = try refusal(of: SiteFiles(database: site.folder + "/other.db"))
    #expect(error == .missing(site.folder + "/other.db"))
    #expect(error.description.contains("`gatehouse init` makes one"))
    #expect(error.exitCode == .unusable)
  }

  @Test(
    "D03 refuses one that others can read, and says how to close it", arguments: [0o644, 0o660])
  func openToOthers(mode: UInt32) throws {
    chmod(path, mode)
    let error = try refusal()
    let text = "0" + String(mode, radix: 8)
    #expect(error == .unsafeFile(path, .openToOthers(mode: text)))
    #expect(
      error.description
        == "\(path) has mode \(text): others may read or change it. `chmod go= \(path)` closes it.")
    #expect(error.exitCode == .unusable)
  }

  @Test("D03 refuses a symbolic link, and something that is no file")
  func notAFile() throws {
    let link = SiteFiles(database: site.folder + "/link.db")
    try #require(symlink(path, link.database) == 0)
    #expect(try refusal(of: link) == .unsafeFile(link.database, .symbolicLink))
    let folder = SiteFiles(database: site.folder + "/folder.db")
    try #require(mkdir(folder.database, 0o700) == 0)
    #expect(try refusal(of: folder) == .unsafeFile(folder.database, .notAFile))
  }

  @Test(
    "D03 refuses another user's file", .enabled(if: geteuid() == 0, "only root can give it away"))
  func foreignOwner() throws {
    try #require(chown(path, 1, 1) == 0)
    let error = try refusal()
    #expect(error == .unsafeFile(path, .foreignOwner(1)))
    #expect(error.description.contains("belongs to user 1, not to you"))
  }

  @Test("D03 refuses to write a file that is read-only, and reads it all the same")
  func readOnlyFile() throws {
    chmod(path, 0o400)
    let error = try refusal()
    #expect(error == .unsafeFile(path, .notWritable))
    #expect(error.description.contains("gatehouse console --read-only"))
    #expect(try site.opened(readOnly: true).siteID == "site-1")
  }

  @Test("D03 refuses a folder that is read-only")
  func readOnlyFolder() throws {
    chmod(site.folder, 0o500)
    defer { chmod(site.folder, 0o700) }
    #expect(try refusal() == .unsafeFile(site.folder, .notWritable))
  }

  @Test(
    "D03 says why it cannot even read in a folder that is read-only",
    .enabled(if: geteuid() != 0, "the system refuses root nothing"))
  func unreadableFolder() throws {
    let copy = SiteFiles(database: site.folder + "/copy/gatehouse.db")
    try copy.makeFolder()
    try FileManager.default.copyItem(atPath: path, toPath: copy.database)
    chmod(copy.folder, 0o500)
    defer { chmod(copy.folder, 0o700) }
    #expect(try refusal(of: copy, readOnly: true) == .unopenable(copy.database))
  }

  @Test("D03 refuses a folder in which others may replace it, unless it is sticky")
  func openFolder() throws {
    chmod(site.folder, 0o770)
    #expect(try refusal() == .unsafeFile(site.folder, .openToOthers(mode: "0770")))
    chmod(site.folder, 0o1777)
    #expect(throws: Never.self) { try site.opened() }
  }

  @Test("D06 refuses a newer schema, says which it has and which it knows, and leaves it alone")
  func newer() throws {
    let newer = Schema.version + 1
    try site.raw { try $0.execute(sql: "PRAGMA user_version = \(newer)") }
    for readOnly in [false, true] {
      let error = try refusal(readOnly: readOnly)
      #expect(error == .newer(path, found: newer, known: Schema.version))
      #expect(error.description.contains("Use the newer Gatehouse that wrote it"))
    }
    #expect(try site.raw { try Int.fetchOne($0, sql: "PRAGMA user_version") } == newer)
  }

  @Test("D06 migrates an older schema, but not where it may only read")
  func older() throws {
    let old = SiteFiles(database: site.folder + "/old.db")
    let queue = try DatabaseQueue(path: old.database)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
    }
    try queue.close()
    chmod(old.database, 0o600)

    let error = try refusal(of: old, readOnly: true)
    #expect(error == .older(old.database, found: 0, known: Schema.version))
    #expect(error.description.contains("Open it once without --read-only"))

    let clock = site.clock
    let store = try Store.open(old, clock: { clock.now })
    let schema = try #require(try store.examine().first)
    #expect(schema.isFine)
    #expect(schema.detail == "version \(Schema.version) of \(Schema.version)")
    #expect(throws: Never.self) { try Store.open(old, readOnly: true, clock: { clock.now }) }
  }

  @Test("D06 refuses a database that is another program's")
  func foreign() throws {
    for id in [0, 7] {
      try site.raw { try $0.execute(sql: "PRAGMA application_id = \(id)") }
      let error = try refusal()
      #expect(error == .foreign(path))
      #expect(
        error.description == "\(path) is not a Gatehouse database. --database PATH names another.")
    }
  }

  @Test(
    "refuses what is no database at all",
    arguments: [[], Array("hello\n".utf8), Array(repeating: UInt8(ascii: "x"), count: 9000)])
  func noDatabase(bytes: [UInt8]) throws {
    let files = try copy(bytes)
    #expect(try refusal(of: files) == .foreign(files.database))
    #expect(try Array(Data(contentsOf: URL(filePath: files.database))) == bytes)
  }

  @Test(
    "refuses a file that was cut off, and says to restore", arguments: [100, 4096, 20_480, -4096])
  func truncated(length: Int) throws {
    let whole = try Array(Data(contentsOf: URL(filePath: path)))
    let files = try copy(Array(whole.prefix(length > 0 ? length : whole.count + length)))
    switch try refusal(of: files) {
    case .foreign: #expect(length == 100)
    case let error:
      guard case .damaged(files.database, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(error.description.contains("restore the last backup"))
    }
  }

  @Test("makes none where there is one already, and does not touch it")
  func exists() throws {
    let before = try Data(contentsOf: URL(filePath: path))
    let clock = site.clock
    #expect(throws: StoreError.exists(path)) {
      try Store.create(
        site.files, siteID: "other", first: Policy(), by: site.mira,
        administrator: try account("bob"), clock: { clock.now })
    }
    #expect(StoreError.exists(path).exitCode == .wouldOverwrite)
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try site.store.siteID == "site-1")
  }

  @Test("leaves nothing behind where making one fails")
  func failedCreation() throws {
    let files = SiteFiles(database: site.folder + "/new.db")
    let clock = site.clock
    var twice = try account("bob")
    twice.roles = [Identifier("member"), Identifier("member")]
    #expect(throws: StoreError.self) {
      try Store.create(
        files, siteID: "s", first: Policy(), by: site.mira, administrator: twice,
        clock: { clock.now })
    }
    #expect(!FileManager.default.fileExists(atPath: files.database))
  }

  @Test("makes the file for its owner only")
  func mode() throws {
    var status = stat()
    for file in [path, site.files.lock, site.files.checkpoints] {
      try #require(lstat(file, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600, "\(file)")
    }
    try #require(lstat(site.folder, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
  }

  private func refusal(
    of files: SiteFiles? = nil, readOnly: Bool = false
  ) throws -> StoreError {
    let clock = site.clock
    let error = #expect(throws: StoreError.self) {
      _ = try Store.open(files ?? site.files, readOnly: readOnly, clock: { clock.now })
    }
    return try #require(error)
  }

  private func copy(_ bytes: [UInt8]) throws -> SiteFiles {
    let files = SiteFiles(database: site.folder + "/copy.db")
    try Data(bytes).write(to: URL(filePath: files.database))
    chmod(files.database, 0o600)
    return files
  }
}

@Suite("A folder on a network file system")
struct NetworkMountTests {
  static let mounts = #"""
    22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
    30 22 0:40 / /home rw shared:2 - nfs4 server:/home rw
    31 30 0:41 / /home/mira/local rw - ext4 /dev/sdb1 rw
    32 22 0:42 / /mnt/shared\040disk rw - cifs //server/share rw
    33 22 0:43 / /over rw - nfs server:/a rw
    34 33 0:44 / /over rw - tmpfs tmpfs rw
    not a mount
    """#

  @Test("D03 is known by the mount that the path lies under")
  func network() {
    for path in ["/home", "/home/mira", "/mnt/shared disk/site"] {
      #expect(NetworkMount.holds(path, mounts: Self.mounts), "\(path)")
    }
    #expect(
      StoreError.unsafeFile("/home", .networkFileSystem).description
        == "/home lies on a network file system, where SQLite cannot lock. Move it to a local disk."
    )
  }

  @Test("is not one that only begins alike, has a local disk within it, or was mounted over")
  func local() {
    for path in ["/", "/homeless", "/home/mira/local/site", "/mnt/shared", "/over/site"] {
      #expect(!NetworkMount.holds(path, mounts: Self.mounts), "\(path)")
    }
  }
}
