import Access
import TerminalKit

extension RefusalRow {
  /// The reason as the list says it: `not recognised`, or its code.
  var reasonText: SafeText {
    reason == .credentialInvalid ? "not recognised" : SafeText(reason.rawValue)
  }

  /// Why, in a sentence or two.
  func cause(_ scene: Scene) -> String {
    guard reason == .credentialInvalid, caller.owner == nil else {
      return reason.explanation(of: kind, under: scene.session.policy)
    }
    let hint =
      lastAccepted.map {
        " Last accepted from this address: \($0.caller.text), \($0.at.ago(scene.now).string)."
      } ?? " Nobody was accepted from this address lately."
    return "No credential here matches what was sent: mistyped, cut off, or from another site."
      + hint
  }

  /// What made it so, where that was a change of the policy.
  func origin(_ scene: Scene) -> SafeText? {
    guard reason == .methodRefused || reason == .apiDisabled else { return nil }
    let revision = scene.session.standing.current.revision
    let policy = scene.session.policy
    let what: SafeText =
      policy.mode == .bearer
      ? "Level " + SafeText(policy.level.name) : "API mode " + SafeText(policy.mode.rawValue)
    return what + " is in force since " + revision.at.ago(scene.now)
      + " (revision \(revision.number), \(revision.author))."
  }

  /// For whoever owns the credential: what is refused, why, and what to do.
  func letter(_ scene: Scene) -> String {
    let how = kind.map { " with a \($0.name)" } ?? ""
    let from = source.map { " from \($0)" } ?? ""
    return """
      Requests of \(caller.text)\(how)\(from) are refused by \
      \(scene.session.policy.properties.siteName): \(reason.rawValue), \(reason.status).
      \(times) times, the last one at \(lastAt.rfc3339)\(path.map { " for \($0)" } ?? "").
      \(cause(scene))
      """
  }
}

extension Decision {
  /// The checks that passed, on one line; nil where none did.
  var passedText: SafeText? {
    let passed = checks.filter { $0.outcome == .passed }.map(\.subject.rawValue)
    return passed.isEmpty ? nil : "ok       " + SafeText(passed.joined(separator: ", "))
  }
}
