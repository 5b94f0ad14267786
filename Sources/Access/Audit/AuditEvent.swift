/// What the audit keeps of one change, before it has a number.
package struct AuditEvent: Hashable, Sendable {
  /// `noun.verb`, like `token.revoke`.
  package let action: String
  /// What it was done to, like `token 01J…` or `revision 42`.
  package let target: String
  /// One line or JSON, never a secret; nil where there was nothing.
  package let before: String?
  package let after: String?
  package let reason: String?

  package init(
    _ action: String, target: String, before: String? = nil, after: String? = nil,
    reason: String? = nil
  ) {
    self.action = action
    self.target = target
    self.before = before
    self.after = after
    self.reason = reason
  }
}

/// Who acts, through what, and from where.
package struct Actor: Hashable, Sendable {
  package enum Through: String, CaseIterable, Sendable { case console, command, gate, system }

  /// The account; nil for the system itself.
  package let account: Identifier<Account>?
  package let login: String
  package let through: Through
  /// The SSH client's address or `os:USER`.
  package let source: String
  /// The key with which they came in over SSH; nil for somebody on the host itself.
  package let sshKey: Identifier<SSHKey>?

  package init(
    account: Identifier<Account>?, login: String, through: Through, source: String,
    sshKey: Identifier<SSHKey>? = nil
  ) {
    self.account = account
    self.login = login
    self.through = through
    self.source = source
    self.sshKey = sshKey
  }

  package static let system = Actor(
    account: nil, login: "system", through: .system, source: "")
}
