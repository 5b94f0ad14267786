/// A permanent API key imported from the old system; its value is kept only as a digest.
package struct LegacyKey: Hashable, Sendable, Identifiable {
  package let id: Identifier<LegacyKey>
  package let owner: Identifier<Account>
  package var label: String
  /// nil where the old system did not say.
  package var createdAt: Instant?
  package var lastUsedAt: Instant?
  /// Switched off, reversibly.
  package var disabledAt: Instant?
  /// Ended for good.
  package var retiredAt: Instant?

  package init(
    id: Identifier<LegacyKey>, owner: Identifier<Account>, label: String, createdAt: Instant? = nil,
    lastUsedAt: Instant? = nil, disabledAt: Instant? = nil, retiredAt: Instant? = nil
  ) {
    self.id = id
    self.owner = owner
    self.label = label
    self.createdAt = createdAt
    self.lastUsedAt = lastUsedAt
    self.disabledAt = disabledAt
    self.retiredAt = retiredAt
  }

  package var state: LegacyKeyState {
    retiredAt != nil ? .retired : disabledAt != nil ? .disabled : .active
  }
}

package enum LegacyKeyState: String, CaseIterable, Sendable { case active, disabled, retired }

/// A row of an import of legacy keys.
package struct LegacyKeyDraft: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case plain(Secret)
    /// SHA-256 of the key's bytes, 32 bytes.
    case sha256([UInt8])
  }

  package var value: Value
  package var owner: Login
  package var label: String
  package var createdAt: Instant?
  package var lastUsedAt: Instant?

  package init(
    value: Value, owner: Login, label: String = "", createdAt: Instant? = nil,
    lastUsedAt: Instant? = nil
  ) {
    self.value = value
    self.owner = owner
    self.label = label
    self.createdAt = createdAt
    self.lastUsedAt = lastUsedAt
  }
}

/// Why something about a legacy key is refused.
package enum LegacyKeyError: Failure, Equatable {
  case unknown(String)
  case retired(String)
  case linked(String, token: String)
  case already(String, LegacyKeyState)

  package var description: String {
    switch self {
    case .unknown(let id):
      "There is no legacy key “\(Visible.text(id))”. `gatehouse key list` shows them."
    case .retired(let label): "The legacy key “\(label)” is retired for good. Make a Bearer token."
    case .linked(let label, let token):
      "“\(label)” is linked to the token “\(Visible.text(token))” already."
    case .already(let label, let state): "The legacy key “\(label)” is \(state.rawValue) already."
    }
  }
}
