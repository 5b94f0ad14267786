import Access
import ArgumentParser
import Gate

struct IntegrationCommand: ParsableCommand {
  static let configuration = noun(
    "integration", "The register of essential integrations.",
    [List.self, Add.self, Set.self, Remove.self])

  struct List: DeskCommand {
    static let configuration = verb("list", "List essential integrations.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      try desk.show(try desk.integrations(), as: .integrations(desk.world.clock))
    }
  }

  struct Add: DeskCommand {
    static let configuration = verb("add", "Let an account's password work at High.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The account's login.") var login: String
    @Option(help: "What it is for.") var purpose: String
    @Option(help: ArgumentHelp("Where it may come from; repeat it.", valueName: "cidr"))
    var network: [String]
    @Option(help: "Whom to ask.") var contact: String
    @Option(help: ArgumentHelp("To the end of which day.", valueName: "date")) var review: String

    func run(at desk: Desk) throws {
      let draft = IntegrationDraft(
        login: login, purpose: purpose, networks: try network.map { try Network(parsing: $0) },
        contact: contact, reviewDate: try CivilDate(review, option: "--review"))
      try desk.report(try desk.perform(.addIntegration(draft)))
    }
  }

  struct Set: DeskCommand {
    static let configuration = verb("set", "Change parts of an entry.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The account's login.") var login: String
    @Option(help: "What it is for.") var purpose: String?
    @Option(help: ArgumentHelp("Where it may come from; replaces all.", valueName: "cidr"))
    var network: [String] = []
    @Option(help: "Whom to ask.") var contact: String?
    @Option(help: ArgumentHelp("To the end of which day.", valueName: "date")) var review: String?

    func run(at desk: Desk) throws {
      let account = try Login(parsing: login)
      guard let row = try desk.integrations().first(where: { $0.login == account.text }) else {
        throw IntegrationError.unknown(account)
      }
      let entry = row.integration
      let draft = IntegrationDraft(
        login: login, purpose: purpose ?? entry.purpose,
        networks: network.isEmpty ? entry.networks : try network.map { try Network(parsing: $0) },
        contact: contact ?? entry.contact,
        reviewDate: try review.map { try CivilDate($0, option: "--review") } ?? entry.reviewDate)
      try desk.report(try desk.perform(.setIntegration(draft)))
    }
  }

  struct Remove: DeskCommand {
    static let configuration = verb("remove", "Take an account off the register.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The account's login.") var login: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.removeIntegration(login)))
    }
  }
}

struct SigningKeyCommand: ParsableCommand {
  static let configuration = noun(
    "signing-key", "The keys tokens are signed with.",
    [List.self, Export.self, Rotate.self, Retire.self])

  struct List: DeskCommand {
    static let configuration = verb("list", "List signing keys, the current one first.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      try desk.show(try desk.signingKeys(), as: .signingKeys(desk.world.clock))
    }
  }

  struct Export: DeskCommand {
    static let configuration = verb("export", "Write the public keys as a JWK Set.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws { try desk.world.output.line(desk.door.publicKeys().pretty) }
  }

  struct Rotate: DeskCommand {
    static let configuration = verb("rotate", "Sign with the next key from now on.")
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws { try desk.report(try desk.perform(.rotateSigningKey)) }
  }

  struct Retire: DeskCommand {
    static let configuration = verb("retire", "Stop publishing a key, at once.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its kid.") var kid: String
    @Flag(help: "Revoke the tokens it signed as well.") var withTokens = false

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.retireSigningKey(kid: kid, withTokens: withTokens)))
    }
  }
}

struct AuditCommand: ParsableCommand {
  static let configuration = noun(
    "audit", "Read the audit, and check that it is whole.",
    [List.self, Show.self, Verify.self, Head.self])

  struct Verify: DeskCommand {
    static let configuration = verb(
      "verify", "Check every row against its hash, the checkpoints, and a head kept elsewhere.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Option(
      help: ArgumentHelp(
        "What `audit head` wrote once; - is standard input.", valueName: "file"),
      completion: .file())
    var head: String?

    func run(at desk: Desk) throws {
      let kept = try head.map { file in
        let text = String(decoding: try desk.world.input.content(file), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 1, let head = AuditHead(parsing: lines[0]) else {
          throw NoAuditHead(file: file)
        }
        return head
      }
      let check = try desk.checkAudit(against: kept)
      if desk.isJSON {
        try desk.world.output.line(JSONValue(check).pretty)
      } else if check.isFinished {
        try desk.world.output.line(check.report)
      }
      if let fault = check.fault { throw AuditBroken(fault: fault) }
    }
  }

