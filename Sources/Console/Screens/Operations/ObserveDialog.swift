import Access
package import TerminalKit

/// Asks before a level is observed, or before that ends and what was found is forgotten.
package struct ObserveDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case cancel, observe }

  /// nil ends it.
  private let level: SecurityLevel?
  private let current: Observation?
  package var form = Form<ControlID>(
    [.init(.cancel, .button), .init(.observe, .button)], focus: .cancel)
  package var scroll = 0

  init(_ level: SecurityLevel?, instead current: Observation?) {
    self.level = level
    self.current = current
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = level == nil ? [] : [.text(Guidance.observing)]
    if let current {
      let span = SafeText.span(seconds: scene.now.seconds(since: current.since))
      lines += [
        .blank,
        .text(
          SafeText(current.level.name) + " is observed for " + span
            + ". What was found is forgotten.", .warning),
      ]
    }
    return Dialog(
      title: level.map { "Observe " + SafeText($0.name) } ?? "Stop observing", lines: lines,
      buttons: [(.cancel, "Cancel"), (.observe, level == nil ? "Stop observing" : "Observe")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse level observe "
        + SafeText(level?.rawValue ?? "off"), columns: 76)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    if button == .observe { context.perform(.observe(level)) } else { context.close() }
  }
}
