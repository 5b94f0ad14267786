import Access
import Glibc

/// Where text goes: standard output, standard error, or a test's memory.
///
/// A class, because everybody who writes must share one buffer and its order.
final class Sink {
  /// Whether somebody reads it at once; decides about colour and progress.
  let isTerminal: Bool
  private let write: ([UInt8]) throws(OutputError) -> Void
  private let capacity: Int
  private var waiting: [UInt8] = []

  /// Up to `capacity` bytes wait before they are written; 0 writes every line at once.
  init(
    isTerminal: Bool, capacity: Int = 0, write: @escaping ([UInt8]) throws(OutputError) -> Void
  ) {
    self.isTerminal = isTerminal
    self.capacity = capacity
    self.write = write
  }

  convenience init(descriptor: Int32, capacity: Int = 0) {
    self.init(isTerminal: isatty(descriptor) == 1, capacity: capacity) {
      (bytes) throws(OutputError) in
      try Self.write(bytes, to: descriptor)
    }
  }

  /// Writes `text` as it is: whoever calls has made it safe for a terminal.
  func text(_ text: String) throws(OutputError) {
    waiting += text.utf8
    if waiting.count > capacity { try flush() }
  }

  func line(_ line: String) throws(OutputError) {
    try text(line + "\n")
  }

  func flush() throws(OutputError) {
    guard !waiting.isEmpty else { return }
    // What cannot be written now would fail again: it is not kept.
    defer { waiting.removeAll(keepingCapacity: true) }
    try write(waiting)
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw OutputError(code: errno)
      }
    }
  }
}

/// Output that could not be written.
struct OutputError: Failure, Equatable {
  let code: Int32

  var description: String {
    "The output could not be written: \(systemMessage(code)). What was to be shown is lost."
  }
}

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
