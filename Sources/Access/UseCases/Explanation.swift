/// A decision for a credential at hand, with every check behind it.
package struct Explanation: Hashable, Sendable {
  package let decision: Decision
  /// The token's or key's id, for a password the login; nil where what was presented is unknown.
  package let credential: String?
  /// What it is called; empty where it is unknown.
  package let name: String
  package let account: Login?

  package init(decision: Decision, credential: String?, name: String, account: Login?) {
    self.decision = decision
    self.credential = credential
    self.name = name
    self.account = account
  }
}

/// One thing `doctor` looked at.
package struct Finding: Hashable, Sendable {
  package let subject: String
  package let isFine: Bool
  package let detail: String
  /// What to do; nil where all is well.
  package let remedy: String?

  package init(_ subject: String, isFine: Bool, detail: String, remedy: String? = nil) {
    self.subject = subject
    self.isFine = isFine
    self.detail = detail
    self.remedy = remedy
  }
}

/// What came of a restored backup.
package struct RestoreReport: Hashable, Sendable {
  /// The audit row with which the backup ended, and the last one that was seen since.
  package let last: Int64
  package let seen: Int64
  /// Credentials that were ended since, and are so again.
  package let ended: Int
  /// Where the files that were there before are now; nil where there were none.
  package let aside: String?

  package init(last: Int64, seen: Int64, ended: Int, aside: String?) {
    self.last = last
    self.seen = seen
    self.ended = ended
    self.aside = aside
  }
}
