package import Access

extension Context {
  /// Says what a change came to, or why it was refused.
  package mutating func report(_ change: Change, _ result: Result<Outcome, FailureText>) {
    switch result {
    case .success(let outcome):
      say(Guidance.done(change, outcome, now: scene.now))
    case .failure(let failure): fail(failure)
    }
  }
}
