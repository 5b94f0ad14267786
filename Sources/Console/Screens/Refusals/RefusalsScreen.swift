import Access
package import TerminalKit

/// Who was refused lately, why, and what can be done about it.
package struct RefusalsScreen: Screen {
  package enum Command: Hashable, Sendable { case span, attempt }

  package static let keymap = Keymap<ScreenCommand<Command>>([
    .everywhere(.open, "ways out", help: "to the ways out; there, take the one under the cursor"),
    .everywhere(.nextPane, "callers/ways out", help: "callers or ways out"),
    .everywhere(.previousPane, "callers/ways out", isInFooter: false),
    .own("t", .attempt, "try a request", help: "try a request, and see what becomes of it"),
    .everywhere(.filter, help: "show only callers, addresses or reasons with these words"),
    .everywhere(.clearFilter, isInFooter: false),
    .own("d", .span, "24 hours", help: "the last 24 hours, or the last hour again"),
    .everywhere(.copy, "copy", help: "copy an explanation for the owner"),
    .everywhere(.back, "back", isInFooter: false),
  ])

  enum Pane: Hashable, Sendable { case callers, ways }

  package let title: SafeText = "Refusals"
  package private(set) var prompt: Prompt?
  private(set) var pages = RowPages<RefusalRow>()
  private(set) var report: RefusalReport?
  private(set) var isDay = false
  private(set) var pane = Pane.callers
  private(set) var way = 0
  /// The decision for the row under the cursor as it would be now, and for which row.
  private(set) var explained: (row: RefusalRow.ID, explanation: Explanation)?
  private(set) var filterText = ""

  package init() {}

  /// With only what has these words.
  init(filter: String) { filterText = filter }

  package func commandLine(_ scene: Scene) -> String? {
    "gatehouse refusals" + (isDay ? " --since 24h" : "")
  }

  package func label(
    of command: ScreenCommand<Command>, _ usual: SafeText, _ scene: Scene
  ) -> SafeText? {
    switch command {
    case .own(.span): isDay ? "last hour" : usual
    case .everywhere(.open): pages.isEmpty ? nil : pane == .ways ? "do it" : usual
    case .everywhere(.nextPane), .everywhere(.copy): pages.isEmpty ? nil : usual
    default: usual
    }
  }

  // MARK: - Reading

  package mutating func refresh(_ context: inout Context) {
    let since = context.now - (isDay ? .hours(24) : .hours(1))
    let words = filterText.split(separator: " ").map(String.init)
    context.ask(.refusals(RefusalFilter(since: since, words: words)), as: "refusals")
    explain(&context)
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.refusals(let report)):
      self.report = report
      let before = pages.current?.id
      _ = pages.show(report.rows)
      if pages.isEmpty { pane = .callers }
      if pages.current?.id != before { look(&context) }
    case .success(.explain(let explanation)):
      if let row = pages.current, row.caller.credential == explanation.credential {
        explained = (row.id, explanation)
      }
    case .success: break
    case .failure(let failure):
      // Whose credential is gone is explained by what was recorded.
      guard reply.slot == "refusals" else { return }
      pages.fail(failure, as: reply.slot)
      context.fail(failure)
    }
  }

  /// Begins anew with the row under the cursor.
  private mutating func look(_ context: inout Context) {
    way = 0
    explain(&context)
  }

  private func explain(_ context: inout Context) {
    guard let row = pages.current, let credential = row.caller.credential else { return }
    context.ask(.explain(credential, row.request), as: "explain")
  }

  package mutating func rest(_ context: inout Context) {
    if pane == .callers, explained?.row != pages.current?.id { explain(&context) }
  }

  // MARK: - Keys

  package mutating func perform(_ command: Command, _ context: inout Context) {
    switch command {
    case .span:
      isDay.toggle()
      refresh(&context)
    case .attempt:
      guard context.scene.may(.manageSettings) else {
        return context.fail(
          Guidance.noPermission(.manageSettings, contact: context.session.contact))
      }
      context.open(TrialDialog(like: pages.current))
    }
  }

  package mutating func perform(_ command: Everywhere, _ context: inout Context) {
    switch command {
    case .move(let movement): move(movement, &context)
    case .nextPane, .previousPane:
      pane = pane == .callers && !pages.isEmpty ? .ways : .callers
    case .open: open(&context)
    case .filter: prompt = Prompt("Filter", TextField(filterText, limit: 64))
    case .clearFilter: show(filter: "", &context)
    case .copy: if let row = pages.current { context.copy(row.letter(context.scene)) }
    default: break
    }
  }

  private mutating func move(_ movement: Movement, _ context: inout Context) {
    guard pane == .ways, let row = pages.current else {
      way = 0
      // All rows are held: nothing is ever to be fetched.
      _ = pages.move(movement, height: Self.listHeight(context.body))
      return
    }
    let last = WayOut.all(for: row, context.scene).count - 1
    switch movement {
    case .up: way = max(way - 1, 0)
    case .down: way = min(way + 1, last)
    case .home, .pageUp: way = 0
    case .end, .pageDown: way = last
    case .left, .right: break
    }
  }

  private mutating func open(_ context: inout Context) {
    guard let row = pages.current else { return }
    guard pane == .ways else {
      pane = .ways
      return explain(&context)
    }
    let ways = WayOut.all(for: row, context.scene)
    guard ways.indices.contains(way) else { return }
    switch ways[way].step {
    case .makeToken(let owner): context.open(NewTokenDialog(context.scene, for: owner))
    case .pending:
      if let pending = context.session.standing.pending {
        context.open(PendingDialog(pending, mayDecide: context.scene.may(.manageSettings)))
      }
    case .integrations: context.push(IntegrationsScreen())
    case .brownouts: context.push(BrownoutsScreen())
    case .go(let place, let filter): context.go(to: place, filter: filter)
    case .copy: context.copy(row.letter(context.scene))
    }
  }

  package mutating func back(_ context: inout Context) -> Bool {
    guard pane == .ways else { return false }
    pane = .callers
    return true
  }

  package mutating func type(_ key: Key, _ context: inout Context) {
    guard var prompt else { return }
    switch key {
    case .escape, .control("C"):
      self.prompt = nil
      show(filter: "", &context)
    case .enter: self.prompt = nil
    case .backspace where prompt.field.text.isEmpty: self.prompt = nil
    default:
      _ = prompt.field.handle(key)
      self.prompt = prompt
      show(filter: prompt.field.text, &context)
    }
  }

  package mutating func paste(_ text: String, _ context: inout Context) -> Bool {
    guard var prompt else { return false }
    _ = prompt.field.paste(text)
    self.prompt = prompt
    show(filter: prompt.field.text, &context)
    return true
  }

  private mutating func show(filter text: String, _ context: inout Context) {
    guard text != filterText else { return }
    filterText = text
    refresh(&context)
  }
}
