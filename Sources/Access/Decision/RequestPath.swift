/// The path of a request, as far as it may be judged.
package enum RequestPath {
  /// Whether everybody on the way reads `path` alike, so that a gateway's rule meets what is served.
  ///
  /// False where it does not begin with `/`, and for what servers are known to read differently:
  /// empty and dot segments, path parameters, backslashes, characters outside of ASCII, and encoded
  /// dots, separators, percent signs and controls. What stands behind `?` is no part of the path.
  package static func isSafe(_ path: String) -> Bool {
    let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
    var bytes = path.utf8.makeIterator()
    guard bytes.next() == slash else { return false }
    var last = slash
    while let byte = bytes.next(), byte != UInt8(ascii: "?") {
      switch byte {
      // The last segment may be empty: `/` and `/items/` have one reading.
      case slash: guard last != slash, last != dot else { return false }
      case UInt8(ascii: "%"):
        guard let value = decoded(bytes.next(), bytes.next()), value >= 0x20, value != 0x7F,
          !ambiguous.contains(value)
        else { return false }
      case UInt8(ascii: ";"), UInt8(ascii: "\\"): return false
      default: guard (0x21...0x7E).contains(byte) else { return false }
      }
      last = byte
    }
    return last != dot
  }

  private static func decoded(_ high: UInt8?, _ low: UInt8?) -> UInt8? {
    guard let high = high.flatMap(digit), let low = low.flatMap(digit) else { return nil }
    return high << 4 | low
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.flatMap(UInt8.init(exactly:))
  }

  /// A target up to its query, which may hold a secret.
  package static func withoutQuery(_ target: String) -> String {
    target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
  }

  private static let ambiguous = [UInt8]("./\\%;?#".utf8)
}
