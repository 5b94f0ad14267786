import Access
import NIOHTTP1

/// Where a gateway puts what it was asked.
enum ForwardConvention: Equatable {
  /// `/auth`: in `X-Forwarded-Method` and `X-Forwarded-Uri`.
  case headers
  /// `/auth/<original path>`: in this request's own method and target; here is that path.
  case target(path: String)
}

extension Attempt {
  /// Reads a request's head by one convention, and never falls back to the other: a gateway
  /// overwrites only its own headers, so a client could speak through the rest.
  ///
  /// The name of the header for legacy keys is in lower case.
  init(
    _ head: HTTPRequestHead, _ convention: ForwardConvention, from peer: Peer, peers: Peers,
    legacyKeyHeader: String
  ) {
    let fields = HeaderFields(head.headers, legacyKeyHeader: legacyKeyHeader)
    let (method, target): (String?, String?) =
      switch convention {
      case .headers: (fields.forwardedMethod.single, fields.forwardedURI.single)
      case .target(let path): (head.method.rawValue, path)
      }
    let isKnown = peer == .listed && method?.isEmpty == false
    let isSafe = isKnown && target.map(RequestPath.isSafe) == true
    let source = peer == .listed ? Self.source(fields.forwardedFor, peers) : nil
    self.init(
      Presentation(fields),
      request: RequestFacts(source: source, method: method ?? "", isSafe: isSafe),
      agent: fields.agent, path: isKnown ? target.map(RequestPath.withoutQuery) : nil)
  }

  /// The last address that is no listed peer's; nil where there is none, or it is no address.
  private static func source(_ values: [String], _ peers: Peers) -> IPAddress? {
    for value in values.reversed() {
      var rest = value.utf8[...]
      while true {
        let comma = rest.lastIndex(of: UInt8(ascii: ","))
        let element = comma.map { rest[rest.index(after: $0)...] } ?? rest
        guard let address = IPAddress(parsing: String(Substring(element.trimmed))) else {
          return nil
        }
        if !peers.lists(address) { return address }
        guard let comma else { break }
        rest = rest[..<comma]
      }
    }
    return nil
  }
}
