import Access
package import TerminalKit

/// Asks before an account is taken off the list of essential integrations.
package struct RemoveIntegrationDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case cancel, remove }

  /// The entry as it was when it was last looked at here.
  private var row: IntegrationRow
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
    // Somebody else may have changed it meanwhile.
    case .remove: context.ask(.integrations, as: "before")
    case .cancel: context.close()
    }
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.integrations(let rows)):
      guard let current = rows.first(where: { $0.login == row.login }) else {
        context.fail(Guidance.integrationMoved(isGone: true))
        return
      }
      if current.integration == row.integration {
        context.perform(.removeIntegration(row.login))
      } else {
        row = current
        form.moveFocus(to: .cancel)
        context.fail(Guidance.integrationMoved(isGone: false))
      }
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }
}
