import Glibc
import Testing

/// The probe in a terminal of its own: a pty whose other end the test holds.
final class ProbeSession {
  let process: pid_t
  private var master: Int32
  private let reports: Int32
  /// Everything the terminal was sent so far.
  private(set) var output = ""
  private var reportText = ""
  private var takenReports = 0
  private var status: Int32?

  /// Starts the probe, or `command` in a shell with `$PROBE` set to it.
  ///
  /// `environment` is all it gets. With `hasTerminal` false its standard input is nothing.
  init(
    command: String = "exec $PROBE --report", environment: [String: String] = [:],
    columns: UInt16 = 80, rows: UInt16 = 24, hasTerminal: Bool = true
  ) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: CInt = 0
    var locked: CInt = 0
    try #require(ioctl(master, Self.unlock, &locked) == 0)
    try #require(ioctl(master, Self.numberOfPty, &number) == 0)
    let name = "/dev/pts/\(number)"
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
    reports = ends[0]
    Self.setSize(master, columns: columns, rows: rows)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Opened by a new session's leader, it becomes the terminal that controls the session.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 3)
    if !hasTerminal { posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The threads that tests run on block signals, and the probe would inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Self.newSession | Int16(POSIX_SPAWN_SETSIGMASK))

    var variables = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PROBE": Self.probe]
    if let path = getenv("LD_LIBRARY_PATH") { variables["LD_LIBRARY_PATH"] = String(cString: path) }
    variables.merge(environment) { $1 }
    let strings: [UnsafeMutablePointer<CChar>?] =
      variables.map { strdup("\($0)=\($1)") } + [nil]
    let arguments: [UnsafeMutablePointer<CChar>?] =
      [strdup("bash"), strdup("-c"), strdup(command), nil]
    defer { (strings + arguments).forEach { free($0) } }
    var started: pid_t = 0
    try #require(posix_spawn(&started, "/bin/bash", &actions, &attributes, arguments, strings) == 0)
    process = started
    close(ends[1])
  }

  deinit {
    hangUp()
    close(reports)
    if status == nil {
      kill(-process, SIGKILL)
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
  }

  /// The probe lies beside the test bundle.
  private static var probe: String {
    var path = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &path, path.count - 1)
    let bundle = String(
      decoding: path.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return bundle.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/CursesProbe"
  }

  func send(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(master, $0.baseAddress, $0.count) }
  }

  func sendBytes(_ bytes: [UInt8]) { _ = write(master, bytes, bytes.count) }

  /// Stops the process as only the kernel can, waits until it has stopped, and continues it.
  func stopAndContinue() {
    kill(process, SIGSTOP)
    waitpid(process, nil, WUNTRACED)
    kill(process, SIGCONT)
  }

  func resize(columns: UInt16, rows: UInt16) {
    Self.setSize(master, columns: columns, rows: rows)
  }

  // What Linux defines and the C library shows only to those who ask for its extensions.
  private static let unlock: UInt = 0x4004_5431  // TIOCSPTLCK
  private static let numberOfPty: UInt = 0x8004_5430  // TIOCGPTN
  private static let newSession: Int16 = 0x80  // POSIX_SPAWN_SETSID

  private static func setSize(_ master: Int32, columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Closes the terminal, as a client does that goes away.
  func hangUp() {
    guard master >= 0 else { return }
    close(master)
    master = -1
  }

  /// Whether the terminal is as a shell leaves it: it echoes and gathers lines.
  var isRestored: Bool {
    var modes = termios()
    guard tcgetattr(master, &modes) == 0 else { return false }
    return modes.c_lflag & tcflag_t(ECHO) != 0 && modes.c_lflag & tcflag_t(ICANON) != 0
  }

  /// Waits for the next report that fulfils `condition`; nil if none comes in ten seconds.
  func report(where condition: (String) -> Bool) -> String? {
    let deadline = now() + 10_000
    while true {
      let lines = reportText.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      for line in lines.dropFirst(takenReports) {
        takenReports += 1
        if condition(String(line)) { return String(line) }
      }
      guard now() < deadline, read(until: deadline) else { return nil }
    }
  }

  /// The reports of the keys, pastes and the like up to a key `q` that this sends, which ends it.
  func eventsUntilQuit() -> [String] {
    send("q")
    while read(until: now() + 10_000) {}
    return reportText.split(separator: "\n").map(String.init).filter { line in
      !["open ", "frame "].contains { line.hasPrefix($0) }
    }
  }

  @discardableResult
  func awaitReport(_ line: String) -> Bool { report { $0 == line } != nil }

  /// Waits for the first frame.
  @discardableResult
  func awaitFrame() -> Bool { report { $0.hasPrefix("frame ") } != nil }

  /// Where the output ends now, for what is to come after it.
  var mark: Int { output.unicodeScalars.count }

  func output(after mark: Int) -> String {
    String(String.UnicodeScalarView(output.unicodeScalars.dropFirst(mark)))
  }

  /// Waits until the terminal was sent `text`, behind a mark.
  func awaitOutput(_ text: String, after mark: Int = 0) -> Bool {
    let deadline = now() + 10_000
    while !output(after: mark).contains(text) {
      guard now() < deadline, read(until: deadline) else { return false }
    }
    return true
  }

  /// The bytes that arrive within some milliseconds.
  func outputWithin(milliseconds: Int) -> String {
    let before = mark
    let deadline = now() + milliseconds
    while now() < deadline, read(until: deadline) {}
    return output(after: before)
  }

  /// Waits for the end, and says how it came: an exit status, or minus a signal.
  func end() -> Int32 {
    if let status { return status }
    let deadline = now() + 10_000
    var raw: Int32 = 0
    while waitpid(process, &raw, WNOHANG) == 0 {
      guard now() < deadline else { return .max }
      if master < 0 || !read(until: now() + 10) { usleep(1000) }
    }
    while master >= 0, read(until: now()) {}
    let signal = raw & 0x7F
    let result = signal == 0 ? raw >> 8 & 0xFF : -signal
    status = result
    return result
  }

  /// Waits for the end without reading what the terminal is sent.
  func endUnread() -> Int32 {
    var raw: Int32 = 0
    waitpid(process, &raw, 0)
    let signal = raw & 0x7F
    let result = signal == 0 ? raw >> 8 & 0xFF : -signal
    status = result
    return result
  }

  /// Takes what either end has; false if neither has anything before the deadline.
  private func read(until deadline: Int) -> Bool {
    var watched = [
      pollfd(fd: master, events: Int16(POLLIN), revents: 0),
      pollfd(fd: reports, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&watched, 2, Int32(max(deadline - now(), 0))) > 0 else { return false }
    var isAlive = false
    var buffer = [UInt8](repeating: 0, count: 16384)
    for (index, end) in watched.enumerated() where end.revents != 0 {
      let count = Glibc.read(end.fd, &buffer, buffer.count)
      guard count > 0 else { continue }
      isAlive = true
      let text = String(decoding: buffer.prefix(count), as: UTF8.self)
      if index == 0 { output += text } else { reportText += text }
    }
    return isAlive
  }

  /// Milliseconds of a clock that only goes forward.
  private func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
