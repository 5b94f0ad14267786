package import Access
import Credentials
import Storage

extension Administration {
  /// Copies database and secrets, consistent with each other, into a new directory.
  ///
  /// Whoever can read the files may do this; the account only names who did.
  ///
  /// - Throws: a ``Failure`` that exits 73 where the directory holds a backup already.
  package func backup(to directory: String, by actor: Actor) throws {
    try store.backup(to: directory, by: actor)
  }

  /// Puts a backup where the site is, and ends again what is known to have been ended since.
  ///
  /// Whoever can write the files may do this; the account only names who did, and where the backup has
  /// none of that name it is the OS user.
  ///
  /// - Throws: a ``Failure``; the site is as it was then.
  package static func restore(
    database: String, from directory: String, login: String?, osUser: String
  ) throws -> RestoreReport {
    let restoration = try Restoration(SiteFiles(database: database), from: directory)
    do {
      let copy = try open(database: restoration.database)
      let site = SiteFiles(database: database)
      if let current = try? Secrets.siteID(in: site.secrets), try copy.store.siteID != current {
        throw SiteError.backupOfAnotherSite(directory)
      }
      let source = "os:\(osUser)"
      let actor =
        (try? copy.actor(login: login, osUser: osUser, through: .command, source: source))
        ?? Actor(account: nil, login: osUser, through: .command, source: source)
      return try restoration.finish(copy.store, by: actor)
    } catch {
      restoration.discard()
      throw error
    }
  }

  /// Takes the host's clock for right, whatever speaks against it.
  ///
  /// Whoever can write the files may do this; the account only names who did.
  ///
  /// - Returns: false if nothing spoke against the clock; then nothing was changed.
  package func acceptClock(by actor: Actor) throws -> Bool {
    try store.acceptClock(by: actor)
  }

  /// Looks at everything a site rests on, without changing anything.
  ///
  /// - Parameters:
  ///   - database: the path of the database.
  ///   - osUser: whose account is looked for.
  /// - Returns: what was looked at, in the order in which it was.
  package static func doctor(database: String, osUser: String) -> [Finding] {
    let files = SiteFiles(database: database)
    var findings: [Finding] = []
    let secrets: Secrets?
    do {
      let loaded = try Secrets.load(from: files.secrets)
      findings.append(
        Finding("secrets", isFine: true, detail: "\(files.secrets) is readable by its owner only"))
      secrets = loaded
    } catch {
      findings.append(Finding("secrets", failed: error))
      secrets = nil
    }
    do {
      let store = try Store.open(files, readOnly: true, clock: systemClock, boot: .system)
      findings += try store.examine()
      if let secrets {
        let fits = try store.siteID == secrets.siteID
        findings.append(
          Finding(
            "site", isFine: fits,
            detail: fits
              ? "database and secrets belong together"
              : "database and secrets belong to different sites",
            remedy: fits ? nil : "Restore both from one backup."))
      }
      let isKnown = try store.read { snapshot in
        try (try? Login(parsing: osUser)).flatMap { try snapshot.account(login: $0) } != nil
      }
      findings.append(
        Finding(
          "account", isFine: isKnown,
          detail: isKnown ? "“\(osUser)” has an account" : "“\(osUser)” has no account",
          remedy: isKnown ? nil : "Name another with --account LOGIN."))
    } catch {
      findings.append(Finding("database", failed: error))
    }
    return findings
  }
}

extension Finding {
  /// A finding from an error; a ``Failure`` says itself what to do.
  fileprivate init(_ subject: String, failed error: any Error) {
    self.init(
      subject, isFine: false, detail: (error as? any Failure)?.description ?? "\(error)",
      remedy: nil)
  }
}
