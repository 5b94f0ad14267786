import Access
import Foundation
import GRDB
import Testing

@testable import Administration
@testable import Storage

@Suite("A backup that is restored")
struct RestoreTests {
  private let site: TestSite
  private var database: String { site.folder + "/gatehouse.db" }
  private var backup: String { site.folder + "/backup" }

  init() throws {
    site = try TestSite(startingAt: Instant.current.rfc3339)
    try site.revise(.enableBearer(.standard))
    for name in ["kept", "revoked"] { _ = try site.createToken(name) }
    let drafts = ["old", "new"].map { label in
      LegacyKeyDraft(value: .plain(Secret(label.utf8)), owner: login("mira"), label: label)
    }
    try site.perform(.importKeys(drafts, createOwners: false))
    try site.administration.backup(to: backup, by: site.mira)
    let token = try #require(try site.token("revoked"))
    try site.perform(.revokeTokens([Identifier(token.id)], reason: "leaked"))
    try site.perform(.retireKeys([Identifier(try key("old").id)]))
    _ = try site.createToken("later")
  }

  private func key(_ label: String, of site: Administration? = nil) throws -> LegacyKeyRow {
    let request = PageRequest(filter: LegacyKeyFilter(words: [label]), sort: LegacyKeySort.lastUsed)
    guard
      case .keys(let page) = try (site ?? self.site.administration)
        .answer(.keys(request), for: self.site.mira)
    else { throw TokenError.unknown(label) }
    return try #require(page.rows.first)
  }

  private func restore() throws -> RestoreReport {
    try Administration.restore(
      database: database, from: backup, login: nil, osUser: "mira")
  }

  @Test("ends again what was ended since, tells the audit, and its audit is whole from there on")
  func restored() throws {
    let seen = try #require(try site.audit().last?.seq)
    let report = try restore()
    #expect(report.seen == seen && report.last < seen && report.ended == 2)

    let restored = try Administration.open(database: database)
    let tokens = PageRequest(filter: TokenFilter(), sort: TokenSort.name)
    guard case .tokens(let page) = try restored.answer(.tokens(tokens), for: site.mira) else {
      return
    }
    let states = Dictionary(page.rows.map { ($0.name, $0.state) }, uniquingKeysWith: { $1 })
    #expect(states == ["kept": .active, "revoked": .revoked])
    #expect(try key("old", of: restored).state == .retired)
    #expect(try key("new", of: restored).state == .active)
    let rows = try restored.store.read {
      try $0.audit(PageRequest(filter: AuditFilter(), sort: .seq)).rows
    }
    let row = try #require(rows.last)
    #expect(row.action == "site.restore" && row.actor == "mira" && row.source == "os:mira")
    #expect(row.before == "rows up to \(seen) were seen")
    #expect(try restored.store.checking(AuditCheck()).verdict == .success(row.seq))
    #expect(try restored.store.examine().filter { !$0.isFine }.isEmpty)
    // It goes on from here.
    _ = try restored.perform(.createToken(TokenDraft(name: "after")), by: site.mira)
    #expect(try restored.store.checking(AuditCheck()).verdict == .success(row.seq + 1))
  }

  @Test("leaves what was there before beside it, with nothing lost")
  func aside() throws {
    let seen = try #require(try site.audit().last?.seq)
    let aside = try #require(try restore().aside)
    let before = try Administration.open(database: aside, readOnly: true)
    #expect(try before.store.checking(AuditCheck()).verdict == .success(seen))
    let names = try FileManager.default.contentsOfDirectory(atPath: site.folder)
    #expect(!names.contains { $0.contains("restoring") })
  }

  @Test("brings up a database that was put back by hand, on which nothing can be built till then")
  func olderByHand() throws {
    let files = FileManager.default
    for suffix in ["", "-wal", "-shm"] { try? files.removeItem(atPath: database + suffix) }
    try files.copyItem(atPath: backup + "/gatehouse.db", toPath: database)
    let older = try Administration.open(database: database)
    let seen = try #require(Checkpoints(path: database + ".checkpoints").lastSeq)
    #expect(throws: StoreError.behind(database, last: seen - 4, seen: seen)) {
      try older.perform(.createToken(TokenDraft(name: "x")), by: site.mira)
    }
    #expect(try older.obstacle() as? StoreError == .behind(database, last: seen - 4, seen: seen))
    // It can be looked at.
    #expect(try older.session(for: site.mira).account.login == login("mira"))

    #expect(try restore().ended == 2)
    let restored = try Administration.open(database: database)
    #expect(try restored.obstacle() == nil)
    _ = try restored.perform(.createToken(TokenDraft(name: "x")), by: site.mira)
  }

  @Test("remembers what was ended for whatever is restored after it")
  func twice() throws {
    for _ in 1...2 { #expect(try restore().ended == 2) }
  }

  @Test("that is cut short says where everything is, and can be begun again")
  func cutShort() throws {
    let files = FileManager.default
    let checkpoints = database + ".checkpoints"
    try files.moveItem(atPath: checkpoints, toPath: site.folder + "/kept")
    // Nothing can be put where a folder is.
    try files.createDirectory(atPath: checkpoints, withIntermediateDirectories: false)
    var aside: String?
    do {
      _ = try restore()
    } catch StoreError.unfinished(let path, let kept, _) {
      #expect(path == checkpoints)
      aside = kept
    }
    let before = try Administration.open(database: try #require(aside), readOnly: true)
    #expect(try before.store.siteID == site.administration.store.siteID)

    try files.removeItem(atPath: checkpoints)
    try files.moveItem(atPath: site.folder + "/kept", toPath: checkpoints)
    let report = try restore()
    #expect(report.ended == 2 && report.aside != aside, "nothing that was kept is written over")
    let kept = try Administration.open(database: try #require(aside), readOnly: true)
    #expect(try kept.store.read { try $0.lastChange() } > report.last)
  }

  @Test("is refused where it is not there, damaged, altered or another site's; nothing changes")
  func refused() throws {
    let before = try site.audit()
    #expect(throws: StoreError.missing(site.folder + "/none/gatehouse.db")) {
      try Administration.restore(
        database: database, from: site.folder + "/none", login: nil, osUser: "mira")
    }
    let other = try TestSite()
    try other.administration.backup(to: other.folder + "/backup", by: other.mira)
    #expect(throws: SiteError.backupOfAnotherSite(other.folder + "/backup")) {
      try Administration.restore(
        database: database, from: other.folder + "/backup", login: nil, osUser: "mira")
    }
    let path = backup + "/gatehouse.db"
    let copy = try Store.open(SiteFiles(database: path), clock: { Instant.current })
    try copy.writer().write {
      try $0.execute(sql: "DROP TRIGGER auditStands; UPDATE audit SET actor = 'eve' WHERE seq = 2")
    }
    try copy.close()
    #expect(throws: AuditBroken(fault: .altered(2))) { try restore() }
    try Data("not a database".utf8).write(to: URL(filePath: path))
    #expect(throws: (any Error).self) { try restore() }

    #expect(try site.audit() == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: site.folder)
    #expect(!names.contains { $0.contains("restoring") || $0.contains("before") })
  }
}
