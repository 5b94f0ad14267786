import Access
import ArgumentParser

struct RevisionCommand: ParsableCommand {
  static let configuration = noun(
    "revision", "Look at revisions of the policy, keep, cancel and go back.",
    [
      List.self, Show.self, Diff.self, Confirm.self, Cancel.self, Rollback.self, Export.self,
      Planned.self, Apply.self,
    ])

  struct List: DeskCommand {
    static let configuration = verb("list", "List all revisions, the oldest first.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Option(help: "At most this many rows.") var limit: Int?

    func run(at desk: Desk) throws {
      try desk.show(.revisions(desk.world.clock), limit: limit) { anchor, limit in
        try desk.revisions(
          PageRequest(filter: NoFilter(), sort: .number, anchor: anchor, limit: limit))
      }
    }
  }

  struct Show: DeskCommand {
    static let configuration = verb("show", "Show one revision and what it changed.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Its number.") var number: Int

    func run(at desk: Desk) throws {
      let revised = try desk.revision(number)
      let revision = revised.revision
      let base = revision.base > 0 ? try desk.revision(revision.base).policy : Policy()
      let differences = base.differences(to: revised.policy)
      let session = try desk.session()
      let inForce = session.standing.current.revision.number == number
      let state = revision.state(at: session.at)
      var fields = Fields()
      fields.add("Revision", "\(number), \(state.rawValue)\(inForce ? ", in force" : "")")
      fields.add("Saved", "\(desk.world.clock.second(revision.at)) by \(revision.author)")
      fields.add("Against", String(revision.base))
      fields.add("Reason", revision.reason.isEmpty ? "none given" : revision.reason)
      fields.add("Deadline", revision.deadline.map(desk.world.clock.second))
      try desk.show(
        .object(
          JSONValue.members(of: revision, state: state, inForce: inForce) + [
            .init("differences", .array(differences.map { JSONValue($0) })),
            .init("document", PolicyDocument(base: revision.base, policy: revised.policy).json),
          ]), lines: fields.lines(ink: desk.ink) + differences.map { Printed.line($0.line) })
    }
  }

  struct Diff: DeskCommand {
    static let configuration = verb("diff", "Compare two revisions; else with the one in force.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "A revision's number.") var first: Int
    @Argument(help: "Another's; else the one in force.") var second: Int?

    func run(at desk: Desk) throws {
      let from = try desk.revision(first).policy
      let to = try second.map { try desk.revision($0).policy } ?? desk.session().policy
      let differences = from.differences(to: to)
      try desk.show(
        .array(differences.map { JSONValue($0) }),
        lines: differences.isEmpty
          ? ["Nothing differs."] : differences.map { Printed.line($0.line) })
    }
  }

  struct Confirm: DeskCommand {
    static let configuration = verb("confirm", "Keep the pending revision.")
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      guard let pending = try desk.session().standing.pending else {
        throw RevisionError.nothingPending
      }
      try desk.report(try desk.perform(.confirmRevision(pending.number)))
    }
  }

  struct Cancel: DeskCommand {
    static let configuration = verb("cancel", "Take the pending revision back at once.")
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws {
      guard let pending = try desk.session().standing.pending else {
        throw RevisionError.nothingPending
      }
      try desk.report(try desk.perform(.cancelRevision(pending.number)))
    }
  }

  struct Rollback: DeskCommand {
    static let configuration = verb("rollback", "Make a revision equal to an earlier one.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Argument(help: "The earlier one's number.") var number: Int
    @Flag(help: "Only its security level.") var levelOnly = false

    func run(at desk: Desk) throws {
      let earlier = try desk.revision(number).policy
      try desk.revise(
        .rollback(to: number, policy: earlier, levelOnly: levelOnly), revision)
    }
  }

  struct Export: DeskCommand {
    static let configuration = verb("export", "Write a policy as a document.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "A revision's number; else the one in force.") var number: Int?

    func run(at desk: Desk) throws {
      let inForce = try desk.session().standing.current.revision.number
      let revised = try desk.revision(number ?? inForce)
      // A document drawn up from a revision is based on it.
      let document = PolicyDocument(base: revised.revision.number, policy: revised.policy)
      try desk.world.output.line(document.json.pretty)
    }
  }

  struct Planned: DeskCommand {
    static let configuration = verb("plan", "Show what a document would change.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "A policy document; - is standard input.", completion: .file())
    var file: String

    func run(at desk: Desk) throws {
      let document = try PolicyDocument(parsing: try desk.world.input.content(file))
      let plan = try desk.door.plan(.document(document.policy), for: desk.actor)
      try desk.show(
        JSONValue(plan), lines: PlanText(plan: plan, clock: desk.world.clock).lines(ink: desk.ink))
    }
  }

  struct Apply: DeskCommand {
    static let configuration = verb("apply", "Make a document the policy in force.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Argument(help: "A policy document; - is standard input.", completion: .file())
    var file: String

    func run(at desk: Desk) throws {
      let document = try PolicyDocument(parsing: try desk.world.input.content(file))
      try desk.revise(.document(document.policy), revision, drawnUpAgainst: document.base)
    }
  }
}

struct RoleCommand: ParsableCommand {
  static let configuration = noun(
    "role", "List and change roles and their permissions.",
    [List.self, Add.self, Rename.self, Remove.self, Grant.self, Withdraw.self])

  struct List: DeskCommand {
    static let configuration = verb("list", "Show the matrix of roles and permissions.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions

    func run(at desk: Desk) throws { try desk.show(try desk.roles(), as: .roles) }
  }

  struct Add: DeskCommand {
    static let configuration = verb("add", "Add a role of your own; it grants nothing yet.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Argument(help: "Its name.") var name: String

    func run(at desk: Desk) throws {
      try desk.revise(.roles([.add(id: desk.world.newRoleID(), name: name)]), revision)
    }
  }

  struct Rename: DeskCommand {
    static let configuration = verb("rename", "Give a role another name.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Argument(help: "Its name.") var name: String
    @Argument(help: "Its new name.") var newName: String

    func run(at desk: Desk) throws {
      try desk.revise(.roles([.rename(try desk.roleID(name), to: newName)]), revision)
    }
  }

  struct Remove: DeskCommand {
    static let configuration = verb("remove", "Remove a role; whoever has it loses what it grants.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Argument(help: "Its name.") var name: String

    func run(at desk: Desk) throws {
      try desk.revise(.roles([.remove(try desk.roleID(name))]), revision)
    }
  }

  struct Grant: DeskCommand {
    static let configuration = verb("grant", "Let a role do more.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Argument(help: "The role's name.") var role: String
    @Argument(help: "Permissions.") var permissions: [Permission]

    func run(at desk: Desk) throws {
      let id = try desk.roleID(role)
      try desk.revise(.roles(permissions.map { .grant(id, $0) }), revision)
    }
  }

  struct Withdraw: DeskCommand {
    static let configuration = verb("withdraw", "Let a role do less.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var revision: RevisionOptions
    @Argument(help: "The role's name.") var role: String
    @Argument(help: "Permissions.") var permissions: [Permission]

    func run(at desk: Desk) throws {
      let id = try desk.roleID(role)
      try desk.revise(.roles(permissions.map { .withdraw(id, $0) }), revision)
    }
  }
}

extension Desk {
  func roleID(_ name: String) throws -> Identifier<Role> {
    guard let role = try session().policy.role(named: name) else {
      throw PolicyError.unknownRole(name)
    }
    return role.id
  }
}
