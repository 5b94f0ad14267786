import Glibc

extension SiteFiles {
  /// Removes a site that was being made and is nobody's yet; what is not there is no error.
  package func discard() {
    for path in all { unlink(path) }
  }

  /// Every file that a site may consist of, those that SQLite makes included.
  var all: [String] {
    [database, database + "-wal", database + "-shm", secrets, lock, checkpoints]
  }
}
