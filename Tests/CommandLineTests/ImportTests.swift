import Access
import Foundation
import Testing

@testable import gatehouse

@Suite("An import")
struct ImportTests {
  let site: CommandSite

  init() throws { site = try CommandSite() }

  private func accounts(_ content: [UInt8], _ options: String...) -> Run {
    site.run(["account", "import", "-"] + options, input: content)
  }

  @Test(
    "reads quoted fields, embedded line ends' neighbours, quotes, CRLF, a BOM and other alphabets")
  func csv() throws {
    let text =
      "login,name,kind,roles\r\ncarol,\"Stone, \"\"C\"\"\",person,Member;API Operator\r\n"
      + "דנה-1,x,,\r\n".replacing("דנה-1", with: "dana") + "\r\nomer,עומר 王,service,\r\n"
    let run = accounts([0xEF, 0xBB, 0xBF] + Array(text.utf8), "--json")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try run.object()["imported"] as? Int == 3)
    let carol = try site.run("account", "show", "carol", "--json").object()
    #expect(carol["name"] as? String == "Stone, \"C\"")
    #expect(Set(carol["roles"] as? [String] ?? []) == ["Member", "API Operator"])
    let omer = try site.run("account", "show", "omer", "--json").object()
    #expect(omer["name"] as? String == "עומר 王")
    #expect(omer["kind"] as? String == "service")
    #expect(try site.audit().last?.action == "account.import")
  }

  @Test("reads JSON with the same names, and columns by other names with --map")
  func jsonAndMap() throws {
    let json =
      #"[{"login":"carol","roles":["Member"]},{"login":"dave","name":"D\u00e9","mail":null}]"#
    #expect(accounts(Array(json.utf8)).output == "2 imported.\n")
    let path = try site.file("Benutzer,name\nerin,E\n".utf8)
    let run = site.run("account", "import", path, "--map", "Benutzer=login")
    #expect(run.output == "1 imported.\n", "\(run.errors)")
  }

  @Test(
    "names the first wrong cells by line and column, and imports nothing",
    arguments: [
      (
        "login,name\ncarol,\"a, b\"\nx y,Bad\n",
        """
        line 3, column 1: login: “x y” is not a login. Use 1 to 64 of a-z, 0-9, dot, underscore and hyphen.
        Nothing was imported.
        """
      ),
      (
        "login,name,roles\r\ncarol,,Member\r\nmira,Bad,\r\ndave,א,Member;Nope\r\n",
        """
        line 3, column 1: login: There is already an account “mira”. Choose another login.
        line 4, column 8: roles: There is no role “Nope”. `gatehouse role list` shows the roles.
        Nothing was imported.
        """
      ),
      (
        "login,name\ncarol,a\nerin,\"a\nb\"\n",
        """
        line 3, column 6: name: The name contains \\x0a, which cannot be seen. Remove it.
        Nothing was imported.
        """
      ),
      ("login,name\n\"carol,a\n", "line 2, column 1: The quote that begins here is never closed."),
      (
        "login,name\n\"carol\"x,a\n",
        "line 2, column 8: A comma should stand behind the closing quote."
      ),
      (
        "login,nme\ncarol,a\n",
        """
        line 1, column 7: The column “nme” is not known. The columns are login, name, mail, kind, \
        contact, roles; --map nme=FIELD gives it a meaning.
        """
      ),
      ("login,name,login\n", "line 1, column 12: The column “login” stands here twice."),
      (
        "login,name\nx\n", "line 2, column 1: This row has 1 cells; the first line names 2 columns."
      ),
      ("", "The file is empty: a line with the columns' names should begin it."),
      (
        #"[{"login":"carol","kind":"robot"}]"#,
        """
        line 1, column 26: kind: “robot” is neither person nor service
        Nothing was imported.
        """
      ),
      (
        #"[{"login":"c","roles":["Member",3]}]"#,
        "line 1, column 33: A text in quotes should be here."
      ),
      (#"{"login":"carol"}"#, "line 1, column 1: A list of objects in brackets should be here."),
    ])
  func wrongCells(content: String, message: String) throws {
    let rows = try site.audit().count
    let run = accounts(Array(content.utf8))
    #expect(run.status == 65)
    #expect(run.output == "")
    #expect(run.errors == "gatehouse: " + message + "\n")
    #expect(try site.audit().count == rows)
    #expect(try site.run("account", "list", "--json").rows().count == 1)
  }

  @Test("T04: refuses what is not UTF-8, and says where")
  func invalidUTF8() {
    let run = accounts(Array("login,name\ncarol,ä".utf8) + [0xFF, 0x0A])
    #expect(run.status == 65)
    #expect(
      run.errors == "gatehouse: line 2, column 8: This is not UTF-8. Save the file as UTF-8.\n")
  }

  @Test("of keys takes plain values and SHA-256, and never tells a value")
  func keys() throws {
    let digest = String(repeating: "0a", count: 32)
    let run = site.run(
      "key", "import", "-",
      input: Array(
        "key,sha256,owner,label,created,last_used\ns3cret,,mira,One,2020-01-02,\n,\(digest),mira,Two,,2026-11-22T10:00:00Z\n"
          .utf8))
    #expect(run.output == "2 imported.\n", "\(run.errors)")
    let rows = try site.run("key", "list", "--json").rows()
    #expect(Set(rows.compactMap { $0["label"] as? String }) == ["One", "Two"])
    let two = rows.first { $0["label"] as? String == "Two" }
    #expect(two?["last_used_at"] as? String == "2026-11-22T10:00:00.000Z")

    let twice = site.run(
      "key", "import", "-", input: Array("key,owner\nother,mira\ns3cret,mira\n".utf8))
    #expect(twice.status == 65)
    #expect(
      twice.errors == """
        gatehouse: line 3, column 1: key: this key is here already, or stands twice in the file
        Nothing was imported.

        """)
    #expect(
      try site.audit().allSatisfy { !"\($0)".contains("s3cret") && !"\($0)".contains(digest) })
  }

  @Test(
    "of keys refuses what is no SHA-256",
    arguments: ["abc", String(repeating: "+1", count: 32), String(repeating: "g0", count: 32), ""])
  func wrongDigest(digest: String) {
    let run = site.run(
      "key", "import", "-", input: Array("sha256,owner\n\(digest),mira\n".utf8))
    #expect(run.status == 65)
    #expect(
      run.errors == """
        gatehouse: line 2, column 1: sha256: a SHA-256 is 64 hexadecimal digits
        Nothing was imported.

        """)
  }

  @Test("of keys needs their owners, or makes them deactivated with --create-owners")
  func owners() throws {
    let content = Array("key,owner\none,gone\ntwo,gone\n".utf8)
    let refused = site.run("key", "import", "-", input: content)
    #expect(refused.status == 65)
    #expect(
      refused.errors.hasPrefix(
        "gatehouse: line 2, column 5: owner: there is no account “gone”; add it, or use --create-owners"
      ))
    let run = site.run("key", "import", "-", "--create-owners", "--json", input: content)
    #expect(try run.object()["created_owners"] as? Int == 1)
    #expect(
      try site.run("account", "show", "gone", "--json").object()["state"] as? String
        == "deactivated")
  }
}

