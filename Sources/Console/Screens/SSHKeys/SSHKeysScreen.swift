import Access
package import TerminalKit

/// The public keys with which an account comes in over SSH.
package struct SSHKeysScreen: Screen {
  package enum Command: Hashable, Sendable { case add, remove }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .own("a", .add, "add", help: "let the account in with another key"),
    .own("d", .remove, "remove", help: "let nobody in with the key any more; asks first"),
    .everywhere(.copy, "copy fingerprint", help: Guidance.copyHelp),
    .everywhere(.back, "back", help: "back to the account"),
  ])

  private let login: Login
  private var pages = RowPages<KeyRow>()

  init(_ login: Login) { self.login = login }

  package var title: SafeText { "SSH keys of \(login)" }

  package func commandLine(_ scene: Scene) -> String? {
    "gatehouse account ssh-key list \(login)"
  }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.remove), .everywhere(.copy): pages.isEmpty ? nil : usual
    default: usual
    }
  }

  package mutating func refresh(_ context: inout Context) {
    context.ask(.account(login.text), as: "keys")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.account(let details)): _ = pages.show(details.sshKeys.map(KeyRow.init))
    case .success: break
    case .failure(let failure):
      pages.fail(failure, as: reply.slot)
      context.fail(failure)
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .add: context.open(SSHKeyDialog(login))
    case .remove: if let row = pages.current { context.open(RemoveSSHKeyDialog(row.key)) }
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement): _ = pages.move(movement, height: context.body.rows - 2)
    case .copy: if let row = pages.current { context.copy(row.key.fingerprint) }
    default: break
    }
  }

  package func draw(on frame: inout Frame, in rect: Rect, _ scene: Scene) {
    let (head, body) = rect.splitRows(1)
    frame.canvas.put(
      " " + title, at: head.origin, style: .title, maxWidth: head.columns - 14)
    frame.canvas.put(
      pages.position + " ", endingAt: head.endColumn, row: head.row, style: .muted)
    frame.cursor = pages.draw(
      on: &frame.canvas, in: body, columns: Self.columns, empty: Guidance.noSSHKeys
    ) { row, column in
      Self.cell(row.key, column, scene)
    }
  }

  /// A key in the list.
  private struct KeyRow: ListRow {
    let key: SSHKey

    var id: String { key.id.text }
    var cursor: RowCursor { RowCursor(key: .integer(key.addedAt.milliseconds), id: id) }
  }

  private static let columns = [
    Column("Comment", minimum: 12, ideal: 18, stretch: 1),
    Column("Fingerprint", minimum: 20, ideal: 50),
    Column("Added", minimum: 20, priority: 2),
    Column("Type", minimum: 11, ideal: 19, priority: 1),
    Column("By", minimum: 8, priority: 3),
  ]

  private static func cell(_ key: SSHKey, _ column: Int, _ scene: Scene) -> TableCell {
    switch column {
    case 0:
      key.comment.isEmpty ? TableCell("no comment", .muted) : TableCell(SafeText(key.comment))
    case 1: TableCell(SafeText(key.fingerprint))
    case 2: TableCell(scene.zone.minute(key.addedAt))
    case 3: TableCell(SafeText(key.kind))
    default: TableCell(SafeText(key.addedBy))
    }
  }
}
