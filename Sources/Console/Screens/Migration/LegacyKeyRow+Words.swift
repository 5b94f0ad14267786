import Access
import TerminalKit

extension LegacyKeyRow {
  var shownOwner: SafeText { .owner(owner, isActive: isOwnerActive) }

  /// Whether it was used in the last 24 hours.
  func isInUse(_ now: Instant) -> Bool { lastUsedAt.map { $0 >= now - .hours(24) } ?? false }

  func shownUse(_ now: Instant) -> SafeText { lastUsedAt.ago(now, never: "never seen") }
}

extension SafeText {
  /// An owner, behind a mark that no cut takes away where they have left.
  static func owner(_ login: String, isActive: Bool) -> SafeText {
    isActive ? SafeText(login) : "(left) " + SafeText(login)
  }
}

extension LegacyKeyState {
  var style: Style {
    switch self {
    case .active: .plain
    case .disabled: .warning
    case .retired: .muted
    }
  }

  /// With what it means.
  var meaning: SafeText {
    switch self {
    case .active: "active"
    case .disabled: "disabled, until switched on again"
    case .retired: "retired for good"
    }
  }
}
