import Access
import Glibc

/// The program: the console, or one command of the command line.
@main
enum Gatehouse {
  static let version = "0.1.0"

  static func main() {
    // Before anything can make a file: what Gatehouse writes is for its owner alone.
    umask(0o077)
    let status: Int32
    do {
      status = start(try ProcessArguments.read(), in: .process)
    } catch {
      let errors = Sink(descriptor: STDERR_FILENO)
      try? errors.line("gatehouse: \(error)")
      status = error.exitCode.rawValue
    }
    exit(status)
  }

  /// Goes straight to the console where nothing else can be meant: the parser costs 2.5 ms.
  private static func start(_ arguments: [String], in world: @autoclosure () -> World) -> Int32 {
    let named: String?
    switch (arguments.count, arguments.first) {
    case (0, _): named = nil
    case (2, "--database"): named = arguments.last
    default: return Invocation(world: world()).run(arguments)
    }
    let location = DatabaseLocation(named: named, environment: ProcessEnvironment.variable)
    let errors = Sink(descriptor: STDERR_FILENO)
    return Invocation.status(reportingTo: errors) {
      try runConsole(ConsoleOptions(location: location))
    }
  }
}
