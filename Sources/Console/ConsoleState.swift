package import Access
package import TerminalKit

/// The whole console as one value: every screen, the dialogs over them, and what the frame shows.
///
/// ``update(_:)`` takes what happened and answers with what is to be done; ``view()`` draws it.
/// Neither waits, reads a clock or touches a terminal.
package struct ConsoleState: Sendable {
  package struct Options: Sendable {
    package var screen: Place?
    package var isReadOnly: Bool
    package var glyphs: Glyphs
    package var zone: Zone
    /// `gatehouse@ops-1` where the console was reached over SSH.
    package var remote: String?

    package init(
      screen: Place? = nil, isReadOnly: Bool = false, glyphs: Glyphs = .unicode,
      zone: Zone = .utc, remote: String? = nil
    ) {
      self.screen = screen
      self.isReadOnly = isReadOnly
      self.glyphs = glyphs
      self.zone = zone
      self.remote = remote
    }
  }

  package private(set) var options: Options
  package internal(set) var session: Session
  package internal(set) var size: Size
  package internal(set) var place: Place
  package internal(set) var message: MessageLine?

  /// The screens of each place, the one on show last; kept while other places are shown.
  var stacks: [Place: [Mounted<any Screen>]] = [:]
  /// The dialogs over the screen, the one on top last.
  var dialogs: [Mounted<any OpenDialog>] = []
  /// What is being typed after `:`.
  var commandLine: Prompt?
  var now: Moment
  /// When the console was opened, and when the last key came.
  let openedAt: Duration
  var lastKeyAt: Duration
  /// Of what the end was told last: of idling since that key, or of a session since it was opened.
  var warnedSince: Duration?
  var askedSessionAt: Duration?
  /// The newest question of each slot that is still to be answered.
  var awaited: [AwaitedSlot: UInt64] = [:]
  /// Why nothing can be changed in this site; nil where that can be.
  var obstacle: String?
  /// Changes under way, by who asked for them.
  var underWay: [Tag.Owner: Int] = [:]
  var generation: UInt64 = 0
  var owners = 0
  let drawn = DrawnLines()

  /// The lines around every screen.
  struct DrawnLines: Sendable {
    let header = Drawn<Header>()
    let tabs = Drawn<Tabs>()
    let footer = Drawn<Footer>()
  }

  struct AwaitedSlot: Hashable, Sendable {
    let owner: Tag.Owner
    let slot: Slot
  }

  /// A screen or dialog with the number that answers find it by.
  struct Mounted<Content: Sendable>: Sendable {
    let owner: Tag.Owner
    var content: Content
    /// What was in force when it last read what it shows; nil before its first appearance.
    var ground: Ground?
  }

  /// What moves when anything was changed, or a pending revision ended.
  struct Ground: Sendable {
    private let lastChange: Int64
    private let revision: Int
    /// Nil where it was not read; what it holds is nil where there never was any.
    private let lastTraffic: Instant??

    init(_ session: Session) {
      lastChange = session.lastChange
      revision = session.standing.current.revision.number
      lastTraffic = session.surroundings.map(\.lastTraffic)
    }

    func hasMoved(since seen: Ground) -> Bool {
      guard lastChange == seen.lastChange, revision == seen.revision else { return true }
      return seen.lastTraffic != nil && lastTraffic != seen.lastTraffic
    }
  }

  package init(session: Session, at now: Moment, size: Size, options: Options = Options()) {
    self.session = session
    self.now = now
    self.size = size
    self.options = options
    openedAt = now.uptime
    lastKeyAt = now.uptime
    place = .account
    let visible = places
    place =
      options.screen.flatMap { visible.contains($0) ? $0 : nil }
      ?? visible.first { $0 != .account } ?? .account
  }

  /// Draws with what the terminal can show, unless plainer glyphs were asked for.
  package mutating func adopt(_ glyphs: Glyphs) {
    if options.glyphs.isUTF8 { options.glyphs = glyphs }
  }

  /// Puts the first screen on show; call it once, before anything else.
  ///
  /// Whoever holds tokens is told once of those that end soon.
  package mutating func start() -> [Effect] {
    var effects = show(place)
    if session.surroundings == nil { effects += readSession() }
    guard session.may(.useAPI) else { return effects }
    let ending = TokenFilter(account: session.account.id, states: [.expiring])
    let request = PageRequest(filter: ending, sort: TokenSort.end, limit: Self.mostEnding)
    return effects + [.ask(.tokens(request), tag(.shell, "ending"), .later)]
  }

  /// How many tokens that end soon are counted.
  static let mostEnding = 100

  /// How often the key is to be taken that is being taken, this time included.
  var stepsLeft = 1

  package mutating func update(_ message: Message) -> [Effect] {
    switch message {
    case .key(let key, let times): take(key, times: times)
    case .paste(let text): take(paste: text)
    case .resize(let size):
      resize(to: size)
    case .tick(let moment): tick(moment)
    case .rest: withScreen { $0.rest(&$1) }
    case .answered(let question, let tag, let result):
      take(answer: result, to: question, tag)
    case .performed(let change, let tag, let result):
      take(outcome: result, of: change, tag)
    case .wrote(let tag, let result):
      with(tag.owner, screen: { _, _ in }, dialog: { $0.wrote(result, &$1) }) ?? []
    case .read(let tag, let result):
      with(tag.owner, screen: { _, _ in }, dialog: { $0.read(result, &$1) }) ?? []
    case .obstacle(let reason):
      obstruct(reason)
    case .note(let kind, let text):
      say(kind, text)
    }
  }

  /// The places this session may go to, in the order of their tabs.
  var places: [Place] {
    Registry.places.filter { $0.isVisible(to: session.permissions) }
  }

  /// Whether leaving now would lose something, and where.
  var drafts: [Place] {
    func hasDraft(_ stack: [Mounted<any Screen>]) -> Bool {
      stack.contains { $0.content.hasDraft }
    }
    // Each frame asks, and mostly there is none.
    guard stacks.values.contains(where: hasDraft) else { return [] }
    return Place.allCases.filter { stacks[$0].map(hasDraft) ?? false }
  }

  func scene(for owner: Tag.Owner) -> Scene {
    Scene(
      session: session, now: now.instant, zone: options.zone, size: size, remote: options.remote,
      isWorking: underWay[owner] != nil)
  }

  private mutating func obstruct(_ reason: String) -> [Effect] {
    obstacle = reason
    return say(.error, reason)
  }

  /// Why nothing can be applied in this console; nil where that can be.
  var onlyLooks: String? { options.isReadOnly ? Guidance.onlyLooks : obstacle }

  mutating func say(_ kind: MessageLine.Kind, _ text: String) -> [Effect] {
    message = MessageLine(kind, SafeText(text), shownAt: now.uptime)
    return []
  }

  private mutating func resize(to size: Size) -> [Effect] {
    self.size = size
    return []
  }
}
