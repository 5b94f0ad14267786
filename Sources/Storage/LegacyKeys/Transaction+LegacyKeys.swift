package import Access
import FoundationEssentials
import GRDB

/// A legacy key as it is imported: all that is kept of its value is a digest.
package struct NewKey: Hashable, Sendable {
  package let key: LegacyKey
  /// 32 bytes.
  package let digest: [UInt8]

  package init(key: LegacyKey, digest: [UInt8]) {
    self.key = key
    self.digest = digest
  }
}

extension Transaction {
  package func insert(_ keys: [NewKey]) throws {
    try insert(
      "legacyKey (id, owner, label, digest, createdAt, disabledAt, retiredAt, lastUsedAt)",
      tuple: "(?, (SELECT login FROM account WHERE id = ?), ?, ?, ?, ?, ?, ?)",
      keys.map { new in
        let key = new.key
        return [
          key.id.text, key.owner.text, key.label, Data(new.digest), key.createdAt?.milliseconds,
          key.disabledAt?.milliseconds, key.retiredAt?.milliseconds,
          key.lastUsedAt?.milliseconds ?? 0,
        ]
      })
  }

  /// Switches a key on or off, or retires it for good.
  package func setKeyState(_ state: LegacyKeyState, of id: Identifier<LegacyKey>) throws {
    let assignment =
      switch state {
      case .active: "disabledAt = NULL"
      case .disabled: "disabledAt = :now"
      case .retired: "retiredAt = :now"
      }
    var arguments: StatementArguments = ["id": id.text]
    if state != .active { arguments += ["now": now.milliseconds] }
    try execute("UPDATE legacyKey SET \(assignment) WHERE id = :id", arguments)
    if state == .retired { note(.legacyKey(id.text)) }
  }

  package func setReplacement(
    _ token: Identifier<Authorization>?, of id: Identifier<LegacyKey>
  ) throws {
    try execute(
      "UPDATE legacyKey SET replacement = ? WHERE id = ?", [token?.text, id.text])
  }

  /// Keeps what an operator decided about a migration warning; `id` is its `kind:subject`.
  package func setReview(
    _ state: ReviewState, of id: String, note: String, until: Instant? = nil
  ) throws {
    try execute(
      """
      INSERT INTO review (id, state, note, until, reviewer, at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        state = excluded.state, note = excluded.note, until = excluded.until,
        reviewer = excluded.reviewer, at = excluded.at
      """, [id, state.rawValue, note, until?.milliseconds, actor.login, now.milliseconds])
  }
}
