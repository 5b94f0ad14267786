/// One of several options: radio buttons.
///
/// The cursor goes over the options and chooses none; Space or Enter does.
package struct Choice: Hashable, Sendable {
  package let count: Int
  package private(set) var chosen: Int
  /// The option that Space would choose.
  package private(set) var cursor: Int
  /// Options that are shown and cannot be chosen.
  package var disabled: Set<Int>

  package init(count: Int, chosen: Int = 0, disabled: Set<Int> = []) {
    self.count = count
    self.chosen = chosen
    self.disabled = disabled
    cursor = chosen
  }

  package mutating func choose(_ option: Int) {
    guard option >= 0, option < count, !disabled.contains(option) else { return }
    chosen = option
    cursor = option
  }

  /// Moves the cursor by one; false at the end, where the focus goes on to another control.
  mutating func move(forward: Bool) -> Bool {
    var option = cursor
    repeat { option += forward ? 1 : -1 } while disabled.contains(option)
    guard option >= 0, option < count else { return false }
    cursor = option
    return true
  }

  /// Chooses the option under the cursor; false if it was chosen already.
  mutating func chooseCursor() -> Bool {
    guard cursor != chosen, !disabled.contains(cursor) else { return false }
    chosen = cursor
    return true
  }

  /// Puts the cursor where the focus comes in.
  mutating func enter() { cursor = chosen }
}
