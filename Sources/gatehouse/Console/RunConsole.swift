import Access
import Administration
import Console
import CursesTerminal
import Glibc
import TerminalKit

/// Opens the full-screen console, and returns when it was left.
///
/// - Returns: the exit status: 0, or 128 and the signal's number where the line was cut.
/// - Throws: a ``Failure`` where the site cannot be opened or there is no terminal.
func runConsole(_ options: ConsoleOptions) throws -> Int32 {
  CursesTerminal.takeMemory()
  if options.remote == nil { try FirstStart(options.location).makeSiteIfNone() }
  let administration = try Administration.open(
    database: options.location.path, readOnly: options.isReadOnly, verifiesSecrets: false)
  let runtime = try administration.opening(
    for: caller(options, at: administration)
  ) { actor, session, answer in
    let runtime = ConsoleRuntime(
      state: try firstState(options, session, actor), administration: administration,
      actor: actor, mailbox: Mailbox())
    runtime.start(answering: answer)
    return runtime
  }
  let terminal: CursesTerminal
  do {
    terminal = try CursesTerminal(theme: options.theme, colorMode: options.color)
  } catch {
    throw NoConsole(reason: error.description)
  }
  if let term = terminal.capabilities.unknownTerm { runtime.note(Guidance.unknownTerm(term)) }
  let ending = runtime.run(on: terminal)
  terminal.close()
  switch ending {
  case .finished:
    if let text = runtime.farewell?.text {
      try Sink(descriptor: STDOUT_FILENO).line(Printed.lines(text))
    }
    return 0
  case .hangup: return 128 + SIGHUP
  case .terminated: return 128 + SIGTERM
  }
}

private func caller(
  _ options: ConsoleOptions, at administration: Administration
) throws -> Caller {
  if let remote = options.remote {
    return .known(try remote.actor(at: administration, through: .console))
  }
  let user = ProcessEnvironment.userName
  return .named(
    options.account ?? user, through: .console,
    source: ProcessEnvironment.source(ProcessEnvironment.variable, user: user))
}

private func firstState(
  _ options: ConsoleOptions, _ session: Session, _ actor: Actor
) throws -> ConsoleState {
  var window = winsize()
  _ = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window)
  let size = Size(
    columns: window.ws_col > 0 ? Int(window.ws_col) : 80,
    rows: window.ws_row > 0 ? Int(window.ws_row) : 24)
  var place: Place?
  if let name = options.screen {
    place = Place(rawValue: name.lowercased())
    if place == nil { throw NoSuchScreen(name: name) }
  }
  return ConsoleState(
    session: session, at: ConsoleRuntime.moment, size: size,
    options: .init(
      screen: place, isReadOnly: options.isReadOnly, glyphs: options.isASCII ? .ascii : .unicode,
      zone: .system, remote: remote(actor)))
}

/// `gatehouse@ops-1` where this console was reached over SSH.
private func remote(_ actor: Actor) -> String? {
  guard actor.sshKey != nil || ProcessEnvironment.variable("SSH_CONNECTION") != nil else {
    return nil
  }
  var name = [CChar](repeating: 0, count: 256)
  guard gethostname(&name, name.count - 1) == 0 else { return nil }
  let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  return "\(ProcessEnvironment.userName)@\(host)"
}

extension Zone {
  /// UTC unless `TZ` is set: then its offsets, one for each change within three years around now.
  static var system: Zone {
    guard ProcessEnvironment.variable("TZ")?.isEmpty == false else { return .utc }
    tzset()
    let now = Instant.current
    var offsets: [Offset] = []
    for day in stride(from: Int64(-730), through: 365, by: 1) {
      let instant = now.advanced(bySeconds: day * 86_400)
      let (seconds, name) = Clock.systemZone(instant)
      if offsets.last?.secondsFromUTC != seconds {
        offsets.append(Offset(from: instant, secondsFromUTC: seconds, name: name))
      }
    }
    guard let first = offsets.first else { return .utc }
    return Zone(first, then: Array(offsets.dropFirst()))
  }
}

/// Why there is no console, and what to use instead.
struct NoConsole: Failure {
  let reason: String

  var description: String {
    """
    \(reason)
    The same by commands: gatehouse status, property, bearer, level, expiration, revision, role, \
    account, token, key, integration, audit. `gatehouse --help` lists them all.
    """
  }

  var exitCode: ExitCode { .noTerminal }
}

struct NoSuchScreen: Failure {
  let name: String

  var description: String {
    """
    There is no screen “\(Visible.text(name))”. They are \
    \(Place.allCases.map(\.rawValue).joined(separator: ", ")).
    """
  }

  var exitCode: ExitCode { .usage }
}
