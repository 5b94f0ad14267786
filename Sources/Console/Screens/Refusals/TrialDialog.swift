import Access
package import TerminalKit

/// Tries a request as a caller would send it, and says what becomes of it and why.
package struct TrialDialog: FormDialog {
  package enum ControlID: Hashable, Sendable {
    case kind, presented, method, path, source, cancel, attempt
  }

  private static let kinds: [CredentialKind] = [.bearer, .legacyKey, .password]

  private var explanation: Explanation?
  private var failure: FailureText?
  private var isTrying = false
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
    if let failure { return [.text(SafeText(failure.description), .danger)] }
    if isTrying { return [.text("Trying …", .muted)] }
    guard let explanation else {
      return [.text(SafeText(attempt.failure?.description ?? "Ready."), .muted)]
    }
    let decision = explanation.decision
    let owner = explanation.account.map { ", \(explanation.name) of \($0)" } ?? ""
    guard let refusal = decision.refusal else {
      return [.text("200, allowed" + SafeText(owner), .ok)]
    }
    let passed = decision.checks.filter { $0.outcome == .passed }.map(\.subject.rawValue)
    let ok: [DialogLine<ControlID>] =
      passed.isEmpty ? [] : [.text("ok       " + SafeText(passed.joined(separator: ", ")), .ok)]
    let why = refusal.explanation(of: decision.kind, under: scene.session.policy)
    return [.text(SafeText("\(refusal.status), \(refusal.rawValue)" + owner), .danger)] + ok + [
      .text("REFUSED  " + SafeText(refusal.subject.rawValue), .danger), .text(SafeText(why)),
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
        path: path.split(separator: "?", omittingEmptySubsequences: false).first.map(String.init)))
  }

  package mutating func changed(_ control: ControlID, _ context: inout Context) {
    (explanation, failure) = (nil, nil)
    form.setEnabled(.attempt, attempt.failure == nil)
  }

  package mutating func pressed(_ button: ControlID, _ context: inout Context) {
    guard button == .attempt, case .success(let attempt) = attempt else { return context.close() }
    isTrying = true
    (explanation, failure) = (nil, nil)
    context.ask(.attempt(attempt), as: "attempt")
  }

  package mutating func receive(_ reply: Reply, _ context: inout Context) {
    guard reply.slot == "attempt" else { return }
    isTrying = false
    switch reply.result {
    case .success(.explain(let explanation)): self.explanation = explanation
    case .success: break
    case .failure(let failure): self.failure = failure
    }
  }
}

extension Result where Failure == FailureText {
  fileprivate var failure: FailureText? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
