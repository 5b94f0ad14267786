import Access
import Administration
import Console
import CursesTerminal
import Glibc
import TerminalKit

/// Carries out what the console asks for: the one place where its values meet the world.
///
/// Pages of lists are read at once, on the main thread, so that the frame after a key has its rows.
/// What counts, and what changes, goes to threads that post their answers back.
final class ConsoleRuntime {
  private(set) var state: ConsoleState
  private(set) var farewell: Farewell?
  private let administration: Administration
  private let actor: Actor
  private let mailbox: Mailbox<Message>
  private var terminal: CursesTerminal?
  /// Questions that wait until the next frame was shown, at most one a slot.
  private var later: [Effect] = []
  /// The slots for which a thread is counting: their next question waits, so that quick typing
  /// never has more than one count under way.
  private var counted: Set<Counter> = []
  private var nextTick: Duration
  private var hasLookedForObstacle = false
  /// When no key will have come for a moment; nil where that was told already.
  private var restsAt: Duration?
  private let counting = Worker(yields: true)
  private let changing = Worker()

  init(
    state: ConsoleState, administration: Administration, actor: Actor, mailbox: Mailbox<Message>
  ) {
    self.state = state
    self.administration = administration
    self.actor = actor
    self.mailbox = mailbox
    nextTick = Self.moment.uptime + .seconds(1)
  }

  /// Now, on the wall's clock and on one that only goes forward.
  static var moment: Moment {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    let uptime = Duration.seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    return Moment(.current, uptime: uptime)
  }

  /// Reads what the first frame shows, before there is a terminal.
  func start(answering answer: (Question) throws -> Answer) {
    carryOut(state.start(), answering: answer)
  }

  /// Has the console say something of the terminal.
  func note(_ text: String) { carryOut(state.update(.note(.information, text))) }

  /// Runs until the user quits or the line is cut.
  func run(on terminal: CursesTerminal) -> Ending {
    self.terminal = terminal
    defer { self.terminal = nil }
    state.adopt(terminal.capabilities.glyphs)
    return EventLoop(terminal: terminal, mailbox: mailbox).run(
      timeout: { [self] in
        askLater()
        if lookForObstacle() { return .zero }
        return max(min(nextTick, restsAt ?? nextTick) - Self.moment.uptime, .zero)
      },
      handle: { [self] in handle($0) })
  }

  private func handle(_ batch: [Occurrence<Message>]) -> Step {
    let moment = Self.moment
    if moment.uptime >= nextTick {
      nextTick = moment.uptime + .seconds(1)
      send(.tick(moment))
    }
    var dropsKeys = false
    var rest = batch[...]
    while farewell == nil, let occurrence = rest.popFirst() {
      guard var message = message(for: occurrence) else { continue }
      if case .key(let key, _) = message, Movement(key)?.isStep == true {
        // A held key that came faster than it was drawn.
        let others = rest.prefix { if case .input(.key(key)) = $0 { true } else { false } }
        message = .key(key, times: 1 + others.count)
        rest = rest.dropFirst(others.count)
      }
      if message.isTyped { restsAt = moment.uptime + .milliseconds(120) }
      if dropsKeys, message.isTyped { continue }
      if send(message) { dropsKeys = true }
    }
    if let due = restsAt, moment.uptime >= due {
      restsAt = nil
      send(.rest)
    }
    return farewell == nil ? .show(state.view()) : .finish
  }

  private func message(for occurrence: Occurrence<Message>) -> Message? {
    switch occurrence {
    case .message(let message): settled(message)
    case .timeout: nil
    case .input(let event):
      switch event {
      case .key(let key): .key(key)
      case .paste(let text): .paste(text)
      case .resize(let size): .resize(size)
      default: nil
      }
    }
  }

  /// Notes that a count has come.
  private func settled(_ message: Message) -> Message {
    if case .answered(_, let tag, _) = message { counted.remove(Counter(tag)) }
    return message
  }

  /// Returns whether keys that were typed ahead are to be dropped.
  @discardableResult
  private func send(_ message: Message) -> Bool {
    carryOut(state.update(message))
  }

  @discardableResult
  private func carryOut(_ effects: [Effect]) -> Bool {
    carryOut(effects) { try administration.answer($0, for: actor) }
  }

