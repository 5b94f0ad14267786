import Access
package import TerminalKit

// What the keys are called as things stand, and the commands that do the same.
extension SecurityScreen {
  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .everywhere(.open): openLabel(scene)
    case .everywhere(.nextPane): pane == .entries ? (figures.isEmpty ? "text" : "figures") : "back"
    case .own(.observe):
      if case .level(let level) = entry, level != operations?.observation?.level {
        scene.session.policy.mode == .bearer && level == scene.session.policy.level ? nil : usual
      } else {
        operations?.observation == nil ? nil : "stop observing"
      }
    case .own(.undo): scene.session.standing.current.revision.base > 0 ? usual : nil
    default: usual
    }
  }

  private func openLabel(_ scene: Scene) -> SafeText? {
    if pane == .detail { return figures.isEmpty ? nil : "open" }
    return switch entry {
    case .level where scene.session.policy.mode != .bearer: "Enable Bearer"
    case .level(let level) where level == scene.session.policy.level: nil
    case .level(let level): "plan " + SafeText(level.name)
    case .passwords: "choose"
    case .expiration: "edit"
    case .integrations, .revisions, .observing, .brownouts: "open"
    case .cutOver: "announce"
    }
  }

  package func commandLine(_ scene: Scene) -> String? {
    switch entry {
    case .level(let level):
      Self.change(to: level, in: scene.session.policy)?.planCommand ?? "gatehouse level show"
    case .passwords: "gatehouse level show"
    case .expiration: "gatehouse expiration show"
    case .integrations: "gatehouse integration list"
    case .revisions: "gatehouse revision list"
    case .observing: "gatehouse level observed"
    case .brownouts: "gatehouse brownout list"
    case .cutOver: "gatehouse cutover show"
    }
  }
}

extension PolicyChange {
  /// The level that is chosen with it, where that is what it is for.
  var chosenLevel: SecurityLevel? {
    switch self {
    case .level(let level), .enableBearer(let level): level
    default: nil
    }
  }
}
