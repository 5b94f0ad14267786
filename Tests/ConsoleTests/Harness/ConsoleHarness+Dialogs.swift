import Access
import TerminalKit

@testable import Console

extension ConsoleHarness {
  /// Opens the warning of a change that another screen leads to.
  mutating func review(_ change: PolicyChange) {
    var state = state
    let effects = state.open(Registry.warning(of: change))
    adopt(state)
    carryOut(effects)
  }
}
