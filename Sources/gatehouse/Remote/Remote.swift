import Access
import Administration

/// Somebody whom sshd let in with a key, and the bounds within which something is run for them.
///
/// The key alone says who they are: no option, variable or word of theirs does.
struct Remote {
  let key: Identifier<SSHKey>
  let location: DatabaseLocation
  /// The client's address, for the audit.
  let source: String

  /// Runs what was asked for in `SSH_ORIGINAL_COMMAND`, one command or the console where it is empty,
  /// and gives its exit status.
  func run(_ command: String, in world: World) -> Int32 {
    var world = world
    let read = world.input.read
    world.input.read = { file, limit in
      guard file == "-" else { throw RemoteError.file(file) }
      return try read(file, limit)
    }
    // It is read before anybody's permission is looked at, and many may send at once.
    world.input.limit = 64 << 20
    world.remote = self
    return Invocation.status(reportingTo: world.errors) { [world] in
      do {
        return Invocation(world: world).run(try Self.words(of: command))
      } catch {
        record(error, in: world)
        throw error
      }
    }
  }

  /// The words of a command, without the program's own name.
  private static func words(of command: String) throws -> [String] {
    var words = try ShellWords.split(command)
    if words.first == "gatehouse" { words.removeFirst() }
    if let name = words.first?.split(separator: "/").last, transfers.contains(String(name)) {
      throw RemoteError.transfer(String(name))
    }
    return words
  }

  /// What asks for files, and would get a shell's or an empty answer wrong.
  private static let transfers: Set = ["sftp-server", "internal-sftp", "sftp", "scp", "rsync"]

  func actor(at door: any Door, through: Actor.Through) throws -> Actor {
    try door.actor(sshKey: key, through: through, source: source)
  }

  /// Requires that a command names neither a database nor an account.
  func require(noneOf options: GlobalOptions) throws(RemoteError) {
    if options.database != nil { throw .option("--database") }
    if options.account != nil { throw .option("--account") }
  }

  /// Keeps in the audit that something was refused for where it came from; what was typed may hold a
  /// secret, and is not kept.
  func record(_ error: any Error, in world: World) {
    let what: String
    switch error {
    case let error as RemoteError: what = error.audited
    case is ShellWordsError: what = "a command line with what only a shell reads"
    case ArgumentError.unknownCommand: what = "an unknown command"
    default: return
    }
    record(what, in: world)
  }

  /// Keeps it in these words.
  func record(_ what: String, in world: World) {
    // It is refused whether or not that can be written.
    guard let door = try? world.doors.open(location.path, false),
      let actor = try? actor(at: door, through: .command)
    else { return }
    try? door.recordRefused(what, by: actor)
  }
}

/// Why something is not done for somebody who came over SSH.
enum RemoteError: Failure, Equatable {
  case option(String)
  case local(String)
  case file(String)
  case transfer(String)
  case written
  case read

  var description: String {
    switch self {
    case .option(let name):
      "\(name) is not for you to choose over SSH: your key says who you are. Leave it out."
    case .local(let name):
      "“\(name)” is done on the host itself, not over SSH. Whoever looks after the host can."
    case .file(let name):
      """
      “\(Visible.text(name))” would be a file of the host, and over SSH none is read. Give - and send \
      the content: ssh … < \(Visible.text(name))
      """
    case .written: "Over SSH nothing is written to files of the host."
    case .read: "Over SSH no file of the host is read. Paste what is in it."
    case .transfer(let name):
      "\(name) is not to be had: no file is read or written here. Commands are: `ssh HOST --help`."
    }
  }

  /// In words of ours.
  fileprivate var audited: String {
    switch self {
    case .option(let name): "the option \(name)"
    case .local(let name): "the command \(name)"
    case .file, .written, .read: "a file of the host"
    case .transfer(let name): "\(name), a transfer of files"
    }
  }

  var exitCode: ExitCode { .refused }
}
