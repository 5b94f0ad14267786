import Access
import Foundation
import GRDB
import Testing

@testable import gatehouse

@Suite("The audit's integrity from the command line")
struct AuditCommandTests {
  private let site: CommandSite

  init() throws {
    site = try CommandSite()
    try site.prepare(["role", "add", "A"], ["role", "add", "B"], ["role", "add", "C"])
  }

  @Test("is told in words and for scripts, and against a head that was kept")
  func whole() throws {
    let head = site.run("audit", "head")
    #expect(head.status == 0 && head.output.hasPrefix("4 "))
    let json = try site.run("audit", "head", "--json").object()
    #expect(head.output == "4 \(json["hash"] ?? "") \(json["at"] ?? "")\n")
    let run = site.run("audit", "verify", "--head", "-", input: Array(head.output.utf8))
    #expect(
      run.output == "The audit is whole: 4 rows, each fits its hash, 4 their checkpoint, "
        + "row 4 the head that was kept.\n")
    let verdict = try site.run("audit", "verify", "--json").object()
    #expect(verdict["intact"] as? Bool == true && verdict["rows"] as? Int == 4)
    #expect(verdict["fault"] is NSNull)
  }

  @Test("D08: fails with 78 where a row is altered, and names it")
  func altered() throws {
    let intruder = try DatabaseQueue(path: site.database)
    try intruder.write {
      try $0.execute(
        sql: "DROP TRIGGER auditStands; UPDATE audit SET reason = 'none' WHERE seq = 3")
    }
    let run = site.run("audit", "verify")
    #expect(run.status == 78 && run.output.isEmpty)
    #expect(run.errors.contains("Row 3 is altered"))
    let json = site.run("audit", "verify", "--json")
    let verdict = try json.object()
    #expect(json.status == 78 && verdict["fault"] as? String == "altered_row")
    #expect(verdict["seq"] as? Int == 3 && verdict["intact"] as? Bool == false)
  }

  @Test("refuses a head that is none, and whoever may not view the audit")
  func refused() throws {
    for text in [
      "", "4", "4 abc 2026-11-23T14:31:00Z", "x\ny",
      "-1 \(String(repeating: "0", count: 64)) 2026-11-23",
    ] {
      let run = site.run("audit", "verify", "--head", "-", input: Array(text.utf8))
      #expect(run.status == 65 && run.errors.contains("audit head"))
    }
    try site.prepare(["account", "add", "carol"])
    for verb in ["verify", "head"] {
      let run = site.run("audit", verb, as: "carol")
      #expect(run.status == 77 && run.errors.contains("View audit"))
    }
  }
}
