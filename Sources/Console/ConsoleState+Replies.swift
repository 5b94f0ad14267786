import Access
import TerminalKit

// What became of questions and changes.
extension ConsoleState {
  mutating func take(
    answer result: Result<Answer, FailureText>, to question: Question, _ tag: Tag
  ) -> [Effect] {
    let slot = AwaitedSlot(owner: tag.owner, slot: tag.slot)
    guard awaited[slot] == tag.generation else { return [] }
    awaited[slot] = nil
    if tag.owner == .shell { return take(session: result) }
    let reply = Reply(slot: tag.slot, question: question, result: result)
    return with(tag.owner, screen: { $0.receive(reply, &$1) }, dialog: { $0.receive(reply, &$1) })
      ?? []
  }

  mutating func take(
    outcome result: Result<Outcome, FailureText>, of change: Change, _ tag: Tag
  ) -> [Effect] {
    underWay[tag.owner] = underWay[tag.owner].flatMap { $0 > 1 ? $0 - 1 : nil }
    let isDialogs = dialogs.contains { $0.owner == tag.owner }
    let told = with(
      tag.owner, screen: { $0.performed(change, result, &$1) },
      dialog: { $0.performed(change, result, &$1) })
    var effects: [Effect]
    if let told {
      effects = told
      if isDialogs, case .success(let outcome) = result {
        effects += withScreen { $0.changed(change, outcome, &$1) }
      }
    } else {
      // Whoever asked for it is gone; what happened must still be said.
      var context = Context(scene(for: .shell))
      context.report(change, result)
      effects = carryOut(context.requests, for: .shell)
    }
    return effects + readSession()
  }

  private mutating func take(session result: Result<Answer, FailureText>) -> [Effect] {
    switch result {
    case .success(.session(let session)):
      let moved = Ground(session).hasMoved(since: Ground(self.session))
      self.session = session
      guard places.contains(place) else { return leaveHiddenPlace() }
      return moved ? appear() : []
    case .success(.tokens(let page)): return tell(ofEnding: page)
    case .success: return []
    case .failure(let failure) where failure.kind == .notPermitted:
      return [.quit(.notPermitted(failure.description))]
    case .failure(let failure): return say(.error, failure.description)
    }
  }

  /// Says how many of one's own tokens end soon, unless there is something else to be read.
  private mutating func tell(ofEnding page: Page<TokenRow>) -> [Effect] {
    guard let next = page.rows.first, message == nil else { return [] }
    let count = page.hasAfter ? "\(Self.mostEnding) or more" : "\(page.rows.count)"
    return say(
      .information,
      Guidance.tokensEnd(
        count, isOne: page.rows.count == 1, name: next.name,
        ends: next.expiresAt.ends(now.instant).string))
  }

  private mutating func leaveHiddenPlace() -> [Effect] {
    let lost = place
    dialogs = []
    stacks[lost] = nil
    let next = places.first { $0 != .account } ?? .account
    return show(next) + say(.error, Guidance.placeLost(lost))
  }
}
