import Access
import Glibc

/// The file beside the database that remembers the audit's hashes; it may lag, never lead.
struct Checkpoints {
  let path: String

  /// Adds lines and sees them to the disk.
  ///
  /// The change is committed already: what fails here must not make it look undone. `doctor` tells
  /// of a file that lags.
  func append(_ heads: [AuditHead], ended: [EndedCredential] = []) {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    let end = lseek(file, 0, Int32(SEEK_END))
    // The rows last: by the last line one sees how far the file goes.
    let text = (ended.map(\.text) + heads.map(\.text)).map { $0 + "\n" }.joined()
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
    var lines = lines()
    var found: [EndedCredential] = []
    while let line = lines.next() {
      if let credential = EndedCredential(parsing: String(decoding: line, as: UTF8.self)) {
        found.append(credential)
      }
      lines.skip()
    }
    return found
  }

  /// The lines from a byte on, as far as the file goes now or until `end`.
  func lines(from position: Int64 = 0, until end: Int64? = nil) -> Lines {
    Lines(checkpoints: self, position: position, end: end ?? length)
  }

  /// Lines one behind the other, of which a piece at a time is read.
  struct Lines {
    fileprivate let checkpoints: Checkpoints
    /// Where the next one begins.
    fileprivate(set) var position: Int64
    fileprivate let end: Int64
    private var buffer: ArraySlice<UInt8> = []

    /// The next line without its end, until it is skipped; nil where no whole one is left.
    mutating func next() -> ArraySlice<UInt8>? {
      while true {
        if let index = buffer.firstIndex(of: UInt8(ascii: "\n")) { return buffer[..<index] }
        let read = position + Int64(buffer.count)
        let piece = checkpoints.piece(from: read, count: Int(min(end - read, 1 << 16)))
        guard !piece.isEmpty else { return nil }
        buffer = Array(buffer + piece)[...]
      }
    }

    mutating func skip() {
      guard let line = next() else { return }
      position += Int64(line.count + 1)
      buffer = buffer[(line.endIndex + 1)...]
    }

    /// Whether there is something behind the last whole line.
    var hasRest: Bool { !buffer.isEmpty }

    fileprivate init(checkpoints: Checkpoints, position: Int64, end: Int64) {
      self.checkpoints = checkpoints
      self.position = position
      self.end = end
    }
  }

  /// How many bytes there are; 0 where there is no file.
  var length: Int64 {
    var status = stat()
    return lstat(path, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// Bytes from a place on, at most so many; none where there are none, or they cannot be read.
  private func piece(from position: Int64, count: Int) -> [UInt8] {
    guard count > 0 else { return [] }
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { return [] }
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
