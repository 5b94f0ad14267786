/// A gateway that may introspect and revoke the tokens of one audience.
package struct GatewayClient: Hashable, Sendable {
  package let id: Identifier<GatewayClient>
  package let name: String
  /// The `aud` of the tokens it may ask about.
  package let audience: String
  package let createdAt: Instant

  package init(
    id: Identifier<GatewayClient>, name: String, audience: String, createdAt: Instant
  ) {
    self.id = id
    self.name = name
    self.audience = audience
    self.createdAt = createdAt
  }
}

/// A client just made; the only time its secret exists outside the caller's hands.
package struct IssuedClient: Hashable, Sendable {
  package let client: GatewayClient
  package let secret: Secret

  package init(client: GatewayClient, secret: Secret) {
    self.client = client
    self.secret = secret
  }
}

/// Why a client is refused.
package enum ClientError: Failure, Equatable {
  case exists(String)
  case unknown(String)

  package var description: String {
    switch self {
    case .exists(let name):
      "There is a client “\(name)” already. Remove it first, or choose another name."
    case .unknown(let name):
      "There is no client “\(Visible.text(name))”. `gatehouse client list` shows them."
    }
  }
}
