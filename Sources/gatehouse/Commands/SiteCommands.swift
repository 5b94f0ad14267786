import Access
import Administration
import ArgumentParser
import TerminalKit

struct ConsoleCommand: WorldCommand {
  static let configuration = verb("console", "Open the full-screen console.")
  static let isLocal = false

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("The screen to begin with.", valueName: "name")) var screen: String?
  @Flag(help: "Look only.") var readOnly = false
  @Option(help: "The colours: dark, light or mono.") var theme = Theme.dark
  @Option(help: "Whether to use colours: auto, always or never.") var color = ColorMode.auto
  @Flag(help: "Draw with ASCII only.") var ascii = false

  func run(in world: World) throws {
    try world.remote?.require(noneOf: global)
    var options = ConsoleOptions(location: world.remote?.location ?? global.location(in: world))
    options.remote = world.remote
    options.account = global.account
    options.screen = screen
    options.isReadOnly = readOnly
    options.theme = theme
    options.color = color
    options.isASCII = ascii
    let status = try world.doors.console(options)
    if status != 0 { throw AlreadyTold(status: status) }
  }
}

/// How a run ended where all is told, or nobody is left to tell.
struct AlreadyTold: Error {
  let status: Int32
}

struct InitCommand: WorldCommand {
  static let configuration = verb("init", "Make a site: database, secrets, first administrator.")

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("The site's name.", valueName: "name")) var site = "Gatehouse"
  @Option(help: ArgumentHelp("The first administrator; else you.", valueName: "login"))
  var admin: String?
  @Flag(help: "Make a believable site to explore.") var sample = false

  func run(in world: World) throws {
    let path = global.location(in: world).path
    let login = try Login(parsing: admin ?? world.userName)
    if sample {
      try world.doors.makeSample(path, login.text)
    } else {
      try world.doors.initialise(path, site, login, world.userName)
    }
    try world.output.line(
      global.json
        ? JSONValue.object([
          .init("database", .string(path)), .init("secrets", .string(path + ".secrets")),
          .init("administrator", .string(login.text)),
        ]).pretty
        : """
        Made \(Printed.line(path)) and its secrets beside it, both for you alone.
        \(login) is the first Site Administrator. Next: gatehouse, or gatehouse status
        """)
  }
}

struct StatusCommand: DeskCommand {
  static let configuration = verb("status", "Show mode, level, pending revision and checklist.")
  static let onlyReads = true

  @OptionGroup var global: GlobalOptions

  func run(at desk: Desk) throws {
    let status = SiteStatus(
      session: try desk.session(), overview: try desk.overview(),
      counts: try desk.overviewCounts())
    try desk.show(status.json, lines: status.lines(clock: desk.world.clock, ink: desk.ink))
  }
}

struct WhoamiCommand: DeskCommand {
  static let configuration = verb("whoami", "Show your account, its roles and permissions.")
  static let onlyReads = true

  @OptionGroup var global: GlobalOptions

  func run(at desk: Desk) throws {
    let session = try desk.session()
    try desk.show(JSONValue(session), Fields(session))
  }
}

struct BackupCommand: DeskCommand {
  static let configuration = verb("backup", "Copy database and secrets into a directory.")
  static let isLocal = true

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The directory; it must hold no backup yet.", completion: .directory)
  var directory: String

  func run(at desk: Desk) throws {
    try desk.door.backup(to: directory, by: desk.actor)
    try desk.show(
      ["directory": .string(directory)],
      lines: [
        "Copied database and secrets to \(Printed.line(directory)). Keep them apart from here."
      ])
  }
}

struct RestoreCommand: WorldCommand {
  static let configuration = verb(
    "restore", "Put a backup in the site's place; what was ended since stays ended.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The directory of the backup.", completion: .directory)
  var directory: String

  func run(in world: World) throws {
    let report = try world.doors.restore(
      global.location(in: world).path, directory, global.account, world.userName)
    if global.json {
      return try world.output.line(
        JSONValue.object([
          .init("last", .integer(report.last)), .init("seen", .integer(report.seen)),
          .init("ended", JSONValue(report.ended)), .init("aside", JSONValue(report.aside)),
        ]).pretty)
    }
    let lost = Int(clamping: report.seen - report.last)
    try world.output.line(
      "Restored \(Printed.line(directory)), which ends at audit row \(report.last).")
    if lost > 0 { try world.output.line("Not in it: \(counted(lost, "later change")).") }
    if report.ended > 0 {
      try world.output.line("Ended again: \(counted(report.ended, "credential")).")
    }
    if let aside = report.aside {
      try world.output.line("What was there before is kept as \(Printed.line(aside)).")
    }
    try world.output.line("Start the gate and the consoles again; they have left.")
  }
}

struct DoctorCommand: WorldCommand {
  static let configuration = verb("doctor", "Look at everything the site rests on.")

  @OptionGroup var global: GlobalOptions
  @Flag(help: "First take the host's clock for right, although it leapt ahead or fell behind.")
  var clock = false

  func run(in world: World) throws {
    if clock {
      let desk = try Desk(global, in: world, readOnly: false)
      let isAccepted = try desk.door.acceptClock(by: desk.actor)
      if !isAccepted, !global.json {
        try world.output.line("Nothing spoke against the clock; nothing was changed.")
      }
    }
    let findings = world.doors.examine(global.location(in: world).path, world.userName)
    if global.json {
      try world.output.line(JSONValue.array(findings.map { JSONValue($0) }).pretty)
    } else {
      let ink = Ink(for: world.output, environment: world.environment)
      for finding in findings { try world.output.line(finding.line(ink: ink)) }
    }
    let wrong = findings.count { !$0.isFine }
    if wrong > 0 { throw Ailing(count: wrong) }
  }
}

/// Something the doctor found is not as it should be.
struct Ailing: Failure {
  let count: Int

  var description: String {
    "\(counted(count, "finding")) above need\(count == 1 ? "s" : "") attention."
  }

  var exitCode: Access.ExitCode { .unusable }
}

struct BenchSiteCommand: WorldCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-site", abstract: "Make a site to measure with.", shouldDisplay: false)

  @OptionGroup var global: GlobalOptions
  @Option(help: "How many tokens.") var tokens = 1_000_000

  func run(in world: World) throws {
    try world.doors.makeBench(global.location(in: world).path, tokens, world.userName)
  }
}
