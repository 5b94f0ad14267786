import Access
package import TerminalKit

/// Checks the audit's chain while one looks on, and says what came of it.
package struct IntegrityDialog: FormDialog {
  package var applies: Bool { false }

  package enum ControlID: Hashable, Sendable { case close }

  private var check = AuditCheck()
  private var failure: FailureText?
  package var form = Form<ControlID>([.init(.close, .button)], focus: .close)
  package var scroll = 0

  private static let barColumns = 44

  init() {}

  package mutating func appear(_ context: inout Context) { goOn(&context) }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.auditCheck(let check)):
      self.check = check
      goOn(&context)
    case .success: break
    case .failure(let failure): self.failure = failure
    }
  }

  private func goOn(_ context: inout Context) {
    if check.verdict == nil { context.ask(.checkAudit(check), as: "check", .later) }
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    Dialog(
      title: "Integrity of the audit",
      lines: [
        .text(Guidance.integrity, .muted), .blank,
        .text(bar(scene)), .blank,
      ] + verdict + DialogLine.refusal(failure),
      buttons: [(.close, isUnderWay ? "Stop" : "Close")],
      hint: "Enter press   Esc close   gatehouse audit verify", columns: 76)
  }

  private var isUnderWay: Bool { check.verdict == nil && failure == nil }

  private func bar(_ scene: Scene) -> SafeText {
    let done = check.isFinished ? check.seq : min(check.seq, check.total)
    let columns = check.total > 0 ? Int(done * Int64(Self.barColumns) / check.total) : 0
    let filled = min(columns, Self.barColumns)
    let bar =
      SafeText(String(repeating: "#", count: filled))
      + SafeText(String(repeating: ".", count: Self.barColumns - filled))
    return "[" + bar + "] " + .count(Int(clamping: check.seq)) + " of "
      + .count(Int(clamping: max(check.total, check.seq)))
  }

  private var verdict: [DialogLine<ControlID>] {
    if let fault = check.fault {
      return [
        .text(SafeText(fault.description), .danger), .blank, .text(SafeText(fault.remedy)),
      ]
    }
    guard check.isFinished else { return [.text(Guidance.checking, .muted)] }
    return [
      .text(Guidance.auditIsWhole(rows: Int(clamping: check.seq), compared: check.compared), .ok)
    ]
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    context.close()
  }
}
