import Access
import Foundation
import Storage
import Testing

@testable import gatehouse

@Suite("A command ends")
struct ExitCodeTests {
  let site: CommandSite

  init() throws { site = try CommandSite() }

  @Test("with 0 and nothing on standard error where all went well")
  func done() {
    let run = site.run("whoami")
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.contains("mira"))
  }

  @Test("with 1 and the reason where the product refuses, and nothing on standard output")
  func refused() {
    let run = site.run("token", "create", "t")
    #expect(run.status == 1)
    #expect(run.output == "")
    #expect(
      run.errors == """
        gatehouse: Tokens cannot be made while the API mode is legacy: it needs \
        EnableLegacyAPIKey=false and EmulateLegacyAPIKey=true. `gatehouse bearer enable` sets both.

        """)
  }

  @Test("A03: with 1 where nobody would be left to administer")
  func lastAdministrator() {
    for command in [
      ["account", "deactivate", "mira"], ["account", "unassign", "mira", "Site Administrator"],
      ["account", "set", "mira", "--role", "Member"],
      ["account", "set", "mira", "--kind", "service"],
    ] {
      let run = site.run(command)
      #expect(run.status == 1, "\(command)")
      #expect(run.errors.contains("Nobody active would be left"), "\(command): \(run.errors)")
    }
  }

  @Test("with 69 where a socket is to have a group that nobody knows")
  func unknownGroup() {
    let run = site.run("serve", "--listen", "unix:/nowhere/gate", "--socket-group", "no;such")
    #expect(run.status == 69)
    #expect(
      run.errors == "gatehouse: There is no group “no;such”. `getent group` lists them.\n")
  }

  @Test("with 2 where there is no terminal for the console", arguments: [[], ["console"]])
  func noTerminal(arguments: [String]) {
    #expect(site.run(arguments).status == 2)
  }

  @Test(
    "with 64 where the parser cannot read it, on standard error alone",
    arguments: [
      ["nonsense"], ["level"], ["level", "raise"], ["level", "set"], ["level", "set", "highest"],
      ["token", "create", "--frob"], ["--account"], ["audit", "show", "first"],
      ["role", "grant", "Member", "fly"], ["level", "set", "high", "--within", "5m", "--stay"],
      ["integration", "add", "mira"], ["token", "list", "--sort", "colour"],
    ])
  func usage(arguments: [String]) {
    let run = site.run(arguments)
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.errors != "")
  }

  @Test("with 64, naming what there is, for an unknown verb")
  func unknownVerb() {
    #expect(
      site.run("level", "raise").errors == """
        gatehouse: There is no command “level raise”. Choose from show, plan, set, observe, \
        observed; `gatehouse level --help` explains them.

        """)
  }

  @Test("with 65 for the content of a file or of standard input")
  func content() throws {
    #expect(site.run("account", "import", try site.file("login\nä\n".utf8)).status == 65)
    #expect(site.run("revision", "apply", "-", input: Array("{".utf8)).status == 65)
    #expect(site.run("revision", "plan", "-", input: Array("[]".utf8)).status == 65)
    #expect(site.run("account", "password", "mira").status == 65)
  }

  @Test("with one of the codes scripts know")
  func codes() {
    let codes: [Access.ExitCode] = [
      .done, .refused, .noTerminal, .usage, .badContent, .unavailable, .wouldOverwrite, .busy,
      .notPermitted, .unusable,
    ]
    #expect(codes.map(\.rawValue) == [0, 1, 2, 64, 65, 69, 73, 75, 77, 78])
    #expect(StoreError.busy("x").exitCode == .busy)
  }

  @Test("with 73 where something would be overwritten")
  func overwrite() throws {
    let again = site.run("init", "--site", "Other")
    #expect(again.status == 73)
    #expect(try site.run("status", "--json").object()["site"] as? String == "Northwind")

    let directory = site.folder + "/backup"
    #expect(site.run("backup", directory).status == 0)
    #expect(site.run("backup", directory).status == 73)
  }

  @Test("with 77 where there is no such account, or it is deactivated")
  func noAccount() throws {
    #expect(site.run("whoami", as: "nobody").status == 77)
    #expect(site.run("whoami", "--account", "nobody").status == 77)
    try site.prepare(["account", "add", "carol"], ["account", "deactivate", "carol"])
    let run = site.run("--account", "carol", "status")
    #expect(run.status == 77)
    #expect(run.errors.contains("There is no active account “carol”."))
  }

  @Test("with 78 where the database cannot be used")
  func unusable() throws {
    let elsewhere = site.folder + "/elsewhere.db"
    #expect(site.run("status", "--database", elsewhere).status == 78)
    #expect(site.run("doctor", "--database", elsewhere).status == 78)
    let foreign = try site.file("not a database".utf8, named: "foreign.db")
    #expect(site.run("status", "--database", foreign).status == 78)
  }

  @Test(
    "with 78 from the doctor where something is wrong, naming it", arguments: ["mira", "nobody"])
  func doctor(user: String) throws {
    let run = site.run("doctor", "--json", as: user)
    let findings = try run.rows()
    let isWell = findings.allSatisfy { $0["fine"] as? Bool == true }
    #expect(isWell == (user == "mira"))
    #expect(run.status == (isWell ? 0 : 78))
  }
}

