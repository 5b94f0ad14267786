package import Access
package import TerminalKit

/// What a change of the policy would do, and what it takes to make it.
///
/// It reads the plan itself and applies to just that ground: if another revision was saved, or
/// another set would stop, it keeps what was typed, reads again, says what moved and asks again.
package struct WarningDialog: FormDialog {
  package enum ControlID: Hashable, Sendable {
    case level, register, showAll, tick(Int), contact, existing, days, date, reason, within, typed
    case cancel, observe, applyBack, applyStay
  }

  private(set) var change: PolicyChange
  private(set) var plan: Plan?
  private(set) var failure: FailureText?
  /// What moved under it, since it asks again; nil where nothing did.
  private(set) var moved: MovedGround?
  /// How many essential integrations there are, where the change is about them.
  private(set) var integrations: Int?
  /// What there is to be let in again, where the level is lowered.
  private(set) var counts: Overview.Counts?
  private(set) var now = Instant(milliseconds: 0)
  /// Whether whoever looks may apply it.
  private(set) var isPermitted = true
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
    func field(_ id: ControlID, _ text: String = "", limit: Int) -> Form<ControlID>.Item {
      .init(id, .field(TextField(text, limit: limit)), isEnabled: false)
    }
    let levels = SecurityLevel.allCases
    let chosen = change.chosenLevel.flatMap(levels.firstIndex) ?? 0
    form = Form(
      [
        .init(
          .level, .choice(Choice(count: levels.count, chosen: chosen)),
          isEnabled: change.choosesLevel),
        .init(.register, .button, isEnabled: false),
        .init(.showAll, .button, isEnabled: false),
      ] + ticks + [
        field(.contact, limit: 100),
        .init(.existing, .choice(Choice(count: 4)), isEnabled: false),
        field(.days, "14", limit: 4), field(.date, limit: 10), field(.reason, limit: 200),
        field(.within, Commitment.defaultDeadline.description, limit: 8),
        field(.typed, limit: 10),
        .init(.cancel, .button), .init(.observe, .button, isEnabled: false),
        .init(.applyBack, .button, isEnabled: false),
        .init(.applyStay, .button, isEnabled: false),
      ], focus: .cancel)
  }

  // MARK: - Reading

  package mutating func appear(_ context: inout Context) {
    now = context.now
    isPermitted = context.scene.may(change.permission)
    form.set(
      .date, to: .field(TextField(CivilDate(of: now + .days(30)).description, limit: 10)))
    read(&context)
  }

  private mutating func read(_ context: inout Context) {
    plan = nil
    context.ask(.plan(change), as: "plan")
    fit()
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    switch reply.result {
    case .success(.plan(let plan)):
      self.plan = plan
      failure = nil
      let shift = plan.impact.change
      if shift.isLowering { context.ask(.overviewCounts, as: "counts", .later) }
      if shift.listsPasswords { context.ask(.integrations, as: "integrations", .later) }
    case .success(.overviewCounts(let counts)): self.counts = counts
    case .success(.integrations(let rows)): integrations = rows.count
    case .failure(let failure) where reply.slot == "plan": self.failure = failure
    // The rest is said without its number.
    case .failure, .success: break
    }
    fit()
  }

  /// Enables what the plan asks for, and the buttons once nothing is missing.
  private mutating func fit() {
    let isKnown = plan != nil && isPermitted
    form.setEnabled(.showAll, (plan?.impact.stops ?? 0) > 0)
    form.setEnabled(.register, isKnown && unlisted > 0)
    for index in Guidance.beforeMaximum.indices {
      form.setEnabled(.tick(index), isMaximum && isPermitted)
    }
    form.setEnabled(.contact, isMaximum && isPermitted)
    form.setEnabled(.existing, choosesExisting && isPermitted)
    form.setEnabled(.days, choosesExisting && form.chosen(.existing) == 1)
    form.setEnabled(.date, choosesExisting && form.chosen(.existing) == 2)
    form.setEnabled(.reason, isKnown)
    form.setEnabled(.within, isKnown && !endsTokens)
    form.setEnabled(.typed, isKnown && nameToType != nil)
    form.setEnabled(.observe, isKnown && shift?.isRaise == true)
    let isReady = isKnown && missing.isEmpty
    form.setEnabled(.applyBack, isReady && deadline != nil && !endsTokens)
    form.setEnabled(.applyStay, isReady)
  }

  // MARK: - Acting

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    now = context.now
    if control == .level, let index = form.chosen(.level),
      SecurityLevel.allCases.indices.contains(index)
    {
      let next = PolicyChange.enableBearer(SecurityLevel.allCases[index])
      if next != change {
        change = next
        moved = nil
        read(&context)
      }
    }
    fit()
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    switch button {
    case .showAll: context.open(StoppingDialog(change))
    case .register:
      context.close()
      context.open(
        RegisterDialog(before: change, by: context.session.account.login, at: context.now))
    case .observe: observe(&context)
    case .applyBack: apply(within: deadline, &context)
    case .applyStay: apply(within: nil, &context)
    default: cancelled(&context)
    }
  }

  package mutating func cancelled(_ context: inout Context) {
    context.close()
    if let origin { context.open(origin) }
  }

  /// Instead of raising the level: watches what it would do, or goes on watching.
  private func observe(_ context: inout Context) {
    guard let plan else { return }
    if plan.impact.observed == nil {
      context.perform(.observe(plan.policy.level))
    } else {
      context.close()
      context.say(Guidance.stillObserving(plan.policy.level))
    }
  }

  private func apply(within: FiniteLifetime?, _ context: inout Context) {
    guard let plan, missing.isEmpty, let existing else { return }
    context.perform(
      .revise(
        change,
        Commitment(
          base: base ?? plan.base, within: within, reason: recordedReason,
          confirmation: plan.impact.change.isRaise ? plan.policy.level : nil,
          ground: plan.impact.ground, existing: existing)))
  }

  package mutating func performed(
    _ change: Change, _ result: Result<Outcome, FailureText>, _ context: inout Context
  ) {
    context.report(change, result)
    switch result {
    case .success: context.close()
    case .failure(let failure) where failure.kind == .moved:
      // Somebody else was first: the draft stays, but what was made sure of was another ground.
      moved = plan.map { MovedGround(refusal: failure, before: $0) }
      base = nil
      for index in Guidance.beforeMaximum.indices {
        form.set(.tick(index), to: .tick(false))
      }
      form.set(.typed, to: .field(TextField(limit: 10)))
      form.moveFocus(to: .cancel)
      scroll = 0
      read(&context)
    case .failure: break
    }
  }
}

/// What a dialog was drawn up against before something moved, and how it was told so.
struct MovedGround: Sendable {
  let refusal: FailureText
  let before: Plan
}

extension PolicyChange {
  /// Whether the level is still to be chosen in the dialog.
  fileprivate var choosesLevel: Bool { if case .enableBearer = self { true } else { false } }

  /// What it takes to make it.
  fileprivate var permission: Permission {
    if case .roles = self { .manageAccess } else { .manageSettings }
  }
}

extension PolicyShift {
  /// Whether passwords become those of essential integrations alone.
  var listsPasswords: Bool {
    to.acceptance(of: .password) == .listed && from.acceptance(of: .password) != .listed
  }
}
