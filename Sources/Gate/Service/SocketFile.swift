import Glibc

/// The file of a Unix socket: who may connect is who may write to it.
struct SocketFile {
  let path: String
  /// Permission bits.
  let mode: mode_t
  /// nil leaves it the group of this process.
  let group: gid_t?

  /// Removes what a process that is gone left there.
  func removeStale() throws(ListenError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
    guard !isAnswered else { throw .inUse(path: path) }
    unlink(path)
  }

  /// Opens it to its group, after the bind made it for its owner alone.
  func open() throws(ListenError) {
    if let group {
      guard chown(path, uid_t.max, group) == 0 else { throw failure }
    }
    guard chmod(path, mode) == 0 else { throw failure }
  }

  func remove() { unlink(path) }

  private var failure: ListenError {
    .system(.unix(path: path), reason: String(cString: strerror(errno)))
  }

  private var isAnswered: Bool {
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}
