import Access
import Foundation
import Testing

@testable import gatehouse

@Suite("From the command line one can")
struct EveryNounTests {
  let site: CommandSite

  init() throws {
    site = try CommandSite()
    try site.prepare(["bearer", "enable"])
  }

  private func text(_ arguments: String..., input: String? = nil) throws -> String {
    let run = site.run(arguments, input: input.map { Array($0.utf8) })
    try #require(run.status == 0, "\(arguments): \(run.errors)")
    return run.output
  }

  @Test("make a site: database, secrets, first administrator, and the sample")
  func initialise() throws {
    let folder = NSTemporaryDirectory() + "gatehouse-init-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/deep/g.db"
    let run = try CommandSite.elsewhere(
      ["init", "--database", path, "--site", "South", "--admin", "Carol", "--json"])
    #expect(run.status == 0, "\(run.errors)")
    let made = try run.object()
    #expect(made["database"] as? String == path)
    #expect(made["secrets"] as? String == path + ".secrets")
    #expect(made["administrator"] as? String == "carol")
    let attributes = try FileManager.default.attributesOfItem(atPath: path + ".secrets")
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    let status = try CommandSite.elsewhere(["status", "--database", path, "--account", "carol"])
    #expect(status.status == 0)
    #expect(status.output.contains("South"))
    #expect(try CommandSite.elsewhere(["init", "--database", path]).status == 73)
    #expect(try CommandSite.elsewhere(["init", "--database", path, "--sample"]).status == 73)
  }

  @Test("list, read and set properties")
  func properties() throws {
    #expect(try text("property", "get", "sitename") == "Northwind\n")
    _ = try text("property", "set", "StaleAfter", "60d")
    #expect(try text("property", "list").contains("StaleAfter"))
    let row = try site.run("property", "get", "StaleAfter", "--json").object()
    #expect(row["value"] as? String == "60d")
    #expect(row["is_default"] as? Bool == false)
    #expect(site.run("property", "get", "Nope").status == 1)
  }

  @Test("work through the migration warnings, and write them for a table and an owner")
  func migration() throws {
    _ = try text("account", "add", "carol", "--role", "API Operator")
    _ = try text(
      "key", "import", "-",
      input: "key,owner,label,last_used\nk1,carol,=cmd|x,2026-11-23\nk2,carol,plain,\n")
    let rows = try site.run("migration", "list", "kind:legacy_key", "--json").rows()
    let id = try #require(rows.first?["id"] as? String)
    #expect(rows.first?["severity"] as? String == "stop")
    #expect(rows.first?["breaks_at"] as? String == "high")
    #expect(rows.first?["review"] as? String == "new")
    #expect(rows.first?["what"] as? String == "legacy key =cmd|x")
    let wanted: Set = [
      "id", "severity", "what", "owner", "breaks_at", "last_used_at", "observed_seconds", "review",
    ]
    #expect(rows.allSatisfy { wanted.isSubset(of: Set($0.keys)) })
    #expect(try text("migration", "list").contains("one administrator: mira"))

    #expect(
      try text("migration", "review", id, "--state", "notified", "--note", "mail of today")
        .contains("1 warning reviewed"))
    #expect(try text("migration", "show", id).contains("mail of today"))
    #expect(site.run("migration", "show", "legacy_key:none").status == 1)
    #expect(site.run("migration", "review", id, "--state", "postponed").status == 1)
    #expect(site.run("migration", "review", id, "--state", "done").status == 64)

