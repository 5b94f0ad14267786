import Access
import TerminalKit

/// What can be done to legacy keys, from the list and from one key's screen alike.
enum LegacyKeyDesk {
  enum Act: Hashable, Sendable {
    /// Asks whether to switch off or to retire.
    case end
    /// Switches on again.
    case enable
  }

  /// Whether the permission is there; says so where it is missing.
  static func permits(_ context: inout Context) -> Bool {
    if context.scene.may(.manageTokens) { return true }
    context.fail(Guidance.noPermission(.manageTokens, contact: context.session.contact))
    return false
  }

  /// Does it, or asks first, to those of `rows` that it can be done to.
  static func perform(_ act: Act, _ rows: [LegacyKeyRow], _ context: inout Context) {
    guard !rows.isEmpty else {
      context.say(Guidance.noKeyChosen)
      return
    }
    switch act {
    case .end:
      let open = rows.filter { $0.state != .retired }
      if open.isEmpty {
        context.say(Guidance.keysRetired)
      } else {
        context.open(EndKeysDialog(open))
      }
    case .enable:
      let off = rows.filter { $0.state == .disabled }
      if off.isEmpty {
        context.say(
          rows.allSatisfy { $0.state == .retired } ? Guidance.keysRetired : Guidance.keysOn)
      } else {
        context.perform(.enableKeys(off.map { Identifier($0.id) }))
      }
    }
  }

  /// Says what came of it.
  static func report(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    if case .failure(let failure) = result, failure.kind == .changed {
      context.fail(Guidance.changedMeanwhile)
    } else {
      context.report(change, result)
    }
  }
}

extension Change {
  /// Whether it is about legacy keys that may have been marked.
  var isOfKeys: Bool {
    switch self {
    case .disableKeys, .enableKeys, .retireKeys: true
    default: false
    }
  }
}
