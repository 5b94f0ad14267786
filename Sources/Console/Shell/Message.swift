package import Access
package import TerminalKit

/// Everything that can happen to the console.
///
/// Answers come boxed, so that a key, handed on and gathered in the same type, is no larger than one.
package enum Message: Sendable {
  /// A key, so many times in a row as by holding it down.
  case key(Key, times: Int = 1)
  case paste(String)
  case resize(Size)
  /// The time; sent before each batch of keys, and once a second while nothing comes.
  case tick(Moment)
  /// No key came for a moment; sent once after each batch of them.
  case rest
  indirect case answered(Question, Tag, Result<Answer, FailureText>)
  indirect case performed(Change, Tag, Result<Outcome, FailureText>)
  /// Where a secret was written to, or why it was not.
  indirect case wrote(Tag, Result<String, FailureText>)
  /// What a file holds, or why it was not read.
  indirect case read(Tag, Result<String, FailureText>)
  /// Why nothing can be changed in this site, by anybody.
  case obstacle(String)
  /// Something the runtime has to say, like an unknown `TERM` or that there is no shell to return to.
  case note(MessageLine.Kind, String)
}

/// A point in time on both clocks.
package struct Moment: Hashable, Sendable {
  /// The clock on the wall, which can be set.
  package let instant: Instant
  /// A clock that only goes forward; what lasts is measured by it.
  package let uptime: Duration

  package init(_ instant: Instant, uptime: Duration) {
    self.instant = instant
    self.uptime = uptime
  }
}
