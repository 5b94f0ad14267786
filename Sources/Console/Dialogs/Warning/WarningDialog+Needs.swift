import Access
import TerminalKit

// What it takes to apply: a name, ticks, a reason, a deadline, and what becomes of tokens.
extension WarningDialog {
  var shift: PolicyShift? { plan?.impact.change }

  var isMaximum: Bool { shift?.isRaise == true && shift?.to.level == .maximum }

  /// The name to type: raising the level while anything would stop, in use or not seen so far.
  var nameToType: SecurityLevel? {
    guard let plan, plan.impact.change.isRaise, plan.impact.stops > 0 else { return nil }
    return plan.impact.change.to.level
  }

  var isNameTyped: Bool {
    nameToType.map { form.text(.typed).trimmed.lowercased() == $0.rawValue } ?? true
  }

  /// Lowering, leaving `bearer`, and stopping what is in use and was never reviewed.
  var needsReason: Bool {
    guard let plan else { return false }
    let shift = plan.impact.change
    return shift.isLowering || shift.leavesBearer || plan.impact.unreviewed > 0
  }

  /// What is kept with the revision: why, and whom to call.
  var recordedReason: String {
    var parts: [String] = []
    let contact = form.text(.contact).trimmed
    if isMaximum, !contact.isEmpty { parts.append("to call: \(contact)") }
    let reason = form.text(.reason).trimmed
    return parts.isEmpty ? reason : "\(reason) (\(parts.joined(separator: "; ")))".trimmed
  }

  /// The deadline as typed; nil where it is none.
  var deadline: FiniteLifetime? {
    guard let span = try? FiniteLifetime(parsing: form.text(.within).trimmed),
      Commitment.deadlines.contains(span)
    else { return nil }
    return span
  }

  /// What is still missing, in the order of the dialog.
  var missing: [SafeText] {
    var missing: [SafeText] = []
    if isMaximum {
      let open = Guidance.beforeMaximum.indices.count { !form.isTicked(.tick($0)) }
      if open > 0 { missing.append(.count(open, "tick")) }
      if form.text(.contact).trimmed.isEmpty { missing.append("whom to call") }
    }
    if existing == nil {
      missing.append(form.chosen(.existing) == 1 ? "1 to 3650 days" : "a day to come")
    }
    if needsReason, form.text(.reason).trimmed.isEmpty { missing.append("a reason") }
    if !isNameTyped { missing.append("the name") }
    return missing
  }

  // MARK: - Existing tokens

  var choosesExisting: Bool {
    guard case .expiration = change, let plan else { return false }
    return plan.impact.tokensBeyondMaximum > 0
  }

  /// Whether tokens are ended, which no deadline takes back.
  var endsTokens: Bool { choosesExisting && form.chosen(.existing) ?? 0 > 0 }

  /// What becomes of tokens beyond the maximum; nil where it is chosen but not yet said.
  var existing: ExistingTokens? {
    guard choosesExisting else { return .keep }
    switch form.chosen(.existing) {
    case 1:
      guard let days = Int(form.text(.days).trimmed), (1...3650).contains(days) else { return nil }
      return .spread(days: days)
    case 2:
      guard let date = CivilDate(parsing: form.text(.date).trimmed), date.start > now else {
        return nil
      }
      return .at(date.start)
    case 3: return .now
    default: return .keep
    }
  }
}
