import Access
@testable import Administration
import Credentials
import Foundation
import Glibc
import Storage
import Testing

@Suite("A site's files")
struct SiteFilesTests {
  let site: TestSite
  var database: String { site.folder + "/gatehouse.db" }
  var secrets: String { database + ".secrets" }

  init() throws { site = try TestSite() }

  @Test("open together")
  func fine() throws {
    #expect(throws: Never.self) { try Administration.open(database: database) }
    #expect(throws: Never.self) { try Administration.open(database: database, readOnly: true) }
    let findings = Administration.doctor(database: database, osUser: "mira")
    #expect(findings.allSatisfy { $0.isFine }, "\(findings)")
  }

  @Test("D03 without the secrets are refused, and doctor says so", arguments: [false, true])
  func missingSecrets(readOnly: Bool) throws {
    try FileManager.default.removeItem(atPath: secrets)
    let error = try refusal(readOnly: readOnly)
    #expect(error as? SecretsError == .missing(secrets))
    #expect(error.description.contains("Restore it from a backup, together with the database."))
    #expect(error.exitCode == .unusable)
    try expectFinding("secrets", containing: "is missing")
  }

  @Test("D03 with secrets that others can read are refused, and doctor says so")
  func openSecrets() throws {
    chmod(secrets, 0o644)
    let error = try refusal()
    #expect(error as? SecretsError == .openToOthers(secrets, mode: 0o644))
    #expect(error.description.contains("Set `chmod 600`"))
    #expect(error.exitCode == .unusable)
    try expectFinding("secrets", containing: "has the mode 0644")
  }

  @Test("with damaged secrets are refused, but can be looked at in a console")
  func damagedSecrets() throws {
    let text = try String(contentsOfFile: secrets, encoding: .utf8)
    let damaged = text.replacingOccurrences(of: "\"createdAt\": \"20", with: "\"createdAt\": \"21")
    try #require(damaged != text)
    try damaged.write(toFile: secrets, atomically: false, encoding: .utf8)
    let error = try refusal()
    #expect(error.description.contains("the file was damaged or edited. Restore it from a backup."))
    #expect(error.exitCode == .unusable)
    try expectFinding("secrets", containing: "damaged or edited")

    let console = try Administration.open(database: database, verifiesSecrets: false)
    #expect(try console.session(for: site.mira).account.login == login("mira"))
    #expect(try console.obstacle() as? SecretsError == error as? SecretsError)
    #expect(throws: SecretsError.self) {
      try console.perform(.createToken(TokenDraft(name: "x")), by: site.mira)
    }
    try text.write(toFile: secrets, atomically: false, encoding: .utf8)
    #expect(try console.obstacle() == nil)
  }

  @Test("D03 with secrets behind a symbolic link are refused")
  func linkedSecrets() throws {
    try FileManager.default.moveItem(atPath: secrets, toPath: secrets + ".away")
    try #require(symlink(secrets + ".away", secrets) == 0)
    #expect(try refusal() as? SecretsError == .symbolicLink(secrets))
  }

  @Test("with another site's secrets are refused, and doctor says which belong together")
  func othersSecrets() throws {
    let other = try TestSite()
    try FileManager.default.removeItem(atPath: secrets)
    try FileManager.default.copyItem(
      atPath: other.folder + "/gatehouse.db.secrets", toPath: secrets)
    chmod(secrets, 0o600)
    let error = try refusal()
    #expect(error as? SiteError == .secretsOfAnotherSite(secrets))
    #expect(error.exitCode == .unusable)
    try expectFinding("site", containing: "belong to different sites")
  }

  @Test("D03 with a database that others can read are refused, and doctor says so")
  func openDatabase() throws {
    chmod(database, 0o640)
    let error = try refusal()
    #expect(error.description.contains("has mode 0640: others may read or change it"))
    #expect(error.exitCode == .unusable)
    try expectFinding("database", containing: "`chmod go= \(database)` closes it")
  }

  @Test("are made whole or not at all, and never over others")
  func making() throws {
    let place = site.folder + "/other/gatehouse.db"
    _ = try make(place)
    let before = try contents(of: place)
    #expect(throws: SecretsError.exists(place + ".secrets")) { try make(place) }
    #expect(try contents(of: place) == before)

    // A database alone is nobody's to overwrite either, and gets no secrets beside it.
    try FileManager.default.removeItem(atPath: place + ".secrets")
    #expect(throws: StoreError.exists(place)) { try make(place) }
    #expect(!FileManager.default.fileExists(atPath: place + ".secrets"))
  }

  @Test("are backed up so that they open together, while keys rotate and tokens are made")
  func backup() throws {
    try site.revise(.enableBearer(.standard))
    let other = try site.opened()
    let outcomes = concurrently([
      {
        for number in 1...12 {
          let kid = try other.secrets().currentKeyID
          _ = try other.perform(
            .createToken(TokenDraft(name: "token \(number)")), by: site.mira)
          _ = try other.perform(.retireSigningKey(kid: kid, withTokens: false), by: site.mira)
        }
      },
      {
        for number in 1...6 {
          try site.administration.backup(to: site.folder + "/backup-\(number)", by: site.mira)
        }
      },
    ])
    #expect(outcomes.allSatisfy { $0 == nil }, "\(outcomes)")

    for number in 1...6 {
      let place = site.folder + "/backup-\(number)/gatehouse.db"
      let findings = Administration.doctor(database: place, osUser: "mira")
      #expect(findings.allSatisfy { $0.isFine }, "\(findings)")
      let copy = try Administration.open(database: place, readOnly: true)
      let keys = Set(try copy.secrets().signingKeys.map(\.kid))
      let request = PageRequest(filter: TokenFilter(), sort: TokenSort.end)
      let policy = try copy.session(for: site.mira).policy
      try copy.store.read { snapshot in
        for row in try snapshot.tokens(request, under: policy).rows {
          let token = try #require(try snapshot.token(id: Identifier(row.id)))
          #expect(keys.contains(token.kid), "backup \(number) knows every key that signed")
        }
      }
    }
  }

  private func refusal(readOnly: Bool = false) throws -> any Failure {
    do {
      _ = try Administration.open(database: database, readOnly: readOnly)
    } catch let error as any Failure {
      return error
    }
    throw CancellationError()
  }

  private func expectFinding(_ subject: String, containing text: String) throws {
    let findings = Administration.doctor(database: database, osUser: "mira")
    let finding = try #require(findings.first { $0.subject == subject })
    #expect(!finding.isFine)
    #expect(finding.detail.contains(text), "\(finding.detail)")
  }

  private func make(_ place: String) throws -> Administration {
    try Administration.initialise(
      database: place, siteName: "Northwind", administrator: login("mira"), osUser: "mira")
  }

  private func contents(of place: String) throws -> [Data] {
    try [place, place + ".secrets"].map { try Data(contentsOf: URL(filePath: $0)) }
  }
}
