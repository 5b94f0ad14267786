import Access
import ArgumentParser
import Foundation
import Testing

@testable import gatehouse

@Suite("Every command")
struct CommandTableTests {
  /// Every path of names from the root down, nouns too.
  static let paths: [[String]] = paths(of: CommandLineTool.self, [])

  static func paths(of command: any ParsableCommand.Type, _ path: [String]) -> [[String]] {
    command.configuration.subcommands.flatMap { next -> [[String]] in
      let below = path + [next.configuration.commandName ?? ""]
      return [below] + paths(of: next, below)
    }
  }

  @Test("that the contract lists is there")
  func contract() {
    let contract = [
      "console", "init", "status", "whoami", "property list", "property get", "property set",
      "bearer enable", "level show", "level plan", "level set", "expiration show",
      "expiration set", "revision list", "revision show", "revision diff", "revision confirm",
      "revision cancel", "revision rollback", "revision export", "revision plan",
      "revision apply", "integration list", "integration add", "integration set",
      "integration remove", "role list", "role add", "role rename", "role remove", "role grant",
      "role withdraw", "account list", "account show", "account add", "account set",
      "account assign", "account unassign", "account deactivate", "account reactivate",
      "account password", "account import", "token create", "token list", "token show",
      "token revoke", "token rotate", "token wake", "key list", "key show", "key disable",
      "key enable", "key retire", "key import", "explain", "audit list", "audit show",
      "signing-key list", "signing-key export", "signing-key rotate", "signing-key retire",
      "backup", "doctor",
    ]
    let there = Set(Self.paths.map { $0.joined(separator: " ") })
    #expect(contract.filter { !there.contains($0) } == [])
  }

  @Test("explains itself with --help, on standard output, and exits 0", arguments: paths)
  func help(path: [String]) throws {
    let run = try CommandSite.elsewhere(path + ["--help"])
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.contains("USAGE: gatehouse " + path.joined(separator: " ")))
  }

  @Test(
    "that makes a revision takes its options",
    arguments: [
      "property set", "bearer enable", "level set", "expiration set", "revision rollback",
      "revision apply", "role add", "role rename", "role remove", "role grant", "role withdraw",
    ])
  func revisions(command: String) throws {
    let help = try CommandSite.elsewhere(
      command.split(separator: " ").map(String.init) + ["--help"])
    for option in ["--within", "--stay", "--reason", "--base", "--confirm"] {
      #expect(help.output.contains(option), "\(command) \(option)")
    }
  }

  @Test("has completions for the shell", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let run = try CommandSite.elsewhere(["--generate-completion-script", shell])
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.contains("gatehouse") && run.output.contains("signing-key"))
  }

  @Test("knows the version of the program")
  func version() throws {
    let run = try CommandSite.elsewhere(["--version"])
    #expect(run.status == 0)
    #expect(run.output == Gatehouse.version + "\n")
  }
}

extension CommandSite {
  /// A command that needs no site.
  static func elsewhere(
    _ arguments: [String], in folder: String = NSTemporaryDirectory(), as login: String = "mira",
    environment: [String: String] = [:]
  ) throws -> Run {
    let output = Paper()
    let errors = Paper()
    let variables = ["HOME": folder].merging(environment) { $1 }
    var doors = Doors.administration
    doors.console = { _ in throw NoConsole() }
    let world = World(
      environment: { variables[$0] }, userName: login, input: .given(nil), output: output.sink,
      errors: errors.sink, doors: doors, progress: nil, clock: .utc,
      newRoleID: { .init("role-new") }, program: "gatehouse")
    let status = Invocation(world: world).run(arguments)
    return Run(status: status, output: output.text, errors: errors.text)
  }
}
