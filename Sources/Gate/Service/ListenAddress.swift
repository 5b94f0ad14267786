package import Access

/// Where the service listens: `HOST:PORT`, `[IPv6]:PORT` or `unix:PATH`.
package enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
  case tcp(host: String, port: Int)
  case unix(path: String)

  package static let usual = ListenAddress.tcp(host: "127.0.0.1", port: 8484)

  package init(parsing text: String) throws(ListenError) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst("unix:".count))
      guard !path.isEmpty, path.utf8.count < 108 else { throw .address(text) }
      self = .unix(path: path)
      return
    }
    guard let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...])
    else { throw .address(text) }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
    } else if host.contains(":") {
      throw .address(text)
    }
    guard !host.isEmpty else { throw .address(text) }
    self = .tcp(host: host, port: Int(port))
  }

  package var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }
}

/// Why the service does not listen.
package enum ListenError: Failure, Equatable {
  case address(String)
  case inUse(path: String)
  case notASocket(path: String)
  case system(ListenAddress, reason: String)

  package var description: String {
    switch self {
    case .address(let text):
      "“\(Visible.text(text))” is no address to listen on. Write HOST:PORT, [IPv6]:PORT or unix:PATH."
    case .inUse(let path):
      "Another process listens on \(Visible.text(path)). End it, or name another path."
    case .notASocket(let path):
      "\(Visible.text(path)) is there and is no socket. Remove it, or name another path."
    case .system(let address, let reason):
      "The service cannot listen on \(Visible.text(address.description)): \(Visible.text(reason))."
    }
  }

  package var exitCode: ExitCode {
    switch self {
    case .address: .usage
    case .inUse, .notASocket, .system: .unavailable
    }
  }
}
