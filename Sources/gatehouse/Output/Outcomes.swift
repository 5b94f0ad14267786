import Access

extension Desk {
  /// Says what a change came to: on standard output, for people or for scripts.
  ///
  /// For people `changed` makes the sentence from how many were changed.
  func report(_ outcome: Outcome, changed: (Int) -> String = { "\($0) changed." }) throws {
    switch outcome {
    case .revision(let number, let lapsesAt, let undo):
      try report(revision: number, lapsesAt: lapsesAt, undo: undo, plan: nil)
    case .confirmed(let number):
      try show(
        ["revision": JSONValue(number), "state": "confirmed"],
        lines: ["Revision \(number) stays in force."])
    case .cancelled(let number):
      try show(
        ["revision": JSONValue(number), "state": "cancelled"],
        lines: ["Revision \(number) is cancelled; what was in force before it is so again."])
    case .account(let login): try report(account: login)
    case .sshKey(let key):
      try show(
        JSONValue(key), lines: ["\(key.owner) may come in over SSH with \(key.fingerprint)."])
    case .changed(let count):
      try show(["changed": JSONValue(count)], lines: [changed(count)])
    case .token(let issued): try report(issued)
    case .imported(let report): try self.report(report)
    case .signingKey(let kid):
      try show(["kid": .string(kid)], lines: ["Tokens are signed with key \(Printed.line(kid))."])
    case .client(let issued): try report(issued)
    case .observing(let observation): try report(observation)
    case .brownout(let brownout): try report(brownout)
    case .cutOver(let cutOver): try report(cutOver)
    }
  }

  func report(revision number: Int, lapsesAt: Instant?, undo: String, plan: Plan?) throws {
    let line =
      lapsesAt.map {
        """
        Revision \(number) is in force and takes itself back at \(world.clock.second($0)). \
        Keep it: gatehouse revision confirm
        """
      } ?? "Revision \(number) is in force."
    try show(
      [
        "revision": JSONValue(number), "lapses_at": JSONValue(lapsesAt), "undo": .string(undo),
        "plan": plan.map { JSONValue($0) } ?? .null,
      ], lines: [line, "Undo: \(Printed.line(undo))"])
  }

  /// Shows an account after a change of it; its login alone where the actor may not look.
  private func report(account login: Login) throws {
    do {
      let details = try account(login.text)
      try show(JSONValue(details), Fields(details))
    } catch AccountError.notPermitted {
      try show(["login": .string(login.text)], lines: ["\(login) is changed."])
    }
  }

  /// Puts the token alone on standard output, and all about it beside.
  private func report(_ issued: IssuedToken) throws {
    if !isJSON {
      let fields = Fields(issued.row, clock: world.clock).lines(ink: errorInk)
      try world.errors.line(fields.joined(separator: "\n"))
      try world.errors.line("Shown this once; Gatehouse keeps only a digest:")
    }
    do {
      try world.output.line(isJSON ? JSONValue(issued).pretty : issued.text)
      try world.output.flush()
    } catch {
      throw LostToken(id: issued.row.id, cause: error)
    }
  }

  private func report(_ report: ImportReport) throws {
    var lines = ["\(grouped(report.imported)) imported."]
    if report.createdOwners > 0 {
      lines.append("\(counted(report.createdOwners, "owner")) made for them, deactivated.")
    }
    if report.ownersWithoutAPI > 0 {
      lines.append(
        """
        \(counted(report.ownersWithoutAPI, "owner")) without \(Permission.useAPI.name): \
        their keys will be refused until a role grants it.
        """)
    }
    try show(
      [
        "imported": JSONValue(report.imported),
        "created_owners": JSONValue(report.createdOwners),
        "owners_without_api": JSONValue(report.ownersWithoutAPI),
      ], lines: lines)
  }

  var errorInk: Ink { Ink(for: world.errors, environment: world.environment) }
}

/// A token that was made and then could not be handed over.
struct LostToken: Failure {
  let id: String
  let cause: OutputError

  var description: String {
    "\(cause) The token exists: end it with `gatehouse token revoke \(id)` and make another."
  }
}
