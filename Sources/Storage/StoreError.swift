package import Access
import GRDB

/// Why the database cannot be used, or a change not be kept.
package enum StoreError: Failure, Equatable {
  case missing(String)
  case exists(String)
  case foreign(String)
  case newer(String, found: Int, known: Int)
  /// Opened for reading only, so that it cannot be migrated.
  case older(String, found: Int, known: Int)
  /// SQLite can make no files beside it.
  case unopenable(String)
  case unsafeFile(String, FileFault)
  /// Another file has taken the database's place, or none is there.
  case replaced(String)
  /// Audit rows were seen that it does not have.
  case behind(String, last: Int64, seen: Int64)
  case busy(String)
  case full(String)
  case readOnly(String)
  case damaged(String, detail: String)
  /// A rule of the schema refused what the code let through.
  case rule(String)
  /// A restore that was cut short: a file of the backup, what was there before, and why.
  case unfinished(String, aside: String, detail: String)
  case system(String, detail: String)

  /// What is wrong with a file before it is even opened.
  package enum FileFault: Hashable, Sendable {
    case symbolicLink, notAFile
    case foreignOwner(UInt32)
    case openToOthers(mode: String)
    case notWritable
    case networkFileSystem
  }

  package var description: String {
    switch self {
    case .missing(let path):
      "There is no database at \(path). `gatehouse init` makes one; --database PATH names another."
    case .exists(let path):
      "\(path) exists already, and is not overwritten. Choose another place, or remove it yourself."
    case .foreign(let path):
      "\(path) is not a Gatehouse database. --database PATH names another."
    case .newer(let path, let found, let known):
      """
      \(path) has schema version \(found); this Gatehouse knows \(known). \
      Use the newer Gatehouse that wrote it, or restore a backup from before.
      """
    case .older(let path, let found, let known):
      """
      \(path) has schema version \(found); this Gatehouse knows \(known) and would migrate it. \
      Open it once without --read-only: the console, or any command that changes something, brings it \
      up to date.
      """
    case .unopenable(let path):
      """
      \(path) cannot be opened: to read it, SQLite makes files beside it. \
      Make its folder writable for this user, or copy the database elsewhere.
      """
    case .unsafeFile(let path, let fault): fault.description(of: path)
    case .replaced(let path):
      "\(path) is gone, or another file is in its place. Put it back, and start Gatehouse again."
    case .behind(let path, let last, let seen):
      """
      \(path) ends at audit row \(last), but row \(seen) was seen: it is older than its checkpoints. \
      Bring the newest backup back with `gatehouse restore`.
      """
    case .busy(let path):
      "Another process has held \(path) for 5 seconds. Nothing was changed; try again."
    case .full(let path):
      "The disk that holds \(path) is full. Nothing was changed; make room and try again."
    case .readOnly(let path):
      "\(path) cannot be written. Nothing was changed; check its mode and the mount."
    case .damaged(let path, let detail):
      "\(path) is damaged (\(detail)). Stop, keep a copy, and restore the last backup."
    case .rule(let message): "The database refused it: \(message). Nothing was changed."
    case .unfinished(let path, let aside, let detail):
      """
      \(path) is not in its place: \(detail). What was there is kept as \(aside). Make sure that the \
      folder can be written to, and restore again.
      """
    case .system(let path, let detail): "\(path): \(detail). Nothing was changed."
    }
  }

  package var exitCode: ExitCode {
    switch self {
    case .exists: .wouldOverwrite
    case .busy: .busy
    case .full, .readOnly, .rule: .refused
    default: .unusable
    }
  }
}

extension StoreError.FileFault {
  fileprivate func description(of path: String) -> String {
    switch self {
    case .symbolicLink:
      "\(path) is a symbolic link. Name the file itself with --database."
    case .notAFile: "\(path) is not a regular file. --database PATH names another."
    case .foreignOwner(let user):
      "\(path) belongs to user \(user), not to you. Run Gatehouse as that user, or `chown` it."
    case .openToOthers(let mode):
      "\(path) has mode \(mode): others may read or change it. `chmod go= \(path)` closes it."
    case .notWritable:
      "\(path) is read-only. `chmod u+w \(path)`, or look at it with `gatehouse console --read-only`."
    case .networkFileSystem:
      "\(path) lies on a network file system, where SQLite cannot lock. Move it to a local disk."
    }
  }
}

extension StoreError {
  /// Translates what SQLite says; failures of our own pass through.
  static func translated(_ error: any Error, path: String) -> any Error {
    if error is RowDecodingError {
      return StoreError.damaged(path, detail: "a value is not of the type it should be")
    }
    guard let error = error as? DatabaseError else { return error }
    let detail = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    return switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: StoreError.busy(path)
    case .SQLITE_FULL: StoreError.full(path)
    case .SQLITE_READONLY, .SQLITE_PERM: StoreError.readOnly(path)
    case .SQLITE_CORRUPT: StoreError.damaged(path, detail: detail)
    case .SQLITE_NOTADB: StoreError.foreign(path)
    case .SQLITE_CANTOPEN: StoreError.unopenable(path)
    case .SQLITE_CONSTRAINT: StoreError.rule(detail)
    default: StoreError.system(path, detail: detail)
    }
  }
}
