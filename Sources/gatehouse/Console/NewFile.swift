import Access
import Glibc

/// A file that is not there yet, and that only its owner will be able to read.
struct NewFile {
  private let path: String

  /// A path as somebody types it.
  init(_ path: String) { self.path = ProcessEnvironment.path(path) }

  /// Writes the secret and nothing else, not even a line end, and returns where it is.
  ///
  /// - Throws: ``NotWritten``; then there is no new file.
  func write(_ secret: Secret) throws(NotWritten) -> String {
    // Not even through a dangling link.
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw NotWritten(path: path, code: errno) }
    guard fill(file, with: secret.bytes) else {
      let code = errno
      close(file)
      unlink(path)
      throw NotWritten(path: path, code: code)
    }
    guard close(file) == 0 else {
      let code = errno
      unlink(path)
      throw NotWritten(path: path, code: code)
    }
    return path
  }

  private func fill(_ file: Int32, with bytes: [UInt8]) -> Bool {
    // Whatever the umask made of the mode.
    guard fchmod(file, 0o600) == 0 else { return false }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return fsync(file) == 0
  }
}

/// Why a secret was not written to a file.
struct NotWritten: Failure, Equatable {
  let path: String
  let code: Int32

  var description: String {
    let name = Visible.text(path)
    if code == EEXIST || code == ELOOP {
      return "“\(name)” exists and is never overwritten. Choose another name."
    }
    let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return "“\(name)” cannot be written: \(reason). Nothing was left there."
  }

  var exitCode: ExitCode { code == EEXIST ? .wouldOverwrite : .refused }
}
