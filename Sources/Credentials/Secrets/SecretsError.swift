package import Access

/// Why secrets cannot be read, written or changed.
package enum SecretsError: Failure, Equatable {
  case missing(String)
  case symbolicLink(String)
  case notAFile(String)
  case foreignOwner(String, owner: UInt32, user: UInt32)
  case openToOthers(String, mode: UInt32)
  case unreadable(String, reason: String)
  case unwritable(String, reason: String)
  case exists(String)
  case content(String, String)
  case unknownKey(String)
  case keyIsRetired(String)
  case rotatedTooSoon(kid: String, until: Instant)

  package var description: String {
    switch self {
    case .missing(let path):
      """
      The secrets file \(shown(path)) is missing; without it no token or key can be checked. \
      Restore it from a backup, together with the database.
      """
    case .symbolicLink(let path):
      "The secrets file \(shown(path)) is a symbolic link. Put the file itself in its place."
    case .notAFile(let path):
      "\(shown(path)) is not a regular file. Move it away and restore the secrets from a backup."
    case .foreignOwner(let path, let owner, let user):
      """
      The secrets file \(shown(path)) belongs to the user with the id \(owner), and this is \
      \(user). Run gatehouse as its owner, or give the file away with `chown`.
      """
    case .openToOthers(let path, let mode):
      """
      The secrets file \(shown(path)) has the mode \(octal(mode)), so others may get at the \
      private keys. Set `chmod 600`; if somebody may have read it, rotate and retire the keys.
      """
    case .unreadable(let path, let reason):
      "The secrets file \(shown(path)) cannot be read: \(reason). Check path and disk."
    case .unwritable(let path, let reason):
      """
      The secrets file \(shown(path)) cannot be written: \(reason). Check the directory, the disk \
      and its free space, then try again.
      """
    case .exists(let path):
      """
      \(shown(path)) exists and will not be overwritten: it may hold the only keys of a site. \
      Choose another database, or move the file away.
      """
    case .content(let path, let problem):
      "The secrets file \(shown(path)) cannot be used: \(problem) Restore it from a backup."
    case .unknownKey(let kid):
      "There is no signing key “\(Visible.text(kid))”. `gatehouse signing-key list` shows them."
    case .keyIsRetired(let kid):
      "The signing key \(kid) is retired already. There is nothing left to do."
    case .rotatedTooSoon(let kid, let until):
      """
      The next signing key \(kid) is too new: gateways may not know it yet. Rotate after \
      \(until.rfc3339), or retire the current key if it has leaked.
      """
    }
  }

  package var exitCode: ExitCode {
    switch self {
    case .missing, .symbolicLink, .notAFile, .foreignOwner, .openToOthers, .unreadable,
      .unwritable, .content:
      .unusable
    case .exists: .wouldOverwrite
    case .unknownKey, .keyIsRetired, .rotatedTooSoon: .refused
    }
  }

  private func shown(_ path: String) -> String { Visible.text(path) }

  private func octal(_ mode: UInt32) -> String { "0" + String(mode, radix: 8) }
}
