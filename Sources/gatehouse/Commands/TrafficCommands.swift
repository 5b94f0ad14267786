import Access
import ArgumentParser

struct RefusalsCommand: DeskCommand {
  static let configuration = CommandConfiguration(
    commandName: "refusals", abstract: "List what was refused, the latest first.",
    discussion:
      "By caller, kind, source and reason, for at most 24 hours, in steps of ten minutes.")
  static let onlyReads = true

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("A time, a date, or how long ago.", valueName: "when"))
  var since = "1h"
  @Option(help: "At most this many rows.") var limit: Int?
  @Argument(help: "Words that caller, source or reason must have.") var words: [String] = []

  func run(at desk: Desk) throws {
    let since = try Instant(since, option: "--since", now: try desk.session().at)
    let report = try desk.refusals(
      RefusalFilter(since: since, words: words, limit: max(limit ?? 10_000, 0)))
    try desk.show(report.rows, as: .refusals(desk.world.clock))
    if report.callers > report.rows.count {
      try desk.world.say("\(report.callers - report.rows.count) more; --limit shows them.")
    }
  }
}

struct UsageCommand: DeskCommand {
  static let configuration = CommandConfiguration(
    commandName: "usage", abstract: "Sum up requests by day.",
    discussion: "Allowed requests by method, credential or account; refused ones by reason.")
  static let onlyReads = true

  @OptionGroup var global: GlobalOptions
  @Option(
    help: ArgumentHelp("A time, a date, or how long ago; else UsageWindow.", valueName: "when"))
  var since: String?
  @Option(help: "What to sum up by: method, credential, account or reason.")
  var by = UsageGrouping.method

  func run(at desk: Desk) throws {
    let session = try desk.session()
    let instant =
      try since.map { try Instant($0, option: "--since", now: session.at) }
      ?? session.at - session.policy.properties.usageWindow
    let rows = try desk.usage(by: by, since: instant.milliseconds / 86_400_000)
    try desk.show(rows, as: .usage(by: by))
  }
}

extension UsageGrouping: ExpressibleByArgument {}

extension Instant {
  /// A time, a date, or how long ago.
  ///
  /// - Throws: ``OptionError/instant(option:_:)``.
  init(_ text: String, option: String, now: Instant) throws(OptionError) {
    guard let instant = AuditFilter.instant(text, now: now) else {
      throw .instant(option: option, text)
    }
    self = instant
  }
}
