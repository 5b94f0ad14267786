import Access
import Foundation
import Testing

@testable import gatehouse

@Suite("Global options")
struct GlobalOptionTests {
  @Test(
    "may stand before the noun, between noun and verb, and behind the verb",
    arguments: [
      ["--json", "--account", "carol", "token", "list"],
      ["--account=carol", "token", "--json", "list"],
      ["token", "--account", "carol", "list", "--json"],
      ["token", "list", "--limit", "5", "--account", "carol", "--json"],
      ["--database", "DATABASE", "token", "list", "--account=carol", "--json"],
    ])
  func anywhere(arguments: [String]) throws {
    let site = try CommandSite()
    try site.prepare(
      ["bearer", "enable"], ["account", "add", "carol", "--role", "API Operator"],
      ["token", "create", "mine"])
    let run = site.run(arguments.map { $0 == "DATABASE" ? site.database : $0 })
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output == "[]\n")
  }

  @Test("let options of the verb stand behind its arguments")
  func behindArguments() throws {
    let site = try CommandSite()
    let run = site.run("property", "set", "SiteName", "South", "--reason", "moved", "--json")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try run.object()["revision"] as? Int == 2)
  }

  @Test("find the database by option, then variable, then the system's, then the user's")
  func location() {
    func path(_ named: String?, _ variables: [String: String], system: Bool = false) -> String {
      DatabaseLocation(named: named, environment: { variables[$0] }, exists: { _ in system }).path
    }
    let home = ["HOME": "/home/mira"]
    let all = home.merging(["GATEHOUSE_DATABASE": "/v.db", "XDG_DATA_HOME": "/data"]) { $1 }
    #expect(path("/o.db", all, system: true) == "/o.db")
    #expect(path(nil, all, system: true) == "/v.db")
    #expect(path(nil, home, system: true) == "/var/lib/gatehouse/gatehouse.db")
    #expect(
      path(nil, home.merging(["XDG_DATA_HOME": "/data", "GATEHOUSE_DATABASE": ""]) { $1 })
        == "/data/gatehouse/gatehouse.db")
    #expect(path(nil, home) == "/home/mira/.local/share/gatehouse/gatehouse.db")
    #expect(
      path(nil, home.merging(["XDG_DATA_HOME": "data"]) { $1 })
        == "/home/mira/.local/share/gatehouse/gatehouse.db")
  }

  @Test("T04: are refused where they are not UTF-8, with the bytes made visible")
  func invalidUTF8() {
    let error = ArgumentError.invalidText(position: 2, bytes: [0x61, 0xFF, 0x1B])
    #expect(throws: error) {
      try ProcessArguments.decode([Array("role".utf8), [0x61, 0xFF, 0x1B]])
    }
    #expect(error.exitCode == .usage)
    #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    #expect(error.description.hasSuffix("is not valid UTF-8. Nothing was done."))
  }

  @Test("tell the audit where a command came from")
  func source() {
    func source(_ client: String?) -> String {
      ProcessEnvironment.source({ _ in client }, user: "mira")
    }
    #expect(source(nil) == "os:mira")
    #expect(source("10.1.2.3 50022 22") == "10.1.2.3")
    #expect(source("fe80::1%eth0 50022 22") == "fe80::1")
    #expect(source("$(id) 1 2") == "os:mira")
  }
}
