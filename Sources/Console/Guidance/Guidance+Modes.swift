package import Access
package import TerminalKit

// What the API mode means for whoever looks at a site, and what to do about it.
extension Guidance {
  /// One sentence on a mode, and on the way out of it where there should be one.
  package static func mode(_ mode: APIMode) -> SafeText {
    switch mode {
    case .bearer: "Tokens can be made, and the security level rules."
    case .legacy:
      "Legacy keys are native: nobody can make a token yet, and the level is locked."
    case .conflict:
      """
      EnableLegacyAPIKey and EmulateLegacyAPIKey are both true. The first one wins: as legacy, and \
      the level is locked. Enable Bearer support, or set EmulateLegacyAPIKey to false.
      """
    case .closed:
      """
      EnableLegacyAPIKey and EmulateLegacyAPIKey are both false, so the API accepts nothing. \
      Enable Bearer support, or set EnableLegacyAPIKey to true.
      """
    }
  }

  /// What is refused and why, as the caller is told; the next step is in it.
  package static let refusedLegacyKey: SafeText =
    """
    This site no longer accepts legacy keys. Make a Bearer token and send it as \
    Authorization: Bearer.
    """

  package static func refusal(expired when: SafeText) -> SafeText {
    "This token ended " + when + ". It cannot be extended; make a new one."
  }

  package static func refusal(suspendedAfter days: Int) -> SafeText {
    "Not used for " + .count(days, "day") + ", so it sleeps. Its owner can wake it."
  }

  package static func refusal(notListed contact: String?) -> SafeText {
    let ask = contact.map { "Ask \(SafeText($0))." } ?? "Ask your administrator."
    return "Passwords work only for listed integrations. " + SafeText(ask)
  }

  /// For the console only: a caller is never told this much.
  package static let notRecognised: SafeText =
    "No credential here matches what was sent: mistyped, cut off, or from another site."
}
