/// A public key that lets its owner in over SSH; its text is sshd's alone.
package struct SSHKey: Hashable, Sendable, Identifiable {
  package let id: Identifier<SSHKey>
  package let owner: Login
  /// As OpenSSH names it: `ssh-ed25519`.
  package let type: String
  /// The size of an RSA key; nil where the type says it.
  package let bits: Int?
  /// `SHA256:…`, as `ssh-keygen -l` shows it.
  package let fingerprint: String
  package let comment: String
  package let addedAt: Instant
  /// The login of whoever added it.
  package let addedBy: String

  /// More than anybody has machines.
  package static let most = 100

  package init(
    id: Identifier<SSHKey>, owner: Login, type: String, bits: Int?, fingerprint: String,
    comment: String, addedAt: Instant, addedBy: String
  ) {
    self.id = id
    self.owner = owner
    self.type = type
    self.bits = bits
    self.fingerprint = fingerprint
    self.comment = comment
    self.addedAt = addedAt
    self.addedBy = addedBy
  }

  /// `ssh-rsa 4096`, or the type alone.
  package var kind: String { bits.map { "\(type) \($0)" } ?? type }
}
