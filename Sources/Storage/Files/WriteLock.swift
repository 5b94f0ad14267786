import Glibc

/// The cross-process lock that every write transaction and its checkpoint are held under.
///
/// SQLite before 3.51.3 can corrupt a database when a commit resets the WAL while another
/// connection checkpoints. The lock belongs to the open file, not to the process, so that two
/// connections of one process exclude each other too.
struct WriteLock {
  let path: String
  /// How long to wait for another process before giving up.
  var patience = WriteLock.patience
  /// `F_OFD_SETLK` of fcntl(2), which Swift's Glibc does not show.
  private static let setOpenFileLock: CInt = 37
  /// What whoever waits is told: ``StoreError/busy(_:)``.
  static let patience = Duration.seconds(5)

  /// Runs `body` under the lock.
  ///
  /// - Throws: ``StoreError/busy(_:)`` once `patience` is at an end, or what `body` throws.
  func withLock<Value>(_ body: () throws -> Value) throws -> Value {
    let file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw StoreError.system(path, detail: String(cString: strerror(errno)))
    }
    // Closing the only descriptor of this open file lets the lock go.
    defer { close(file) }
    try acquire(file)
    return try body()
  }

  private func acquire(_ file: CInt) throws {
    let clock = ContinuousClock()
    let deadline = clock.now + patience
    var pause: useconds_t = 1000
    while true {
      var request = flock()
      request.l_type = Int16(F_WRLCK)
      request.l_whence = Int16(SEEK_SET)
      if fcntl(file, Self.setOpenFileLock, &request) == 0 { return }
      guard errno == EAGAIN || errno == EACCES || errno == EINTR else {
        throw StoreError.system(path, detail: String(cString: strerror(errno)))
      }
      guard clock.now < deadline else { throw StoreError.busy(path) }
      usleep(pause)
      // Short enough to get a turn beside somebody who writes without pause.
      pause = min(pause * 2, 4000)
    }
  }
}
