import TerminalKit

// Coming in over SSH.
extension Guidance {
  static let noSSHKeys: SafeText =
    "No key opens this account over SSH. a adds one: paste the line of a .pub file."
  static let sshKey: SafeText =
    """
    Paste the one line of a public key, like ~/.ssh/id_ed25519.pub on the owner's machine. Whoever has \
    the private key is this account from then on. RSA keys need 3,072 bits; a key opens one account.
    """
  static let sshKeyFile: SafeText = "Where the file lies on this host, its path does as well."
  static let removingSSHKey: SafeText =
    """
    Nobody comes in with it any more. A console that was opened with it ends within a second, and \
    what stands in it unsaved is not applied.
    """
}
