import Access
package import TerminalKit

/// One revision: who, when and why, what it changed, and what is different now.
package struct RevisionScreen: Screen {
  package enum Command: Hashable, Sendable { case undo, decide }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .own("u", .undo, "back to it", help: "back to the level or the whole of this revision"),
    .own("d", .decide, "keep or cancel", help: "keep or cancel it while it is pending"),
    .everywhere(.copy, "copy number", help: Guidance.copyHelp, isInFooter: false),
  ])

  package var title: SafeText { "Revision \(number)" }
  let number: Int
  private var revised: RevisedPolicy?
  /// The one it was drawn up against.
  private var base: RevisedPolicy?
  private var failure: FailureText?
  private var top = 0

  init(_ number: Int) { self.number = number }

  package func commandLine(_ scene: Scene) -> String? { "gatehouse revision show \(number)" }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.undo): number == scene.session.standing.current.revision.number ? nil : usual
    case .own(.decide): number == scene.session.standing.pending?.number ? usual : nil
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.revision(number), as: "revision")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.revision(let policy)) where policy.revision.number == number:
      revised = policy
      failure = nil
      if policy.revision.base > 0, base == nil {
        context.ask(.revision(policy.revision.base), as: "base")
      }
    case .success(.revision(let policy)): base = policy
    case .success: break
    case .failure(let failure): self.failure = failure
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .undo:
      guard number != context.session.standing.current.revision.number else {
        context.say(Guidance.isInForce(number))
        return
      }
      context.open(UndoDialog(to: number))
    case .decide:
      guard let pending = context.session.standing.pending, pending.number == number else {
        context.say(Guidance.notPending(number))
        return
      }
      context.open(PendingDialog(pending, mayDecide: context.scene.may(.manageSettings)))
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      var text = text(context.scene, columns: context.body.columns)
      text.move(movement, height: context.body.rows)
      top = text.top
    case .copy: context.copy(String(number))
    default: break
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    text(scene, columns: rect.columns).draw(on: &frame.canvas, in: rect)
    frame.cursor = rect.origin
  }

  private func text(_ scene: Scene, columns: Int) -> ScrollText {
    let lines = lines(scene).flatMap { line in
      line.text.wrapped(to: columns - 2).map { ScrollText.Line(" " + $0, line.style) }
    }
    return ScrollText(lines, top: top)
  }

  private func lines(_ scene: Scene) -> [ScrollText.Line] {
    guard let revised else {
      return [
        failure.map { .init(SafeText($0.description), .danger) } ?? .init("Reading …", .muted)
      ]
    }
    return facts(of: revised.revision, scene) + changed(revised) + since(revised, scene)
  }

  private func facts(of revision: Revision, _ scene: Scene) -> [ScrollText.Line] {
    var lines: [ScrollText.Line] = [
      .init(title + ", " + revision.stateWord(scene), .title),
      .init("Saved     " + scene.zone.minute(revision.at) + " by \(revision.author)"),
      .init("Reason    " + (revision.reason.isEmpty ? "none given" : SafeText(revision.reason))),
    ]
    if let deadline = revision.deadline {
      let isLapsed = revision.state(at: scene.now) == .lapsed
      let label: SafeText = isLapsed ? "Lapsed    " : "Deadline  "
      let note: SafeText =
        revision.state(at: scene.now) == .pending
        ? ", in " + deadline.countdown(scene.now) + ", unless kept" : ""
      lines.append(.init(label + scene.zone.minute(deadline) + note))
    }
    switch revision.verdict {
    case .confirmed(let at, let by):
      lines.append(.init("Kept      " + scene.zone.minute(at) + " by \(by)"))
    case .cancelled(let at, let by):
      lines.append(.init("Cancelled " + scene.zone.minute(at) + " by \(by)"))
    case nil: break
    }
    return lines + [.init("")]
  }

  private func changed(_ revised: RevisedPolicy) -> [ScrollText.Line] {
    let number = revised.revision.base
    guard number > 0 else { return [.init("It is the first one.", .muted), .init("")] }
    let head = ScrollText.Line("It changed, against revision \(number)", .title)
    guard let base else { return [head, .init("  Reading …", .muted), .init("")] }
    return [head] + Self.diff(from: base.policy, to: revised.policy) + [.init("")]
  }

  private func since(_ revised: RevisedPolicy, _ scene: Scene) -> [ScrollText.Line] {
    let current = scene.session.standing.current
    guard current.revision.number != number else { return [] }
    return [.init("In force now, revision \(current.revision.number), against it", .title)]
      + Self.diff(from: revised.policy, to: current.policy)
  }

  private static func diff(from: Policy, to: Policy) -> [ScrollText.Line] {
    let differences = from.differences(to: to)
    if differences.isEmpty { return [.init("  nothing", .muted)] }
    return differences.map { .init("  " + SafeText($0.line)) }
  }
}
