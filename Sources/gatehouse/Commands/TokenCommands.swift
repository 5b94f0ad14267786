import Access
import ArgumentParser

struct TokenCommand: ParsableCommand {
  static let configuration = noun(
    "token", "Make, list, rotate and revoke Bearer tokens.",
    [Create.self, List.self, Show.self, Revoke.self, Rotate.self, Wake.self])

  struct Create: DeskCommand {
    static let configuration = verb("create", "Make a token; it is shown this once.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its name.") var name: String
    @Option(help: ArgumentHelp("How long it lives.", valueName: "lifetime")) var expires: String?
    @Flag(help: "GET, HEAD and OPTIONS only.") var readOnly = false
    @Option(help: "What it is for.") var purpose = ""
    @Option(name: .customLong("for"), help: ArgumentHelp("A service account.", valueName: "login"))
    var service: String?

    func run(at desk: Desk) throws {
      let draft = TokenDraft(
        name: name, purpose: purpose, scope: readOnly ? .read : .readWrite,
        lifetime: try expires.map { try Lifetime(parsing: $0) }, service: service)
      try desk.report(try desk.perform(.createToken(draft)))
    }
  }

  struct List: DeskCommand {
    static let configuration = verb("list", "List tokens: yours, or all.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Flag(help: "Everyone's.") var all = false
    @Option(help: ArgumentHelp("Only this account's.", valueName: "login")) var owner: String?
    @Option(help: "Only in this state.") var state: TokenState?
    @Option(help: "The order: end, name or last_used.") var sort = TokenSort.end
    @Option(help: "At most this many rows.") var limit: Int?
    @Option(help: ArgumentHelp("Begin behind this token.", valueName: "id")) var after: String?

    func run(at desk: Desk) throws {
      let own = desk.actor.account
      let filter = TokenFilter(
        account: all || owner != nil ? nil : own, owner: owner?.lowercased(),
        states: state.map { [$0] } ?? [])
      try desk.show(.tokens(desk.world.clock), limit: limit, from: try anchor(at: desk)) {
        anchor, limit in
        try desk.tokens(PageRequest(filter: filter, sort: sort, anchor: anchor, limit: limit))
      }
    }

    private func anchor(at desk: Desk) throws -> Anchor {
      guard let after else { return .start }
      let request = PageRequest(filter: TokenFilter(id: after), sort: sort, limit: 1)
      guard let row = try desk.tokens(request).rows.first else { throw TokenError.unknown(after) }
      return .after(row.cursor)
    }
  }

  struct Show: DeskCommand {
    static let configuration = verb("show", "Show one token; never its value.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id.") var id: String

    func run(at desk: Desk) throws {
      let details = try desk.token(id)
      try desk.show(JSONValue(details), Fields(details, clock: desk.world.clock))
    }
  }

  struct Revoke: DeskCommand {
    static let configuration = verb("revoke", "End tokens at once and for good.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Their ids.") var ids: [String]
    @Option(help: "Why, for the audit.") var reason = ""

    func run(at desk: Desk) throws {
      let ids = ids.map { Identifier<Authorization>($0) }
      try desk.report(try desk.perform(.revokeTokens(ids, reason: reason))) {
        "\(counted($0, "token")) revoked."
      }
    }
  }

  struct Rotate: DeskCommand {
    static let configuration = verb(
      "rotate", "Make a successor; both work until its first use or the overlap's end.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id.") var id: String
    @Option(help: ArgumentHelp("How long the old one works beside it.", valueName: "lifetime"))
    var overlap: String?

    func run(at desk: Desk) throws {
      let overlap = try overlap.map { try FiniteLifetime(parsing: $0) } ?? Change.defaultOverlap
      try desk.report(try desk.perform(.rotateToken(Identifier(id), overlap: overlap)))
    }
  }

  struct Wake: DeskCommand {
    static let configuration = verb("wake", "Wake a token that an idle limit put to sleep.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its id.") var id: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.wakeTokens([Identifier(id)]))) {
        "\(counted($0, "token")) awake."
      }
    }
  }
}
