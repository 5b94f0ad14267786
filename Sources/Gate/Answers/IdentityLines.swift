import Access
import NIOCore

extension ByteBuffer {
  /// The identity headers of an allowed request: all of them, always, empty where there is nothing,
  /// so that none that a client sent survives in a gateway.
  mutating func writeIdentity(_ identity: Identity?) {
    writeStaticString("X-Auth-Subject: ")
    writePercentEncoded(identity?.login.text ?? "")
    writeStaticString("\r\nX-Auth-Client: ")
    writePercentEncoded(identity?.client ?? "")
    writeStaticString("\r\nX-Auth-Key-Id: ")
    writePercentEncoded(identity?.keyID ?? "")
    writeStaticString("\r\nX-Auth-Method: ")
    writeString(identity?.kind.rawValue ?? "")
    writeStaticString("\r\nX-Auth-Scopes: ")
    writeString(identity?.scope.rawValue ?? "")
    writeStaticString("\r\nX-Auth-Roles: ")
    for (index, role) in (identity?.roles ?? []).enumerated() {
      if index > 0 { writeInteger(UInt8(ascii: ",")) }
      writePercentEncoded(role)
    }
    writeStaticString("\r\n")
  }

  /// UTF-8, percent-encoded outside of the unreserved characters (RFC 3986 section 2.3).
  mutating func writePercentEncoded(_ text: String) {
    let bytes = text.utf8Span.span
    if bytes.indices.allSatisfy({ Self.isUnreserved(bytes[$0]) }) {
      writeString(text)
      return
    }
    for byte in text.utf8 {
      if Self.isUnreserved(byte) {
        writeInteger(byte)
      } else {
        writeInteger(UInt8(ascii: "%"))
        writeInteger(Self.digit(byte >> 4))
        writeInteger(Self.digit(byte & 15))
      }
    }
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
