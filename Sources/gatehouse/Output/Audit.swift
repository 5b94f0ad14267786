import Access

extension JSONValue {
  init(_ row: AuditRow) {
    self = [
      "seq": .integer(row.seq),
      "at": JSONValue(row.at),
      "actor": .string(row.actor),
      "through": .string(row.through),
      "source": .string(row.source),
      "action": .string(row.action),
      "target": .string(row.target),
      "before": JSONValue(row.before),
      "after": JSONValue(row.after),
      "reason": JSONValue(row.reason),
      "hash": .string(row.hash),
    ]
  }
}

extension JSONValue {
  init(_ check: AuditCheck) {
    self = [
      "intact": .bool(check.fault == nil),
      "rows": .integer(check.seq),
      "checkpoints": JSONValue(check.compared),
      "fault": check.fault.map { .string($0.word) } ?? .null,
      "seq": (check.fault?.seq).map { .integer($0) } ?? .null,
    ]
  }
}

extension AuditCheck {
  /// What to say of an audit that is whole.
  var report: String {
    let rows = "The audit is whole: \(counted(Int(clamping: seq), "row")), each fits its hash"
    let checkpoints =
      compared == 0
      ? "; there are no checkpoints beside it" : ", \(grouped(compared)) their checkpoint"
    return rows + checkpoints + (kept.map { ", row \($0.seq) the head that was kept" } ?? "") + "."
  }
}

extension Listing<AuditRow> {
  static func audit(_ clock: Clock) -> Self {
    Listing(
      columns: [
        Column("Seq", alignsRight: true) { Cell(String($0.seq)) },
        Column("Time") { Cell(clock.second($0.at)) },
        Column("Actor") { Cell($0.actor) },
        Column("Through") { Cell($0.through) },
        Column("Source") { Cell($0.source) },
        Column("Action") { Cell($0.action) },
        Column("Target") { Cell($0.target) },
        Column("Reason") { Cell($0.reason ?? "") },
      ],
      json: { JSONValue($0) }, empty: "No row of the audit matches.")
  }
}

extension Fields {
  init(_ row: AuditRow, clock: Clock) {
    self.init()
    add("Seq", String(row.seq))
    add("Time", clock.second(row.at))
    add("Actor", row.actor)
    add("Through", row.through)
    add("Source", row.source)
    add("Action", row.action)
    add("Target", row.target)
    add("Before", row.before)
    add("After", row.after)
    add("Reason", row.reason ?? "none given")
    add("Hash", row.hash)
  }
}
