import Access
@testable import Administration
import Foundation
import Storage
import Synchronization
import Testing

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
  private let instant: Mutex<Instant>

  init(_ instant: Instant) { self.instant = Mutex(instant) }

  var now: Instant { instant.withLock { $0 } }

  func advance(_ lifetime: FiniteLifetime) {
    instant.withLock { $0 = $0 + lifetime }
  }
}

/// A site of its own in a folder of its own, administered by `mira`, in mode `legacy`.
final class TestSite: Sendable {
  let folder: String
  let clock: TestClock
  let administration: Administration
  let mira: Actor

  init(startingAt start: String = "2026-11-23T14:31:00Z") throws {
    folder = NSTemporaryDirectory() + "gatehouse-" + UUID().uuidString
    let clock = TestClock(try #require(Instant(parsing: start)))
    self.clock = clock
    administration = try Administration.make(
      database: folder + "/gatehouse.db", siteName: "Northwind", administrator: login("mira"),
      osUser: "mira", clock: { clock.now })
    mira = try administration.actor(
      login: "mira", osUser: "mira", through: .console, source: "os:mira")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The same site as another process would open it.
  func opened() throws -> Administration {
    let files = SiteFiles(database: folder + "/gatehouse.db")
    let clock = clock
    return Administration(store: try Store.open(files, clock: { clock.now }), files: files)
  }

  @discardableResult
  func perform(_ change: Change, by actor: Actor? = nil) throws -> Outcome {
    try administration.perform(change, by: actor ?? mira)
  }

  @discardableResult
  func revise(
    _ change: PolicyChange, within: FiniteLifetime? = nil, base: Int? = nil,
    confirm: SecurityLevel? = nil, by actor: Actor? = nil
  ) throws -> Int {
    let commitment = Commitment(base: base, within: within, reason: "test", confirmation: confirm)
    guard case .revision(let number, _, _) = try perform(.revise(change, commitment), by: actor)
    else { return 0 }
    return number
  }

  /// An account with these roles, and the actor who is it.
  @discardableResult
  func add(_ name: String, kind: AccountKind = .person, roles: [String] = []) throws -> Actor {
    try perform(.addAccount(AccountDraft(login: login(name), kind: kind, roles: roles)))
    return try administration.actor(
      login: name, osUser: "os", through: .command, source: "os:os")
  }

  /// A role of its own that grants exactly these.
  func addRole(_ name: String, _ permissions: Permission...) throws {
    let id = Identifier<Role>(name.lowercased())
    try revise(.roles([.add(id: id, name: name)] + permissions.map { .grant(id, $0) }))
  }

  func createToken(
    _ name: String, lifetime: Lifetime? = nil, service: String? = nil, by actor: Actor? = nil
  ) throws -> IssuedToken {
    let draft = TokenDraft(name: name, lifetime: lifetime, service: service)
    guard case .token(let issued) = try perform(.createToken(draft), by: actor) else {
      throw TokenError.unknown(name)
    }
    return issued
  }

  func session(_ actor: Actor? = nil) throws -> Session {
    try administration.session(for: actor ?? mira)
  }

  /// The whole audit, oldest first.
  func audit() throws -> [AuditRow] {
    try administration.store.read {
      try $0.audit(PageRequest(filter: AuditFilter(), sort: .seq)).rows
    }
  }

  func token(_ name: String, of actor: Actor? = nil) throws -> TokenRow? {
    let filter = TokenFilter(account: (actor ?? mira).account)
    let request = PageRequest(filter: filter, sort: TokenSort.end)
    guard case .tokens(let page) = try administration.answer(.tokens(request), for: actor ?? mira)
    else { return nil }
    return page.rows.first { $0.name == name }
  }
}

func login(_ text: String) -> Login {
  do { return try Login(parsing: text) } catch { preconditionFailure("\(error)") }
}
