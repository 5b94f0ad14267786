import Access
import ArgumentParser

struct AccountCommand: ParsableCommand {
  static let configuration = noun(
    "account", "List, add and change accounts.",
    [
      List.self, Show.self, Add.self, Set.self, Assign.self, Unassign.self, Deactivate.self,
      Reactivate.self, Password.self, Import.self, SSHKeyCommand.self,
    ])

  struct List: DeskCommand {
    static let configuration = verb("list", "List all accounts by login.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Option(help: "At most this many rows.") var limit: Int?

    func run(at desk: Desk) throws {
      try desk.show(.accounts, limit: limit) { anchor, limit in
        try desk.accounts(
          PageRequest(filter: AccountFilter(), sort: .login, anchor: anchor, limit: limit))
      }
    }
  }

  struct Show: DeskCommand {
    static let configuration = verb("show", "Show one account and what it holds.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its login.") var login: String

    func run(at desk: Desk) throws {
      let details = try desk.account(login)
      try desk.show(JSONValue(details), Fields(details))
    }
  }

  struct Add: DeskCommand {
    static let configuration = verb("add", "Add an account.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var members: AccountMembers
    @Argument(help: "Its login.") var login: String

    func run(at desk: Desk) throws {
      let draft = AccountDraft(
        login: try Login(parsing: login), name: members.name ?? "", mail: members.mail ?? "",
        kind: members.kind ?? .person, contact: members.contact ?? "", roles: members.role)
      try desk.report(try desk.perform(.addAccount(draft)))
    }
  }

  struct Set: DeskCommand {
    static let configuration = verb("set", "Change parts of an account.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var members: AccountMembers
    @Argument(help: "Its login.") var login: String

    func run(at desk: Desk) throws {
      let edits = AccountEdits(
        name: members.name, mail: members.mail, kind: members.kind, contact: members.contact,
        roles: members.role.isEmpty ? nil : members.role)
      guard edits != AccountEdits() else { throw OptionError.nothingToSet("--name 'Carol Stone'") }
      try desk.report(try desk.perform(.editAccount(try Login(parsing: login), edits)))
    }
  }

  struct Assign: DeskCommand {
    static let configuration = verb("assign", "Give an account roles.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its login.") var login: String
    @Argument(help: "Roles.") var roles: [String]

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.assign(try Login(parsing: login), roles: roles)))
    }
  }

  struct Unassign: DeskCommand {
    static let configuration = verb("unassign", "Take roles from an account.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its login.") var login: String
    @Argument(help: "Roles.") var roles: [String]

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.unassign(try Login(parsing: login), roles: roles)))
    }
  }

  struct Deactivate: DeskCommand {
    static let configuration = verb("deactivate", "Refuse everything an account holds, at once.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its login.") var login: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.deactivate([try Login(parsing: login)]))) { _ in
        "\(Printed.line(login)) is deactivated."
      }
    }
  }

  struct Reactivate: DeskCommand {
    static let configuration = verb("reactivate", "Accept again what was not revoked or expired.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its login.") var login: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.reactivate([try Login(parsing: login)]))) { _ in
        "\(Printed.line(login)) is active again."
      }
    }
  }

  struct Password: DeskCommand {
    static let configuration = verb(
      "password", "Set a password, from the terminal or one line of standard input.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Whose.") var login: String
    @Flag(help: "Remove the password instead.") var remove = false

    func run(at desk: Desk) throws {
      let password = remove ? nil : try typed(in: desk.world)
      try desk.report(try desk.perform(.setPassword(try Login(parsing: login), password)))
    }

    private func typed(in world: World) throws -> Secret {
      guard world.input.isTerminal else {
        guard let line = try world.input.line(1024) else { throw InputError.noLine }
        return Secret(line)
      }
      let first = try world.input.secret("New password: ")
      guard try world.input.secret("Once more: ") == first else { throw InputError.unequal }
      return Secret(first)
    }
  }

  struct Import: DeskCommand {
    static let configuration = verb("import", "Add accounts from CSV or JSON, all or none.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var columns: ImportOptions
    @Argument(help: "The file; - is standard input.", completion: .file()) var file: String

    func run(at desk: Desk) throws {
      let table = try ImportTable.read(
        try desk.world.input.content(file), mapping: try columns.mapping(),
        known: ["login", "name", "mail", "kind", "contact", "roles"], needed: [["login"]])
      let drafts = try table.convert { row in
        AccountDraft(
          login: try row.parse("login") { try Login(parsing: $0) },
          name: row["name"] ?? "", mail: row["mail"] ?? "", kind: try row.kind(),
          contact: row["contact"] ?? "",
          roles: (row["roles"] ?? "").split(separator: ";").map { String($0).trimmed })
      }
      try table.locating { try desk.report(try desk.perform(.importAccounts(drafts))) }
    }
  }
}

/// What of an account can be given and changed.
struct AccountMembers: ParsableArguments {
  @Option(help: "The name people read.") var name: String?
  @Option(help: "The mail address.") var mail: String?
  @Option(help: "person or service.") var kind: AccountKind?
  @Option(help: "Who answers for it.") var contact: String?
  @Option(help: "A role; repeat it for several.") var role: [String] = []
}
