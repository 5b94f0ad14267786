/// An id in 16 bytes, where it is one that ``RandomID`` makes; its text takes four times as much.
package enum PackedID: Hashable, Sendable {
  case random(UInt64, UInt64)
  case text(String)

  package init(_ text: String) {
    guard let bytes = Base64.decode(text), bytes.count == 16, Base64.encode(bytes) == text else {
      self = .text(text)
      return
    }
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    self = .random(word(bytes[..<8]), word(bytes[8...]))
  }

  package var text: String {
    switch self {
    case .text(let text): text
    case .random(let high, let low):
      withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Base64.encode($0) }
    }
  }
}
