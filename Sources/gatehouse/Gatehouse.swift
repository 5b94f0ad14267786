import Access
import CursesTerminal
import Glibc

/// The program: the console, or one command of the command line.
@main
enum Gatehouse {
  static let version = "0.1.0"

  static func main() {
    CrashGuard.install()
    // Before anything can make a file: what Gatehouse writes is for its owner alone.
    umask(0o077)
    let status: Int32
    do {
      let arguments = try ProcessArguments.read()
      let suspicious = isRemote(arguments) ? RemoteEnvironment.rebuild() : []
      status = start(arguments, in: .process(suspicious))
    } catch {
      let errors = Sink(descriptor: STDERR_FILENO)
      try? errors.line("gatehouse: \(error)")
      status = error.exitCode.rawValue
    }
    exit(status)
  }

  /// Whether sshd started it for somebody, with `ssh session KEY-ID`.
  private static func isRemote(_ arguments: [String]) -> Bool {
    zip(arguments, arguments.dropFirst()).contains { $0 == "ssh" && $1 == "session" }
  }

  /// Goes straight to the console where nothing else can be meant: the parser costs 2.5 ms.
  private static func start(_ arguments: [String], in world: @autoclosure () -> World) -> Int32 {
    guard let options = consoleOptions(arguments) else {
      return Invocation(world: world()).run(arguments)
    }
    let errors = Sink(descriptor: STDERR_FILENO)
    return Invocation.status(reportingTo: errors) { try runConsole(options) }
  }

  /// What the simplest command lines of the console say; nil leaves the rest to the parser.
  private static func consoleOptions(_ arguments: [String]) -> ConsoleOptions? {
    var values: [String: String] = [:]
    var isNamed = false
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--database", "--account", "--screen":
        guard values[word] == nil, let value = rest.popFirst(), !value.hasPrefix("-") else {
          return nil
        }
        values[word] = value
      case "console" where !isNamed: isNamed = true
      default: return nil
      }
    }
    // Alone, the program takes no option of the console's own.
    guard isNamed || values["--screen"] == nil else { return nil }
    var options = ConsoleOptions(
      location: DatabaseLocation(
        named: values["--database"], environment: ProcessEnvironment.variable))
    options.account = values["--account"]
    options.screen = values["--screen"]
    return options
  }
}
