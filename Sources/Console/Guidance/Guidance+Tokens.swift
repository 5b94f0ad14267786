import Access
import TerminalKit

// The words of the Authorizations screen and its dialogs.
extension Guidance {
  /// Said to their owner as the console opens.
  static func tokensEnd(_ count: String, isOne: Bool, name: String, ends: String) -> String {
    isOne
      ? "Your token \(name) ends \(ends). 5 shows it; r makes its successor."
      : "\(count) of your tokens end soon, \(name) \(ends). 5 shows them; r makes a successor."
  }

  // MARK: - The list

  static func noTokens(_ scene: Scene, isEveryones: Bool) -> SafeText {
    let policy = scene.session.policy
    if policy.mode != .bearer { return SafeText(noTokensOutside(policy.mode, scene)) }
    let lead: SafeText =
      isEveryones ? "Everyone's tokens will be here." : "Your tokens will be here."
    if scene.may(.createTokens) || scene.may(.manageTokens) { return lead + " a makes one." }
    return lead + " " + SafeText(noPermission(.createTokens, contact: scene.session.contact))
  }

  /// Why no token can be made outside `bearer`, and the way out for whoever looks.
  static func noTokensOutside(_ mode: APIMode, _ scene: Scene) -> String {
    let lead = "No token in mode \(mode.rawValue) yet:"
    if scene.may(.manageSettings) {
      return "\(lead) Enter on 2 Props enables Bearer support."
    }
    return scene.session.contact.name.map { "\(lead) \($0) can enable Bearer support." }
      ?? "\(lead) Somebody with Manage settings can enable Bearer support."
  }

  static func ownTokensOnly(contact: Contact) -> String {
    noPermission(.manageTokens, contact: contact) + " These are yours."
  }

  static func allTokensOnly(contact: Contact) -> String {
    noPermission(.useAPI, contact: contact)
  }

  package static let tokenCutOff =
    "That looks like a token, but not like a whole one. It was dropped; nothing was looked up."
  package static let tokenNotKnown =
    "No token here has that value: mistyped, cut off, or from another site. It was dropped."

  static func tokenFound(_ row: TokenRow, isOthers: Bool) -> String {
    isOthers
      ? "That is “\(row.name)” of \(row.owner): everyone's tokens are shown."
      : "That is “\(row.name)”. What was pasted is not kept."
  }

  static let rotateOne =
    "Each successor is shown once, so tokens are rotated one at a time. U takes off the marks."

  static func notRevocable(_ rows: [TokenRow]) -> String {
    if let row = rows.first, rows.count == 1 {
      return "The token “\(row.name)” is \(row.state.rawValue) already."
    }
    return "None of the \(SafeText.count(rows.count)) marked tokens can still be revoked."
  }

  static func notAsleep(_ rows: [TokenRow]) -> String {
    if let row = rows.first, rows.count == 1 {
      return "The token “\(row.name)” is \(row.state.rawValue), not asleep: nothing to wake."
    }
    return "None of the \(SafeText.count(rows.count)) marked tokens is asleep."
  }

  static func notRotatable(_ row: TokenRow) -> String {
    row.state == .suspended
      ? "The token “\(row.name)” is asleep. e wakes it, then r rotates it."
      : "The token “\(row.name)” is \(row.state.rawValue). a makes a new one."
  }

  // MARK: - Making

  static let ownerMissing = "Owner: the login of a service account, or your own."
  static let neverEnds: SafeText = "works until somebody revokes it"

  // MARK: - Ending

  static let revocationIsFinal: SafeText =
    "Refused everywhere from the next request on. This cannot be undone."

  static func alreadyEnded(_ count: Int) -> SafeText {
    .count(count, "other marked token has", "other marked tokens have") + " ended already."
  }

  static func revoked(_ count: Int, of wanted: Int) -> String {
    "\(SafeText.count(count, "token")) revoked, from the next request on. "
      + "\(SafeText.count(wanted - count)) had ended meanwhile."
  }

  // MARK: - Rotating

  static let rotation: SafeText =
    """
    A successor takes the name, the purpose and the lifetime. The old token works beside it until \
    the successor's first use, or the end of the overlap.
    """

  // MARK: - The value, once

  static let shownOnce: SafeText =
    "Next you see the token, once. Have the place ready where it will go."
  static let selectIt: SafeText =
    "Select it with the mouse (tmux: hold Shift), or y to send it to the clipboard."
  static let selectItBriefly: SafeText = "Select with the mouse (tmux: hold Shift), or press y."
  static let clipboardLimits: SafeText =
    "tmux drops y unless set-clipboard is on; PuTTY ignores it."
  static let writesFile: SafeText = "w writes it to a new file that only you may read."
  package static let noFileOverSSH =
    "A file would be on this host, not on yours: over SSH the token is not written to one."
  static let proven: SafeText = "That is it, whole."
  static let isInFile: SafeText = "It is in the file, whole. Enter closes this for good."
  static let fileMissing = "Name the file first, like ~/ci.token."
  static let notProven: SafeText = "Nobody can show it again: not you, not Gatehouse."

  /// What is wrong with a value that was pasted back.
  static func differs(_ pasted: String, from value: String) -> SafeText {
    let (one, other) = (Array(pasted.utf8), Array(value.utf8))
    let place = zip(one, other).prefix { $0 == $1 }.count
    if pasted.filter({ !$0.isWhitespace }) == value {
      return "The lines were not joined: a token has no blanks and no line ends."
    }
    if place == one.count {
      return .count(one.count) + " of " + .count(other.count) + " characters: cut off."
    }
    if place == other.count { return "It goes on after the token's end: paste the token alone." }
    return "Not the same from character " + .count(place + 1) + " on."
  }

  static func wroteToken(_ path: String) -> String {
    "Written to \(Visible.text(path)), for you alone to read."
  }

  static func oldTokenWorks(_ overlap: FiniteLifetime) -> SafeText {
    "The old one works until this one is first used, at the most for \(overlap.description)."
  }

  static func tooSmallForToken(rows: Int) -> SafeText {
    """
    The terminal is too small to show the token whole, and half of it is worse than nothing. \
    Make it \(rows) rows high or wider: the token waits. y sends it to the clipboard as it is.
    """
  }

  static let couldNotCopy = "could not be copied when it was shown"
}
