package import Access

/// A failure as the console keeps it: what to say, and what kind of answer it calls for.
package struct FailureText: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// The ground moved: another revision was saved, or another set would stop. Look again.
    case moved
    /// The row it was meant for is not as it was shown. Look at it, then do it again.
    case changed
    /// A permission is missing, or the account is gone.
    case notPermitted
    /// Another process held the lock for too long. Trying again may do.
    case busy
    case other
  }

  package let description: String
  package let kind: Kind

  package init(_ description: String, kind: Kind = .other) {
    self.description = description
    self.kind = kind
  }

  package init(_ failure: any Failure) {
    description = failure.description
    kind =
      switch (failure as? RevisionError, failure.exitCode) {
      case _ where failure is LegacyKeyError: .changed
      case (.moved, _), (.groundMoved, _): .moved
      case (_, .notPermitted): .notPermitted
      case (_, .busy): .busy
      default: .other
      }
  }
}
