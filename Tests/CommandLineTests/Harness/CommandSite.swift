import Access
import Foundation
import Storage
import Synchronization
import Testing

@testable import Administration
@testable import gatehouse

/// A site of its own in a folder of its own, administered by `mira`, with a clock that stands.
final class CommandSite {
  let folder: String
  private let clock: StandingClock
  let administration: Administration

  var database: String { folder + "/gatehouse.db" }

  init(startingAt start: String = "2026-11-23T14:31:00Z") throws {
    folder = NSTemporaryDirectory() + "gatehouse-" + UUID().uuidString
    let clock = StandingClock(try #require(Instant(parsing: start)))
    self.clock = clock
    administration = try Administration.make(
      database: folder + "/gatehouse.db", siteName: "Northwind",
      administrator: try Login(parsing: "mira"), osUser: "mira", clock: { clock.now })
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func advance(_ lifetime: FiniteLifetime) { clock.advance(lifetime) }

  /// One command, run as `login`, with what it would read on standard input.
  @discardableResult
  func run(
    _ arguments: String..., as login: String = "mira", input: [UInt8]? = nil,
    adjusting adjust: (inout World) -> Void = { _ in }
  ) -> Run {
    run(arguments, as: login, input: input, adjusting: adjust)
  }

  func run(
    _ arguments: [String], as login: String = "mira", input: [UInt8]? = nil,
    adjusting adjust: (inout World) -> Void = { _ in }
  ) -> Run {
    let output = Paper()
    let errors = Paper()
    var world = World(
      environment: environment, userName: login, input: .given(input), output: output.sink,
      errors: errors.sink, doors: doors, progress: nil, clock: .utc,
      newRoleID: { Identifier("role-" + UUID().uuidString.lowercased()) },
      program: "/usr/bin/gatehouse")
    adjust(&world)
    let status = Invocation(world: world).run(arguments)
    return Run(status: status, output: output.text, errors: errors.text)
  }

  /// Runs commands that have to succeed.
  func prepare(_ commands: [String]...) throws {
    for command in commands {
      let run = run(command)
      try #require(run.status == 0, "\(command): \(run.errors)")
    }
  }

  /// A file in the site's folder.
  func file(_ content: some Sequence<UInt8>, named name: String = "import") throws -> String {
    let path = folder + "/" + name
    try Data(content).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// The whole audit, oldest first.
  func audit() throws -> [AuditRow] {
    try administration.store.read {
      try $0.audit(PageRequest(filter: AuditFilter(), sort: .seq)).rows
    }
  }

  private var environment: (String) -> String? {
    let variables = ["GATEHOUSE_DATABASE": database, "HOME": folder]
    return { variables[$0] }
  }

  private var doors: Doors {
    let clock = clock
    var doors = Doors.administration
    doors.open = { path, readOnly in
      let files = SiteFiles(database: path)
      let store = try Store.open(files, readOnly: readOnly, clock: { clock.now })
      return Administration(store: store, files: files)
    }
    doors.console = { _ in throw NoConsole() }
    return doors
  }
}

/// What one command left behind.
struct Run {
  let status: Int32
  let output: String
  let errors: String

  /// Standard output as another program's parser reads it.
  func json() throws -> Any {
    try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed)
  }

  func object() throws -> [String: Any] { try #require(try json() as? [String: Any]) }

  func rows() throws -> [[String: Any]] { try #require(try json() as? [[String: Any]]) }
}

/// The console cannot be opened here.
struct NoConsole: Failure {
  var description: String { "There is no terminal." }
  var exitCode: Access.ExitCode { .noTerminal }
}

/// What is written in a test's memory.
final class Paper {
  private var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  var sink: Sink {
    Sink(isTerminal: false) { [self] (piece) throws(OutputError) in bytes += piece }
  }
}

private final class StandingClock: Sendable {
  private let instant: Mutex<Instant>

  init(_ instant: Instant) { self.instant = Mutex(instant) }

  var now: Instant { instant.withLock { $0 } }

  func advance(_ lifetime: FiniteLifetime) { instant.withLock { $0 = $0 + lifetime } }
}

extension Input {
  /// Standard input with this content, or none; nobody sits at a terminal.
  static func given(_ bytes: [UInt8]?) -> Input {
    Input(
      isTerminal: false,
      read: { file, limit in
        if file == "-" { return bytes ?? [] }
        return try FileReading.content(of: file, limit: limit)
      },
      line: { _ in
        bytes?.split(separator: 0x0A, omittingEmptySubsequences: false).first.map(Array.init)
      },
      secret: { _ in throw InputError.noTerminal(code: ENOTTY) })
  }
}
