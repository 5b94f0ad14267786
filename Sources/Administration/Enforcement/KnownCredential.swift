import Access
import Credentials

/// A credential that exists, as small as what decides about it: hundreds of thousands are remembered.
///
/// A reference, so that a slot of the memory takes two words.
final class KnownCredential {
  private let id: PackedID
  private let name: String
  private let traits: Traits
  /// Milliseconds, as is the last activity; the latest instant there is stands for none.
  private let expiresAt: Int64
  private var lastActivity: Int64
  /// Of the few that were rotated.
  private let rotation: Rotation?
  let account: KnownAccount?

  private final class Rotation {
    /// When it was replaced.
    let replacedAt: Instant?
    /// Until when the one that it replaces works beside it.
    let overlapEnd: Instant?

    /// Nil where there is neither.
    init?(replacedAt: Instant?, overlapEnd: Instant?) {
      guard replacedAt != nil || overlapEnd != nil else { return nil }
      self.replacedAt = replacedAt
      self.overlapEnd = overlapEnd
    }
  }

  private struct Traits: OptionSet {
    let rawValue: UInt8

    static let isKey = Traits(rawValue: 1)
    static let mayOnlyRead = Traits(rawValue: 2)
    static let isRevoked = Traits(rawValue: 4)
    static let isSuspended = Traits(rawValue: 8)
    static let isDisabled = Traits(rawValue: 16)
  }

  /// - Parameters:
  ///   - token: what is stored of it.
  ///   - account: whose it is.
  ///   - overlapEnd: until when the token it replaces works beside it, unless this one is used
  ///     before.
  init(_ token: Authorization, account: KnownAccount?, overlapEnd: Instant? = nil) {
    var traits: Traits = token.scope == .read ? .mayOnlyRead : []
    if token.revocation != nil { traits.insert(.isRevoked) }
    if token.suspendedAt != nil { traits.insert(.isSuspended) }
    id = PackedID(token.id.text)
    name = token.name
    self.traits = traits
    expiresAt = token.expiresAt?.milliseconds ?? .max
    lastActivity = token.lifespan.lastActivity.milliseconds
    rotation = Rotation(replacedAt: token.replacedAt, overlapEnd: overlapEnd)
    self.account = account
  }

  init(_ key: LegacyKey, account: KnownAccount?) {
    id = PackedID(key.id.text)
    name = key.label
    traits = key.state == .active ? .isKey : [.isKey, .isDisabled]
    (expiresAt, lastActivity, rotation) = (.max, .max, nil)
    self.account = account
  }

  /// What it is judged by: of a token or legacy key only what that and the answer need.
  var presented: PresentedCredential {
    let owner = account?.facts.account.id ?? Identifier("")
    guard !traits.contains(.isKey) else {
      let disabledAt = traits.contains(.isDisabled) ? Instant(milliseconds: 0) : nil
      return .legacyKey(
        LegacyKey(id: Identifier(id.text), owner: owner, label: name, disabledAt: disabledAt))
    }
    return .bearer(
      Authorization(
        id: Identifier(id.text), owner: owner, name: name,
        scope: traits.contains(.mayOnlyRead) ? .read : .readWrite, lifespan: lifespan))
  }

  private var lifespan: Authorization.Lifespan {
    let active = Instant(milliseconds: lastActivity)
    // Of a token whose owner is gone nobody asks how it stands.
    let owner = account?.facts.account.login
    return Authorization.Lifespan(
      createdAt: active,
      expiresAt: expiresAt == .max ? nil : Instant(milliseconds: expiresAt),
      suspendedAt: traits.contains(.isSuspended) ? active : nil,
      revocation: traits.contains(.isRevoked)
        ? owner.map { .init(at: active, by: $0, reason: "") } : nil,
      replacedAt: rotation?.replacedAt)
  }

  /// Whether an idle limit put it to sleep for good, so that only waking it ends that.
  var isStoredAsSuspended: Bool { traits.contains(.isSuspended) }

  /// The token's id where its first use has to end another's time.
  func successor(at now: Instant) -> Identifier<Authorization>? {
    guard let end = rotation?.overlapEnd, now < end else { return nil }
    return Identifier(id.text)
  }

  /// Keeps the idle limit from counting while the use is not yet written.
  func use(at now: Instant) { lastActivity = max(lastActivity, now.milliseconds) }
}
