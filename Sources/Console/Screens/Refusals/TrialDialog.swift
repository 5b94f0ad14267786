import Access
package import TerminalKit

/// Tries a request as a caller would send it, and says what becomes of it and why.
package struct TrialDialog: FormDialog {
  package enum ControlID: Hashable, Sendable {
    case kind, presented, method, path, source, cancel, attempt
  }

  private static let kinds: [CredentialKind] = [.bearer, .legacyKey, .password]

  private enum Phase: Sendable {
    case typing, trying
    case explained(Explanation)
    case failed(FailureText)
  }

  private var phase = Phase.typing
  package var form: Form<ControlID>
  package var scroll = 0

  /// Begins with what is known of refused requests.
  init(like row: RefusalRow?) {
    let kind = row?.kind.flatMap(Self.kinds.firstIndex) ?? 0
    form = Form(
      [
        .init(.kind, .choice(Choice(count: Self.kinds.count, chosen: kind))),
        .init(.presented, .field(TextField(limit: 4096, isSecret: true))),
        .init(.method, .field(TextField(row?.method ?? "GET", limit: 16))),
        .init(.path, .field(TextField(row?.path ?? "/", limit: 1000))),
        .init(.source, .field(TextField(row?.source ?? "", limit: 45))),
        .init(.cancel, .button), .init(.attempt, .button, isEnabled: false),
      ], focus: .cancel)
  }

  package func content(_ scene: Scene) -> Dialog<ControlID> {
    let kinds = ["Bearer token", "legacy key", "login:password"] as [SafeText]
    let options = kinds.enumerated().flatMap { index, label -> [DialogPiece<ControlID>] in
      [.option(.kind, index, label), .text("  ")]
    }
    return Dialog(
      title: "Try a request",
      lines: [
        .text(Guidance.trial), .blank, .row([.text("Presented  ")] + options),
        .row([.text("           "), .field(.presented, columns: 50)]),
        .row([
          .text("Method     "), .field(.method, columns: 10), .text("  path "),
          .field(.path, columns: 32),
        ]),
        .row([.text("From       "), .field(.source, columns: 28), .text("  an address", .muted)]),
        .blank,
      ] + verdict(scene), buttons: [(.cancel, "Close"), (.attempt, "Try")],
      hint: "Tab next   Enter press   Esc close   gatehouse explain")
  }

  private func verdict(_ scene: Scene) -> [DialogLine<ControlID>] {
    switch phase {
    case .typing: [.text(SafeText(attempt.failure?.description ?? "Ready."), .muted)]
    case .trying: [.text("Trying …", .muted)]
    case .explained(let explanation): verdict(explanation, under: scene.session.policy)
    case .failed(let failure): [.text(SafeText(failure.description), .danger)]
    }
  }

  private func verdict(
    _ explanation: Explanation, under policy: Policy
  ) -> [DialogLine<ControlID>] {
    let decision = explanation.decision
    let owner = explanation.account.map { ", \(explanation.name) of \($0)" } ?? ""
    guard let refusal = decision.refusal else {
      return [.text("200, allowed" + SafeText(owner), .ok)]
    }
    var lines: [DialogLine<ControlID>] = [
      .text(SafeText("\(refusal.status), \(refusal.rawValue)" + owner), .danger)
    ]
    if let passed = decision.passedText { lines.append(.text(passed, .ok)) }
    return lines + [
      .text("REFUSED  " + SafeText(refusal.subject.rawValue), .danger),
      .text(SafeText(refusal.explanation(of: decision.kind, under: policy))),
    ]
  }

  /// What is typed, or what is missing of it.
  private var attempt: Result<Attempt, FailureText> {
    let presented = form.text(.presented).trimmed
    guard !presented.isEmpty else {
      return .failure(FailureText("Write or paste what is presented."))
    }
    let address = form.text(.source).trimmed
    let source = IPAddress(parsing: address)
    guard source != nil || address.isEmpty else {
      return .failure(FailureText("From: write an address, like 10.2.0.14."))
    }
    let path = form.text(.path)
    let presentation: Presentation
    switch form.chosen(.kind).flatMap({ Self.kinds.indices.contains($0) ? Self.kinds[$0] : nil }) {
    case .password:
      let parts = presented.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else {
        return .failure(FailureText("Write the login, a colon and the password."))
      }
      presentation = .password(login: String(parts[0]), Secret(parts[1].utf8))
    case .legacyKey: presentation = .legacyKey(Secret(presented.utf8))
    default: presentation = .bearer(Secret(presented.utf8))
    }
    return .success(
      Attempt(
        presentation,
        request: RequestFacts(
          source: source, method: form.text(.method).trimmed, isSafe: RequestPath.isSafe(path)),
        path: RequestPath.withoutQuery(path)))
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    phase = .typing
    form.setEnabled(.attempt, attempt.failure == nil)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .attempt, case .success(let attempt) = attempt else { return context.close() }
    phase = .trying
    context.ask(.attempt(attempt), as: "attempt")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    // What was typed since asks something else.
    guard reply.slot == "attempt", case .trying = phase else { return }
    switch reply.result {
    case .success(.explain(let explanation)): phase = .explained(explanation)
    case .success: phase = .typing
    case .failure(let failure): phase = .failed(failure)
    }
  }
}

extension Result where Failure == FailureText {
  fileprivate var failure: FailureText? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
