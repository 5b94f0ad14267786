package import Access
import Foundation
import GRDB

extension Snapshot {
  /// Clients that are not removed, by name.
  package func clients() throws -> [GatewayClient] {
    try Row.fetchAll(
      db, sql: "\(Self.clientSelect) WHERE removedAt IS NULL ORDER BY name"
    ).map(client)
  }

  /// The client of this id, if it is not removed, with the digest of its secret.
  package func client(
    _ id: Identifier<GatewayClient>
  ) throws -> (client: GatewayClient, digest: [UInt8])? {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "\(Self.clientSelect) WHERE id = ? AND removedAt IS NULL"),
      arguments: [id.text])
    return try row.map { row in
      let digest: Data = try row[cell: "digest"]
      return (try client(row), Array(digest))
    }
  }

  /// Ids of tokens that were revoked or replaced and have not ended, sorted.
  package func revokedTokens() throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id FROM token WHERE revokedAt IS NOT NULL AND expiresAt > :now
          UNION ALL
          SELECT id FROM token
          WHERE replacedAt IS NOT NULL AND replacedAt <= :now AND revokedAt IS NULL
            AND expiresAt > :now
          """), arguments: ["now": try now().milliseconds]
    ).sorted()
  }

  private static let clientSelect = "SELECT id, name, audience, createdAt, digest FROM client"

  private func client(_ row: Row) throws -> GatewayClient {
    try GatewayClient(
      id: Identifier(row[cell: "id"]), name: row[cell: "name"], audience: row[cell: "audience"],
      createdAt: Instant(milliseconds: row[cell: "createdAt"]))
  }
}

extension Transaction {
  package func insert(_ client: GatewayClient, digest: [UInt8]) throws {
    try db.execute(
      sql: "INSERT INTO client (id, name, audience, digest, createdAt) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        client.id.text, client.name, client.audience, Data(digest), client.createdAt.milliseconds,
      ])
  }

  package func remove(_ client: Identifier<GatewayClient>) throws {
    try db.execute(
      sql: "UPDATE client SET removedAt = ? WHERE id = ? AND removedAt IS NULL",
      arguments: [try snapshot.now().milliseconds, client.text])
  }
}
