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
}
