import CStorage
import Glibc

/// Whether a folder lies on a file system of another machine, where SQLite's locks do not hold.
enum NetworkMount {
  private static let types: Set<Substring> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "glusterfs",
  ]

  /// The numbers (statfs(2)) of what lies on a disk or in memory: ext2 to ext4, XFS, Btrfs, tmpfs,
  /// F2FS, bcachefs.
  private static let localNumbers: Set<UInt32> = [
    0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0xF2F5_2010, 0xCA45_1A4E,
  ]

  /// Looks at `/proc/self/mountinfo` (proc(5)) unless the number of the file system says enough;
  /// where it cannot be read nothing is known, and nothing refused.
  static func holds(_ folder: String) -> Bool {
    if localNumbers.contains(cfile_system(folder)) { return false }
    guard let resolved = realpath(folder, nil) else { return false }
    defer { free(resolved) }
    return holds(String(cString: resolved), mounts: table())
  }

  /// Of the mounts that `path` lies under, the longest decides, and of equals the last.
  static func holds(_ path: String, mounts: String) -> Bool {
    var best = (length: 0, isNetwork: false)
    // By bytes: looking for characters takes twenty times as long, at each start.
    for line in mounts.utf8.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: " ")).map { Substring($0) }
      guard fields.count > 6, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else {
        continue
      }
      let point = unescaped(fields[4])
      let isAbove = point == "/" || path == point || path.hasPrefix(point + "/")
      if isAbove, point.utf8.count >= best.length {
        best = (point.utf8.count, types.contains(fields[dash + 1]))
      }
    }
    return best.isNetwork
  }

  /// A blank, tab, newline or backslash stands there as a backslash and three octal digits.
  private static func unescaped(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(field.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.count >= 3,
        let escaped = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
      {
        bytes.append(escaped)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func table() -> String {
    let file = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }
}
