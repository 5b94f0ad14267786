package import Access
import Credentials
import Storage

/// The one door to a site: every use case asks here whether the actor may, and what follows.
///
/// Synchronous; callers that must not block run it on a thread of their own. Each call re-reads
/// account, roles and policy in its own transaction, so a permission withdrawn meanwhile is gone.
package struct Administration: Sendable {
  let store: Store
  let files: SiteFiles

  init(store: Store, files: SiteFiles) {
    self.store = store
    self.files = files
  }

  /// Opens an existing site; if it `verifiesSecrets`, their file has to be whole.
  ///
  /// A console finds out behind its first frame, by ``obstacle()``, and can be looked at where it is
  /// not.
  ///
  /// - Throws: a ``Failure`` that exits 78 where database and secrets cannot be used together.
  package static func open(
    database: String, readOnly: Bool = false, verifiesSecrets: Bool = true
  ) throws -> Administration {
    let files = SiteFiles(database: database)
    let store = try Store.open(
      files, readOnly: readOnly, clock: systemClock, boot: .system, isLogged: true)
    let siteID = try Secrets.siteID(in: files.secrets, isVerified: verifiesSecrets)
    guard try store.siteID == siteID else {
      throw SiteError.secretsOfAnotherSite(files.secrets)
    }
    return Administration(store: store, files: files)
  }

  /// Makes a new site whose first administrator is `administrator`.
  ///
  /// - Throws: a ``Failure`` that exits 73 where the database or its secrets file exists.
  package static func initialise(
    database: String, siteName: String, administrator: Login, osUser: String
  ) throws -> Administration {
    try make(
      database: database, siteName: siteName, administrator: administrator, osUser: osUser,
      clock: systemClock, boot: .system)
  }

  static func make(
    database: String, siteName: String, administrator: Login, osUser: String,
    clock: @escaping @Sendable () -> Instant, boot: BootClock? = nil
  ) throws -> Administration {
    let files = SiteFiles(database: database)
    var policy = Policy()
    try policy.properties.set(.siteName, to: siteName)
    let secrets = Secrets.make(at: clock())
    let account = Account(
      id: Identifier(RandomID.make()), login: administrator, name: "", kind: .person,
      roles: [Role.siteAdministrator.id])
    let actor = Actor(
      account: account.id, login: administrator.text, through: .command, source: "os:\(osUser)")
    try files.makeFolder()
    // The secrets first: a database without them could never be opened.
    try secrets.create(at: files.secrets)
    do {
      try Store.create(
        files, siteID: secrets.siteID, first: policy, by: actor, administrator: account,
        clock: clock, boot: boot)
    } catch {
      secrets.discard(at: files.secrets)
      throw error
    }
    return Administration(store: try Store.open(files, clock: clock, boot: boot), files: files)
  }

  /// Why nothing can be changed here, for everyone who opens it; nil where that can be.
  package func obstacle() throws -> (any Failure)? {
    if let obstacle = try store.obstacle() { return obstacle }
    do {
      _ = try Secrets.siteID(in: files.secrets)
      return nil
    } catch let error as SecretsError {
      return error
    }
  }

  /// Prepares for many pages of lists to be read, at more memory.
  package func keepPages() { store.keepPages() }

  static let systemClock: @Sendable () -> Instant = { Instant.current }

  /// Reads the secrets anew, so that a key rotated by another process counts at once.
  func secrets() throws -> Secrets {
    try Secrets.load(from: files.secrets)
  }
}

// MARK: - Who acts

extension Administration {
  /// The actor for a login, or for the account named like the OS user.
  ///
  /// - Throws: ``SiteError/noAccount(_:)``, which exits 77.
  package func actor(
    login: String?, osUser: String, through: Actor.Through, source: String
  ) throws -> Actor {
    let name = login ?? osUser
    guard let login = try? Login(parsing: name),
      let account = try store.read({ try $0.activeAccount(login: login) })
    else { throw SiteError.noAccount(name) }
    return Actor(account: account, login: login.text, through: through, source: source)
  }

  /// Who the actor is now, and what every screen shows of the site.
  package func session(for actor: Actor) throws -> Session {
    try store.read { snapshot in try Office(actor, in: snapshot).session() }
  }

  /// Opens a console: `body` gets the actor, as much of ``session(for:)`` as a first frame needs, and
  /// answers to what that shows, all from one snapshot.
  package func opening<Value>(
    for caller: Caller, _ body: (Actor, Session, (Question) throws -> Answer) throws -> Value
  ) throws -> Value {
    try store.read { snapshot in
      let office = try Office(caller, in: snapshot)
      return try body(office.actor, try office.session(withSurroundings: false)) {
        try answer($0, at: office)
      }
    }
  }
}

/// Who opens a console.
package enum Caller {
  /// Who that is has been found out, by the key they came in with.
  case known(Actor)
  case named(String, through: Actor.Through, source: String)
}

/// Why a site cannot be used, or not by this person.
package enum SiteError: Failure, Equatable {
  case secretsOfAnotherSite(String)
  case backupOfAnotherSite(String)
  case noPolicy
  case noAccount(String)

  package var description: String {
    switch self {
    case .secretsOfAnotherSite(let path):
      "\(path) belongs to another site than the database beside it. Restore both from one backup."
    case .backupOfAnotherSite(let path):
      "\(path) is a backup of another site than the one that is here. Restore it to a place of its own."
    case .noPolicy:
      "The database has no policy in force. Restore it from a backup."
    case .noAccount(let name):
      """
      There is no active account “\(Visible.text(name))”. Name another with --account LOGIN; \
      whoever administers the site can add one.
      """
    }
  }

  package var exitCode: ExitCode {
    switch self {
    case .secretsOfAnotherSite, .noPolicy: .unusable
    case .backupOfAnotherSite: .wouldOverwrite
    case .noAccount: .notPermitted
    }
  }
}