  @discardableResult
  private func carryOut(
    _ effects: [Effect], answering answer: (Question) throws -> Answer
  ) -> Bool {
    var dropsKeys = false
    var queue = effects[...]
    while let effect = queue.popFirst() {
      switch effect {
      case .ask(_, let tag, .later):
        // Only the newest question of a slot is worth an answer.
        later.removeAll { $0.isFor(tag) }
        later.append(effect)
      case .ask(let question, let tag, .now):
        if question.isQuick {
          let result = Self.result { try answer(question) }
          queue += state.update(.answered(question, tag, result))
        } else {
          ask(question, tag)
        }
      case .perform(let change, let tag): perform(change, tag)
      case .copy(let text): terminal?.copy(text)
      case .write(let secret, let path, let tag):
        let result = Self.result {
          guard actor.sshKey == nil else { throw RemoteError.written }
          return try NewFile(path).write(secret)
        }
        queue += state.update(.wrote(tag, result))
      case .read(let path, let tag):
        let result = Self.result {
          guard actor.sshKey == nil else { throw RemoteError.read }
          return try FileReading.text(of: ProcessEnvironment.path(path))
        }
        queue += state.update(.read(tag, result))
      case .flushInput:
        terminal?.flushInput()
        dropsKeys = true
      case .repaint: terminal?.repaint()
      case .suspend: queue += state.update(.note(.information, Guidance.cannotSuspend))
      case .quit(let farewell): self.farewell = farewell
      }
    }
    return dropsKeys
  }

  /// Has the console say what keeps everybody from changing anything; returns whether there is such.
  ///
  /// Looks for it once, when the first frame is on show and no key was taken.
  private func lookForObstacle() -> Bool {
    guard !hasLookedForObstacle else { return false }
    hasLookedForObstacle = true
    administration.keepPages()
    do {
      guard let obstacle = try administration.obstacle() else { return false }
      send(.obstacle(obstacle.description))
    } catch {
      send(.obstacle("\(error)"))
    }
    return true
  }

  private func askLater() {
    var waiting: [Effect] = []
    for effect in later {
      guard case .ask(let question, let tag, _) = effect else { continue }
      if counted.insert(Counter(tag)).inserted {
        ask(question, tag)
      } else {
        waiting.append(effect)
      }
    }
    later = waiting
  }

  private func ask(_ question: Question, _ tag: Tag) {
    counting.async { [administration, actor, mailbox] in
      let result = Self.result { try administration.answer(question, for: actor) }
      mailbox.post(.answered(question, tag, result))
    }
  }

  private func perform(_ change: Change, _ tag: Tag) {
    changing.async { [administration, actor, mailbox] in
      let result = Self.result { try administration.perform(change, by: actor) }
      mailbox.post(.performed(change, tag, result))
    }
  }

  private static func result<Value>(
    _ body: () throws -> Value
  ) -> Result<Value, FailureText> {
    do {
      return .success(try body())
    } catch {
      guard let failure = error as? any Failure else {
        return .failure(FailureText("Something unforeseen happened: \(error)"))
      }
      return .failure(FailureText(failure))
    }
  }
}

/// A slot that a thread counts for.
private struct Counter: Hashable {
  let owner: Tag.Owner
  let slot: Slot

  init(_ tag: Tag) {
    owner = tag.owner
    slot = tag.slot
  }
}

extension Effect {
  /// Whether it asks for what the owner of `tag` asks for with it.
  fileprivate func isFor(_ tag: Tag) -> Bool {
    guard case .ask(_, let own, _) = self else { return false }
    return own.owner == tag.owner && own.slot == tag.slot
  }
}

extension Question {
  /// Whether it is answered within a frame's time on a site of any size.
  fileprivate var isQuick: Bool {
    switch self {
    // Scrypt takes its time.
    case .attempt, .checkAudit, .overviewCounts, .plan, .readiness, .stopping, .tokenTotal,
      .warningTotal:
      false
    default: true
    }
  }
}

extension Message {
  /// Whether somebody typed it.
  fileprivate var isTyped: Bool {
    switch self {
    case .key, .paste: true
    default: false
    }
  }
}
