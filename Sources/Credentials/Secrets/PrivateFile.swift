import Glibc

/// A small file that only its owner may read, and that survives a crash whole.
struct PrivateFile {
  /// Far above what a site needs; keeps a wrong path from filling the memory.
  private static let limit = 1 << 20

  private let path: String

  init(_ path: String) { self.path = path }

  /// Reads it after checking, on the open file, that nobody else could have read or written it.
  func read() throws(SecretsError) -> [UInt8] {
    // Non-blocking, so that a FIFO of this name is refused rather than waited for.
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      throw switch errno {
      case ENOENT, ENOTDIR: .missing(path)
      case ELOOP: .symbolicLink(path)
      case let code: .unreadable(path, reason: Self.reason(code))
      }
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw .unreadable(path, reason: Self.reason(errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
    guard status.st_uid == geteuid() else {
      throw .foreignOwner(path, owner: status.st_uid, user: geteuid())
    }
    guard status.st_mode & 0o077 == 0 else {
      throw .openToOthers(path, mode: status.st_mode & 0o7777)
    }
    return try content(of: file)
  }

  private func content(of file: Int32) throws(SecretsError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path, reason: Self.reason(errno)) }
      guard count > 0 else { return bytes }
      bytes += chunk.prefix(count)
      guard bytes.count <= Self.limit else {
        throw .content(path, "It is larger than 1 MiB.")
      }
    }
  }

  /// Writes it where there is nothing of that name, not even a dangling link.
  func create(_ bytes: [UInt8]) throws(SecretsError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw errno == EEXIST ? .exists(path) : .unwritable(path, reason: Self.reason(errno))
    }
    do {
      try fill(file, with: bytes)
      try synchronizeDirectory()
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Writes a new file beside it, then moves that into its place.
  func replace(with bytes: [UInt8]) throws(SecretsError) {
    let beside = PrivateFile(path + ".new")
    // Whatever a crash left there was never in force.
    beside.remove()
    try beside.create(bytes)
    guard rename(beside.path, path) == 0 else {
      let reason = Self.reason(errno)
      beside.remove()
      throw .unwritable(path, reason: reason)
    }
    try synchronizeDirectory()
  }

  func remove() { unlink(path) }

  /// Writes all of it down to the disk, and closes the file in any case.
  private func fill(_ file: Int32, with bytes: [UInt8]) throws(SecretsError) {
    defer { close(file) }
    // Whatever the umask made of the mode.
    guard fchmod(file, 0o600) == 0 else { throw .unwritable(path, reason: Self.reason(errno)) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .unwritable(path, reason: Self.reason(errno)) }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw .unwritable(path, reason: Self.reason(errno)) }
  }

  /// Makes the name itself durable.
  private func synchronizeDirectory() throws(SecretsError) {
    let parent = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : path[..<$0] } ?? "."
    let directory = open(String(parent), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw .unwritable(path, reason: Self.reason(errno)) }
    defer { close(directory) }
    guard fsync(directory) == 0 else { throw .unwritable(path, reason: Self.reason(errno)) }
  }

  private static func reason(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
