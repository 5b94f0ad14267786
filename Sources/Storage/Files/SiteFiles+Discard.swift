import Glibc

extension SiteFiles {
  /// Removes a site that was being made and is nobody's yet; what is not there is no error.
  package func discard() {
    for path in [database, database + "-wal", database + "-shm", secrets, lock, checkpoints] {
      unlink(path)
    }
  }
}
