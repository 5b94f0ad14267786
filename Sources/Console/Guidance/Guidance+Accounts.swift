import Access
import TerminalKit

// Accounts, and the dialogs that change them.
extension Guidance {
  static let noAccounts: SafeText = "No account is listed. a adds one."

  static func password(isOwn: Bool, isReplacing: Bool) -> SafeText {
    switch (isOwn, isReplacing) {
    case (true, true): "It replaces the one you have, from the next request on."
    case (true, false):
      "With it you can call the API where the security level allows passwords."
    case (false, true):
      "A new one replaces the one it has, from the next request on. Removed, it works no more."
    case (false, false):
      "With it the account can call the API where the security level allows passwords."
    }
  }

  // MARK: - Deactivating

  static let deactivation: SafeText =
    "Nothing is deleted: reactivating brings back what was not revoked or expired meanwhile."
  static let reactivation: SafeText =
    "What was revoked, retired or has expired meanwhile stays as it is."
  static let nothingHeld: SafeText = "It stops nothing: no credential is held."
  static let nothingReturns: SafeText = "No credential is held; none returns."

  static func ownDeactivation(isOnly: Bool) -> SafeText {
    (isOnly ? "It is your own account" : "Your own account is among them")
      + ": this console ends as soon as it is done."
  }

  static func alreadyDeactivated(_ count: Int) -> SafeText {
    .count(count, "other") + " marked " + (count == 1 ? "is" : "are") + " deactivated already."
  }

  static func otherAccountsSoAlready(_ count: Int, of asked: Int) -> String {
    "\(SafeText.count(count)) of \(SafeText.count(asked, "account")) changed; the others were so already."
  }

  // MARK: - Editing

  static let noContact: SafeText =
    "A service without a contact: it works, and Migration warns until there is one."
  static let accountChanged =
    """
    Somebody else changed this account just now. What they changed is taken over above; what you \
    typed is kept. Look at it, then save again.
    """
}
