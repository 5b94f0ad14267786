import Access
import ArgumentParser

struct KeyCommand: ParsableCommand {
  static let configuration = noun(
    "key", "List, switch off and import legacy API keys.",
    [List.self, Show.self, Disable.self, Enable.self, Retire.self, Import.self])

  struct List: DeskCommand {
    static let configuration = verb("list", "List legacy keys, used last first.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Option(help: "At most this many rows.") var limit: Int?

    func run(at desk: Desk) throws {
      try desk.show(.legacyKeys(desk.world.clock), limit: limit) { anchor, limit in
        try desk.keys(
          PageRequest(filter: LegacyKeyFilter(), sort: .lastUsed, anchor: anchor, limit: limit))
      }
    }
  }

  struct Show: DeskCommand {
    static let configuration = verb("show", "Show one legacy key; never its value.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id.") var id: String

    func run(at desk: Desk) throws {
      var found: LegacyKeyRow?
      try desk.eachPage { anchor, limit in
        try desk.keys(
          PageRequest(filter: LegacyKeyFilter(), sort: .lastUsed, anchor: anchor, limit: limit))
      } take: { rows in
        found = rows.first { $0.id == id }
        return found == nil
      }
      guard let found else { throw LegacyKeyError.unknown(id) }
      try desk.show(JSONValue(found), Fields(found, clock: desk.world.clock))
    }
  }

  struct Disable: DeskCommand {
    static let configuration = verb(
      "disable", "Switch a legacy key off; it can be switched on again.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id.") var id: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.disableKeys([Identifier(id)]))) { _ in "Switched off." }
    }
  }

  struct Enable: DeskCommand {
    static let configuration = verb("enable", "Switch a legacy key on again.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id.") var id: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.enableKeys([Identifier(id)]))) { _ in "Switched on." }
    }
  }

  struct Retire: DeskCommand {
    static let configuration = verb("retire", "End a legacy key for good.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id.") var id: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.retireKeys([Identifier(id)]))) { _ in "Retired for good." }
    }
  }

  struct Import: DeskCommand {
    static let configuration = verb("import", "Bring legacy keys in from CSV or JSON, all or none.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var columns: ImportOptions
    @Argument(help: "The file; - is standard input.", completion: .file()) var file: String
    @Flag(help: "Make a deactivated account for each unknown owner.") var createOwners = false

    func run(at desk: Desk) throws {
      let table = try ImportTable.read(
        try desk.world.input.content(file), mapping: try columns.mapping(),
        known: ["key", "sha256", "owner", "label", "created", "last_used"],
        needed: [["key", "sha256"], ["owner"]])
      let drafts = try table.convert { row in
        LegacyKeyDraft(
          value: try row.keyValue(),
          owner: try row.parse("owner") { try Login(parsing: $0) },
          label: row["label"] ?? "", createdAt: try row.instant("created"),
          lastUsedAt: try row.instant("last_used"))
      }
      try table.locating {
        try desk.report(try desk.perform(.importKeys(drafts, createOwners: createOwners)))
      }
    }
  }
}
