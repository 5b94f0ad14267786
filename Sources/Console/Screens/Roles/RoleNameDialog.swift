import Access
package import TerminalKit

/// Names a role that is added, or renames one; staged by the matrix.
package struct RoleNameDialog: FormDialog {
  package enum ControlID: Hashable, Sendable { case name, cancel, stage }

  private let id: Identifier<Role>
  /// Its name before; nil where it is added.
  private let old: String?
  /// The policy that the staged changes come to.
  private let policy: Policy
  package var form: Form<ControlID>
  package var scroll = 0

  init(adding id: Identifier<Role>, to policy: Policy) {
    self.init(id, old: nil, policy)
  }

  init(renaming role: Role, in policy: Policy) {
    self.init(role.id, old: role.name, policy)
  }

  private init(_ id: Identifier<Role>, old: String?, _ policy: Policy) {
    self.id = id
    self.old = old
    self.policy = policy
    form = Form(
      [
        .init(.name, .field(TextField(old ?? "", limit: 64))),
        .init(.cancel, .button), .init(.stage, .button, isEnabled: false),
      ], focus: .cancel, start: .name)
  }

  private var change: RoleChange {
    let name = form.text(.name)
    return old == nil ? .add(id: id, name: name) : .rename(id, to: name)
  }

  /// What is wrong with the name; nil where nothing is.
  private var problem: SafeText? {
    if form.text(.name).trimmed.isEmpty { return "A name is still missing." }
    if form.text(.name).trimmed == old { return "It has this name already." }
    do throws(PolicyError) {
      var next = policy
      try change.apply(to: &next)
      return nil
    } catch {
      return SafeText(error.description)
    }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let problem = problem
    let title: SafeText = old.map { "Rename " + SafeText($0) } ?? "New role"
    return Dialog(
      title: title,
      lines: [
        .row([.text("Name  "), .field(.name, columns: 50)]),
        .text(problem ?? "Ready.", problem == nil ? .ok : .muted), .blank,
        .text(old == nil ? Guidance.newRole : Guidance.renamedRole, .muted),
      ], buttons: [(.cancel, "Cancel"), (.stage, old == nil ? "Add" : "Rename")],
      hint: "Tab next   Enter press   Esc cancel   gatehouse role "
        + (old == nil ? "add" : "rename"), columns: 72)
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    form.setEnabled(.stage, problem == nil)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    context.close()
    if button == .stage { context.hand(over: .role(change)) }
  }
}