    let created = try site.run("token", "create", "new", "--json").object()
    let token = try #require(created["id"] as? String)
    let key = String(id.dropFirst("legacy_key:".count))
    #expect(try text("migration", "link", key, token).contains("takes its place"))
    #expect(
      try site.run("migration", "show", id, "--json").object()["replacement"] as? String == token)

    let csv = try text("migration", "export", "--format", "csv", "owner:carol")
    #expect(csv.hasPrefix("id,severity,what,owner,"))
    #expect(csv.contains("\r\n") && csv.contains(",mail of today,"))
    let markdown = try text("migration", "export", "--format", "markdown", "owner:carol")
    #expect(markdown.contains("| legacy key =cmd\\|x | carol |"))
    let json = try site.run("migration", "export", "--format", "json").rows()
    #expect(try json.count == site.run("migration", "list", "--json").rows().count)

    let ready = try site.run("migration", "readiness", "--json").object()
    let levels = try #require(ready["levels"] as? [[String: Any]])
    #expect(levels.map { $0["level"] as? String } == ["high", "maximum"])
    #expect(try text("migration", "readiness").contains("High: 0% ready; 0 of 2 settled"))
  }

  @Test(
    "writes no cell that a spreadsheet takes for a formula",
    arguments: [
      ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"),
      ("\r\n=1", "\"'\r\n=1\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("plain", "plain"),
    ])
  func formulas(text: String, cell: String) {
    #expect(WarningDocument.csv(text) == cell)
  }

  @Test(
    "writes nothing that Markdown shows as a link, markup or a cell",
    arguments: [
      ("https://evil.example/x", "https:\\//evil.example/x"),
      ("Www.evil.example", "Www\\.evil.example"), ("[a](b)", "\\[a\\]\\(b\\)"),
      ("a|b", "a\\|b"), ("<b>", "\\<b\\>"), ("10.2.0.14", "10.2.0.14"),
    ])
  func markdown(text: String, cell: String) {
    #expect(WarningDocument.markdown(text) == cell)
  }

  @Test("observe a level, plan and abort a brownout, announce a cut-over")
  func operations() throws {
    #expect(try text("level", "observed").contains("No level is observed"))
    #expect(try text("level", "observe", "high").contains("High is observed from now on"))
    #expect(try site.run("level", "observed", "--json").object()["level"] as? String == "high")
    #expect(site.run("level", "observe", "high").status == 1)
    let status = try site.run("status", "--json").object()
    #expect(status["observed_level"] as? String == "high")
    #expect(try text("status").contains("Observing"))
    #expect(try text("level", "observe", "OFF").contains("No level is observed any more"))
    #expect(site.run("level", "observe", "low").status == 64)

    let added = try site.run(
      "brownout", "add", "--method", "legacy_key", "--from", "1h", "--until", "15m", "--json"
    ).object()
    let id = try #require(added["id"] as? String)
    #expect(added["from"] as? String == "2026-11-23T15:31:00.000Z")
    #expect(added["until"] as? String == "2026-11-23T15:46:00.000Z")
    #expect(added["state"] as? String == "planned")
    #expect(try text("brownout", "list").contains(id))
    #expect(try site.run("brownout", "report", id, "--json").object()["failures"] is [Any])
    #expect(try text("brownout", "abort", id).contains("Aborted"))
    #expect(site.run("brownout", "abort", id).status == 1)
    #expect(site.run("brownout", "add", "--method", "bearer", "--until", "15m").status == 64)
    #expect(
      site.run("brownout", "add", "--method", "password", "--until", "never").errors
        .contains("--until: “never” is not a time"))

    #expect(try text("cutover", "show").contains("No cut-over date"))
    #expect(try text("cutover", "set", "2027-03-31").contains("2027-03-31"))
    let shown = try site.run("cutover", "show", "--json").object()
    #expect(shown["date"] as? String == "2027-03-31")
    #expect(site.run("cutover", "set", "2020-01-01").status == 1)
    #expect(try text("cutover", "off").contains("No cut-over date"))
  }

  @Test("show and set the expiration policy")
  func expiration() throws {
    _ = try text(
      "expiration", "set", "--offer", "30d,7d", "--default", "7d", "--maximum", "30d", "--idle",
      "14d", "--role", "API Operator=7d", "--unlimited", "no", "--existing", "keep")
    let shown = try site.run("expiration", "show", "--json").object()
    #expect(shown["offered"] as? [String] == ["7d", "30d"])
    #expect(shown["default"] as? String == "7d")
    #expect(shown["maximum"] as? String == "30d")
    #expect(shown["unlimited"] as? Bool == false)
    #expect(shown["idle"] as? String == "14d")
    #expect((shown["role_maxima"] as? [[String: Any]])?.first?["role"] as? String == "API Operator")

    _ = try text("expiration", "set", "--idle", "none", "--role", "API Operator=none")
    let plain = try site.run("expiration", "show", "--json").object()
    #expect(plain["idle"] is NSNull)
    #expect((plain["role_maxima"] as? [Any])?.isEmpty == true)
  }

  @Test(
    "choose what becomes of tokens beyond the maximum",
    arguments: [
      ("keep", "2027-02-21T14:31:00.000Z"), ("spread:14d", "2026-11-24T14:31:00.000Z"),
      ("at:2027-01-31", "2027-01-31T00:00:00.000Z"), ("now", "2026-11-23T14:31:00.000Z"),
    ])
  func existing(choice: String, end: String) throws {
    _ = try text("token", "create", "old", "--expires", "90d")
    // Above Standard only does a maximum bind tokens that exist.
    _ = try text("level", "set", "high", "--confirm", "high", "--stay")
    _ = try text(
      "expiration", "set", "--offer", "7d", "--default", "7d", "--maximum", "7d", "--existing",
      choice)
    #expect(try site.run("token", "list", "--json").rows().first?["expires_at"] as? String == end)
  }

  @Test("refuse what --existing cannot mean", arguments: ["later", "spread:", "at:soon", "now:1"])
  func existingRefused(choice: String) {
    let run = site.run("expiration", "set", "--maximum", "90d", "--existing", choice)
    #expect(run.status == 1)
    #expect(run.output == "")
  }

  @Test("add, rename, fill, empty and remove a role")
  func roles() throws {
    _ = try text("role", "add", "Robots")
    _ = try text("role", "grant", "Robots", "use-api", "create-tokens")
    _ = try text("role", "withdraw", "Robots", "create-tokens")
    _ = try text("role", "rename", "Robots", "Machines")
    let row = try site.run("role", "list", "--json").rows().first {
      $0["name"] as? String == "Machines"
    }
    #expect(row?["permissions"] as? [String] == ["use-api"])
    #expect(row?["built_in"] as? Bool == false)
    _ = try text("role", "remove", "machines")
    #expect(try !text("role", "list").contains("Machines"))
    #expect(site.run("role", "remove", "Member").status == 1)
    #expect(site.run("role", "grant", "Nope", "use-api").status == 1)
  }

  @Test("add, change, deactivate and reactivate an account")
  func accounts() throws {
    _ = try text(
      "account", "add", "Carol", "--name", "Carol Stone", "--mail", "carol@example.org", "--role",
      "Member")
    _ = try text("account", "set", "carol", "--contact", "Desk 4", "--name", "Carol Stein")
    _ = try text("account", "assign", "carol", "API Operator")
    _ = try text("account", "unassign", "carol", "Member")
    var shown = try site.run("account", "show", "carol", "--json").object()
    #expect(shown["name"] as? String == "Carol Stein")
    #expect(shown["contact"] as? String == "Desk 4")
    #expect(shown["mail"] as? String == "carol@example.org")
    #expect(shown["roles"] as? [String] == ["API Operator"])
    #expect(try text("account", "deactivate", "carol") == "carol is deactivated.\n")
    shown = try site.run("account", "show", "carol", "--json").object()
    #expect(shown["state"] as? String == "deactivated")
    #expect(try text("account", "reactivate", "carol") == "carol is active again.\n")
    #expect(site.run("account", "set", "carol").status == 1)
    #expect(site.run("account", "add", "carol").status == 1)
  }

  @Test("create a token: the token alone on standard output, all about it beside")
  func createToken() throws {
    let run = site.run(
      "token", "create", "nightly", "--expires", "30d", "--read-only", "--purpose", "sync")
    #expect(run.status == 0)
    #expect(run.output.wholeMatch(of: /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\n/) != nil)
    #expect(run.errors.contains("nightly") && run.errors.contains("Shown this once"))
    #expect(!run.errors.contains(run.output.dropLast()))

    let json = site.run("token", "create", "hourly", "--json")
    let issued = try json.object()
    #expect((issued["token"] as? String)?.split(separator: ".").count == 3)
    #expect(issued["name"] as? String == "hourly")
    #expect(json.errors == "")
  }

  @Test("create a token for a service, list it by owner and state, rotate and revoke it")
  func tokens() throws {
    _ = try text("role", "grant", "Member", "use-api")
    _ = try text("account", "add", "robot", "--kind", "service", "--role", "Member")
    let made = try site.run("token", "create", "sync", "--for", "robot", "--json").object()
    let id = try #require(made["id"] as? String)
    #expect(try site.run("token", "list", "--json").rows().isEmpty)
    #expect(try site.run("token", "list", "--all", "--json").rows().count == 1)
    #expect(
      try site.run("token", "list", "--owner", "robot", "--state", "active", "--json").rows().count
        == 1)
    #expect(try text("token", "show", id).contains("sync"))

    let next = try site.run("token", "rotate", id, "--overlap", "1h", "--json").object()
    let nextID = try #require(next["id"] as? String)
    #expect(try text("token", "revoke", id, nextID, "--reason", "done") == "2 tokens revoked.\n")
    let gone = try site.run("token", "show", nextID, "--json").object()
    #expect(gone["state"] as? String == "revoked")
    #expect(gone["revoked_at"] as? String == "2026-11-23T14:31:00.000Z")
    #expect(gone["revoke_reason"] as? String == "done")
    #expect(site.run("token", "wake", nextID).status == 1)
    #expect(site.run("token", "show", "nope").status == 1)
  }

  @Test("switch a legacy key off and on, and retire it")
  func keys() throws {
    _ = try text("key", "import", "-", input: "key,owner,label\nvalue,mira,Nightly\n")
    let id = try #require(try site.run("key", "list", "--json").rows().first?["id"] as? String)
    #expect(try text("key", "disable", id) == "Switched off.\n")
    #expect(try text("key", "enable", id) == "Switched on.\n")
    #expect(try text("key", "retire", id) == "Retired for good.\n")
    #expect(site.run("key", "enable", id).status == 1)
    #expect(try text("key", "show", id).contains("retired"))
    #expect(site.run("key", "show", "nope").status == 1)
  }

  @Test("register, change and remove an essential integration")
  func integrations() throws {
    _ = try text("account", "add", "erp", "--kind", "service", "--role", "API Operator")
    _ = try text(
      "integration", "add", "erp", "--purpose", "Stock", "--network", "10.2.0.14/32", "--network",
      "2001:db8::/64", "--contact", "Bob", "--review", "2027-03-31")
    _ = try text("integration", "set", "erp", "--contact", "Carol")
    let row = try #require(try site.run("integration", "list", "--json").rows().first)
    #expect(row["networks"] as? [String] == ["10.2.0.14/32", "2001:db8::/64"])
    #expect(row["contact"] as? String == "Carol")
    #expect(row["review_date"] as? String == "2027-03-31")
    _ = try text("integration", "remove", "erp")
    #expect(site.run("integration", "remove", "erp").status == 1)
    #expect(
      site.run(
        "integration", "add", "erp", "--purpose", "p", "--network", "10.2.0.0/33", "--contact", "c",
        "--review", "2027-03-31"
      ).status == 1)
  }

  @Test("list, export, rotate and retire signing keys, the current one first")
  func signingKeys() throws {
    let first = try #require(
      try site.run("signing-key", "list", "--json").rows().first?["kid"] as? String)
    _ = try text("signing-key", "rotate")
    let keys = try site.run("signing-key", "list", "--json").rows()
    #expect(keys.count >= 2)
    #expect(keys.first?["state"] as? String == "current")
    #expect(keys.first?["kid"] as? String != first)
    let exported = site.run("signing-key", "export")
    let jwks = try #require(try exported.object()["keys"] as? [[String: Any]])
    #expect(jwks.first?["kid"] as? String == keys.first?["kid"] as? String)
    #expect(jwks.allSatisfy { $0["d"] == nil })
    _ = try text("signing-key", "retire", first)
    #expect(site.run("signing-key", "retire", "nope").status == 1)
  }

  @Test("read the audit by time, actor, action, target and source")
  func audit() throws {
    site.advance(.hours(2))
    _ = try text("account", "add", "carol")
    func count(_ options: String...) throws -> Int {
      try site.run(["audit", "list", "--json"] + options).rows().count
    }
    #expect(try count("--action", "account.add") == 1)
    #expect(try count("--action", "account") == 1)
    #expect(try count("--target", "carol") == 1)
    #expect(try count("--since", "1h") == 1)
    #expect(try count("--since", "2026-11-23T16:00:00Z") == 1)
    #expect(try count("--since", "2026-11-24") == 0)
    #expect(try count("--actor", "carol") == 0)
    #expect(try count("--source", "os:mira") == count())
    #expect(try count("--limit", "1") == 1)
    #expect(site.run("audit", "list", "--since", "soon").status == 1)
    #expect(site.run("audit", "show", "9999").status == 1)
    #expect(try text("audit", "list").contains("account.add"))
  }

  @Test("ask why a credential is refused")
  func explain() throws {
    _ = try text("key", "import", "-", input: "key,owner,label\nvalue,mira,Nightly\n")
    let id = try #require(try site.run("key", "list", "--json").rows().first?["id"] as? String)
    let allowed = try text("explain", "--credential", id)
    #expect(allowed.contains("allowed, 200"))
    try site.prepare(["level", "set", "high", "--confirm", "high"])
    let refused = try text("explain", "--credential", id)
    #expect(refused.contains("refused, 401") && refused.contains("REFUSED  mode and level accept"))
    #expect(site.run("explain", "--credential", "no one").status == 1)
    #expect(site.run("explain", "--credential", id, "--source", "10.0.0").status == 1)
  }

  @Test("let a gateway ask, with a secret that is shown once, and take that away")
  func clients() throws {
    let made = try site.run("client", "add", "Edge", "--audience", "orders", "--json").object()
    let id = try #require(made["client_id"] as? String)
    let secret = try #require(made["secret"] as? String)
    #expect(made["audience"] as? String == "orders")
    let listed = try text("client", "list", "--json")
    #expect(listed.contains(id) && !listed.contains(secret))
    #expect(site.run("client", "add", "Edge").status == 1)
    #expect(site.run("client", "add", "").status == 1)
    _ = try text("client", "remove", "Edge")
    #expect(try !text("client", "list").contains("Edge"))
    #expect(site.run("client", "remove", "Edge").status == 1)
    let audit = try text("audit", "list")
    #expect(audit.contains("client.add") && audit.contains("client.remove"))
    #expect(!audit.contains(secret))
  }

  @Test("see what was refused and used, by whatever one asks")
  func traffic() throws {
    _ = try text("key", "import", "-", input: "key,owner,label\nvalue,mira,Nightly\n")
    let header = try text("property", "get", "LegacyKeyHeader").split(separator: "\n").first ?? ""
    let head = "GET / HTTP/1.1\n\(header): value\n"
    _ = try text("explain", input: head)
    try site.prepare(["level", "set", "high", "--confirm", "high"])
    _ = try text("explain", "--source", "192.0.2.7", input: head)
    let refusals = try site.run("refusals", "--json").rows()
    #expect(refusals.count == 1)
    #expect(refusals.first?["reason"] as? String == "method_refused")
    #expect(refusals.first?["source"] as? String == "192.0.2.7")
    #expect((refusals.first?["caller"] as? String)?.contains("Nightly") == true)
    for (grouping, name) in [
      ("method", "legacy"), ("credential", "Nightly"), ("account", "mira"),
      ("reason", "method_refused"),
    ] {
      #expect(try text("usage", "--by", grouping).contains(name), "\(grouping)")
    }
    #expect(site.run("usage", "--by", "weather").status == 64)
    #expect(site.run("refusals", "--since", "soon").status == 1)
  }

  @Test("try a request whose head is given, and count it as an attempt")
  func explainHead() throws {
    _ = try text("key", "import", "-", input: "key,owner,label\nvalue,mira,Nightly\n")
    let header = try text("property", "get", "LegacyKeyHeader").split(separator: "\n").first ?? ""
    let head = "GET /api/orders?x=1 HTTP/1.1\r\nHost: a\r\n\(header): value\r\n\r\n"
    let allowed = try text("explain", "--source", "192.0.2.7", input: head)
    #expect(allowed.contains("allowed, 200") && allowed.contains("Nightly"))
    #expect(try text("key", "list").contains("192.0.2.7"))
    let unknown = try text("explain", input: head.replacing("value", with: "another"))
    #expect(unknown.contains("credential_invalid") && !unknown.contains("Nightly"))
    #expect(try text("refusals", "--since", "1h").contains("credential_invalid"))
    let unsafe = try text("explain", input: head.replacing("/api", with: "/api/..;/x"))
    #expect(unsafe.contains("request_unsafe"))
    let nonsense = site.run("explain", input: Array("nonsense".utf8))
    #expect(nonsense.status == 1 && nonsense.errors.contains("no request line"))
  }

  @Test("set a password from one line of standard input, and remove it")
  func password() throws {
    _ = try text("account", "password", "mira", input: "correct horse battery\nand more\n")
    #expect(try site.run("whoami", "--json").object()["has_password"] as? Bool == true)
    #expect(site.run("account", "password", "mira", input: Array("short\n".utf8)).status == 1)
    _ = try text("account", "password", "mira", "--remove")
    #expect(try site.run("whoami", "--json").object()["has_password"] as? Bool == false)
  }

  @Test("copy database and secrets, and open the copy")
  func backup() throws {
    let directory = site.folder + "/copy"
    #expect(try text("backup", directory).contains(directory))
    let copy = directory + "/gatehouse.db"
    #expect(try text("status", "--database", copy).contains("Northwind"))
    #expect(try text("doctor").contains("ok"))
  }

  @Test("accept the clock, which changes nothing where nothing speaks against it")
  func clock() throws {
    let before = try text("audit", "list", "--json")
    #expect(try text("doctor", "--clock").contains("Nothing spoke against the clock"))
    #expect(try text("audit", "list", "--json") == before)
  }
}
