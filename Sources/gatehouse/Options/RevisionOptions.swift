import Access
import ArgumentParser

/// What every command takes that makes a revision.
struct RevisionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take it back after this long unless kept: 1m to 24h.", valueName: "lifetime"))
  var within: String?

  @Flag(help: "Keep it at once, also where the level is raised.")
  var stay = false

  @Option(help: ArgumentHelp("Why, for the audit.", valueName: "text"))
  var reason: String?

  @Option(help: ArgumentHelp("The revision this was drawn up against.", valueName: "number"))
  var base: Int?

  @Option(
    help: ArgumentHelp(
      "Needed to raise the level: its name, which stands for having made sure.",
      valueName: "level"))
  var confirm: SecurityLevel?

  func validate() throws {
    guard within == nil || !stay else {
      throw ValidationError(
        "--within and --stay exclude each other: it is taken back, or it stays.")
    }
  }
}

extension Desk {
  /// Draws up a change of the policy, says what it does, and makes it a revision.
  ///
  /// The change must still be drawn up against what is in force: the revision `base`, unless
  /// `--base` names another.
  func revise(
    _ change: PolicyChange, _ options: RevisionOptions, drawnUpAgainst base: Int? = nil,
    existing: ExistingTokens = .keep
  ) throws {
    let given = try options.within.map { try FiniteLifetime(parsing: $0) }
    let plan = try door.plan(change, for: actor)
    let raises = plan.impact.change.isRaise
    let within = given ?? (raises && !options.stay ? Commitment.defaultDeadline : nil)
    let text =
      PlanText(plan: plan, clock: world.clock).lines(ink: errorInk)
      + Considerations(impact: plan.impact, within: within, clock: world.clock).lines
    try world.output.flush()
    try world.errors.line(text.joined(separator: "\n"))
    let outcome = try perform(
      .revise(
        change,
        Commitment(
          base: options.base ?? base ?? plan.base, within: within, reason: options.reason ?? "",
          confirmation: options.confirm, ground: raises ? plan.impact.ground : nil,
          existing: existing)))
    guard case .revision(let number, let lapsesAt, let undo) = outcome else {
      return try report(outcome)
    }
    try report(revision: number, lapsesAt: lapsesAt, undo: undo, plan: plan)
  }
}
