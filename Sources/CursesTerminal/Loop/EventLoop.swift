package import TerminalKit

/// A terminal one can wait at.
package protocol WaitingTerminal: Terminal {
  /// Sleeps until there is an event, ``Mailbox`` has a message, or `duration` has passed.
  ///
  /// Nil waits as long as it takes. Returns false if the time has passed and nothing came.
  @discardableResult
  func wait(for duration: Duration?) -> Bool
  /// Whether somebody is there who could continue the process once it has stopped.
  var canSuspend: Bool { get }
}

/// What the loop hands on.
package enum Occurrence<Message: Sendable>: Sendable {
  case input(InputEvent)
  case message(Message)
  /// The time asked for has passed and nothing else came.
  case timeout
}

extension Occurrence: Equatable where Message: Equatable {}

/// What a batch of occurrences led to.
package enum Step {
  /// The picture is the same.
  case unchanged
  case show(Frame)
  case finish
}

/// Why the loop ended.
package enum Ending: Equatable, Sendable {
  case finished
  /// The other end of the terminal is gone.
  case hangup
  /// SIGTERM.
  case terminated
}

/// Waits, gathers everything that is here, and draws once: synchronous, on the calling thread.
///
/// Asleep it costs nothing: there is no tick but the time that `timeout` asks for. Ctrl-Z stops the
/// process where somebody can continue it; elsewhere it is handed on as a key, so that the screen
/// can say why nothing happened.
package struct EventLoop<Message: Sendable> {
  private let terminal: any WaitingTerminal
  private let mailbox: Mailbox<Message>

  /// Events gathered before a frame is drawn all the same, however fast they come.
  private static var largestBatch: Int { 4096 }

  package init(terminal: any WaitingTerminal, mailbox: Mailbox<Message>) {
    self.terminal = terminal
    self.mailbox = mailbox
  }

  /// Runs until `handle` says finish, the line is cut, or SIGTERM comes.
  ///
  /// `timeout` says before each sleep how long it may be, nil for as long as it takes. `handle` gets
  /// each batch in the order it came; first an empty one, for the first frame. A hang-up or SIGTERM
  /// comes in the last one.
  package func run(
    timeout: () -> Duration?, handle: ([Occurrence<Message>]) throws -> Step
  ) rethrows -> Ending {
    var batch: [Occurrence<Message>] = []
    // What a held key sends while a frame is drawn: growing to it would cost more than reading it.
    batch.reserveCapacity(256)
    while true {
      let ending = ending(in: batch)
      let step = try handle(batch)
      if let ending { return ending }
      switch step {
      case .unchanged: break
      case .show(let frame): terminal.present(frame)
      case .finish: return .finished
      }
      let mayHaveMore = batch.count >= Self.largestBatch
      batch.removeAll(keepingCapacity: true)
      while batch.isEmpty {
        let isInTime = terminal.wait(for: mayHaveMore ? .zero : timeout())
        gather(into: &batch)
        if batch.isEmpty, !isInTime { batch.append(.timeout) }
      }
    }
  }

  private func gather(into batch: inout [Occurrence<Message>]) {
    while batch.count < Self.largestBatch, let event = terminal.readEvent() {
      if event == .key(.control("Z")), terminal.canSuspend {
        terminal.suspend()
        terminal.resume()
        batch.append(.input(.continued))
      } else {
        batch.append(.input(event))
      }
    }
    for message in mailbox.takeAll() { batch.append(.message(message)) }
  }

  private func ending(in batch: [Occurrence<Message>]) -> Ending? {
    for case .input(let event) in batch {
      if event == .hangup { return .hangup }
      if event == .terminate { return .terminated }
    }
    return nil
  }
}
