import Access
import Administration
import Gate
import Glibc

/// Everything outside that a command touches, so that tests can put another in its place.
struct World {
  var environment: (String) -> String?
  var userName: String
  var input: Input
  var output: Sink
  var errors: Sink
  var doors: Doors
  /// Shows how far long work has come; nil where nobody watches.
  var progress: ProgressBar?
  var clock: Clock
  var newRoleID: () -> Identifier<Role>
  /// The path of the program itself.
  var program: String
  /// Variables that somebody sent over SSH and that are not let through, by their names.
  var suspicious: [String] = []
  /// Whoever came over SSH; nil for somebody on the host itself.
  var remote: Remote?

  static func process(_ suspicious: [String]) -> World {
    let errors = Sink(descriptor: STDERR_FILENO)
    let shows = errors.isTerminal && ProcessEnvironment.variable("TERM") != "dumb"
    return World(
      environment: ProcessEnvironment.variable, userName: ProcessEnvironment.userName,
      input: .process, output: Sink(descriptor: STDOUT_FILENO, capacity: 1 << 16), errors: errors,
      doors: .administration, progress: shows ? ProgressBar(descriptor: STDERR_FILENO) : nil,
      clock: Clock(environment: ProcessEnvironment.variable), newRoleID: Self.randomRoleID,
      program: ProcessEnvironment.program, suspicious: suspicious)
  }

  /// Never an id that was used before: accounts keep the ids of removed roles, and would gain by it.
  private static func randomRoleID() -> Identifier<Role> {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return Identifier("role-" + String(repeating: "0", count: 16 - digits.count) + digits)
  }

  /// Says something beside the result, on standard error, with everything hidden in it made visible.
  func say(_ text: String) throws {
    try output.flush()
    try errors.line(Printed.lines(text))
  }
}

/// The ways to come by a ``Door``.
struct Doors {
  var open: (_ database: String, _ readOnly: Bool) throws -> any Door
  var initialise:
    (_ database: String, _ siteName: String, _ administrator: Login, _ user: String) throws -> Void
  var makeSample: (_ database: String, _ user: String) throws -> Void
  var makeBench: (_ database: String, _ tokens: Int, _ user: String) throws -> Void
  var restore:
    (_ database: String, _ directory: String, _ login: String?, _ user: String) throws ->
      RestoreReport
  var examine: (_ database: String, _ user: String) -> [Finding]
  var console: (ConsoleOptions) throws -> Int32
  /// Returns when a signal has ended the service.
  var serve: (_ database: String, _ readOnly: Bool, GateOptions) throws -> Void

  static var administration: Doors {
    Doors(
      open: { try Administration.open(database: $0, readOnly: $1) },
      initialise: { database, site, administrator, user in
        _ = try Administration.initialise(
          database: database, siteName: site, administrator: administrator, osUser: user)
      },
      makeSample: { _ = try Administration.makeSample(database: $0, osUser: $1) },
      makeBench: { _ = try Administration.makeBench(database: $0, tokens: $1, osUser: $2) },
      restore: { database, directory, login, user in
        try Administration.restore(
          database: database, from: directory, login: login, osUser: user)
      },
      examine: { Administration.doctor(database: $0, osUser: $1) },
      console: { try runConsole($0) },
      serve: { database, readOnly, options in
        let site = try Administration.open(database: database, readOnly: readOnly)
        try GateService(site, options).run()
      })
  }
}
