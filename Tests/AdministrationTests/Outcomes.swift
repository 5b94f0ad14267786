import Synchronization

/// What became of several threads' work.
final class Outcomes: Sendable {
  private let errors: Mutex<[(any Error)?]>

  init(count: Int) { errors = Mutex(Array(repeating: nil, count: count)) }

  func set(_ error: any Error, at index: Int) { errors.withLock { $0[index] = error } }

  var all: [(any Error)?] { errors.withLock { $0 } }
}
