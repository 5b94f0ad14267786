package import Access
package import TerminalKit

// What the levels mean, and what to make sure of before one takes effect.
extension Guidance {
  package static let recommended = SecurityLevel.high

  package static func level(_ level: SecurityLevel) -> SafeText {
    switch level {
    case .standard:
      """
      Old and new side by side. Legacy keys, passwords and Bearer tokens all work. Use it while \
      integrations move over. Limits: legacy keys never expire, and a leaked one works until \
      somebody switches it off.
      """
    case .high:
      """
      Bearer tokens for everyone, with lifetimes you set. Passwords only for the integrations you \
      list. Limits: every legacy key stops at once, and a password client that is not listed stops \
      with it.
      """
    case .maximum:
      """
      Bearer tokens only: each request carries a signed token. Limits: no password works, not even \
      a listed integration's. Products that cannot send a token lose access.
      """
    }
  }

  package static let enableBearer: SafeText =
    """
    People can now make tokens. Nothing that works today stops: you begin at Standard. Everyone is \
    affected, so tell them first.
    """

  package static func lowering(keys: Int, passwords: Int) -> SafeText {
    "This lets " + (keys == 0 ? "no legacy keys" : .count(keys, "legacy key")) + " and "
      + (passwords == 0 ? "no password clients" : .count(passwords, "password client"))
      + " in again. Revoked and expired tokens stay dead."
  }

  /// What to make sure of before High takes effect; `observed` is the span of traffic, if any.
  package static func beforeHigh(
    observed: SafeText?, deadline: FiniteLifetime
  ) -> [SafeText] {
    [
      "Every program in this list has a token, or may stop.",
      "Their owners know the hour.",
      observed.map { "Jobs that run monthly or yearly are not in " + $0 + " of traffic. Ask." }
        ?? "No traffic was watched yet: nobody knows which jobs call. Ask.",
      "Somebody is there for the next " + SafeText(spelled(deadline))
        + " to keep it or let it go back.",
    ]
  }

  /// What has to be ticked before Maximum takes effect; the last one goes on with who is called.
  package static let beforeMaximum: [SafeText] = [
    "Every integration in use sends a Bearer token, tested against this site",
    "Products that can only send a password are replaced, or may stop",
    "Monthly and yearly jobs are known",
    "An administrator holds a token that worked today",
    "Owners know the hour, and whom to call:",
  ]

  package static let afterMaximum: SafeText =
    "This console does not use the API. You can always come back here and undo."

  package static let looking: SafeText =
    "Looking changes nothing. Enter opens the plan, with the choice to take itself back."

  /// How to choose lifetimes.
  package static let expiration: [SafeText] = [
    "Short for people (8h to 30d), longer for services (up to 90d).",
    "Set the maximum first; the default well below it.",
    "Leave unlimited off. If one product needs it, allow it for one role.",
    "Let unused tokens sleep after 30d; waking one is a key.",
    "Shortening? Keep old tokens first, then end them spread over two weeks.",
    "Rotate before the end: both tokens work until the new one is used.",
  ]
}
