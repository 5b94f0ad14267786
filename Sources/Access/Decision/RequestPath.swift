/// The path of a request, as far as it may be judged.
package enum RequestPath {
  /// Whether everybody on the way reads `path` alike, so that a gateway's rule meets what is served.
  ///
  /// False where it does not begin with `/`, and for what servers are known to read differently:
  /// empty and dot segments, path parameters, backslashes, characters outside of ASCII, and encoded
  /// dots, separators, percent signs and controls. What stands behind `?` is no part of the path.
  package static func isSafe(_ path: String) -> Bool {
    let path = path.utf8.prefix { $0 != UInt8(ascii: "?") }
    guard path.first == UInt8(ascii: "/") else { return false }
    let segments = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .dropFirst()
    // The last one may be empty: `/` and `/items/` have one reading.
    guard !segments.dropLast().contains(where: \.isEmpty) else { return false }
    return segments.allSatisfy { isSafe(segment: Array($0)) }
  }

  private static func isSafe(segment: [UInt8]) -> Bool {
    guard segment.last != UInt8(ascii: ".") else { return false }
    var rest = segment[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard digits.utf8.count == 2, digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
          let value = UInt8(digits, radix: 16), !ambiguous.contains(value), value >= 0x20,
          value != 0x7F
        else { return false }
        rest = rest.dropFirst(2)
      case UInt8(ascii: ";"), UInt8(ascii: "\\"): return false
      default:
        guard (0x21...0x7E).contains(byte) else { return false }
      }
    }
    return true
  }

  private static let ambiguous = [UInt8]("./\\%;?#".utf8)
}
