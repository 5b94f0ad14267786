package import Access
import TerminalKit

/// What a screen or dialog sees while it acts, and where it says what it wants done.
@dynamicMemberLookup
package struct Context: Sendable {
  package let scene: Scene
  private(set) var requests: [Request] = []
  /// How often the key is to be taken that is being taken, this time included.
  private(set) var stepsLeft: Int

  init(_ scene: Scene, stepsLeft: Int = 1) {
    self.scene = scene
    self.stepsLeft = stepsLeft
  }

  /// Takes a key that is held down all at once: how many steps it stands for.
  mutating func takeSteps() -> Int {
    defer { stepsLeft = 1 }
    return stepsLeft
  }

  enum Request: Sendable {
    case ask(Question, Slot, Effect.Urgency)
    case forget(Slot)
    case perform(Change)
    case open(any OpenDialog)
    case close
    case handOver(Handover)
    case push(any Screen)
    case pop
    case go(Place, filter: String?)
    case say(MessageLine.Kind, String)
    case copy(String)
    case write(Secret, path: String)
    case read(path: String)
    case quit
  }

  package subscript<Value>(dynamicMember path: KeyPath<Scene, Value>) -> Value {
    scene[keyPath: path]
  }

  /// Asks a question; an answer still owed to this slot will be dropped.
  package mutating func ask(
    _ question: Question, as slot: Slot, _ urgency: Effect.Urgency = .now
  ) {
    requests.append(.ask(question, slot, urgency))
  }

  /// Drops the answer that is still owed to this slot.
  package mutating func forget(_ slot: Slot) { requests.append(.forget(slot)) }

  /// Has a change made; the asker's ``Screen/performed(_:_:_:)`` learns what came of it.
  package mutating func perform(_ change: Change) { requests.append(.perform(change)) }

  /// Opens a dialog over everything that is there; keys typed ahead are dropped.
  package mutating func open(_ dialog: some OpenDialog) { requests.append(.open(dialog)) }

  /// Opens the warning dialog of a change of the policy: its impact, a reason, a deadline.
  ///
  /// A draft names the revision it was drawn up against: if another was saved since, applying it is
  /// refused once with who and when.
  package mutating func review(_ change: PolicyChange, drawnUpAgainst base: Int? = nil) {
    open(Registry.warning(of: change, drawnUpAgainst: base))
  }

  /// Closes the dialog that says so.
  package mutating func close() { requests.append(.close) }

  /// Hands what was decided in a dialog to the screen it was opened from.
  package mutating func hand(over handover: Handover) { requests.append(.handOver(handover)) }

  /// Shows a screen one level deeper; Esc comes back here.
  package mutating func push(_ screen: some Screen) { requests.append(.push(screen)) }

  /// Leaves the screen that says so for the one it was opened from.
  package mutating func pop() { requests.append(.pop) }

  /// Goes to another screen, and has its list show only what `filter` lets through.
  package mutating func go(to place: Place, filter: String? = nil) {
    requests.append(.go(place, filter: filter))
  }

  /// Says something in the footer's place for four seconds.
  package mutating func say(_ text: String) { requests.append(.say(.information, text)) }

  /// Says what is wrong, until a key is pressed.
  package mutating func fail(_ text: String) { requests.append(.say(.error, text)) }

  package mutating func fail(_ failure: FailureText) { fail(failure.description) }

  /// Puts text on the user's clipboard, and says what may stand in the way.
  package mutating func copy(_ text: String) { requests.append(.copy(text)) }

  /// Writes a secret to a new file that only its owner may read, and nowhere else; the dialog's
  /// ``OpenDialog/wrote(_:_:)`` learns what came of it.
  package mutating func write(_ secret: Secret, to path: String) {
    requests.append(.write(secret, path: path))
  }

  /// Reads a text file of the host; the dialog's ``OpenDialog/read(_:_:)`` learns what it holds.
  package mutating func read(file path: String) { requests.append(.read(path: path)) }

  package mutating func quit() { requests.append(.quit) }
}
