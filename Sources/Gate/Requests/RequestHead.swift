package import Access
import NIOHTTP1

/// The head of an HTTP/1.1 request as somebody wrote it down, to find out what would become of it.
package struct RequestHead: Sendable {
  private let head: HTTPRequestHead

  /// Reads a request line and fields, up to the first empty line or the end (RFC 9112 section 3).
  ///
  /// Lines may end as people's editors end them. Nothing is decoded.
  ///
  /// - Throws: ``RequestHeadError`` that names the first line which is none.
  package init(_ text: [UInt8]) throws(RequestHeadError) {
    guard text.count <= Limits.target + Limits.fields else { throw .tooLarge }
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }[...]
    let words = lines.popFirst()?.split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard let words, (2...3).contains(words.count), words.allSatisfy(Self.isVisible) else {
      throw .requestLine
    }
    var headers = HTTPHeaders()
    for (index, line) in lines.prefix(while: { !$0.isEmpty }).enumerated() {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), Self.isVisible(line[..<colon])
      else { throw .field(line: index + 2) }
      headers.add(
        name: String(decoding: line[..<colon], as: UTF8.self),
        value: String(decoding: line[(colon + 1)...].trimmed, as: UTF8.self))
    }
    head = HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: String(decoding: words[0], as: UTF8.self)),
      uri: String(decoding: words[1], as: UTF8.self), headers: headers)
  }

  /// The attempt it would be, from `source`.
  ///
  /// A head as gateways send it to `/auth` counts as what it reports; any other as what a caller
  /// sends to the API.
  ///
  /// - Parameters:
  ///   - source: where it comes from; nil as the head says.
  ///   - legacyKeyHeader: the header that legacy keys arrive in.
  /// - Returns: the attempt, as a listed peer would report it.
  package func attempt(from source: IPAddress?, legacyKeyHeader: String) -> Attempt {
    let convention: ForwardConvention =
      if case .auth(let convention) = Route(target: head.uri) { convention } else {
        .target(path: head.uri)
      }
    var attempt = Attempt(
      head, convention, from: .listed, peers: Peers(),
      legacyKeyHeader: legacyKeyHeader.lowercased())
    if let source { attempt.request.source = source }
    return attempt
  }

  /// Whether all are visible characters of ASCII, and there is one.
  private static func isVisible(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { (0x21...0x7E).contains($0) }
  }
}

/// Why something is no request head.
package enum RequestHeadError: Failure, Equatable {
  case tooLarge
  case requestLine
  case field(line: Int)

  package var description: String {
    switch self {
    case .tooLarge: "The request head is larger than what the gate takes."
    case .requestLine:
      "The first line is no request line. It is like `GET /api/orders HTTP/1.1`."
    case .field(let line): "Line \(line) is no header field. It is like `Name: value`."
    }
  }
}
