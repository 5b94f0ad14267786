import Access
import NIOCore

/// What a request is answered: a status, header lines, and a body that fits into memory.
struct Answer: Sendable {
  enum Status: Int, Sendable {
    case ok = 200
    case notModified = 304
    case badRequest = 400
    case unauthorized = 401
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case contentTooLarge = 413
    case targetTooLong = 414
    case headersTooLarge = 431
    case unavailable = 503

    var phrase: StaticString {
      switch self {
      case .ok: "OK"
      case .notModified: "Not Modified"
      case .badRequest: "Bad Request"
      case .unauthorized: "Unauthorized"
      case .forbidden: "Forbidden"
      case .notFound: "Not Found"
      case .methodNotAllowed: "Method Not Allowed"
      case .contentTooLarge: "Content Too Large"
      case .targetTooLong: "URI Too Long"
      case .headersTooLarge: "Request Header Fields Too Large"
      case .unavailable: "Service Unavailable"
      }
    }
  }

  var status: Status
  /// Whole lines, each with its CRLF; their values are ASCII.
  var lines: String
  var body: String

  init(_ status: Status, lines: String = "", body: String = "") {
    self.status = status
    self.lines = lines
    self.body = body
  }

  static func text(_ status: Status, _ text: String, lines: String = "") -> Answer {
    Answer(status, lines: "Content-Type: text/plain; charset=utf-8\r\n" + lines, body: text)
  }

  static func json(_ status: Status, _ value: JSONValue, lines: String = "") -> Answer {
    Answer(
      status, lines: "Content-Type: application/json\r\n" + lines, body: value.compact + "\n")
  }

  /// An error with its code (RFC 6749 section 5.2) and what to do next.
  static func error(
    _ status: Status, _ code: String, _ message: String, lines: String = ""
  ) -> Answer {
    .json(
      status,
      .object([.init("error", .string(code)), .init("error_description", .string(message))]),
      lines: lines)
  }

  static func methodNotAllowed(_ allowed: String) -> Answer {
    .error(
      .methodNotAllowed, "invalid_request", "Use \(allowed) here.", lines: "Allow: \(allowed)\r\n")
  }

  static let noStore = "Cache-Control: no-store\r\n"

  /// Writes it as HTTP/1.1 (RFC 9112): with the line that has the date, without a body where it
  /// answers a HEAD, and saying so where the connection ends with it.
  func write(to buffer: inout ByteBuffer, date: String, isHead: Bool, isLast: Bool) {
    buffer.writeStaticString("HTTP/1.1 ")
    buffer.writeDecimal(status.rawValue)
    buffer.writeInteger(UInt8(ascii: " "))
    buffer.writeStaticString(status.phrase)
    buffer.writeStaticString("\r\n")
    buffer.writeString(date)
    if status != .notModified {
      buffer.writeStaticString("Content-Length: ")
      buffer.writeDecimal(body.utf8.count)
      buffer.writeStaticString("\r\n")
    }
    if isLast { buffer.writeStaticString("Connection: close\r\n") }
    buffer.writeString(lines)
    buffer.writeStaticString("\r\n")
    if !isHead, status != .notModified { buffer.writeString(body) }
  }
}

extension ByteBuffer {
  mutating func writeDecimal(_ number: Int) {
    if number >= 10 { writeDecimal(number / 10) }
    writeInteger(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }
}
