import Access
package import TerminalKit

extension NewTokenDialog {
  package func content(_ scene: Scene) -> Dialog<ControlID> {
    Dialog(
      title: "New token", lines: subject(scene) + [.blank] + ends(scene) + facts(scene),
      buttons: [(.create, "Create"), (.cancel, "Cancel")],
      hint: "Tab next   Space choose   Enter press   Esc cancel   gatehouse token create")
  }

  private func subject(_ scene: Scene) -> [DialogLine<ControlID>] {
    // Hints beside the fields would only break into lines of their own.
    let isNarrow = scene.size.columns < 80
    func hint(_ text: SafeText) -> DialogPiece<ControlID> {
      .text(isNarrow ? "" : "  " + text, .muted)
    }
    var lines: [DialogLine<ControlID>] = [
      .row([.text("Name      "), .field(.name, columns: 40), hint("1 to 64 characters")]),
      .row([.text("Purpose   "), .field(.purpose, columns: 40), hint("optional")]),
    ]
    if form.isEnabled(.owner) {
      lines.append(
        .row([
          .text("Owner     "), .field(.owner, columns: 24), hint("you, or a service account"),
        ]))
    }
    lines.append(
      .row([
        .text("May       "), .option(.scope, 0, "read and write"), .text("    "),
        .option(.scope, 1, isNarrow ? "read only" : "read only: GET, HEAD, OPTIONS"),
      ]))
    return lines
  }

  private func ends(_ scene: Scene) -> [DialogLine<ControlID>] {
    guard let choice else {
      return [.row([.text("Ends      "), .text("as the owner's roles allow", .muted)])]
    }
    return options.enumerated().map { index, option in
      let lead: DialogPiece<ControlID> = .text(index == 0 ? "Ends      " : "          ")
      switch option {
      case .offered(let lifetime):
        let label = ("in " + SafeText(lifetime.description)).padded(to: 9)
        let date = lifetime.end(from: scene.now).map { scene.zone.minute($0) } ?? ""
        return .row([
          lead, .option(.ends, index, label + date), .text(note(lifetime, choice), .muted),
        ])
      case .custom:
        return .row([
          lead, .option(.ends, index, "in "), .field(.custom, columns: 8),
          .text("  " + span(choice), .muted),
        ])
      case .never:
        return .row([
          lead, .option(.ends, index, ("never" as SafeText).padded(to: 9)),
          .text(mayNeverEnd(choice) ? Guidance.neverEnds : whyItEnds(choice), .muted),
        ])
      }
    }
  }

  private func note(_ lifetime: Lifetime, _ choice: LifetimeChoice) -> SafeText {
    let isDefault = lifetime == choice.defaultLifetime
    let isLongest = lifetime == choice.maximum
    let longest: SafeText =
      choice.isLimitedByRole ? "longest the role may have" : "longest the policy allows"
    return switch (isDefault, isLongest) {
    case (true, true): "   default, " + longest
    case (true, false): "   default"
    case (false, true): "   " + longest
    case (false, false): ""
    }
  }

  private func span(_ choice: LifetimeChoice) -> SafeText {
    let offered = choice.offered.filter { $0 != .unlimited }.map { SafeText($0.description) }
    return "typed, one of " + offered.joined(by: ", ")
  }

  private func whyItEnds(_ choice: LifetimeChoice) -> SafeText {
    choice.isLimitedByRole ? "not with this role" : "switched off by your administrator"
  }

  private func facts(_ scene: Scene) -> [DialogLine<ControlID>] {
    var lines: [DialogLine<ControlID>] = []
    if let limit = choice?.idleLimit {
      lines.append(
        .row([
          .text("Sleeps    "),
          .text("after " + SafeText(limit.description) + " without use; it can be woken", .muted),
        ]))
    }
    lines.append(
      .row([
        .text("Created   "), .text(scene.zone.minute(scene.now) + ", filled in for you", .muted),
      ]))
    lines.append(.blank)
    switch draft {
    case .success: lines.append(.text("Ready. " + Guidance.shownOnce, .ok))
    case .failure(let failure):
      // Nobody has done anything wrong yet who has not typed a name.
      let isEmpty = form.text(.name).isEmpty
      lines.append(.text(SafeText(failure.description), isEmpty ? .muted : .warning))
    }
    if let remote = scene.remote {
      lines += [
        .text("To skip the clipboard, run this on your own machine instead:", .muted),
        .text("  ssh " + SafeText(remote) + " " + SafeText(command), .accent),
      ]
    }
    return lines
  }

  /// The command that makes the same, without the program's name.
  private var command: String {
    let typed = form.text(.name).trimmed
    var line = "token create " + (typed.isEmpty ? "NAME" : typed.asCommandWord)
    guard case .success(let draft) = draft else { return line }
    if let service = draft.service { line += " --for " + service.asCommandWord }
    if draft.scope == .read { line += " --read-only" }
    if let lifetime = draft.lifetime { line += " --expires \(lifetime)" }
    if !draft.purpose.isEmpty { line += " --purpose " + draft.purpose.asCommandWord }
    return line
  }
}
