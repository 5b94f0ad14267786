import Access
package import TerminalKit

/// The matrix of roles and permissions; what is changed in it is staged until it is reviewed.
package struct RolesScreen: Screen {
  package enum Command: Hashable, Sendable { case review, undo, add, rename, remove }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.mark, "toggle", help: "grant the permission, or withdraw it; staged"),
    .own("w", .review, "review and save", help: "show what the staged changes do, then save them"),
    .own("u", .undo, "undo", help: "take the last staged step back"),
    .own("a", .add, "add", help: "add a role; staged"),
    .own("e", .rename, "rename", help: "rename a role of your own; staged"),
    .own("d", .remove, "remove", help: "remove a role of your own; asks first, staged"),
    .everywhere(.open, "who", help: "the accounts that have the role"),
    .everywhere(.copy, "copy name", help: "copy the role's name", isInFooter: false),
  ])

  package let title: SafeText = "Roles and permissions"

  /// Nil until it was shown for the first time.
  private(set) var draft: RolesDraft?
  /// What is under the cursor.
  private var focus = Role.siteAdministrator.id
  private(set) var permission = Permission.useAPI
  /// How many accounts have each role; arrives after the first frame.
  private(set) var accounts: [Identifier<Role>: Int]?
  /// What the draft comes to, and for which changes that was asked.
  private(set) var plan: Plan?

  package init() {}

  package var hasDraft: Bool { draft?.isEmpty == false }

  // MARK: - Reading

  package mutating func refresh(_ context: inout Context) {
    context.ask(.roles, as: "roles", .later)
    let current = context.session.standing.current
    guard var draft else {
      self.draft = RolesDraft(current)
      return
    }
    let names = draft.staged
    let lost = draft.rebase(onto: current)
    self.draft = draft
    if !lost.isEmpty {
      let roles = Set(lost.map { names.role($0.role)?.name ?? $0.role.text }).sorted()
      context.fail(Guidance.draftLost(lost.count, roles: roles))
    }
    askPlan(&context)
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.roles(let rows)):
      accounts = Dictionary(rows.map { ($0.role.id, $0.accounts) }, uniquingKeysWith: { $1 })
    case .success(.plan(let plan)): self.plan = plan
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
  }

  /// How many accounts gain and lose what, counted when nobody waits for it.
  private mutating func askPlan(_ context: inout Context) {
    guard let changes = draft?.changes, !changes.isEmpty else {
      plan = nil
      context.forget("plan")
      return
    }
    if plan?.change != .roles(changes) { plan = nil }
    context.ask(.plan(.roles(changes)), as: "plan", .later)
  }

  // MARK: - Keys

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    guard let row = current(scene) else { return nil }
    return switch command {
    case .everywhere(.mark): row.role.isFixed || row.after == nil ? nil : usual
    case .own(.review): hasDraft ? usual : nil
    case .own(.undo): draft?.steps.isEmpty == false ? usual : nil
    case .own(.rename), .own(.remove): row.role.isBuiltIn || row.after == nil ? nil : usual
    case .everywhere(.open): row.before == nil ? nil : usual
    default: usual
    }
  }

  package func commandLine(_ scene: Scene) -> String? {
    guard let row = current(scene) else { return "gatehouse role list" }
    let name = row.role.name.asCommandWord
    let old = row.before.map(\.name)?.asCommandWord ?? name
    return switch row.cell(permission) {
    case _ where row.after == nil: "gatehouse role remove \(old)"
    case _ where row.before == nil: "gatehouse role add \(name)"
    case .toGrant: "gatehouse role grant \(old) \(permission.rawValue)"
    case .toWithdraw: "gatehouse role withdraw \(old) \(permission.rawValue)"
    case _ where old != name: "gatehouse role rename \(old) \(name)"
    case .fixed: "gatehouse role list"
    case .none: "gatehouse role grant \(old) \(permission.rawValue)"
    case .granted: "gatehouse role withdraw \(old) \(permission.rawValue)"
    }
  }

  package mutating func perform(_ command: Command, _ context: inout Context) {
    guard let draft, let row = current(context.scene) else { return }
    switch command {
    case .review: review(draft, &context)
    case .undo: undo(&context)
    case .add:
      context.open(RoleNameDialog(adding: draft.newID(at: context.now), to: draft.staged))
    case .rename:
      if let role = own(row, &context) {
        context.open(RoleNameDialog(renaming: role, in: draft.staged))
      }
    case .remove:
      if let role = own(row, &context) {
        let base = row.before == nil ? nil : draft.policy
        context.open(RemoveRoleDialog(role, in: base, accounts: accounts?[role.id]))
      }
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    guard let row = current(context.scene) else { return }
    switch command {
    case .move(let movement): move(movement, context.scene)
    case .mark: toggle(row, &context)
    case .open:
      guard row.before != nil else { return context.say(Guidance.roleNotSaved(row.role.name)) }
      let name = row.before?.name ?? row.role.name
      context.go(to: .accounts, filter: "role:" + FilterTerm.quoted(name))
    case .copy: context.copy(row.role.name)
    default: break
    }
  }

  package mutating func take(_ handover: Handover, _ context: inout Context) {
    guard case .role(let change) = handover else { return }
    stage(&context) { draft throws(PolicyError) in try draft.stage(change) }
    if draft?.staged.role(change.role) != nil { focus = change.role }
  }

  private func review(_ draft: RolesDraft, _ context: inout Context) {
    let changes = draft.changes
    guard !changes.isEmpty else { return context.say(Guidance.nothingStaged) }
    context.review(.roles(changes), drawnUpAgainst: draft.base.number)
  }

  private mutating func undo(_ context: inout Context) {
    guard var draft, draft.undo() else { return context.say(Guidance.nothingStaged) }
    self.draft = draft
    askPlan(&context)
  }

  private mutating func toggle(_ row: RolesMatrixRow, _ context: inout Context) {
    guard row.after != nil else { return context.fail(Guidance.roleToBeRemoved(row.role.name)) }
    let permission = permission
    stage(&context) { draft throws(PolicyError) in try draft.toggle(permission, of: row.id) }
  }

  private mutating func stage(
    _ context: inout Context, _ change: (inout RolesDraft) throws(PolicyError) -> Void
  ) {
    guard var draft else { return }
    do {
      try change(&draft)
      self.draft = draft
      askPlan(&context)
    } catch {
      context.fail(FailureText(error))
    }
  }

  /// The role of a row that may be renamed and removed, or why it may not.
  private func own(_ row: RolesMatrixRow, _ context: inout Context) -> Role? {
    guard let role = row.after else {
      context.fail(Guidance.roleToBeRemoved(row.role.name))
      return nil
    }
    guard !role.isBuiltIn else {
      context.fail(FailureText(PolicyError.builtIn(role.name)))
      return nil
    }
    return role
  }

  // MARK: - The cursor

  var rows: [RolesMatrixRow] { draft.map(RolesMatrixRow.all) ?? [] }

  /// The row the cursor is on: the one it was put on, or the first where that is gone.
  func current(_ scene: Scene) -> RolesMatrixRow? {
    rows.first { $0.id == focus } ?? rows.first
  }

  private mutating func move(_ movement: Movement, _ scene: Scene) {
    let columns = Permission.allCases
    switch movement {
    case .left, .right:
      guard let column = columns.firstIndex(of: permission) else { return }
      let next = column + (movement == .left ? -1 : 1)
      if columns.indices.contains(next) { permission = columns[next] }
    default:
      let rows = rows
      var menu = Menu(count: rows.count, cursor: rows.firstIndex { $0.id == focus } ?? 0)
      menu.move(movement, height: scene.body.rows - 4)
      if rows.indices.contains(menu.cursor) { focus = rows[menu.cursor].id }
    }
  }
}
