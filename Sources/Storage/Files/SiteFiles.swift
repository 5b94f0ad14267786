package import Access
import Glibc

/// The files a site consists of, all beside its database.
package struct SiteFiles: Hashable, Sendable {
  package let database: String

  package init(database: String) {
    self.database = database
  }

  /// Signing keys and pepper.
  package var secrets: String { database + ".secrets" }
  /// Held by whoever writes; made once and never removed.
  package var lock: String { database + ".lock" }
  /// One line `seq hash time` for each audit row, written after its commit, and before it one for each
  /// credential that the change ended for good.
  package var checkpoints: String { database + ".checkpoints" }

  package var folder: String {
    guard let slash = database.lastIndex(of: "/") else { return "." }
    return slash == database.startIndex ? "/" : String(database[..<slash])
  }
}

/// What tells one file from another that has its name.
package struct FileIdentity: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64
}

extension SiteFiles {
  /// Makes the folder and those above it, 0700 where they are new.
  package func makeFolder() throws {
    var path = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      path += path.isEmpty && part.isEmpty ? "/" : (path.isEmpty || path == "/" ? "" : "/") + part
      if mkdir(path, 0o700) != 0, errno != EEXIST {
        throw StoreError.system(path, detail: String(cString: strerror(errno)))
      }
    }
  }

  /// Which file is the database now; nil where there is none.
  package var identity: FileIdentity? {
    var status = stat()
    guard lstat(database, &status) == 0 else { return nil }
    return FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  /// When the database or its journal was last written to, in whole seconds.
  package var lastWrite: Instant? {
    [database, database + "-wal"].compactMap { path in
      var status = stat()
      guard lstat(path, &status) == 0 else { return nil }
      return Instant(seconds: Int64(status.st_mtim.tv_sec))
    }.max()
  }

  /// Looks at the database file before it is opened, with `lstat` alone: opening and closing a file
  /// that SQLite has open would drop its locks.
  func check(writable: Bool) throws {
    var status = stat()
    guard lstat(database, &status) == 0 else { throw StoreError.missing(database) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFLNK: throw StoreError.unsafeFile(database, .symbolicLink)
    default: throw StoreError.unsafeFile(database, .notAFile)
    }
    guard status.st_uid == geteuid() else {
      throw StoreError.unsafeFile(database, .foreignOwner(status.st_uid))
    }
    try Self.refuseOthers(status, database)
    if writable, status.st_mode & S_IWUSR == 0 || access(database, W_OK) != 0 {
      throw StoreError.unsafeFile(database, .notWritable)
    }
    try checkFolder(writable: writable)
  }

  private func checkFolder(writable: Bool) throws {
    var status = stat()
    guard stat(folder, &status) == 0 else { throw StoreError.missing(folder) }
    // A sticky folder for all, like /tmp, lets nobody replace another's file.
    if status.st_mode & S_ISVTX == 0, status.st_mode & (S_IWGRP | S_IWOTH) != 0 {
      throw StoreError.unsafeFile(folder, .openToOthers(mode: octal(status.st_mode)))
    }
    if writable, status.st_mode & S_IWUSR == 0 || access(folder, W_OK) != 0 {
      throw StoreError.unsafeFile(folder, .notWritable)
    }
    if NetworkMount.holds(folder) {
      throw StoreError.unsafeFile(folder, .networkFileSystem)
    }
  }

  private static func refuseOthers(_ status: stat, _ path: String) throws {
    guard status.st_mode & 0o077 == 0 else {
      throw StoreError.unsafeFile(path, .openToOthers(mode: octal(status.st_mode)))
    }
  }
}

private func octal(_ mode: mode_t) -> String {
  let digits = String(mode & 0o7777, radix: 8)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
