package import Access
import GRDB
import Glibc

extension Store {
  /// Copies database, secrets and checkpoints, consistent with each other, into a directory.
  ///
  /// Others may write meanwhile: the copy is the database as it was at one moment. The secrets are
  /// read before and after it, and the copy is made again if a key was rotated in between.
  ///
  /// - Throws: ``StoreError/exists(_:)`` where the directory holds such a file already.
  package func backup(to directory: String, by actor: Actor) throws {
    let name = files.database.split(separator: "/").last.map(String.init) ?? "gatehouse.db"
    let copy = SiteFiles(database: directory + "/" + name)
    try copy.makeFolder()
    var status = stat()
    for path in copy.all where lstat(path, &status) == 0 { throw StoreError.exists(path) }
    do {
      var secrets = try PlainFile(files.secrets).contents()
      var checkpoints: [UInt8]?
      while true {
        // Before the database: checkpoints may lag behind it, never lead.
        checkpoints = try? PlainFile(files.checkpoints).contents()
        try copyDatabase(to: copy.database)
        let after = try PlainFile(files.secrets).contents()
        if after == secrets { break }
        secrets = after
        unlink(copy.database)
      }
      try PlainFile(copy.secrets).create(secrets)
      if let checkpoints { try PlainFile(copy.checkpoints).create(checkpoints) }
      try write(by: actor) { transaction in
        try transaction.execute(
          "UPDATE site SET lastBackupAt = ?", [transaction.now.milliseconds])
        return Recorded((), AuditEvent("backup.make", target: directory))
      }
    } catch {
      copy.discard()
      throw StoreError.translated(error, path: copy.database)
    }
  }

  private func copyDatabase(to path: String) throws {
    try PlainFile(path).create([])
    let copy = try DatabaseQueue(path: path)
    try withReader { try $0.backup(to: copy) }
    try copy.close()
    try PlainFile(path).sync()
  }
}

/// A small file that is read or made as a whole.
struct PlainFile {
  let path: String

  init(_ path: String) { self.path = path }

  func contents() throws -> [UInt8] {
    let file = try opened(O_RDONLY)
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      guard count > 0 else { throw failure }
      bytes += buffer.prefix(count)
    }
  }

  /// Makes the file, 0600, and sees it to the disk.
  func create(_ bytes: [UInt8]) throws {
    let file = try opened(O_WRONLY | O_CREAT | O_EXCL)
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { throw failure }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw failure }
  }

  /// Makes another file with the same content, 0600, and sees it to the disk.
  func copy(to path: String) throws {
    let file = try opened(O_RDONLY)
    defer { close(file) }
    let other = PlainFile(path)
    let new = try other.opened(O_WRONLY | O_CREAT | O_EXCL)
    defer { close(new) }
    while true {
      let count = sendfile(new, file, nil, 1 << 24)
      if count == 0 { break }
      guard count > 0 else { throw other.failure }
    }
    guard fsync(new) == 0 else { throw other.failure }
  }

  func sync() throws {
    let file = try opened(O_RDWR)
    defer { close(file) }
    guard fsync(file) == 0 else { throw failure }
  }

  private func opened(_ flags: CInt) throws -> CInt {
    let file = open(path, flags | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure }
    return file
  }

  private var failure: StoreError {
    errno == ENOSPC
      ? .full(path) : .system(path, detail: String(cString: strerror(errno)))
  }
}
