import Access
import TerminalKit

// Who is on show, and how what they ask for is carried out.
extension ConsoleState {
  /// Shows a place, as it was left or for the first time.
  mutating func show(_ place: Place) -> [Effect] {
    self.place = place
    if stacks[place] == nil { stacks[place] = [mount(Registry.screen(at: place))] }
    return appear()
  }

  /// Tells the screen on show that it is, and has it read again if the ground moved meanwhile.
  mutating func appear() -> [Effect] {
    guard dialogs.isEmpty, let last = stacks[place]?.indices.last else { return [] }
    let ground = Ground(session)
    let seen = stacks[place]?[last].ground
    stacks[place]?[last].ground = ground
    return withScreen { screen, context in
      screen.appear(isFirst: seen == nil, &context)
      if let seen, ground.hasMoved(since: seen) { screen.refresh(&context) }
    }
  }

  /// Has the screen on show act, and carries out what it asks for.
  mutating func withScreen(
    _ body: (inout any Screen, inout Context) -> Void
  ) -> [Effect] {
    guard let last = stacks[place]?.indices.last, let owner = stacks[place]?[last].owner else {
      return []
    }
    return withScreen(owner, at: place, last, body)
  }

  /// Has the dialog on top act, and carries out what it asks for.
  mutating func withDialog(
    _ body: (inout any OpenDialog, inout Context) -> Void
  ) -> [Effect] {
    guard let last = dialogs.indices.last else { return [] }
    let owner = dialogs[last].owner
    var context = Context(scene(for: owner))
    body(&dialogs[last].content, &context)
    return carryOut(context.requests, for: owner)
  }

  /// Has whoever has this number act, wherever it is; nobody if it is gone.
  mutating func with(
    _ owner: Tag.Owner, screen: (inout any Screen, inout Context) -> Void,
    dialog: (inout any OpenDialog, inout Context) -> Void
  ) -> [Effect]? {
    if let index = dialogs.firstIndex(where: { $0.owner == owner }) {
      var context = Context(scene(for: owner))
      dialog(&dialogs[index].content, &context)
      return carryOut(context.requests, for: owner)
    }
    for place in Place.allCases {
      guard let index = stacks[place]?.firstIndex(where: { $0.owner == owner }) else { continue }
      return withScreen(owner, at: place, index, screen)
    }
    return nil
  }

  private mutating func withScreen(
    _ owner: Tag.Owner, at place: Place, _ index: Int,
    _ body: (inout any Screen, inout Context) -> Void
  ) -> [Effect] {
    var context = Context(scene(for: owner), stepsLeft: stepsLeft)
    // In place: with a second reference the rows of a list would be copied with every key.
    stacks[place]?.withElement(index) { body(&$0.content, &context) }
    stepsLeft = context.stepsLeft
    return carryOut(context.requests, for: owner)
  }

  mutating func carryOut(_ requests: [Context.Request], for owner: Tag.Owner) -> [Effect] {
    requests.flatMap { carryOut($0, for: owner) }
  }

  private mutating func carryOut(_ request: Context.Request, for owner: Tag.Owner) -> [Effect] {
    switch request {
    case .ask(let question, let slot, let urgency):
      return [.ask(question, tag(owner, slot), urgency)]
    case .forget(let slot):
      awaited[AwaitedSlot(owner: owner, slot: slot)] = nil
      return []
    case .perform(let change): return perform(change, for: owner)
    case .open(let dialog):
      let effects = open(dialog)
      // What can be looked at there still can; what it would apply is told before it is filled in.
      guard dialog.applies, let reason = onlyLooks else { return effects }
      return effects + say(.error, reason)
    case .close: return close(owner)
    case .handOver(let handover): return withScreen { $0.take(handover, &$1) }
    case .push(let screen): return push(screen)
    case .pop: return pop(owner)
    case .go(let place, let filter): return go(to: place, filter: filter)
    case .say(let kind, let text): return say(kind, text)
    case .copy(let text):
      return say(.information, Guidance.copied) + [.copy(text)]
    case .write(let secret, let path): return [.write(secret, path: path, tag(owner, "file"))]
    case .read(let path): return [.read(path: path, tag(owner, "file"))]
    case .quit: return [.quit(.asked)]
    }
  }

  mutating func perform(_ change: Change, for owner: Tag.Owner) -> [Effect] {
    guard !options.isReadOnly else { return say(.error, Guidance.readOnly) }
    underWay[owner, default: 0] += 1
    return [.perform(change, tag(owner, "change"))]
  }

  mutating func open(_ dialog: any OpenDialog) -> [Effect] {
    message = nil
    commandLine = nil
    dialogs.append(mount(dialog))
    return [.flushInput] + withDialog { $0.appear(&$1) }
  }

  private mutating func close(_ owner: Tag.Owner) -> [Effect] {
    guard let index = dialogs.firstIndex(where: { $0.owner == owner }) else { return [] }
    dialogs.remove(at: index)
    // What moved while it was open is read now.
    return dialogs.isEmpty ? appear() : []
  }

  mutating func push(_ screen: any Screen) -> [Effect] {
    stacks[place, default: []].append(mount(screen))
    return appear()
  }

  private mutating func pop(_ owner: Tag.Owner) -> [Effect] {
    guard let stack = stacks[place], stack.count > 1, stack.last?.owner == owner else { return [] }
    stacks[place]?.removeLast()
    return appear()
  }

  mutating func go(to place: Place, filter: String?) -> [Effect] {
    guard places.contains(place) else { return say(.error, Guidance.notVisible(place)) }
    dialogs = []
    var effects = place == self.place ? leaveDepths() : show(place)
    if let filter {
      // The list itself, not what was open one level deeper.
      if let root = stacks[place]?.first { stacks[place] = [root] }
      effects += withScreen { $0.arrive(filter: filter, &$1) }
    }
    return effects
  }

  /// Back to the screen of the tab itself: its key says where one wants to be.
  private mutating func leaveDepths() -> [Effect] {
    guard let stack = stacks[place], stack.count > 1, let root = stack.first else { return [] }
    stacks[place] = [root]
    return withScreen { $0.refresh(&$1) }
  }

  mutating func tag(_ owner: Tag.Owner, _ slot: Slot) -> Tag {
    generation += 1
    awaited[AwaitedSlot(owner: owner, slot: slot)] = generation
    return Tag(owner: owner, slot: slot, generation: generation)
  }

  private mutating func mount<Content: Sendable>(_ content: Content) -> Mounted<Content> {
    owners += 1
    return Mounted(owner: Tag.Owner(number: owners), content: content)
  }
}

extension Array {
  /// Changes one element where it is.
  fileprivate mutating func withElement(_ index: Int, _ body: (inout Element) -> Void) {
    if indices.contains(index) { body(&self[index]) }
  }
}
