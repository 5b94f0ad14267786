import Access
import Glibc

/// The file beside the database that remembers the audit's hashes; it may lag, never lead.
struct Checkpoints {
  let path: String

  /// Adds lines and sees them to the disk.
  ///
  /// The change is committed already: what fails here must not make it look undone. `doctor` tells
  /// of a file that lags.
  func append(_ lines: [AuditLine], ended: [EndedCredential] = []) {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    let end = lseek(file, 0, Int32(SEEK_END))
    // The rows last: by the last line one sees how far the file goes.
    let text = (ended.map(\.text) + lines.map(\.head.text)).map { $0 + "\n" }.joined()
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count > 0 else {
        // Half a line would make the next one unreadable, too.
        ftruncate(file, end)
        return
      }
      rest = rest.dropFirst(count)
    }
    fdatasync(file)
  }

  /// Every credential that was ever ended for good, as far as the file tells.
  var ended: [EndedCredential] {
    var found: [EndedCredential] = []
    var rest: ArraySlice<UInt8> = []
    var position: Int64 = 0
    while case let piece = piece(from: position, count: 1 << 16), !piece.isEmpty {
      position += Int64(piece.count)
      rest = Array(rest + piece)[...]
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        if let credential = EndedCredential(parsing: line) { found.append(credential) }
        rest = rest[(end + 1)...]
      }
    }
    return found
  }

  /// How many bytes there are; 0 where there is no file.
  var length: Int64 {
    var status = stat()
    return lstat(path, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// Bytes from a place on, at most so many; none where there are none, or they cannot be read.
  func piece(from position: Int64, count: Int) -> [UInt8] {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0, count > 0 else { return [] }
    defer { close(file) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(pread(file, buffer.baseAddress, count, off_t(position)), 0)
    }
  }

  /// The seq of the last line; nil where there is no file, or nothing in it.
  var lastSeq: Int64? {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let end = lseek(file, 0, Int32(SEEK_END))
    lseek(file, max(0, end - 4096), Int32(SEEK_SET))
    var tail = [UInt8](repeating: 0, count: 4096)
    let count = tail.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    guard count > 0 else { return nil }
    let lines = tail.prefix(count).split(separator: UInt8(ascii: "\n"))
    return lines.last.flatMap { line in
      Int64(String(decoding: line.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self))
    }
  }
}
