package import Access
package import TerminalKit

/// What a change of the policy would do, and what it takes to make it.
///
/// It reads the plan itself and applies to just that ground: if another revision was saved, or
/// another set would stop, it keeps what was typed, reads again and asks again.
package struct WarningDialog: FormDialog {
  package enum ControlID: Hashable, Sendable {
    case level, showAll, tick(Int), contact, existing, reason, within, typed
    case cancel, applyBack, applyStay
  }

  private(set) var change: PolicyChange
  private(set) var plan: Plan?
  private(set) var failure: FailureText?
  /// The editor it came from, which Cancel leads back to.
  private let origin: (any OpenDialog)?
  /// The revision a draft was drawn up against; nil once the user was told of a newer one.
  private var base: Int?
  package var form: Form<ControlID>
  package var scroll = 0

  init(
    _ change: PolicyChange, drawnUpAgainst base: Int? = nil,
    returningTo origin: (any OpenDialog)? = nil
  ) {
    self.change = change
    self.base = base
    self.origin = origin
    let ticks = Guidance.beforeMaximum.indices.map {
      Form<ControlID>.Item(.tick($0), .tick(false), isEnabled: false)
    }
    let chosen = change.chosenLevel.flatMap(SecurityLevel.allCases.firstIndex) ?? 0
    form = Form(
      [
        .init(
          .level, .choice(Choice(count: SecurityLevel.allCases.count, chosen: chosen)),
          isEnabled: change.choosesLevel),
        .init(.showAll, .button, isEnabled: false),
      ] + ticks + [
        .init(.contact, .field(TextField(limit: 100)), isEnabled: false),
        .init(.existing, .choice(Choice(count: Self.existing.count)), isEnabled: false),
        .init(.reason, .field(TextField(limit: 200)), isEnabled: false),
        .init(
          .within, .field(TextField(Commitment.defaultDeadline.description, limit: 8)),
          isEnabled: false),
        .init(.typed, .field(TextField(limit: 10)), isEnabled: false),
        .init(.cancel, .button), .init(.applyBack, .button, isEnabled: false),
        .init(.applyStay, .button, isEnabled: false),
      ], focus: .cancel)
  }

  // MARK: - Reading

  package mutating func appear(_ context: inout Context) { read(&context) }

  private mutating func read(_ context: inout Context) {
    plan = nil
    context.ask(.plan(change), as: "plan")
    fit()
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    guard case .plan(change) = reply.question else { return }
    switch reply.result {
    case .success(.plan(let plan)):
      self.plan = plan
      failure = nil
    case .success: break
    case .failure(let failure): self.failure = failure
    }
    fit()
  }

  // MARK: - What it takes

  static let existing: [ExistingTokens] = [.keep, .spread(days: 14), .now]

  var shift: PolicyShift? { plan?.impact.change }

  var isMaximum: Bool { shift?.isRaise == true && shift?.to.level == .maximum }

  /// The name to type: raising the level with anything in use.
  var nameToType: SecurityLevel? {
    guard let plan, plan.impact.change.isRaise, plan.impact.stops > 0 else { return nil }
    return plan.impact.change.to.level
  }

  var needsReason: Bool {
    guard let plan else { return false }
    let shift = plan.impact.change
    return shift.isLowering || shift.leavesBearer || (shift.isRaise && plan.impact.unreviewed > 0)
  }

  var choosesExisting: Bool {
    guard case .expiration = change, let plan else { return false }
    return plan.impact.tokensBeyondMaximum > 0
  }

  var chosenExisting: ExistingTokens {
    guard choosesExisting, let index = form.chosen(.existing),
      Self.existing.indices.contains(index)
    else { return .keep }
    return Self.existing[index]
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
    }
    if needsReason, form.text(.reason).trimmed.isEmpty { missing.append("a reason") }
    if let level = nameToType, form.text(.typed).trimmed.lowercased() != level.rawValue {
      missing.append("the name " + SafeText(level.rawValue.uppercased()))
    }
    return missing
  }

  /// Enables what the plan asks for, and the buttons once nothing is missing.
  private mutating func fit() {
    let isKnown = plan != nil
    form.setEnabled(.showAll, (plan?.impact.stops ?? 0) > 0)
    for index in Guidance.beforeMaximum.indices { form.setEnabled(.tick(index), isMaximum) }
    form.setEnabled(.contact, isMaximum)
    form.setEnabled(.existing, choosesExisting)
    form.setEnabled(.reason, isKnown)
    form.setEnabled(.within, isKnown && chosenExisting == .keep)
    form.setEnabled(.typed, nameToType != nil)
    let isReady = isKnown && missing.isEmpty
    form.setEnabled(.applyBack, isReady && deadline != nil && chosenExisting == .keep)
    form.setEnabled(.applyStay, isReady)
  }

  // MARK: - Acting

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    if control == .level, let index = form.chosen(.level),
      SecurityLevel.allCases.indices.contains(index)
    {
      let next = PolicyChange.enableBearer(SecurityLevel.allCases[index])
      if next != change {
        change = next
        read(&context)
      }
    }
    fit()
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .showAll: context.open(StoppingDialog(change))
    case .applyBack: apply(within: deadline, &context)
    case .applyStay: apply(within: nil, &context)
    default: cancelled(&context)
    }
  }

  package mutating func cancelled(_ context: inout Context) {
    context.close()
    if let origin { context.open(origin) }
  }

  private func apply(within: FiniteLifetime?, _ context: inout Context) {
    guard let plan, missing.isEmpty else { return }
    let contact = form.text(.contact).trimmed
    let reason = form.text(.reason).trimmed
    context.perform(
      .revise(
        change,
        Commitment(
          base: base ?? plan.base, within: within,
          reason: contact.isEmpty ? reason : "\(reason) (to call: \(contact))".trimmed,
          confirmation: plan.impact.change.isRaise ? plan.policy.level : nil,
          ground: plan.impact.ground, existing: chosenExisting)))
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    context.report(change, result)
    switch result {
    case .success: context.close()
    case .failure(let failure) where failure.kind == .moved:
      // Somebody else was first: the draft stays, what it would do is read anew.
      base = nil
      for index in Guidance.beforeMaximum.indices {
        form.set(.tick(index), to: .tick(false))
      }
      form.set(.typed, to: .field(TextField(limit: 10)))
      read(&context)
    case .failure: break
    }
  }
}

extension PolicyChange {
  /// Whether the level is still to be chosen in the dialog.
  fileprivate var choosesLevel: Bool { if case .enableBearer = self { true } else { false } }
}
