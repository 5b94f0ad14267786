import Access
package import TerminalKit

/// The security level and what belongs to it; beside the cursor, what choosing it would do.
package struct SecurityScreen: Screen {
  package enum Command: Hashable, Sendable {
    case expiration, integrations, brownouts, observe, undo
  }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.open, "plan", help: "open the plan, the setting, or what a figure counts"),
    .everywhere(.nextPane, "figures", help: "to the figures and back"),
    .everywhere(
      .previousPane, "figures", help: "to the figures and back", isInFooter: false),
    .own("o", .observe, "observe", help: "judge live traffic by a level as well"),
    .own("u", .undo, "undo", help: "back to the level or the revision before"),
    .own("p", .expiration, "expiration", help: "the expiration policy"),
    .own("i", .integrations, "integrations", help: "the essential integrations"),
    .own("b", .brownouts, "brownouts", help: "refuse a method for a while", isInFooter: false),
  ])

  /// A line of the left side.
  enum Entry: Hashable, Sendable {
    case level(SecurityLevel)
    case observing, passwords, expiration, integrations, brownouts, cutOver, revisions

    static let all: [Entry] =
      SecurityLevel.allCases.map(Entry.level)
      + [
        .observing, .passwords, .expiration, .integrations, .brownouts, .cutOver, .revisions,
      ]
  }

  /// What is known of choosing a level.
  enum PlanReading: Sendable {
    case counting
    case known(Plan)
    case failed(FailureText)

    var plan: Plan? { if case .known(let plan) = self { plan } else { nil } }
  }

  enum Pane: Sendable { case entries, detail }

  package let title: SafeText = "Security"

  private(set) var menu = Menu(count: Entry.all.count)
  private(set) var pane = Pane.entries
  private(set) var figureMenu = Menu(count: 0)
  /// The first line of the right side that is shown.
  private(set) var detailTop = 0
  /// Nil for the level in force: there is nothing to plan.
  private(set) var plans: [SecurityLevel: PlanReading] = [:]
  private(set) var integrations: Result<[IntegrationRow], FailureText>?
  /// nil until it is known.
  private(set) var operations: Operations?

  package init() {}

  var entry: Entry { Entry.all.indices.contains(menu.cursor) ? Entry.all[menu.cursor] : .revisions }

  // MARK: - Reading

  package mutating func appear(isFirst: Bool, _ context: inout Context) {
    guard isFirst else { return }
    let level = Entry.level(context.session.policy.level)
    menu = Menu(count: Entry.all.count, cursor: Entry.all.firstIndex(of: level) ?? 0)
    refresh(&context)
  }

  package mutating func refresh(_ context: inout Context) {
    let base = context.session.standing.current.revision.number
    for level in SecurityLevel.allCases {
      guard let change = Self.change(to: level, in: context.session.policy) else {
        context.forget(Self.slot(level))
        plans[level] = nil
        continue
      }
      // Figures of another revision are wrong; those of this one stay until the new ones come.
      if let plan = plans[level]?.plan, plan.base == base, plan.change == change {
      } else {
        plans[level] = .counting
      }
      context.ask(.plan(change), as: Self.slot(level), .later)
    }
    context.ask(.operations, as: "operations", .later)
    context.ask(.integrations, as: "integrations", .later)
    fitFigures()
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.question {
    case .plan(let change):
      guard let level = change.chosenLevel,
        change == Self.change(to: level, in: context.session.policy)
      else { return }
      switch reply.result {
      case .success(.plan(let plan)): plans[level] = .known(plan)
      case .success: break
      case .failure(let failure): plans[level] = .failed(failure)
      }
      fitFigures()
    case .integrations:
      switch reply.result {
      case .success(.integrations(let rows)): integrations = .success(rows)
      case .success: break
      case .failure(let failure): integrations = .failure(failure)
      }
    case .operations:
      if case .success(.operations(let operations)) = reply.result { self.operations = operations }
    default: break
    }
  }

  /// What choosing `level` means now: nil for the one in force, *Enable Bearer* outside `bearer`.
  static func change(to level: SecurityLevel, in policy: Policy) -> PolicyChange? {
    guard policy.mode == .bearer else { return .enableBearer(level) }
    return level == policy.level ? nil : .level(level)
  }

  private static func slot(_ level: SecurityLevel) -> Slot {
    Slot(stringLiteral: "plan \(level.rawValue)")
  }

  /// The figures of the level under the cursor that can be opened.
  var figures: [LevelFigure] {
    guard case .level(let level) = entry, let plan = plans[level]?.plan else { return [] }
    return LevelFigure.all(of: plan.impact).filter { $0.target != nil }
  }

  private mutating func fitFigures() {
    figureMenu.resize(to: figures.count)
  }

  // MARK: - Keys

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .expiration: context.open(ExpirationDialog(context.session.policy))
    case .integrations: context.push(IntegrationsScreen())
    case .brownouts: context.push(BrownoutsScreen())
    case .observe: observe(&context)
    case .undo: undo(&context)
    }
  }

  /// Begins with the level under the cursor, or ends where that is observed.
  private func observe(_ context: inout Context) {
    guard let operations else { return }
    guard context.scene.may(.manageSettings) else {
      context.fail(Guidance.noPermission(.manageSettings, contact: context.session.contact))
      return
    }
    let current = operations.observation
    switch entry {
    case .level(let level)
    where level == context.session.policy.level
      && context.session.policy.mode == .bearer:
      context.say(Guidance.inForce(level))
    case .level(let level) where level != current?.level:
      context.open(ObserveDialog(level, instead: current))
    default:
      if let current {
        context.open(ObserveDialog(nil, instead: current))
      } else {
        context.say(Guidance.notObserving)
      }
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement):
      if pane == .detail {
        moveDetail(movement, context.scene)
      } else if menu.move(movement) {
        figureMenu = Menu(count: figures.count)
        detailTop = 0
      }
    case .nextPane, .previousPane: pane = pane == .detail ? .entries : .detail
    case .open: open(&context)
    default: break
    }
  }

  package mutating func back(_ context: inout Context) -> Bool {
    guard pane == .detail else { return false }
    pane = .entries
    return true
  }

  private func open(_ context: inout Context) {
    if pane == .detail {
      openFigure(&context)
      return
    }
    switch entry {
    case .level(let level): open(level, &context)
    case .passwords: context.open(PasswordsDialog(context.session.policy.passwordsAtHigh))
    case .expiration: context.open(ExpirationDialog(context.session.policy))
    case .integrations: context.push(IntegrationsScreen())
    case .revisions: context.push(RevisionsScreen())
    case .observing: context.push(ObservedScreen())
    case .brownouts: context.push(BrownoutsScreen())
    case .cutOver:
      guard let operations else { return }
      context.open(CutOverDialog(operations.cutOver, at: context.now))
    }
  }

  private func open(_ level: SecurityLevel, _ context: inout Context) {
    switch Self.change(to: level, in: context.session.policy) {
    case nil: context.say(Guidance.inForce(level))
    // The level is chosen in the dialog; nobody goes further than Standard by one key.
    case .enableBearer: context.review(.enableBearer(.standard))
    case let change?: context.review(change)
    }
  }

  /// Goes from figure to figure, and beyond the last one through the text.
  private mutating func moveDetail(_ movement: Movement, _ scene: Scene) {
    let (hidden, height) = hiddenDetail(scene)
    switch movement {
    case .down: if !figureMenu.move(.down) { detailTop += 1 }
    case .up: if detailTop > 0 { detailTop -= 1 } else { figureMenu.move(.up) }
    case .pageDown: detailTop += max(height - 1, 1)
    case .pageUp: detailTop -= max(height - 1, 1)
    case .home, .end:
      figureMenu.move(movement)
      detailTop = movement == .home ? 0 : hidden
    case .left, .right: pane = movement == .left ? .entries : .detail
    }
    detailTop = min(max(detailTop, 0), hidden)
  }

  private func openFigure(_ context: inout Context) {
    guard case .level(let level) = entry, figures.indices.contains(figureMenu.cursor),
      let change = plans[level]?.plan?.change
    else { return }
    switch figures[figureMenu.cursor].target {
    case .stopping: context.push(StoppingScreen(change))
    case .tokens: context.go(to: .tokens)
    case .observed: context.push(ObservedScreen())
    case nil: break
    }
  }

  private func undo(_ context: inout Context) {
    if let pending = context.session.standing.pending {
      context.open(PendingDialog(pending, mayDecide: context.scene.may(.manageSettings)))
      return
    }
    let base = context.session.standing.current.revision.base
    guard base > 0 else {
      context.say(Guidance.nothingToUndo)
      return
    }
    context.open(UndoDialog(to: base))
  }
}
