import Access
package import TerminalKit

/// The products whose passwords still work at level High.
package struct IntegrationsScreen: Screen {
  package enum Command: Hashable, Sendable { case add, edit, remove }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.open, "edit", help: "edit the entry"),
    .own("a", .add, "add", help: "list another account as an essential integration"),
    .own("e", .edit, "edit", help: "edit the entry", isInFooter: false),
    .own("d", .remove, "remove", help: "take it off the list; asks first"),
    .everywhere(.copy, "copy login", help: Guidance.copyHelp, isInFooter: false),
  ])

  package let title: SafeText = "Essential integrations"
  private var pages = RowPages<IntegrationRow>()

  package init() {}

  package func commandLine(_ scene: Scene) -> String? { "gatehouse integration list" }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .everywhere(.open), .own(.edit), .own(.remove): !pages.isEmpty ? usual : nil
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.integrations, as: "integrations")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.integrations(let rows)):
      if pages.show(rows) { context.say(Guidance.goneMeanwhile) }
    case .success: break
    case .failure(let failure):
      pages.fail(failure, as: reply.slot)
      context.fail(failure)
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    guard context.scene.may(.manageSettings) else {
      context.fail(Guidance.noPermission(.manageSettings, contact: context.session.contact))
      return
    }
    switch command {
    case .add: context.open(IntegrationDialog(addingAt: context.now))
    case .edit: if let row = pages.current { context.open(IntegrationDialog(editing: row)) }
    case .remove: if let row = pages.current { context.open(RemoveIntegrationDialog(row)) }
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      // All rows are held: nothing is ever to be fetched.
      _ = pages.move(movement, height: context.body.rows - 2)
    case .open: perform(Command.edit, &context)
    case .copy: if let row = pages.current { context.copy(row.login) }
    default: break
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, rest) = rect.splitRows(1)
    frame.canvas.put(
      " Essential integrations: passwords at High", at: head.origin, style: .title,
      maxWidth: head.columns - 14)
    frame.canvas.put(
      pages.position + " ", endingAt: head.endColumn, row: head.row, style: .muted)
    let (body, detail) =
      rest.rows >= 14 ? rest.splitRows(-6) : (rest, Rect(Size(columns: 0, rows: 0)))
    frame.cursor = pages.draw(
      on: &frame.canvas, in: body, columns: Self.columns, empty: Guidance.noIntegrations
    ) { row, column in
      Self.cell(row, column, scene)
    }
    drawDetail(on: &frame.canvas, in: detail, scene)
  }

  /// The whole of the entry under the cursor: a row has no room for it.
  private func drawDetail(on canvas: inout Canvas, in rect: Rect, _ scene: Scene) {
    guard !rect.isEmpty, let row = pages.current else { return }
    canvas.rule(row: rect.row, columns: 0..<rect.endColumn)
    let integration = row.integration
    let networks = integration.networks.map(\.description).joined(separator: ", ")
    let lines: [(SafeText, Style)] = [
      ("Purpose   " + SafeText(integration.purpose), .plain),
      ("Networks  " + SafeText(networks), .plain),
      (
        "Contact   " + (integration.contact.isEmpty ? "none" : SafeText(integration.contact)),
        .plain
      ),
      (
        "Review    to the end of \(integration.reviewDate), UTC"
          + (row.isPastReview ? "; past, so its password is refused at High" : ""),
        row.isPastReview ? .danger : .plain
      ),
      ("Last used " + row.lastUsedAt.ago(scene.now, never: "never seen"), .muted),
    ]
    for (line, (text, style)) in lines.prefix(rect.rows - 1).enumerated() {
      canvas.put(
        text, at: Point(column: rect.column + 2, row: rect.row + 1 + line), style: style,
        maxWidth: rect.columns - 4)
    }
  }

  private static let columns = [
    Column("Account", minimum: 10, ideal: 12, stretch: 1),
    Column("Purpose", minimum: 12, ideal: 24, stretch: 2, priority: 1),
    Column("Networks", minimum: 14, stretch: 1, priority: 3),
    Column("Review by", minimum: 15),
    Column("Last used", minimum: 11, priority: 2),
  ]

  private static func cell(_ row: IntegrationRow, _ column: Int, _ scene: Scene) -> TableCell {
    switch column {
    case 0: return TableCell(SafeText(row.login))
    case 1: return TableCell(SafeText(row.integration.purpose))
    case 2:
      let networks = row.integration.networks
      let first = networks.first.map { SafeText($0.description) } ?? "none"
      return TableCell(networks.count > 1 ? first + " +\(networks.count - 1)" : first)
    case 3:
      let date = SafeText(row.integration.reviewDate.description)
      return TableCell(
        row.isPastReview ? date + " past" : date, row.isPastReview ? .danger : .plain)
    default: return TableCell(row.lastUsedAt.ago(scene.now, never: "never seen"), .muted)
    }
  }
}