@Suite("Text from anyone")
struct HostileTextTests {
  static let hostile = [
    "a\u{1B}[31mb", "a\u{1B}]0;x\u{07}", "a\u{9B}31m", "a\u{08}\r", "a\u{7F}", "a\u{202E}b",
    "a\u{2066}b", "a\u{200B}b", "\u{FEFF}a", "a\u{E0041}",
  ]

  @Test("T01, T02: is refused in names, and shown visible in the refusal", arguments: hostile)
  func names(text: String) throws {
    let site = try CommandSite()
    try site.prepare(["bearer", "enable"])
    for command in [
      ["role", "add", text], ["account", "set", "mira", "--name", text],
      ["token", "create", text], ["account", "add", text], ["account", "show", text],
      ["property", "set", "SiteName", text], ["token", "show", text], ["level", text],
      ["token", "create", "t", "--expires", text], ["explain", "--credential", text],
      ["explain", "--credential", "mira", "--source", text], ["property", "get", text],
    ] {
      let run = site.run(command)
      #expect(run.status != 0, "\(command)")
      #expect(Self.isVisible(run.output) && Self.isVisible(run.errors), "\(command)")
    }
  }

  @Test(
    "T01, T02: in a reason reaches no terminal as it is; JSON carries or refuses it",
    arguments: hostile)
  func reasons(text: String) throws {
    let site = try CommandSite()
    let run = site.run("property", "set", "SiteName", "South", "--reason", text)
    #expect(Self.isVisible(run.output) && Self.isVisible(run.errors))
    #expect(Self.isVisible(site.run("audit", "list").output))
    #expect(Self.isVisible(site.run("revision", "list").output))
    _ = try site.run("audit", "list", "--json").rows()
  }

  @Test("T03: is limited: empty, blank and endless names are refused")
  func limits() throws {
    let site = try CommandSite()
    try site.prepare(["bearer", "enable"])
    let endless = String(repeating: "x", count: 10_000)
    let combining = "e" + String(repeating: "\u{0301}", count: 1000)
    for name in ["", "   ", endless, combining] {
      #expect(site.run("role", "add", name).status != 0)
      #expect(site.run("token", "create", name).status != 0)
    }
    #expect(site.run("role", "add", "王家 👩‍👩‍👧").status == site.run("role", "add", "\u{200D}x").status)
  }

  private static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 == "\n" || !Visible.isHidden($0) }
  }
}
