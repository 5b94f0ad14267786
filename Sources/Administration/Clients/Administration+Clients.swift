import Access
import Credentials
import Storage

extension Administration {
  func addClient(named name: String, audience: String?, by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageSettings)
      let name = try VisibleName.name(name, what: "client name")
      let audience = try VisibleName.name(
        audience ?? office.policy.properties.tokenAudience, what: "audience")
      guard try !office.snapshot.clients().contains(where: { $0.isNamed(name) }) else {
        throw ClientError.exists(name)
      }
      let client = GatewayClient(
        id: Identifier(RandomID.make()), name: name, audience: audience,
        createdAt: try office.snapshot.now())
      let secret = Secret(RandomID.secret().utf8)
      try transaction.insert(client, digest: try secrets().digest(of: secret))
      return Recorded(
        .client(IssuedClient(client: client, secret: secret)),
        AuditEvent("client.add", target: client.target, after: "audience: \(audience)"))
    }
  }

  /// What it asks from now on is refused.
  func removeClient(_ text: String, by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.require(.manageSettings)
      let clients = try office.snapshot.clients()
      guard
        let client = clients.first(where: { $0.id.text == text })
          ?? clients.first(where: { $0.isNamed(text) })
      else { throw ClientError.unknown(text) }
      try transaction.remove(client.id)
      return Recorded(
        .changed(1),
        AuditEvent("client.remove", target: client.target, before: "audience: \(client.audience)"))
    }
  }
}

extension GatewayClient {
  var target: String { "client \(id) \(name)" }

  /// As the database compares names: ASCII letters have no case.
  fileprivate func isNamed(_ other: String) -> Bool { name.lowercased() == other.lowercased() }
}
