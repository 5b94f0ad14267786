import Access
import Foundation
import GRDB
import Glibc
@testable import Storage
import Testing

@Suite("A damaged database")
struct DamageTests {
  let site: TestStore
  let bytes: [UInt8]

  init() throws {
    site = try TestStore()
    for number in 1...20 {
      try site.change { transaction in
        let owner = try account("user-\(number)", roles: ["member"])
        try transaction.insert(owner)
        try transaction.insert(
          NewToken(
            authorization: Authorization(
              id: Identifier("t\(number)"), owner: owner.id, name: "token \(number)",
              createdAt: TestStore.start, expiresAt: TestStore.start + .days(9)),
            digest: Array(repeating: UInt8(number), count: 32), kid: "k"))
        try transaction.insert([
          NewKey(
            key: LegacyKey(id: Identifier("k\(number)"), owner: owner.id, label: "key"),
            digest: Array(repeating: UInt8(number), count: 32))
        ])
      }
    }
    try site.raw { db in _ = try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    bytes = try Array(Data(contentsOf: URL(filePath: site.files.database)))
  }

  @Test("D05 is refused or read with an error that says so, whichever page it is, never a crash")
  func pages() throws {
    let size = 4096
    var dice = Dice(3)
    var told = 0
    for page in 0..<bytes.count / size {
      for fill in [UInt8(0), 0xFF, nil] {
        var damaged = bytes
        for offset in page * size..<(page + 1) * size {
          damaged[offset] = fill ?? UInt8(dice.below(256))
        }
        if try isTold(damaged) { told += 1 }
      }
    }
    #expect(told > bytes.count / size)
  }

  @Test("D05 is read as far as it can be where single bytes have flipped, never with a crash")
  func flips() throws {
    var dice = Dice(11)
    for _ in 0..<150 {
      var damaged = bytes
      for _ in 0..<20 { damaged[dice.below(damaged.count)] ^= 1 << UInt8(dice.below(8)) }
      _ = try isTold(damaged)
    }
  }

  /// Opens it and reads every list.
  ///
  /// - Returns: whether anything was found to be wrong.
  /// - Throws: what is no ``Failure``.
  private func isTold(_ bytes: [UInt8]) throws -> Bool {
    let files = SiteFiles(database: site.folder + "/damaged.db")
    files.discard()
    try Data(bytes).write(to: URL(filePath: files.database))
    chmod(files.database, 0o600)
    let clock = site.clock
    var wasTold = false
    func attempt(_ body: () throws -> Void) throws {
      do { try body() } catch is any Failure { wasTold = true }
    }
    try attempt {
      let store = try Store.open(files, readOnly: true, clock: { clock.now })
      try attempt { wasTold = try !store.examine().allSatisfy { $0.isFine } || wasTold }
      try attempt {
        try store.read { snapshot in
          try attempt { _ = try snapshot.standing() }
          let policy = Policy()
          let shift = PolicyShift(from: .bearer(.standard), to: .bearer(.high))
          try attempt { _ = try snapshot.impact(of: shift, base: 1) }
          try attempt {
            _ = try snapshot.accounts(
              PageRequest(filter: AccountFilter(), sort: .name), under: policy)
          }
          try attempt {
            _ = try snapshot.accounts(
              PageRequest(filter: AccountFilter(words: ["user"]), sort: .login), under: policy)
          }
          try attempt {
            _ = try snapshot.tokens(PageRequest(filter: TokenFilter(), sort: .end), under: policy)
          }
          try attempt {
            _ = try snapshot.keys(
              PageRequest(filter: LegacyKeyFilter(), sort: .label), under: policy)
          }
          try attempt {
            _ = try snapshot.audit(PageRequest(filter: AuditFilter(), sort: .seq))
          }
          try attempt {
            _ = try snapshot.revisions(PageRequest(filter: NoFilter(), sort: .number))
          }
          try attempt { _ = try snapshot.overviewCounts(under: policy) }
          try attempt { _ = try snapshot.operations() }
          try attempt { _ = try snapshot.integrations() }
        }
      }
    }
    return wasTold
  }
}