@Suite("Without the permission a command")
struct PermissionCommandTests {
  static let commands: [(String, String)] = [
    ("property list", "Manage settings"), ("property get SiteName", "Manage settings"),
    ("property set SiteName X", "Manage settings"), ("bearer enable", "Manage settings"),
    ("level show", "Manage settings"), ("level set high --confirm high", "Manage settings"),
    ("expiration show", "Manage settings"), ("expiration set --maximum 30d", "Manage settings"),
    ("revision list", "View audit"), ("revision show 1", "View audit"),
    ("revision diff 1", "View audit"), ("revision export", "View audit"),
    ("revision rollback 1", "View audit"), ("level plan high", "Manage settings"),
    ("integration list", "Review migration"),
    (
      "integration add mira --purpose p --network 10.0.0.0/8 --contact c --review 2027-01-01",
      "Manage settings"
    ),
    ("integration set mira --contact c", "Review migration"),
    ("integration remove mira", "Manage settings"),
    ("role list", "Manage roles and accounts"), ("role add X", "Manage roles and accounts"),
    ("role grant Member use-api", "Manage roles and accounts"),
    ("account list", "Manage roles and accounts"),
    ("account show mira", "Manage roles and accounts"),
    ("account add new", "Manage roles and accounts"),
    ("account set mira --name X", "Manage roles and accounts"),
    ("account assign member Member", "Manage roles and accounts"),
    ("account deactivate mira", "Manage roles and accounts"),
    ("account reactivate mira", "Manage roles and accounts"),
    ("account import -", "Manage roles and accounts"),
    ("token create t", "Use REST API"), ("token list", "Use REST API"),
    ("token list --all", "Manage all tokens"), ("token create t --for mira", "Manage all tokens"),
    ("key list", "Review migration"), ("key disable k", "Manage all tokens"),
    ("key enable k", "Manage all tokens"), ("key retire k", "Manage all tokens"),
    ("key import -", "Manage settings"),
    ("explain --credential mira", "Review migration"), ("explain", "Manage settings"),
    ("audit list", "View audit"), ("audit show 1", "View audit"),
    ("signing-key list", "Manage settings"), ("signing-key rotate", "Manage settings"),
    ("signing-key retire k", "Manage settings"),
  ]

  @Test("exits 77, names it and who can grant it, and leaves no row")
  func refusals() throws {
    let site = try CommandSite()
    try site.prepare(["bearer", "enable"], ["account", "add", "member", "--role", "Member"])
    let rows = try site.audit().count
    for (command, permission) in Self.commands {
      let input =
        switch command {
        case "key import -": "key,owner\nvalue,mira\n"
        case "explain": "GET / HTTP/1.1\n\n"
        default: "login\nnew\n"
        }
      let run = site.run(
        command.split(separator: " ").map(String.init), as: "member", input: Array(input.utf8))
      #expect(run.status == 77, "\(command): \(run.errors)")
      #expect(run.output == "", "\(command)")
      let message =
        "gatehouse: “member” may not do this: no role grants \(permission). mira can grant it.\n"
      #expect(run.errors == message, "\(command)")
    }
    #expect(try site.audit().count == rows)
  }

  @Test("still shows who one is, how the site stands, and the public keys")
  func open() throws {
    let site = try CommandSite()
    try site.prepare(["account", "add", "member", "--role", "Member"])
    for command in [["whoami"], ["status"], ["signing-key", "export"]] {
      #expect(site.run(command, as: "member").status == 0, "\(command)")
    }
  }
}
