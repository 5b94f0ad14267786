package import Access

/// What the console wants done; the runtime does it and answers with a message.
package enum Effect: Hashable, Sendable {
  /// To be answered by ``Message/answered(_:_:_:)``; what is not urgent waits for the next frame.
  indirect case ask(Question, Tag, Urgency = .now)
  /// To be answered by ``Message/performed(_:_:_:)``.
  indirect case perform(Change, Tag)
  /// Puts text on the user's clipboard.
  case copy(String)
  /// Writes a secret to a new file that only its owner may read; answered by
  /// ``Message/wrote(_:_:)``.
  indirect case write(Secret, path: String, Tag)
  /// Reads a text file of the host; answered by ``Message/read(_:_:)``.
  indirect case read(path: String, Tag)
  /// Drops the keys typed ahead.
  case flushInput
  /// Draws everything anew and reads the size again.
  case repaint
  /// Gives the terminal back to the shell, or says why it cannot.
  case suspend
  case quit(Farewell)

  package enum Urgency: Hashable, Sendable {
    case now
    /// After the next frame was shown: totals and other figures nobody waits for.
    case later
  }
}

/// Why the console ends; its text is printed on the terminal it gives back.
package enum Farewell: Hashable, Sendable {
  case asked
  case idle(FiniteLifetime)
  case tooLong(FiniteLifetime)
  case notPermitted(String)

  /// Nil where nothing needs to be said.
  package var text: String? {
    switch self {
    case .asked: nil
    case .idle(let limit): Guidance.idleLogout(limit)
    case .tooLong(let limit): Guidance.longLogout(limit)
    case .notPermitted(let reason): Guidance.loggedOut(reason)
    }
  }
}

/// Whom an answer is for, and which of several questions it answers.
///
/// Only the answer to the newest question of a slot is delivered; older ones are dropped.
package struct Tag: Hashable, Sendable {
  package let owner: Owner
  package let slot: Slot
  package let generation: UInt64

  /// The shell itself, or one of the screens and dialogs there have been.
  package struct Owner: Hashable, Sendable {
    let number: Int

    static let shell = Owner(number: 0)
  }
}

/// One of the things a screen asks for; a new question in the same slot replaces the one before.
package struct Slot: Hashable, Sendable, ExpressibleByStringLiteral {
  package let name: String

  package init(stringLiteral name: String) { self.name = name }
}
