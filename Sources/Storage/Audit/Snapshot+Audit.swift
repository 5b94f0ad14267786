package import Access
import FoundationEssentials
import GRDB

extension Snapshot {
  /// The audit by number.
  package func audit(_ request: PageRequest<AuditFilter, AuditSort>) throws -> Page<AuditRow> {
    let list = Keyset(
      select: Clause(sql: Self.auditSelect), conditions: try conditions(request.filter), key: "seq",
      tie: "seq", isDescending: request.isDescending)
    var page = try list.page(
      db, anchor: request.anchor, skipping: request.skipping, limit: request.limit
    ) { try auditRow($0) }
    page.total =
      try list.conditions.isEmpty
      ? Int.fetchOne(db, sql: "SELECT max(seq) FROM audit") ?? 0 : count(list, in: "audit")
    return page
  }

  private static let auditSelect = """
    SELECT seq, at, actor, through, source, action, target, before, after, reason, hash FROM audit
    """

  private func conditions(_ filter: AuditFilter) throws -> [Clause] {
    var conditions: [Clause] = []
    if let since = filter.since {
      // Rows are never dated before the one before them, so the first that is late enough by the
      // index on time is the first by number as well.
      conditions.append(
        "seq >= (SELECT seq FROM audit WHERE at >= \(since.milliseconds) ORDER BY at, seq LIMIT 1)")
    }
    if let actor = filter.actor { conditions.append("actor = \(actor)") }
    if let action = filter.action {
      let few = try Rarity(table: "audit").count(Self.isAction(action, "action"), db)
      // A plus sign keeps SQLite from gathering many matches to sort them.
      conditions.append(Self.isAction(action, few < Rarity.few ? "action" : "+action"))
    }
    if let target = filter.target { conditions.append(Clause.contains("target", target)) }
    if let source = filter.source { conditions.append("source = \(source)") }
    conditions += filter.words.map { word in
      let columns = ["actor", "action", "target"].map { Clause.contains($0, word) }
      return "(" + columns.joined(separator: " OR ") + ")"
    }
    return conditions
  }

  /// An action itself, or all that begin with it up to a dot.
  private static func isAction(_ action: String, _ column: String) -> Clause {
    "(" + Clause(sql: column) + " = \(action) OR " + Clause.begins(column, action + ".") + ")"
  }

  private func auditRow(_ row: Row) throws -> AuditRow {
    try AuditRow(
      seq: row[cell: "seq"], at: Instant(milliseconds: row[cell: "at"]), actor: row[cell: "actor"],
      through: row[cell: "through"], source: row[cell: "source"], action: row[cell: "action"],
      target: row[cell: "target"], before: row[cell: "before"], after: row[cell: "after"],
      reason: row[cell: "reason"],
      hash: hexadecimal(Array(row[cell: "hash"] as Data)))
  }
}
