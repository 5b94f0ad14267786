import Access
import TerminalKit

// Observing a level, brownouts and the cut-over date.
extension Guidance {
  static let observing: SafeText =
    """
    Every request is judged by this level as well. Answers stay what they are, byte for byte; who \
    would have been refused is counted, from now on.
    """
  static let notObserving = "No level is observed. 3, then o on a level begins."
  static let nothingObserved: SafeText =
    """
    No level is observed. 3, then o on a level begins: who would be refused is then listed here, \
    while nothing changes for anybody.
    """
  static let nothingWouldStop: SafeText =
    "Nothing that was allowed would have been refused, so far. A monthly job may still call."

  static func stillObserving(_ level: SecurityLevel) -> String {
    "\(level.name) is observed as before. 3, then Observing lists who would be refused."
  }

  static let brownout: SafeText =
    """
    For a while one method is refused, so that those who still use it notice. Callers learn when \
    it ends, and who failed is kept.
    """
  static let timeExample: SafeText = "a time like 2026-12-01T22:00:00Z"
  static let noBrownouts: SafeText =
    """
    No brownout is planned or was held. a plans one: a quarter of an hour at a quiet time shows \
    who would fail at High, and who does not come back.
    """
  static let nobodyFailed: SafeText = "Nobody was refused in this window."
  static let nothingToAbort = "It is over: there is nothing to abort."
  static let aborting: SafeText =
    "From the next request on the method is judged as ever. What was found stays."

  static let cutOver: SafeText =
    """
    Replies to legacy keys and passwords say from now on when these are to end (Deprecation, \
    Sunset, Link). It switches nothing by itself: the level does that.
    """
}
