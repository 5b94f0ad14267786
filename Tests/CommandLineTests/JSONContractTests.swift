import Access
import Foundation
import Testing

@testable import gatehouse

@Suite("With --json a command")
struct JSONContractTests {
  let site: CommandSite
  /// The id of a token without an end.
  let token: String
  let key: String

  init() throws {
    site = try CommandSite()
    try site.prepare(
      ["bearer", "enable"],
      ["account", "add", "carol", "--name", "Carol Stone", "--role", "API Operator"],
      ["expiration", "set", "--unlimited", "yes"])
    let created = site.run("token", "create", "nightly", "--expires", "unlimited", "--json")
    token = try #require(try created.object()["id"] as? String)
    site.run("key", "import", "-", input: Array("key,owner,label\nk3y-value,carol,Nightly\n".utf8))
    key = try #require(try site.run("key", "list", "--json").rows().first?["id"] as? String)
  }

  private func names(_ object: [String: Any]?) -> Set<String> {
    Set(object.map { Array($0.keys) } ?? [])
  }

  @Test("gives an account the names scripts rely on")
  func account() throws {
    let wanted: Set = ["id", "login", "name", "kind", "state", "roles"]
    let row = try site.run("account", "list", "--json").rows().first {
      $0["login"] as? String == "carol"
    }
    let shown = try site.run("account", "show", "carol", "--json").object()
    let own = try site.run("whoami", "--json").object()

    for object in [row, shown, own] { #expect(wanted.isSubset(of: names(object))) }
    #expect(row?["roles"] as? [String] == ["API Operator"])
    #expect(row?["state"] as? String == "active")
    #expect(row?["kind"] as? String == "person")
    #expect((own["permissions"] as? [String])?.contains("manage-settings") == true)
  }

  @Test("gives a token the names scripts rely on, times in milliseconds, null for never")
  func tokens() throws {
    let wanted: Set = [
      "id", "name", "owner", "state", "scope", "created_at", "expires_at", "revoked_at",
      "last_used_at", "uses",
    ]
    let listed = try site.run("token", "list", "--json").rows().first
    let shown = try site.run("token", "show", token, "--json").object()
    for object in [listed, shown] {
      #expect(wanted.isSubset(of: names(object)))
      #expect(object?["token"] == nil)
      #expect(object?["created_at"] as? String == "2026-11-23T14:31:00.000Z")
      #expect(object?["expires_at"] is NSNull)
      #expect(object?["revoked_at"] is NSNull)
      #expect(object?["last_used_at"] is NSNull)
      #expect(object?["uses"] as? Int == 0)
      #expect(object?["scope"] as? String == "read_write")
      #expect(object?["id"] is String)
    }
  }

  @Test("gives a legacy key the names scripts rely on, and never its value")
  func keys() throws {
    let wanted: Set = ["id", "label", "owner", "state", "last_used_at", "review"]
    let list = site.run("key", "list", "--json")
    let shown = site.run("key", "show", key, "--json")
    #expect(wanted.isSubset(of: names(try list.rows().first)))
    #expect(wanted.isSubset(of: names(try shown.object())))
    #expect(!(list.output + shown.output).contains("k3y-value"))
  }

  @Test("gives a plan the names scripts rely on")
  func plan() throws {
    let plan = try site.run("level", "plan", "high", "--json").object()
    let wanted: Set = [
      "from", "to", "breaks", "already_refused", "used_24h", "used_7d", "used_window", "owners",
      "observed_seconds", "needs_confirmation",
    ]
    #expect(wanted.isSubset(of: names(plan)))
    #expect(names(plan["breaks"] as? [String: Any]) == ["legacy_keys", "passwords", "tokens"])
    #expect(plan["from"] as? String == "standard")
    #expect(plan["to"] as? String == "high")
    #expect((plan["breaks"] as? [String: Any])?["legacy_keys"] as? Int == 1)
    #expect(plan["owners"] as? [String] == ["carol"])
    #expect(plan["needs_confirmation"] as? Bool == true)
    #expect(plan["observed_seconds"] is NSNull)
  }

  @Test("gives the status the names scripts rely on, with what is pending")
  func status() throws {
    let before = try site.run("status", "--json").object()
    let wanted: Set = [
      "mode", "level", "observed_level", "revision", "pending", "counts", "checklist",
    ]
    #expect(wanted.isSubset(of: names(before)))
    #expect(before["pending"] is NSNull)
    #expect(before["mode"] as? String == "bearer")

    try site.prepare(["level", "set", "high", "--confirm", "high"])

    let after = try site.run("status", "--json").object()
    let pending = after["pending"] as? [String: Any]
    #expect(names(pending) == ["number", "author", "lapses_at"])
    #expect(pending?["author"] as? String == "mira")
    #expect(pending?["lapses_at"] as? String == "2026-11-23T14:41:00.000Z")
    #expect(after["level"] as? String == "high")
  }

  @Test("gives a decision the names scripts rely on, a list of checks among them")
  func decision() throws {
    let allowed = try site.run("explain", "--credential", token, "--json").object()
    let wanted: Set = [
      "allowed", "reason", "status", "account", "method", "credential_id", "checks",
    ]
    #expect(wanted.isSubset(of: names(allowed)))
    #expect(allowed["allowed"] as? Bool == true)
    #expect(allowed["status"] as? Int == 200)
    #expect(allowed["credential_id"] as? String == token)
    #expect(allowed["account"] as? String == "mira")
    #expect((allowed["checks"] as? [[String: Any]])?.isEmpty == false)

    let refused = try site.run(
      "explain", "--credential", token, "--path", "/a/%2e%2e/b", "--json"
    ).object()
    #expect(refused["allowed"] as? Bool == false)
    #expect(refused["status"] as? Int == 403)
    #expect(refused["reason"] as? String == "request_unsafe")
  }

  @Test("gives an audit row the names scripts rely on, the oldest first")
  func audit() throws {
    let rows = try site.run("audit", "list", "--json").rows()
    let wanted: Set = [
      "seq", "at", "actor", "through", "source", "action", "target", "before", "after", "reason",
      "hash",
    ]
    for row in rows { #expect(names(row) == wanted) }
    let numbers = rows.compactMap { $0["seq"] as? Int }
    #expect(numbers == numbers.sorted() && numbers.first == 1)

    let one = try site.run("audit", "show", "2", "--json").object()
    #expect(names(one) == wanted)
    #expect(one["through"] as? String == "command")
    #expect(one["source"] as? String == "os:mira")
  }

  @Test(
    "writes one value and nothing beside it",
    arguments: [
      "status", "whoami", "property list", "property get SiteName", "level show",
      "level plan maximum", "expiration show", "revision list", "revision show 1",
      "revision diff 1", "revision export", "role list", "account list", "account show mira",
      "token list", "token list --all", "key list", "integration list", "signing-key list",
      "signing-key export", "audit list", "audit show 1", "doctor",
    ])
  func oneValue(command: String) throws {
    let run = site.run(command.split(separator: " ").map(String.init) + ["--json"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors == "")
    _ = try run.json()
  }

  @Test("writes an empty list as []")
  func emptyList() throws {
    let run = site.run("integration", "list", "--json")
    #expect(run.output == "[]\n")
  }

  @Test("cuts a list at --limit, and goes on behind --after")
  func limits() throws {
    try site.prepare(["token", "create", "a"], ["token", "create", "b"])
    let all = try site.run("token", "list", "--json").rows().compactMap { $0["id"] as? String }
    let first = try site.run("token", "list", "--limit", "1", "--json").rows()
      .compactMap { $0["id"] as? String }
    let behind = try site.run("token", "list", "--after", first.first ?? "", "--json").rows()
      .compactMap { $0["id"] as? String }
    #expect(all.count == 3)
    #expect(first == Array(all.prefix(1)))
    #expect(behind == Array(all.dropFirst()))
  }
}
