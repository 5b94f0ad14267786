import Access
import TerminalKit

/// What can be done about warnings, from the list and from one warning's screen alike.
enum WarningDesk {
  enum Act: Hashable, Sendable { case review, link, end }

  static func perform(_ act: Act, _ rows: [WarningRow], _ context: inout Context) {
    guard let first = rows.first else {
      context.say(Guidance.noWarningChosen)
      return
    }
    switch act {
    case .review: context.open(ReviewDialog(rows))
    case .link:
      guard rows.count == 1, first.kind == .legacyKey else {
        context.say(Guidance.onlyKeysAreLinked)
        return
      }
      context.open(LinkDialog(first))
    case .end: end(rows, &context)
    }
  }

  /// Legacy keys are switched off here; everything else where it belongs.
  private static func end(_ rows: [WarningRow], _ context: inout Context) {
    let keys = rows.compactMap(\.keyRow)
    if keys.isEmpty, rows.count == 1, let row = rows.first {
      switch row.kind {
      case .tokenBeyondMaximum, .tokenExpiring, .tokenNeverUsed, .tokenStale:
        context.go(to: .tokens, filter: "id:\(row.subject)")
      case .password, .ownerWithoutAPI, .ownerDeactivated, .serviceWithoutContact:
        context.go(to: .accounts, filter: row.name)
      case .integrationPastReview: context.push(IntegrationsScreen())
      case .properties: context.go(to: .properties)
      case .oneAdministrator: context.go(to: .accounts)
      case .legacyKey: break
      }
      return
    }
    guard !keys.isEmpty else {
      context.say(Guidance.onlyKeysAreSwitchedOff)
      return
    }
    guard LegacyKeyDesk.permits(&context) else { return }
    LegacyKeyDesk.perform(.end, keys, &context)
  }
}
