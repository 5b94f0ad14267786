import Access
import Foundation
import GRDB
import Glibc
@testable import Storage
import Synchronization
import Testing

@Suite("A backup")
struct BackupTests {
  let site: TestStore
  let copy: SiteFiles
  var directory: String { site.folder + "/backups/first" }

  init() throws {
    site = try TestStore()
    copy = SiteFiles(database: site.folder + "/backups/first/gatehouse.db")
    try write("the keys", to: site.files.secrets)
  }

  @Test("is the whole site: database, secrets and checkpoints, for its owner only")
  func whole() throws {
    try site.change { try $0.insert(try account("bob")) }
    let audit = try site.audit()

    try site.store.backup(to: directory, by: site.mira)

    let store = try opened()
    #expect(try store.siteID == "site-1")
    #expect(
      try store.read { try $0.audit(PageRequest(filter: AuditFilter(), sort: .seq)).rows } == audit)
    #expect(try store.examine().allSatisfy(\.isFine))
    #expect(try String(contentsOfFile: copy.secrets, encoding: .utf8) == "the keys")
    var status = stat()
    for file in [copy.database, copy.secrets, copy.checkpoints] {
      try #require(lstat(file, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
    }
    try #require(lstat(directory, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
  }

  @Test("is told to the audit, and to the checklist")
  func told() throws {
    #expect(try site.store.read { try $0.checklistFacts().lastBackup } == nil)
    site.clock.advance(.minutes(5))
    try site.store.backup(to: directory, by: site.mira)
    let row = try #require(try site.audit().last)
    #expect(row.action == "backup.make")
    #expect(row.target == directory)
    #expect(row.actor == "mira")
    #expect(try site.store.read { try $0.checklistFacts().lastBackup } == site.clock.now)
  }

  @Test("is one moment of the database while others write, and its checkpoints do not lead")
  func underWrites() throws {
    let isDone = Mutex(false)
    let writer = try site.opened()
    let outcomes = concurrently([
      {
        var number = 0
        while !isDone.withLock({ $0 }) {
          number += 1
          try site.change(through: writer) { transaction in
            try transaction.insert(try account("left-\(number)"))
            try transaction.insert(try account("right-\(number)"))
          }
        }
      },
      {
        defer { isDone.withLock { $0 = true } }
        for number in 1...4 {
          try site.store.backup(to: site.folder + "/backups/\(number)", by: site.mira)
        }
      },
    ])
    #expect(outcomes.allSatisfy { $0 == nil }, "\(outcomes)")

    let rows = try site.audit()
    for number in 1...4 {
      let clock = site.clock
      let files = SiteFiles(database: site.folder + "/backups/\(number)/gatehouse.db")
      let store = try Store.open(files, readOnly: true, clock: { clock.now })
      let (accounts, audit) = try store.read { snapshot in
        (
          try snapshot.accounts(
            PageRequest(filter: AccountFilter(), sort: .login), under: Policy()
          ).rows.map(\.login),
          try snapshot.audit(PageRequest(filter: AuditFilter(), sort: .seq)).rows
        )
      }
      let changes = audit.count { $0.action == "test.change" }
      #expect(accounts.count == 1 + 2 * changes)
      #expect(audit == Array(rows.prefix(audit.count)))
      #expect(try store.examine().allSatisfy(\.isFine), "backup \(number)")
    }
  }

  @Test("overwrites nothing", arguments: ["", "-wal", "-shm", ".secrets", ".checkpoints"])
  func overwritesNothing(suffix: String) throws {
    try copy.makeFolder()
    try write("precious", to: copy.database + suffix)
    #expect(throws: StoreError.exists(copy.database + suffix)) {
      try site.store.backup(to: directory, by: site.mira)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: directory)
    #expect(files == ["gatehouse.db" + suffix])
    #expect(try String(contentsOfFile: copy.database + suffix, encoding: .utf8) == "precious")
    #expect(try site.audit().count == 1)
  }

  @Test("that cannot be finished leaves nothing, and is not told as made")
  func unfinished() throws {
    try FileManager.default.removeItem(atPath: site.files.secrets)
    let error = #expect(throws: StoreError.self) {
      try site.store.backup(to: directory, by: site.mira)
    }
    #expect(error?.description.contains(site.files.secrets) == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
    #expect(try site.audit().count == 1)
  }

  @Test("that cannot be told to the audit is not kept")
  func untold() throws {
    try site.raw { db in
      try db.execute(
        sql: """
          CREATE TRIGGER auditBroken BEFORE INSERT ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit is broken');
          END
          """)
    }
    #expect(throws: StoreError.rule("the audit is broken")) {
      try site.store.backup(to: directory, by: site.mira)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
  }

  @Test("made twice in different folders is twice the same")
  func twice() throws {
    try site.store.backup(to: directory, by: site.mira)
    try site.store.backup(to: site.folder + "/backups/second", by: site.mira)
    #expect(try site.audit().map(\.action) == ["site.init", "backup.make", "backup.make"])
  }

  @Test("of an older database than its checkpoints is seen to be older")
  func older() throws {
    try site.store.backup(to: directory, by: site.mira)
    try site.change { _ in }
    let checkpoints = try String(contentsOfFile: site.files.checkpoints, encoding: .utf8)
    try FileManager.default.removeItem(atPath: copy.checkpoints)
    try write(checkpoints, to: copy.checkpoints)

    let finding = try #require(try opened().examine().last)
    #expect(!finding.isFine)
    #expect(
      finding.detail == "the database ends at audit row 1, but row 3 was seen: it is older")
    #expect(finding.remedy == "Restore the newest backup.")
  }

  private func opened() throws -> Store {
    let clock = site.clock
    return try Store.open(copy, readOnly: true, clock: { clock.now })
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
    chmod(path, 0o600)
  }
}
