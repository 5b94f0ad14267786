import Glibc
import Synchronization

/// A bar on standard error that says how far long work has come.
final class ProgressBar: Sendable {
  private let write: @Sendable (String) -> Void
  private let shown = Mutex<Int?>(nil)

  static let width = 30

  init(write: @escaping @Sendable (String) -> Void) {
    self.write = write
  }

  convenience init(descriptor: Int32) {
    self.init { try? Sink.write(Array($0.utf8), to: descriptor) }
  }

  /// Draws the bar where its percentage has changed.
  func show(_ done: Int, of total: Int) {
    let part = total > 0 ? min(max(Double(done) / Double(total), 0), 1) : 1
    let percent = Int(part * 100)
    let isNew = shown.withLock { last in
      defer { last = percent }
      return last != percent
    }
    guard isNew else { return }
    let filled = Int(part * Double(Self.width))
    let bar =
      String(repeating: "#", count: filled)
      + String(repeating: ".", count: Self.width - filled)
    write("\r[\(bar)] \(percent)%  \(grouped(done)) of \(grouped(total))")
  }

  /// Wipes the bar, so that what follows begins on a clean line.
  func end() {
    guard shown.withLock({ $0 != nil }) else { return }
    write("\r\u{1B}[K")
  }
}

/// A count as people read it: `100,000`.
func grouped(_ number: some BinaryInteger) -> String {
  var text = ""
  for (index, digit) in String(number.magnitude).reversed().enumerated() {
    if index > 0, index % 3 == 0 { text = "," + text }
    text = String(digit) + text
  }
  return number < 0 ? "-" + text : text
}
