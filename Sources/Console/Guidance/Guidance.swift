package import Access
package import TerminalKit

/// The words of the console that are more than a label, in one place so that they can be weighed.
package enum Guidance {
  // MARK: - Keys and fields

  package static let copyHelp: SafeText =
    "copy the row's id or value; tmux needs set-clipboard on, PuTTY ignores it"
  static let placesHelp: SafeText = "the screens, as in the tabs; 0 is My account"
  package static let copied =
    "Sent to the clipboard. tmux drops it unless set-clipboard is on, PuTTY ignores it."
  package static let pasteDropped =
    "Nothing here takes pasted text. Go to a field first, then paste again."

  package static func fieldFull(leftOut: Int) -> String {
    "The field is full: \(SafeText.count(leftOut, "character")) left out."
  }

  package static let noCommand = "There is no command for what is shown here."
  package static let nothingPending = "No revision is pending: there is nothing to keep or cancel."
  package static let readOnly =
    "This console only looks: it was started with --read-only. Nothing was changed."
  static let onlyLooks = "This console only looks: nothing of this can be applied in it."
  package static let cannotSuspend =
    "There is no shell to go back to here, so the console stays. Q quits."

  package static func unknownTerm(_ term: String) -> String {
    "This host does not know the terminal “\(term)”; it is treated as xterm-256color."
  }

  package static let backup =
    "`gatehouse backup DIR` makes one; it belongs into a timer of the system."

  package static func unknownCommand(_ text: String, names: [String]) -> String {
    "“\(text)” is no screen here. Type one of \(names.joined(separator: " "))."
  }

  // MARK: - Places

  package static func notVisible(_ place: Place) -> String {
    "Your roles do not include \(place.label). 0 shows what they do."
  }

  package static func placeLost(_ place: Place) -> String {
    "Your roles no longer include \(place.label). What was not saved there is dropped."
  }

  /// Said where somebody has no use for the API; `contact` is who can change that.
  package static func noPermission(_ permission: Permission, contact: Contact) -> String {
    let lead = "Your roles do not include \(permission.name)"
    let middle = permission == .useAPI ? ", so there is nothing to authorize." : "."
    return switch contact {
    case .notRead: lead + middle
    case .nobody: "\(lead)\(middle) Nobody is named who could grant it."
    case .named(let name): "\(lead)\(middle) \(name) can grant it."
    }
  }

  // MARK: - The row that moved

  /// Said when what a key was meant for is not what it was.
  package static let changedMeanwhile =
    "Somebody else changed that row just now. Look at it, then do it again."
  package static let changedSinceListed =
    "Changed by somebody else since it was listed; this is how it stands now."
  package static let goneMeanwhile =
    "That row is gone: somebody else removed it. The cursor is on the next one."

  package static func propertyChanged(_ key: PropertyKey, _ value: String) -> String {
    "\(key.rawValue) was changed to “\(value)” by somebody else just now. "
      + "Look at it, then do it again."
  }

  // MARK: - Finding

  package static let nothingSought = "Nothing is sought yet. / finds text."
  package static let foundAround = "Found beyond the end of the list, going round."

  package static func notFound(_ text: String) -> String {
    "“\(text)” is not in this list."
  }

  package static func foundOnlyHere(_ text: String) -> String {
    "“\(text)” is nowhere else in this list."
  }

  // MARK: - Filter and marks

  package static func nothingMatches(_ filter: String) -> SafeText {
    "Nothing here matches “\(SafeText(filter))”. f changes the filter, Ctrl-U clears it."
  }

  package static let rangeBegins =
    "A range begins here. Go to its other end and press v once more."

  package static func tooManyMarked(_ most: Int) -> String {
    "More than \(SafeText.count(most)) rows are marked. Filter or unmark until it is fewer."
  }

  // MARK: - The end

  package static func idleLogout(_ limit: FiniteLifetime) -> String {
    "Logged out after \(spelled(limit)) without a key. Nothing unsaved was applied."
  }

  static func idleSoon(_ left: Duration) -> String {
    "Logging out in \(seconds(left)) without a key. Any key keeps this open."
  }

  static func longSoon(_ left: Duration) -> String {
    "This session ends in \(seconds(left)), however busy: save what is not."
  }

  private static func seconds(_ span: Duration) -> String {
    SafeText.count(Int(clamping: span.components.seconds), "second").string
  }

  package static func longLogout(_ limit: FiniteLifetime) -> String {
    "Logged out after \(spelled(limit)): a session ends then, however busy. "
      + "Nothing unsaved was applied. Log in again to go on."
  }

  package static func loggedOut(_ reason: String) -> String {
    "Logged out. \(reason) Nothing unsaved was applied."
  }

  /// `15 minutes`, `12 hours`, `1 day`; spans in odd seconds stay short.
  static func spelled(_ span: FiniteLifetime) -> String {
    let units: [(Int64, String)] = [(86_400, "day"), (3600, "hour"), (60, "minute")]
    for (length, name) in units where span.seconds % length == 0 {
      return SafeText.count(Int(span.seconds / length), name).string
    }
    return SafeText.count(Int(span.seconds), "second").string
  }
}