  struct Head: DeskCommand {
    static let configuration = verb(
      "head", "Write the last row's number, hash and time, to be kept elsewhere.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      let last = PageRequest(filter: AuditFilter(), sort: AuditSort.seq, anchor: .end, limit: 1)
      guard let row = try desk.audit(last).rows.last else { throw NoAuditRow(seq: 1) }
      try desk.show(
        ["seq": .integer(row.seq), "hash": .string(row.hash), "at": JSONValue(row.at)],
        lines: ["\(row.seq) \(row.hash) \(row.at.rfc3339)"])
    }
  }

  struct List: DeskCommand {
    static let configuration = verb("list", "List audit rows, the oldest first.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("A time, a date, or how long ago.", valueName: "when"))
    var since: String?
    @Option(help: "Whose acts.") var actor: String?
    @Option(help: "An action, or its noun alone.") var action: String?
    @Option(help: "A part of the target.") var target: String?
    @Option(help: "Where it came from.") var source: String?
    @Option(help: "At most this many rows.") var limit: Int?

    func run(at desk: Desk) throws {
      let filter = AuditFilter(
        since: try since.map {
          try Instant($0, option: "--since", now: try desk.session().at)
        }, actor: actor,
        action: action, target: target, source: source)
      try desk.show(.audit(desk.world.clock), limit: limit) { anchor, limit in
        try desk.audit(PageRequest(filter: filter, sort: .seq, anchor: anchor, limit: limit))
      }
    }
  }

  struct Show: DeskCommand {
    static let configuration = verb("show", "Show one row with before and after.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its number.") var seq: Int64

    func run(at desk: Desk) throws {
      let place = RowCursor(key: .integer(seq), id: String(seq))
      let request = PageRequest(
        filter: AuditFilter(), sort: AuditSort.seq, anchor: .from(place), limit: 1)
      guard let row = try desk.audit(request).rows.first, row.seq == seq else {
        throw NoAuditRow(seq: seq)
      }
      try desk.show(JSONValue(row), Fields(row, clock: desk.world.clock))
    }
  }
}

struct NoAuditHead: Failure {
  let file: String

  var description: String {
    """
    “\(Visible.text(file))” is not what `gatehouse audit head` writes: one line of number, hash and time.
    """
  }

  var exitCode: Access.ExitCode { .badContent }
}

struct NoAuditRow: Failure {
  let seq: Int64

  var description: String { "There is no audit row \(seq). `gatehouse audit list` shows them." }
}

struct ExplainCommand: DeskCommand {
  static let configuration = verb(
    "explain",
    "Decide for a credential, or for a request whose head is read from standard input, with every check behind it."
  )
  /// A request is an attempt, and is counted.
  var onlyReads: Bool { credential != nil }

  @OptionGroup var global: GlobalOptions
  @Option(
    help: ArgumentHelp(
      "A token's or key's id, or a login for its password; without it, a request head is read.",
      valueName: "id"))
  var credential: String?
  @Option(help: ArgumentHelp("Where it comes from.", valueName: "address")) var source: String?
  @Option(help: "The HTTP method; a head has its own.") var method = "GET"
  @Option(help: "The path asked for; a head has its own.") var path = "/"

  func run(at desk: Desk) throws {
    var address: IPAddress?
    if let source {
      address = IPAddress(parsing: source)
      if address == nil { throw OptionError.address(source) }
    }
    let explanation: Explanation
    if let credential {
      let request = RequestFacts(
        source: address, method: method, isSafe: RequestPath.isSafe(path))
      explanation = try desk.door.explain(
        credential: credential, request: request, for: desk.actor)
    } else {
      let head = try RequestHead(try desk.world.input.content("-"))
      explanation = try desk.door.explain(
        { head.attempt(from: address, legacyKeyHeader: $0) }, for: desk.actor)
    }
    try desk.show(JSONValue(explanation), lines: explanation.lines(ink: desk.ink))
  }
}

struct ClientCommand: ParsableCommand {
  static let configuration = noun(
    "client", "Gateways that may introspect and revoke tokens.",
    [List.self, Add.self, Remove.self])

  struct List: DeskCommand {
    static let configuration = verb("list", "List the gateways, by name.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      try desk.show(try desk.clients(), as: .clients(desk.world.clock))
    }
  }

  struct Add: DeskCommand {
    static let configuration = verb("add", "Let a gateway ask about the tokens of one audience.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "What to call it.") var name: String
    @Option(help: ArgumentHelp("Whose tokens; else TokenAudience.", valueName: "aud"))
    var audience: String?

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.addClient(name: name, audience: audience)))
    }
  }

  struct Remove: DeskCommand {
    static let configuration = verb("remove", "Let it ask no more, at once.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its name or id.") var name: String

    func run(at desk: Desk) throws {
      let outcome = try desk.perform(.removeClient(name))
      try desk.report(outcome) { _ in "Client \(name) may ask no more." }
    }
  }
}
