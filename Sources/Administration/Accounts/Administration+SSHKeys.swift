package import Access
import Credentials
import Storage

extension Administration {
  /// Lets an account in with a key; that one was tried which is refused for what it is, is audited.
  func addSSHKey(_ text: String, to login: Login, by actor: Actor) throws -> Outcome {
    do {
      return try add(try SSHPublicKey(parsing: text), to: login, by: actor)
    } catch let error as SSHKeyError {
      try recordRefused(error.audited, for: login, by: actor)
      throw error
    } catch SSHAccessError.taken(let owner) {
      try recordRefused("a key of another account", for: login, by: actor)
      throw SSHAccessError.taken(owner)
    }
  }

  /// In words of ours: what was given may be a private key.
  private func recordRefused(_ what: String, for login: Login, by actor: Actor) throws {
    try write(by: actor) { office, _ in
      try office.requireOwn(login)
      _ = try office.known(login)
      return Recorded(
        (), AuditEvent("account.ssh-key-refuse", target: "account \(login)", reason: what))
    }
  }

  private func add(
    _ parsed: SSHPublicKey, to login: Login, by actor: Actor
  ) throws -> Outcome {
    try write(by: actor) { office, transaction in
      try office.requireOwn(login)
      _ = try office.known(login)
      let keys = try office.snapshot.sshKeys(of: login)
      if let held = try office.snapshot.sshKey(blob: parsed.blob) {
        guard held.owner != login else { throw SSHAccessError.held(login) }
        throw SSHAccessError.taken(office.may(.manageAccess) ? held.owner : nil)
      }
      guard keys.count < SSHKey.most else { throw SSHAccessError.tooMany(login) }
      let key = SSHKey(
        id: Identifier(RandomID.make()), owner: login, type: parsed.type.rawValue,
        bits: parsed.bits, fingerprint: parsed.fingerprint, comment: parsed.comment,
        addedAt: try office.snapshot.now(), addedBy: actor.login)
      try transaction.insert(key, blob: parsed.blob)
      return Recorded(
        .sshKey(key),
        AuditEvent("account.ssh-key-add", target: "account \(login)", after: key.summary))
    }
  }

  func removeSSHKey(_ id: Identifier<SSHKey>, by actor: Actor) throws -> Outcome {
    try write(by: actor) { office, transaction in
      let key = try office.sshKey(id)
      try transaction.removeSSHKey(id)
      try office.requireReachable(without: key)
      return Recorded(
        .account(key.owner),
        AuditEvent("account.ssh-key-remove", target: "account \(key.owner)", before: key.summary))
    }
  }
}

// MARK: - What sshd asks

extension Administration {
  /// The key that sshd was offered, as `%t` and `%k`, and its line for an `authorized_keys` file.
  ///
  /// - Returns: nil for a key that is not known, or whose owner is deactivated.
  package func authorizedKey(
    type: String, encoded: String
  ) throws -> (id: Identifier<SSHKey>, line: String)? {
    guard let parsed = SSHPublicKey(type: type, encoded: encoded) else { return nil }
    return try store.read { snapshot in
      guard let key = try snapshot.sshKey(blob: parsed.blob),
        try snapshot.activeAccount(login: key.owner) != nil
      else { return nil }
      return (key.id, parsed.line)
    }
  }

  /// Whoever came in with a key; it is looked at again whenever they do something.
  ///
  /// - Throws: ``SSHAccessError/removed``, which exits 77.
  package func actor(
    sshKey id: Identifier<SSHKey>, through: Actor.Through, source: String
  ) throws -> Actor {
    try store.read { snapshot in
      guard let key = try snapshot.sshKey(id: id),
        let account = try snapshot.activeAccount(login: key.owner)
      else { throw SSHAccessError.removed }
      return Actor(
        account: account, login: key.owner.text, through: through, source: source, sshKey: id)
    }
  }

  /// Keeps that somebody asked over SSH for what is not let through, in words of ours: what was typed
  /// may hold a secret.
  package func recordRefused(_ what: String, by actor: Actor) throws {
    try write(by: actor) { office, _ in
      Recorded(
        (),
        AuditEvent("ssh.refuse", target: "account \(office.account.login)", reason: what))
    }
  }
}

extension Office {
  /// Requires that an account is one's own, or the right to manage everyone's.
  func requireOwn(_ login: Login) throws {
    if account.login != login { try require(.manageAccess) }
  }

  /// A key that the actor may act on; whoever may not look learns nothing of it.
  func sshKey(_ id: Identifier<SSHKey>) throws -> SSHKey {
    guard let key = try snapshot.sshKey(id: id), key.owner == account.login || may(.manageAccess)
    else { throw SSHAccessError.unknown(id.text) }
    return key
  }

  /// Checks that a key which was taken away was not the last with which somebody could administer.
  ///
  /// Where nobody who can administer had a key they come in another way, and nothing is required.
  func requireReachable(without key: SSHKey) throws {
    for policy in standing.policies {
      let administrators = try snapshot.administrators(under: policy)
      guard administrators.contains(key.owner) else { continue }
      guard try administrators.contains(where: { try !snapshot.sshKeys(of: $0).isEmpty }) else {
        throw SSHAccessError.lastOfAdministrators(key.owner)
      }
    }
  }
}

extension SSHKey {
  /// As the audit keeps it.
  fileprivate var summary: String {
    "\(kind) \(fingerprint)" + (comment.isEmpty ? "" : " \(comment)")
  }
}

/// Why something about an account's SSH keys is refused.
package enum SSHAccessError: Failure, Equatable {
  case unknown(String)
  case held(Login)
  /// The owner is named to whoever may see all accounts.
  case taken(Login?)
  case tooMany(Login)
  case lastOfAdministrators(Login)
  case removed

  package var description: String {
    switch self {
    case .unknown(let id):
      """
      There is no SSH key “\(Visible.text(id))”, or it is another's. \
      `gatehouse account ssh-key list` shows yours.
      """
    case .held(let login): "“\(login)” has this key already. Nothing was changed."
    case .taken(let owner):
      """
      This key opens \(owner.map { "the account “\($0)”" } ?? "another account") already. \
      A key tells who somebody is, so each is one account's alone: make another pair.
      """
    case .tooMany(let login):
      "“\(login)” has \(SSHKey.most) keys, which is the most. Remove those that are not used."
    case .lastOfAdministrators(let login):
      """
      With this key nobody would be left who can administer over SSH; it is the last one of \
      “\(login)”. Add another key first.
      """
    case .removed:
      "The SSH key that opened this is removed, or its account is deactivated."
    }
  }

  package var exitCode: ExitCode { self == .removed ? .notPermitted : .refused }
}
