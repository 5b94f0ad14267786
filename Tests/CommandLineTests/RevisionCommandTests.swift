import Access
import Foundation
import Testing

@testable import gatehouse

@Suite("A command that makes a revision")
struct RevisionCommandTests {
  let site: CommandSite

  init() throws {
    site = try CommandSite()
    try site.prepare(["bearer", "enable"], ["account", "add", "carol", "--role", "API Operator"])
    site.run("key", "import", "-", input: Array("key,owner,label\nvalue-1,carol,Nightly\n".utf8))
  }

  private func level() throws -> String? {
    try site.run("status", "--json").object()["level"] as? String
  }

  @Test("refuses to raise the level without --confirm, and changes nothing")
  func unconfirmed() throws {
    for confirm in [[], ["--confirm", "maximum"]] {
      let run = site.run(["level", "set", "high"] + confirm)
      #expect(run.status == 1)
      #expect(run.output == "")
      #expect(
        run.errors.hasSuffix(
          """
          gatehouse: Raising the level to High stops credentials that work today. \
          Look at `gatehouse level plan high`, then repeat with --confirm high.

          """))
    }
    #expect(try level() == "standard")
  }

  @Test(
    "prints what --confirm stands for and the impact to standard error, the result alone to standard output"
  )
  func channels() {
    let run = site.run("level", "set", "high", "--confirm", "high")
    #expect(run.status == 0)
    #expect(
      run.output == """
        Revision 3 is in force and takes itself back at 2026-11-23 14:41:00 UTC. \
        Keep it: gatehouse revision confirm
        Undo: gatehouse revision cancel

        """)
    for text in [
      "MIGRATION REQUIRED.", "1 legacy key stops.", "Nightly", "carol",
      "--confirm high says that you have made sure of this:",
      "1. Every program in this list has a token, or may stop.", "for the next 10m",
    ] {
      #expect(run.errors.contains(text), "\(text)")
    }
  }

  @Test("takes a raise back after ten minutes")
  func lapses() throws {
    try site.prepare(["level", "set", "high", "--confirm", "high"])
    site.advance(.minutes(9))
    #expect(try level() == "high")
    site.advance(.minutes(1))
    #expect(try level() == "standard")
  }

  @Test("takes a raise back after --within, and keeps it at once with --stay")
  func deadlines() throws {
    let within = try site.run(
      "level", "set", "high", "--confirm", "high", "--within", "2h", "--json"
    ).object()
    #expect(within["lapses_at"] as? String == "2026-11-23T16:31:00.000Z")
    try site.prepare(["revision", "cancel"])

    let staying = try site.run(
      "level", "set", "maximum", "--confirm", "maximum", "--stay", "--json"
    ).object()
    #expect(staying["lapses_at"] is NSNull)
    site.advance(.days(2))
    #expect(try level() == "maximum")
  }

  @Test("refuses a deadline outside of 1m to 24h", arguments: ["59s", "25h", "soon"])
  func deadlineRange(within: String) throws {
    let run = site.run("level", "set", "high", "--confirm", "high", "--within", within)
    #expect(run.status == 1)
    #expect(try level() == "standard")
  }

  @Test("asks for --confirm whatever raises the level: a document and a rollback too")
  func otherRaises() throws {
    try site.prepare(
      ["level", "set", "high", "--confirm", "high", "--stay"], ["level", "set", "standard"])
    let document = site.run("revision", "export", "3")
    for command in [["revision", "rollback", "3"], ["revision", "rollback", "3", "--level-only"]] {
      let run = site.run(command)
      #expect(run.status == 1 && run.errors.contains("--confirm high"), "\(run.errors)")
    }
    let input = Array(document.output.utf8)
    let refused = site.run("revision", "apply", "-", "--base", "4", input: input)
    #expect(refused.status == 1 && refused.errors.contains("--confirm high"), "\(refused.errors)")
    let applied = site.run(
      "revision", "apply", "-", "--base", "4", "--confirm", "high", "--json", input: input)
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(try applied.object()["lapses_at"] as? String == "2026-11-23T14:41:00.000Z")
  }

  @Test(
    "stays where it raises nothing, and prints its impact to standard error",
    arguments: [
      ["property", "set", "SiteName", "South"],
      ["expiration", "set", "--maximum", "30d", "--default", "7d", "--offer", "7d,30d"],
      ["role", "add", "Robots"], ["role", "grant", "Member", "use-api", "create-tokens"],
    ])
  func stays(command: [String]) throws {
    let run = site.run(command)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("Revision 3 is in force.\n"))
    #expect(run.errors.contains("No credential stops."))
    site.advance(.days(30))
    #expect(try site.run("status", "--json").object()["revision"] as? Int == 3)
  }

  @Test("is refused against another --base than the one in force, saying who and when")
  func base() throws {
    try site.prepare(["property", "set", "SiteName", "South"])
    let run = site.run("property", "set", "SiteName", "North", "--base", "2")
    #expect(run.status == 1)
    #expect(
      run.errors.contains(
        "Revision 3 was saved by mira at 2026-11-23T14:31:00.000Z, after revision 2"))
  }

  @Test("keeps --reason in the revision and in the audit; without one says that none was given")
  func reasons() throws {
    try site.prepare(
      ["property", "set", "SiteName", "South", "--reason", "moved house"],
      ["property", "set", "SiteName", "North"])
    let rows = try site.audit().suffix(2)
    #expect(rows.map(\.reason) == ["moved house", "none given"])
    #expect(site.run("revision", "show", "3").output.contains("moved house"))
    #expect(site.run("revision", "show", "4").output.contains("none given"))
    let seq = try #require(rows.last?.seq)
    #expect(site.run("audit", "show", String(seq)).output.contains("none given"))
  }

  @Test("can be kept, and cancelled; where nothing is pending both are refused")
  func verdicts() throws {
    for verb in ["confirm", "cancel"] {
      let run = site.run("revision", verb)
      #expect(run.status == 1)
      #expect(
        run.errors == "gatehouse: No revision is pending: there is nothing to keep or cancel.\n")
    }
    try site.prepare(["level", "set", "high", "--confirm", "high"])
    #expect(site.run("revision", "confirm").output == "Revision 3 stays in force.\n")
    site.advance(.days(1))
    #expect(try level() == "high")

    try site.prepare(["level", "set", "maximum", "--confirm", "maximum"])
    let cancelled = site.run("revision", "cancel")
    #expect(
      cancelled.output == "Revision 4 is cancelled; what was in force before it is so again.\n")
    #expect(try level() == "high")
  }

  @Test("is shown, compared and exported, and its document applies again")
  func documents() throws {
    try site.prepare(["role", "add", "Robots"], ["role", "grant", "Robots", "use-api"])
    #expect(site.run("revision", "diff", "2", "4").output.contains("Robots"))
    #expect(site.run("revision", "diff", "4").output == "Nothing differs.\n")
    #expect(
      try site.run("revision", "list", "--json").rows().compactMap { $0["number"] as? Int } == [
        1, 2, 3, 4,
      ])

    let earlier = Array(site.run("revision", "export", "2").output.utf8)
    let planned = try site.run("revision", "plan", "-", "--json", input: earlier).object()
    #expect((planned["differences"] as? [Any])?.isEmpty == false)
    #expect(try site.run("status", "--json").object()["revision"] as? Int == 4)

    let moved = site.run("revision", "apply", "-", input: earlier)
    #expect(moved.status == 1, "a document is drawn up against its own base")
    let applied = site.run("revision", "apply", "-", "--base", "4", input: earlier)
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(!site.run("role", "list").output.contains("Robots"))
  }

  @Test("plans a level without changing anything")
  func plan() throws {
    let run = site.run("level", "plan", "high")
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output.contains("1 legacy key stops."))
    #expect(try site.run("status", "--json").object()["revision"] as? Int == 2)
  }
}
