import CCurses
import Synchronization

/// Where finished effects leave their messages for the loop, from any thread.
package final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  private let wake: @Sendable () -> Void

  /// - Parameter wake: Ends the wait of the loop that takes the messages; must not block.
  package init(wake: @escaping @Sendable () -> Void = { cc_wake() }) { self.wake = wake }

  /// Adds a message and wakes the loop.
  package func post(_ message: Message) {
    let wasEmpty = messages.withLock { messages in
      messages.append(message)
      return messages.count == 1
    }
    if wasEmpty { wake() }
  }

  /// Takes all messages, the oldest first.
  package func takeAll() -> [Message] {
    messages.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
