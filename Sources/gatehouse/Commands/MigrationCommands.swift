import Access
import ArgumentParser

struct MigrationCommand: ParsableCommand {
  static let configuration = noun(
    "migration", "Work through what stands in the way of a stricter level.",
    [List.self, Show.self, Review.self, Link.self, Export.self, Ready.self])

  struct List: DeskCommand {
    static let configuration = verb("list", "List the warnings, the gravest first.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Option(help: "At most this many rows.") var limit: Int?
    @Argument(help: "Words, and state:open owner:bob breaks:high kind:legacy_key.")
    var filter: [String] = []

    func run(at desk: Desk) throws {
      let session = try desk.session()
      try desk.show(.warnings(session, desk.world.clock), limit: limit) { anchor, limit in
        try desk.warnings(filter, anchor, limit)
      }
    }
  }

  struct Show: DeskCommand {
    static let configuration = verb("show", "Show one warning: evidence, next step, review.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id, like legacy_key:01J….") var id: String

    func run(at desk: Desk) throws {
      let session = try desk.session()
      guard let row = try desk.warnings(id: id) else { throw ReviewError.unknown(id) }
      try desk.show(JSONValue(row, session), Fields(row, session, desk.world.clock))
    }
  }

  struct Review: DeskCommand {
    static let configuration = verb("review", "Write what was decided about warnings.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Their ids.") var ids: [String]
    @Option(help: "new, notified, migrated, accepted_break or postponed.") var state: ReviewState
    @Option(help: "What was agreed, with whom.") var note = ""
    @Option(help: ArgumentHelp("The last day of a postponement.", valueName: "date"))
    var until: String?

    func run(at desk: Desk) throws {
      let draft = ReviewDraft(
        state: state, note: note, until: try until.map { try CivilDate($0, option: "--until") })
      try desk.report(try desk.perform(.review(ids, draft))) { count in
        "\(counted(count, "warning")) \(state == .new ? "not reviewed" : "reviewed")."
      }
    }
  }

  struct Link: DeskCommand {
    static let configuration = verb("link", "Name the token that takes a legacy key's place.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The legacy key's id.") var key: String
    @Argument(help: "The token's id, or none.") var token: String

    func run(at desk: Desk) throws {
      let id = token == "none" ? nil : Identifier<Authorization>(token)
      try desk.report(try desk.perform(.linkKey(Identifier(key), to: id))) { _ in
        id == nil ? "No token takes its place." : "The token takes its place."
      }
    }
  }

  struct Export: DeskCommand {
    static let configuration = verb("export", "Write the warnings for a table, a script, an owner.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Option(help: "csv, json or markdown.") var format: WarningFormat
    @Argument(help: "Words, and state:open owner:bob breaks:high kind:legacy_key.")
    var filter: [String] = []

    func run(at desk: Desk) throws {
      let session = try desk.session()
      var document = WarningDocument(format, session, desk.world.clock)
      try desk.world.output.text(document.head)
      try desk.eachPage { anchor, limit in
        try desk.warnings(filter, anchor, limit)
      } take: { rows in
        for row in rows { try desk.world.output.text(document.text(row)) }
        return true
      }
      try desk.world.output.text(document.tail)
    }
  }

  struct Ready: DeskCommand {
    static let configuration = verb("readiness", "Show how far High and Maximum are.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      let readiness = try desk.readiness()
      try desk.show(JSONValue(readiness), lines: readiness.lines)
    }

  }
}

extension ReviewState: ExpressibleByArgument {}
