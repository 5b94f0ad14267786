import Glibc

/// The clock that only goes forward: nobody sets it, and it starts anew with the host.
package struct BootClock: Sendable {
  /// Milliseconds since the host started, sleep included.
  let elapsed: @Sendable () -> Int64
  /// Tells this start of the host from others; empty where that cannot be known.
  let bootID: @Sendable () -> String

  package init(elapsed: @escaping @Sendable () -> Int64, bootID: @escaping @Sendable () -> String) {
    self.elapsed = elapsed
    self.bootID = bootID
  }

  /// `CLOCK_BOOTTIME` (clock_gettime(2)) and the kernel's `boot_id` (random(4)).
  package static let system = BootClock(
    elapsed: {
      var time = timespec()
      clock_gettime(CLOCK_BOOTTIME, &time)
      return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    },
    bootID: { thisBoot })

  private static let thisBoot: String = {
    let file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
      .split(separator: "\n").first.map(String.init) ?? ""
  }()
}
