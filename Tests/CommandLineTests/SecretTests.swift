import Access
import Foundation
import Testing

@testable import Administration
@testable import gatehouse

@Suite("A token or password")
struct SecretTests {
  @Test("is told once on standard output, and never in the audit, an error or a list")
  func neverTold() throws {
    let site = try CommandSite()
    try site.prepare(["bearer", "enable"])
    let password = "correct horse battery staple"
    let set = site.run("account", "password", "mira", input: Array(password.utf8))
    let created = site.run("token", "create", "nightly")
    let token = created.output.trimmingCharacters(in: .newlines)
    #expect(token.split(separator: ".").count == 3)

    var told = set.output + set.errors + created.errors
    for command in [
      ["token", "list"], ["token", "list", "--json"], ["audit", "list", "--json"],
      ["token", "create", "nightly"], ["whoami", "--json"], ["account", "show", "mira"],
    ] {
      let run = site.run(command)
      told += run.output + run.errors
    }
    told += try site.audit().map { "\($0)" }.joined()
    #expect(!told.contains(token))
    #expect(!told.contains(password))
  }
}

@Suite("Screen and command for the same thing")
struct SameRowsTests {
  @Test("leave the same rows in the audit")
  func sameRows() throws {
    let typed = try CommandSite()
    let shown = try CommandSite()
    try typed.prepare(
      ["bearer", "enable", "--reason", "why"],
      ["account", "add", "carol", "--name", "Carol", "--role", "Member"],
      ["account", "set", "carol", "--contact", "Desk"],
      ["account", "assign", "carol", "API Operator"], ["account", "deactivate", "carol"],
      ["account", "reactivate", "carol"], ["token", "create", "t", "--expires", "30d"],
      ["role", "grant", "Member", "use-api"], ["level", "set", "high", "--confirm", "high"],
      ["revision", "confirm"])

    let mira = try shown.administration.actor(
      login: nil, osUser: "mira", through: .console, source: "os:mira")
    let carol = try Login(parsing: "carol")
    for change: Change in [
      .revise(.enableBearer(.standard), Commitment(reason: "why")),
      .addAccount(AccountDraft(login: carol, name: "Carol", roles: ["Member"])),
      .editAccount(carol, AccountEdits(contact: "Desk")), .assign(carol, roles: ["API Operator"]),
      .deactivate([carol]), .reactivate([carol]),
      .createToken(TokenDraft(name: "t", lifetime: .days(30))),
      .revise(.roles([.grant(Role.member.id, .useAPI)]), Commitment()),
      .revise(
        .level(.high), Commitment(within: Commitment.defaultDeadline, confirmation: .high)),
      .confirmRevision(4),
    ] {
      _ = try shown.administration.perform(change, by: mira)
    }

    let rows = try (told(typed), told(shown))
    #expect(rows.0.count == rows.1.count)
    for (typed, shown) in zip(rows.0, rows.1) { #expect(typed == shown) }
  }

  /// The rows without what differs by nature: the way they came, ids, and the hash over both.
  private func told(_ site: CommandSite) throws -> [[String?]] {
    try site.audit().map { row in
      [
        row.actor, row.source, row.action, row.target.replacing(/[0-9a-zA-Z_-]{16,}/, with: "ID"),
        row.before?.replacing(/[0-9a-zA-Z_-]{16,}/, with: "ID"),
        row.after?.replacing(/[0-9a-zA-Z_-]{16,}/, with: "ID"), row.reason,
      ]
    }
  }
}
