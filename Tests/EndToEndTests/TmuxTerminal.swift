import Foundation
import Testing

/// The real console in a real terminal: a tmux server of its own, driven by keys and read as text.
///
/// What is waited for is waited for at most fifteen seconds, then the test fails with the screen.
final class TmuxTerminal {
  let site: String
  private let socket = "gatehouse-\(UUID().uuidString)"

  /// Starts `command` in a terminal; `$GATEHOUSE` is the program with its database.
  ///
  /// The shell that starts it stays, so that what the program leaves behind can be looked at.
  init(
    _ site: String, columns: Int = 80, rows: Int = 24, command: String = "$GATEHOUSE",
    environment: [String: String] = [:]
  ) throws {
    self.site = site
    var variables = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8",
      "GATEHOUSE": "\(Program.path) --database \(site)", "PROGRAM": Program.path,
      "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": Program.folder(of: site),
    ]
    variables.merge(environment) { $1 }
    let settings = variables.flatMap { ["-e", "\($0)=\($1)"] }
    try tmux(
      ["-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)"] + settings
        + ["exec env PS1='prompt% ' /bin/bash --norc --noprofile"])
    try tmux(["set", "-g", "remain-on-exit", "on"])
    try wait(for: "prompt%")
    if !command.isEmpty { try run(command) }
  }

  deinit { _ = try? tmux(["kill-server"]) }

  /// Types a command line into the shell; what is shown before it goes away.
  func run(_ command: String) throws {
    try tmux(["send-keys", "-l", "clear; \(command)"])
    try press("Enter")
  }

  /// Presses keys by tmux's names: `Enter`, `Down`, `C-c`, `Escape`; a word in quotes is typed.
  func press(_ keys: String...) throws {
    for key in keys {
      if key.hasPrefix("'") {
        try tmux(["send-keys", "-l", String(key.dropFirst().dropLast())])
      } else {
        try tmux(["send-keys", key])
      }
    }
  }

  func resize(_ columns: Int, _ rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The screen as text, blanks at the ends of its rows left out.
  var screen: String {
    get throws { try tmux(["capture-pane", "-p"]) }
  }

  /// The screen with what the terminal itself wrapped as one line, as a mouse selection has it.
  var screenWithWrappedLinesJoined: String {
    get throws { try tmux(["capture-pane", "-p", "-J"]) }
  }

  /// All that can be scrolled back to.
  var history: String {
    get throws { try tmux(["capture-pane", "-p", "-S", "-"]) }
  }

  /// Waits until the screen contains all of `texts`.
  @discardableResult
  func wait(
    for texts: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    try self.wait(
      for:
        "the screen to show \(texts)", sourceLocation: sourceLocation
    ) { screen in texts.allSatisfy(screen.contains) }
  }

  @discardableResult
  func wait(
    for what: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: (String) throws -> Bool
  ) throws -> String {
    let deadline = ContinuousClock.now + .seconds(15)
    var last = ""
    while ContinuousClock.now < deadline {
      last = try screen
      if try condition(last) { return last }
      usleep(20_000)
    }
    Issue.record("Waited in vain for \(what). The screen:\n\(last)", sourceLocation: sourceLocation)
    throw Waited(what: what)
  }

  /// The process id of the program the shell runs.
  func programID() throws -> pid_t {
    let shell = try tmux(["display-message", "-p", "#{pane_pid}"]).filter(\.isNumber)
    let deadline = ContinuousClock.now + .seconds(5)
    while ContinuousClock.now < deadline {
      let children =
        (try? String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8))
        ?? ""
      if let id = children.split(separator: " ").first.flatMap({ pid_t($0) }) { return id }
      usleep(20_000)
    }
    throw Waited(what: "the program to run")
  }

  /// Closes the terminal as a client does that goes away.
  func hangUp() throws { try tmux(["kill-server"]) }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let result = try Program.run("/usr/bin/tmux", ["-L", socket] + arguments)
    guard result.status == 0 else { throw Waited(what: "tmux \(arguments): \(result.errors)") }
    return result.output
  }

  struct Waited: Error { let what: String }
}

/// The built program, and how to run it without a terminal.
enum Program {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// It lies beside the bundle of the tests.
  static let path: String = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    let built =
      bundle ?? (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    return folder(of: built ?? "") + "/gatehouse"
  }()

  static func folder(of path: String) -> String {
    path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
  }

  /// Runs a program to its end; what it leaves running in the background is not waited for.
  static func run(_ path: String, _ arguments: [String]) throws -> Result {
    // Files, not pipes: what stays in the background, as tmux does, would keep a pipe open.
    let output = try scratch()
    let errors = try scratch()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.fileDescriptor, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.fileDescriptor, 2)
    // The threads that tests run on block signals, and what they start would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let strings: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { strings.forEach { free($0) } }
    var process: pid_t = 0
    let outcome = posix_spawn(&process, path, &actions, &attributes, strings, environ)
    guard outcome == 0 else { throw TmuxTerminal.Waited(what: "\(path) to start: \(outcome)") }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Result(
      status: signal == 0 ? status >> 8 & 0xFF : -signal, output: try text(of: output),
      errors: try text(of: errors))
  }

  /// Whether a process is there and has not ended; one that nobody has reaped yet has.
  static func isRunning(_ process: pid_t) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return status.split(separator: ")").last.map { !$0.hasPrefix(" Z") } ?? false
  }

  private static func scratch() throws -> FileHandle {
    let path = NSTemporaryDirectory() + "gatehouse-" + UUID().uuidString
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    unlink(path)
    guard descriptor >= 0 else { throw TmuxTerminal.Waited(what: "a scratch file at \(path)") }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static func text(of file: FileHandle) throws -> String {
    try file.seek(toOffset: 0)
    return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
  }
}

/// A folder of its own with a site in it.
final class RealSite {
  let folder = NSTemporaryDirectory() + "gatehouse-e2e-" + UUID().uuidString
  var database: String { folder + "/gatehouse.db" }
  /// Whose account the site's first administrator is: the OS user's.
  static let user = NSUserName()

  init(isSample: Bool = false) throws {
    let made = try gatehouse(["init"] + (isSample ? ["--sample"] : ["--site", "Northwind"]))
    try #require(made.status == 0, "\(made.errors)")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @discardableResult
  func gatehouse(_ arguments: [String]) throws -> Program.Result {
    try Program.run(Program.path, ["--database", database] + arguments)
  }

  /// The audit's rows as `actor action target`, oldest first.
  func audit() throws -> [String] {
    let result = try gatehouse(["audit", "list", "--json"])
    let rows = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return (rows as? [[String: Any]] ?? []).map { row in
      ["actor", "action", "target"].map { row[$0] as? String ?? "?" }.joined(separator: " ")
    }
  }
}
