package import Access
import GRDB
import Glibc

/// A backup that is about to take the place of a site, in files beside its own.
package struct Restoration {
  private let files: SiteFiles
  private let staged: SiteFiles
  private let directory: String

  /// Copies a backup beside the site; nothing of the site itself is touched.
  ///
  /// - Throws: ``StoreError/missing(_:)`` where the directory has no backup of a database of this name.
  package init(_ files: SiteFiles, from directory: String) throws {
    let name = files.database.split(separator: "/").last.map(String.init) ?? "gatehouse.db"
    let copy = SiteFiles(database: directory + "/" + name)
    self.files = files
    self.directory = directory
    staged = SiteFiles(database: files.database + ".restoring")
    try copy.check(writable: false)
    try files.makeFolder()
    // What an attempt that was cut short has left.
    staged.discard()
    do {
      try PlainFile(copy.database).copy(to: staged.database)
      try PlainFile(copy.secrets).copy(to: staged.secrets)
      // A backup has no journal; files that somebody copied may.
      for suffix in ["-wal", ".checkpoints"] {
        var status = stat()
        guard lstat(copy.database + suffix, &status) == 0 else { continue }
        try PlainFile(copy.database + suffix).copy(to: staged.database + suffix)
      }
    } catch {
      staged.discard()
      throw error
    }
  }

  /// The database of the copy, to be opened and looked at.
  package var database: String { staged.database }

  package func discard() { staged.discard() }

  /// Ends again what was ended since, tells the audit, and puts the copy where the site is.
  ///
  /// The files that were there are kept under another name. Whoever has the database open finds it
  /// replaced, and leaves.
  ///
  /// - Throws: ``AuditBroken`` where the backup's own audit is not whole; nothing was changed then.
  package func finish(_ store: Store, by actor: Actor) throws -> RestoreReport {
    let check = try store.checking(AuditCheck(), rows: .max)
    if let fault = check.fault { throw AuditBroken(fault: fault) }
    // Nobody ends anything between what is read of it and the copy's taking the site's place.
    return try WriteLock(path: files.lock).withLock {
      let checkpoints = Checkpoints(path: files.checkpoints)
      let seen = max(checkpoints.lastSeq ?? 0, check.seq)
      let count = try store.write(by: actor) { transaction in
        let count = try transaction.end(checkpoints.ended)
        let after = "goes on from row \(check.seq); credentials ended again: \(count)"
        return Recorded(
          count,
          AuditEvent(
            "site.restore", target: directory, before: "rows up to \(seen) were seen",
            after: after))
      }
      try store.settle()
      return RestoreReport(
        last: check.seq, seen: seen, ended: count, aside: try swap(at: store.now))
    }
  }

  /// Moves the site's files aside, and the copy's to where they were.
  ///
  /// The checkpoints come last, over the old ones: if it is cut short before, what they know is still
  /// there, nothing can be built on what is in place, and it can be begun again.
  private func swap(at now: Instant) throws -> String? {
    let aside = freePlace(at: now)
    _ = link(files.checkpoints, aside.checkpoints)
    var isThere = false
    for (old, new) in zip(files.content, aside.content) where rename(old, new) == 0 {
      isThere = true
    }
    let moves = zip(
      staged.content + [staged.checkpoints], files.content + [files.checkpoints])
    for (new, place) in moves where rename(new, place) != 0 {
      // A journal is there only where somebody copied one.
      guard errno == ENOENT, place.hasSuffix("-wal") || place.hasSuffix("-shm") else {
        throw StoreError.unfinished(
          place, aside: aside.database, detail: String(cString: strerror(errno)))
      }
    }
    staged.discard()
    return isThere ? aside.database : nil
  }

  /// Names beside the site's that no file has yet.
  private func freePlace(at now: Instant) -> SiteFiles {
    let name = files.database + ".before-" + now.rfc3339.filter(\.isNumber).prefix(14)
    var place = SiteFiles(database: name)
    var status = stat()
    var number = 1
    while place.all.contains(where: { lstat($0, &status) == 0 }) {
      number += 1
      place = SiteFiles(database: "\(name)-\(number)")
    }
    return place
  }
}

extension SiteFiles {
  /// All but the checkpoints, and the lock, which stays for whoever holds it.
  fileprivate var content: [String] {
    [secrets, database, database + "-wal", database + "-shm"]
  }
}

extension Store {
  /// Brings everything into the database file itself.
  fileprivate func settle() throws {
    try writer().writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try close()
  }
}

extension Transaction {
  /// Ends credentials that are not yet, and returns how many those were.
  ///
  /// In the same way as ever: so the checkpoints go on knowing of each, for whatever is restored next.
  fileprivate func end(_ credentials: [EndedCredential]) throws -> Int {
    let reason = "ended before the database was restored"
    let system = try Login(parsing: Actor.system.login)
    return try credentials.reduce(0) { count, credential in
      switch credential {
      case .token(let id):
        try revoke([Identifier(id)], by: system, reason: reason)
        return count + db.changesCount
      case .signed(let kid):
        return count + (try revokeTokens(signedBy: kid, by: system, reason: reason))
      case .legacyKey(let id):
        let isThere = try Bool.fetchOne(
          db.cachedStatement(sql: "SELECT retiredAt IS NULL FROM legacyKey WHERE id = ?"),
          arguments: [id])
        guard isThere == true else {
          note(credential)
          return count
        }
        try setKeyState(.retired, of: Identifier(id))
        return count + 1
      }
    }
  }
}
