import Glibc
import Synchronization

/// Does jobs one after another on a thread that exists only while there are some.
///
/// Not a dispatch queue: once one had a thread, libdispatch wakes every second to look after it, and
/// a console nobody touches is to wake once a second at most.
final class Worker: Sendable {
  typealias Job = @Sendable () -> Void

  private struct Queue {
    var jobs: [Job] = []
    var isWorking = false
  }

  private let queue = Mutex(Queue())
  /// Whether whoever waits for a key goes first.
  private let yields: Bool

  init(yields: Bool = false) { self.yields = yields }

  func async(_ job: @escaping Job) {
    let isFirst = queue.withLock { queue in
      queue.jobs.append(job)
      defer { queue.isWorking = true }
      return !queue.isWorking
    }
    if isFirst { start() }
  }

  private func start() {
    let worker = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let outcome = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Worker>.fromOpaque(pointer).takeRetainedValue().work() }
        return nil
      }, worker.toOpaque())
    guard outcome == 0 else {
      // No thread is to be had: late is better than never.
      worker.takeRetainedValue().work()
      return
    }
    pthread_detach(thread)
  }

  private func work() {
    // On Linux a thread has a niceness of its own (sched(7), "The nice value and group scheduling").
    if yields { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
    while let job = next() { job() }
  }

  private func next() -> Job? {
    queue.withLock { queue in
      guard !queue.jobs.isEmpty else {
        queue.isWorking = false
        return nil
      }
      return queue.jobs.removeFirst()
    }
  }
}
