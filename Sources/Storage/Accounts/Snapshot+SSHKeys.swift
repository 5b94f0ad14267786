package import Access
import FoundationEssentials
import GRDB

extension Snapshot {
  /// The keys of an account, in the order in which they were added.
  package func sshKeys(of login: Login) throws -> [SSHKey] {
    try Row.fetchAll(
      db.cachedStatement(sql: "\(Self.sshKeySelect) WHERE account = ? ORDER BY number"),
      arguments: [login.text]
    ).map(sshKey)
  }

  package func sshKey(id: Identifier<SSHKey>) throws -> SSHKey? {
    try Row.fetchOne(
      db.cachedStatement(sql: "\(Self.sshKeySelect) WHERE id = ?"), arguments: [id.text]
    ).map(sshKey)
  }

  /// The key with this text on the wire.
  package func sshKey(blob: [UInt8]) throws -> SSHKey? {
    try Row.fetchOne(
      db.cachedStatement(sql: "\(Self.sshKeySelect) WHERE blob = ?"), arguments: [Data(blob)]
    ).map(sshKey)
  }

  private static let sshKeySelect = """
    SELECT id, account, type, bits, fingerprint, comment, addedAt, addedBy FROM sshKey
    """

  private func sshKey(from row: Row) throws -> SSHKey {
    try SSHKey(
      id: Identifier(row[cell: "id"]), owner: login(row[cell: "account"]),
      type: row[cell: "type"], bits: row[cell: "bits"], fingerprint: row[cell: "fingerprint"],
      comment: row[cell: "comment"], addedAt: Instant(milliseconds: row[cell: "addedAt"]),
      addedBy: row[cell: "addedBy"])
  }
}

extension Transaction {
  package func insert(_ key: SSHKey, blob: [UInt8]) throws {
    try execute(
      """
      INSERT INTO sshKey (id, account, type, bits, blob, fingerprint, comment, addedAt, addedBy)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        key.id.text, key.owner.text, key.type, key.bits, Data(blob), key.fingerprint, key.comment,
        key.addedAt.milliseconds, key.addedBy,
      ])
  }

  package func removeSSHKey(_ id: Identifier<SSHKey>) throws {
    try execute("DELETE FROM sshKey WHERE id = ?", [id.text])
  }
}
