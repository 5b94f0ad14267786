import Access
package import TerminalKit

/// Asks before the console is left.
package struct QuitDialog: FormDialog {
  package var applies: Bool { false }

  package enum ControlID: Hashable, Sendable { case stay, quit }

  /// Where something would be lost.
  let drafts: [Place]
  package var form = Form<ControlID>([.init(.stay, .button), .init(.quit, .button)], focus: .stay)
  package var scroll = 0

  init(drafts: [Place]) { self.drafts = drafts }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    var lines: [DialogLine<ControlID>] = []
    if drafts.isEmpty {
      lines.append(.text("Nothing is left unsaved."))
    } else {
      lines.append(.text("Not saved, and lost by quitting:", .warning))
      lines += drafts.map { .text("  " + SafeText($0.key.description) + " " + $0.label) }
    }
    if let pending = scene.session.standing.pending, let deadline = pending.deadline {
      lines.append(
        .text(
          "Revision \(pending.number) takes itself back in " + deadline.countdown(scene.now)
            + " unless somebody keeps it.", .warning))
    }
    return Dialog(
      title: "Quit Gatehouse?", lines: lines, buttons: [(.stay, "Stay"), (.quit, "Quit")],
      hint: "Tab next   Enter press   Esc stay", columns: 60)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    if button == .quit { context.quit() } else { context.close() }
  }
}
