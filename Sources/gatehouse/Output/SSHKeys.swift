import Access

extension JSONValue {
  init(_ key: SSHKey) {
    self = [
      "id": .string(key.id.text),
      "account": .string(key.owner.text),
      "type": .string(key.type),
      "bits": key.bits.map { JSONValue($0) } ?? .null,
      "fingerprint": .string(key.fingerprint),
      "comment": .string(key.comment),
      "added_at": JSONValue(key.addedAt),
      "added_by": .string(key.addedBy),
    ]
  }
}

extension Listing<SSHKey> {
  static func sshKeys(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Type") { Cell($0.kind) },
        Column("Fingerprint") { Cell($0.fingerprint) },
        Column("Comment") { Cell($0.comment) },
        Column("Added") { Cell(clock.minute($0.addedAt)) },
        Column("By") { Cell($0.addedBy) },
        Column("Id") { Cell($0.id.text) },
      ],
      json: { JSONValue($0) },
      empty: "No SSH key. Add one: gatehouse account ssh-key add LOGIN FILE")
  }
}
