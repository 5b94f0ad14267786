package import Access

/// What the gate's event loops share: the site, its secrets, and what is being counted.
package final class EnforcementSite: Sendable {
  private let administration: Administration

  package init(_ administration: Administration) {
    self.administration = administration
  }
}

/// Judges requests for one event loop.
///
/// Facts are remembered by digest and dropped as soon as another connection wrote anything that
/// decides; ``decide(_:_:credential:account:request:at:)`` runs on every request.
package final class Enforcement {
  private let site: EnforcementSite

  package init(_ site: EnforcementSite) throws {
    self.site = site
  }

  /// The answer, or what has to be done for it away from the event loop.
  ///
  /// Never blocks.
  package func judge(_ attempt: Attempt) -> Judgement {
    .unavailable("not built")
  }
}

package enum Judgement: Sendable {
  case ruled(Ruling)
  /// Takes scrypt or a commit: call it on a thread that may wait, and answer what it returns.
  case deferred(@Sendable () -> Judgement)
  /// The database cannot be asked: refuse, and log this.
  case unavailable(String)
}

/// One decision with what the answer carries.
package struct Ruling: Sendable {
  package let decision: Decision
  /// Set where it is allowed.
  package let identity: Identity?
  /// Seconds until another try makes sense.
  package let retryAfter: Int64?

  package init(decision: Decision, identity: Identity?, retryAfter: Int64? = nil) {
    self.decision = decision
    self.identity = identity
    self.retryAfter = retryAfter
  }
}
