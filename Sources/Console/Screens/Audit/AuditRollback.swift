import Access

/// `u` on a row of the audit: the way back to the policy as it was before.
struct AuditRollback: Sendable {
  /// The row whose revision is being read.
  private var row: AuditRow?

  /// Opens the rollback at once, or asks for what it has to know first.
  mutating func begin(_ row: AuditRow?, _ context: inout Context) {
    guard let row, let number = row.revision else {
      context.say(Guidance.notOfPolicy)
      return
    }
    guard context.scene.may(.manageSettings) else {
      context.fail(Guidance.noPermission(.manageSettings, contact: context.session.contact))
      return
    }
    // While one is pending every other is refused.
    if let pending = context.session.standing.pending {
      context.open(PendingDialog(pending, mayDecide: true))
      return
    }
    guard row.tookBack else {
      self.row = row
      context.ask(.revision(number), as: "rollback")
      return
    }
    open(number, &context)
  }

  /// Takes the reply; returns false if it is for somebody else.
  mutating func receive(_ reply: Reply, _ context: inout Context) -> Bool {
    guard reply.slot == "rollback" else { return false }
    defer { row = nil }
    switch reply.result {
    case .success(.revision(let revised)) where revised.revision.number == row?.revision:
      open(revised.revision.base, &context)
    case .success: break
    case .failure(let failure): context.fail(failure)
    }
    return true
  }

  private func open(_ number: Int, _ context: inout Context) {
    switch number {
    case ...0: context.say(Guidance.nothingToUndo)
    case context.session.standing.current.revision.number:
      context.say(Guidance.isInForce(number))
    default: context.open(UndoDialog(to: number))
    }
  }
}
