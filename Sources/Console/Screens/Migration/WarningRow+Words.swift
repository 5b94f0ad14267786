import Access
import TerminalKit

extension WarningRow {
  var shownOwner: SafeText { owner.map { .owner($0, isActive: isOwnerActive) } ?? "-" }

  /// When it was last used, for kinds that are used at all.
  func shownUse(_ now: Instant) -> SafeText {
    switch kind {
    case .ownerWithoutAPI, .ownerDeactivated, .serviceWithoutContact, .properties,
      .oneAdministrator:
      "-"
    default: lastUsedAt.ago(now, never: "never seen")
    }
  }

  /// The state of its review, and that it has to be looked at again.
  func shownReview(_ now: Instant) -> TableCell {
    if isUsedSinceReview { return TableCell(state.words + ", used", .danger) }
    if state == .postponed, isOpen(at: now) { return TableCell("postponed, due", .warning) }
    return TableCell(state.words, state == .new ? .warning : state.isSettled ? .muted : .plain)
  }

  /// The legacy key it is about.
  var key: Identifier<LegacyKey>? { kind == .legacyKey ? Identifier(subject) : nil }

  /// That key as the list of keys has it: what there is a warning about is switched on.
  var keyRow: LegacyKeyRow? {
    guard kind == .legacyKey else { return nil }
    return LegacyKeyRow(
      id: subject, label: name, owner: owner ?? "", isOwnerActive: isOwnerActive, state: .active,
      createdAt: nil, lastUsedAt: lastUsedAt, lastSource: source, lastAgent: agent,
      uses: uses ?? 0, review: state, cursor: cursor)
  }
}

extension WarningSeverity {
  var style: Style {
    switch self {
    case .stop: .danger
    case .look: .warning
    case .soon: .plain
    }
  }

  /// With what it means.
  var meaning: SafeText {
    switch self {
    case .stop: "stop: in use, and it will stop"
    case .look: "look: somebody has to decide"
    case .soon: "soon: a matter of time"
    }
  }
}

extension WarningBreak {
  /// As a sentence goes on.
  var meaning: SafeText {
    switch self {
    case .high: "stops at level High"
    case .maximum: "stops at level Maximum"
    case .now: "is refused already"
    case .policy: "ends by the policy, or by itself"
    case .never: "nothing stops by it"
    }
  }
}
