import Access
package import TerminalKit

/// Asks before an account is taken off the list of essential integrations.
package struct RemoveIntegrationDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case cancel, remove }

  private let row: IntegrationRow
  package var form = Form<ControlID>(
    [.init(.cancel, .button), .init(.remove, .button)], focus: .cancel)
  package var scroll = 0

  init(_ row: IntegrationRow) { self.row = row }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let policy = scene.session.policy
    let stopsNow = policy.mode == .bearer && policy.acceptance(of: .password) == .listed
    return Dialog(
      title: "Remove \(SafeText(row.login))", titleStyle: .warning,
      lines: [
        .text(SafeText(row.integration.purpose)),
        .text("Last used " + row.lastUsedAt.ago(scene.now, never: "never, as far as seen")),
        .blank,
        .text(
          stopsNow ? Guidance.removalStops : Guidance.removalLater, stopsNow ? .danger : .warning),
        .text(Guidance.removalUndo, .muted),
      ], buttons: [(.cancel, "Cancel"), (.remove, "Remove it")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse integration remove", columns: 72)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .remove: context.perform(.removeIntegration(row.login))
    case .cancel: context.close()
    }
  }
}
