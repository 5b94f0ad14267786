package import Access

/// The gateways whose forwarded headers count.
package struct Peers: Sendable {
  private let networks: [Network]

  /// Loopback, where nothing else was named.
  package init(_ networks: [Network] = []) {
    self.networks = networks.isEmpty ? Self.loopback : networks
  }

  package func lists(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }

  private static let loopback = ["127.0.0.0/8", "::1/128"].compactMap {
    try? Network(parsing: $0)
  }
}

/// Whoever is at the other end of a connection.
enum Peer: Sendable {
  /// A gateway: what it says of a request counts.
  case listed
  case unlisted
}
