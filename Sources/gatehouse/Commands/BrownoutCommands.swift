import Access
import ArgumentParser

struct BrownoutCommand: ParsableCommand {
  static let configuration = noun(
    "brownout", "Refuse one method for a while, to see who fails.",
    [List.self, Report.self, Add.self, Abort.self])

  struct List: DeskCommand {
    static let configuration = verb("list", "List the windows, the latest first.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      try desk.show(try desk.brownouts(), as: .brownouts(desk.world.clock))
    }
  }

  struct Report: DeskCommand {
    static let configuration = verb("report", "Show who failed in a window, and who came back.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id.") var id: String

    func run(at desk: Desk) throws {
      let report = try desk.brownout(id)
      guard !desk.isJSON else { return try desk.show(JSONValue(report), lines: []) }
      try desk.world.say(report.row.summary(desk.world.clock))
      try desk.show(report.failures, as: .brownoutFailures(desk.world.clock))
    }
  }

  struct Add: DeskCommand {
    static let configuration = verb("add", "Plan a window; inside it the method gets 401.")
    @OptionGroup var global: GlobalOptions
    @Option(help: "What to refuse: legacy_key or password.") var method: BrownoutMethod
    @Option(help: ArgumentHelp("A time, or how much later than now.", valueName: "when"))
    var from: String?
    @Option(help: ArgumentHelp("A time, or how long the window is.", valueName: "when"))
    var until: String

    func run(at desk: Desk) throws {
      let now = try desk.session().at
      let begin = try from.map { try Instant(laterThan: now, $0, option: "--from") } ?? now
      let end = try Instant(laterThan: begin, until, option: "--until")
      let draft = BrownoutDraft(kind: method.kind, from: begin, until: end)
      try desk.report(try desk.perform(.addBrownout(draft)))
    }
  }

  struct Abort: DeskCommand {
    static let configuration = verb("abort", "End a window; holds from the next request on.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id.") var id: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.abortBrownout(Identifier(id))))
    }
  }
}

struct CutOverCommand: ParsableCommand {
  static let configuration = noun(
    "cutover", "The day that callers of legacy methods are told of.",
    [Show.self, Set.self, Off.self])

  struct Show: DeskCommand {
    static let configuration = verb("show", "Show the date and since when it is announced.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws { try desk.report(try desk.operations().cutOver) }
  }

  struct Set: DeskCommand {
    static let configuration = verb("set", "Announce a date; it switches nothing by itself.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The first day without, like 2027-03-31.") var date: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.announceCutOver(try CivilDate(date, option: "DATE"))))
    }
  }

  struct Off: DeskCommand {
    static let configuration = verb("off", "Take the announcement back.")
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws { try desk.report(try desk.perform(.announceCutOver(nil))) }
  }
}

extension Instant {
  /// A time, a date, or how much later than `base`.
  ///
  /// - Throws: ``OptionError/future(option:_:)``.
  init(laterThan base: Instant, _ text: String, option: String) throws(OptionError) {
    guard let instant = Instant(laterThan: base, text) else {
      throw .future(option: option, text)
    }
    self = instant
  }
}
