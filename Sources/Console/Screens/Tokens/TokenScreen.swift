import Access
package import TerminalKit

/// One token with all that is known of it.
package struct TokenScreen: Screen {
  package enum Command: Hashable, Sendable { case revoke, rotate, wake }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .own("d", .revoke, "revoke", help: "end the token at once; asks first"),
    .own("r", .rotate, "rotate", help: "make a successor; both work for a while"),
    .own("e", .wake, "wake", help: "wake it, where it sleeps after lying unused"),
    .everywhere(.copy, "copy id", help: Guidance.copyHelp),
    .everywhere(.back, "back", help: "back to the list"),
  ])

  package var title: SafeText { "Token " + SafeText(row.name) }
  /// As the list had it, until it is read.
  private var row: TokenRow
  private var details: TokenDetails?
  private var failure: FailureText?
  private var top = 0

  init(_ row: TokenRow) { self.row = row }

  package func commandLine(_ scene: Scene) -> String? { "gatehouse token show \(row.id)" }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.revoke): row.state.isRevocable ? usual : nil
    case .own(.rotate): row.state.isLive ? usual : nil
    case .own(.wake): row.state == .suspended ? usual : nil
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.token(row.id), as: "token")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.token(let details)):
      if self.details == nil, !details.row.stands(as: row) {
        context.say(Guidance.changedSinceListed)
      }
      self.details = details
      row = details.row
      failure = nil
    case .success: break
    case .failure(let failure):
      self.failure = failure
      context.fail(failure)
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .revoke: RevokeTokensDialog.open(for: [row], &context)
    case .rotate: RotateTokenDialog.open(for: row, &context)
    case .wake:
      if row.state == .suspended {
        context.perform(.wakeTokens([Identifier(row.id)]))
      } else {
        context.say(Guidance.notAsleep([row]))
      }
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      var text = text(context.scene, columns: context.body.columns)
      text.move(movement, height: context.body.rows - 2)
      top = text.top
    case .copy: context.copy(row.id)
    default: break
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, body) = rect.splitRows(2)
    let text = text(scene, columns: rect.columns)
    let position = text.position(height: body.rows)
    frame.canvas.put(
      title, at: Point(column: head.column + 1, row: head.row), style: .title,
      maxWidth: head.columns - position.width - 3)
    frame.canvas.put(position + " ", endingAt: head.endColumn, row: head.row, style: .accent)
    text.draw(on: &frame.canvas, in: body)
    frame.cursor = body.origin
  }

  private func text(_ scene: Scene, columns: Int) -> ScrollText {
    let facts = details.map { TokenFacts($0, scene) } ?? TokenFacts(row, scene)
    let trouble = failure.map { [ScrollText.Line(SafeText($0.description), .danger)] } ?? []
    return ScrollText(
      (trouble + facts.lines(columns: columns - 2)).flatMap { line in
        line.text.wrapped(to: columns - 2).map { ScrollText.Line(" " + $0, line.style) }
      }, top: top)
  }
}
