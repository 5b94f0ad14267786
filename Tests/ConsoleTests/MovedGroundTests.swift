import Access
import Console
import TerminalKit
import Testing

@Suite("A warning whose ground moved")
struct MovedGroundTests {
  private func raise(_ site: SampleSite = .migrating()) -> ConsoleHarness {
    var console = ConsoleHarness(site, screen: .security)
    console.type("down enter")
    return console
  }

  /// From *Cancel*: the name, the deadline left as it is, the reason, and back to *Cancel*.
  private let filled = "shift-tab 'high' shift-tab shift-tab 'INC-4711' tab tab tab"

  @Test("asks again when another revision was saved, says what moved, and keeps what was typed")
  func baseMoved() throws {
    var console = raise()
    console.type(filled)
    try console.site.revise(.property(.siteName, "Southwind"))

    console.type("tab tab enter")

    Golden.expect(console, "warning-moved")
    #expect(console.footer.contains("Revision 42 was saved by bob"))
    #expect(console.cursorRow.contains("[ Cancel ]"))
    #expect(console.site.policy.level == .standard)
    console.type("shift-tab 'high' tab tab tab enter")
    guard case .revise(_, let commitment)? = console.performed.last else { return }
    #expect(commitment.base == 42)
    #expect(commitment.reason.hasPrefix("INC-4711"), "the draft was kept, the name was not")
    #expect(console.site.policy.level == .high)
  }

  @Test("asks again when something else would stop, with the count then and now")
  func setMoved() {
    var console = raise()
    console.type(filled)
    console.site.stopping.append(.sample("new-one", used: 1))

    console.type("tab tab enter")

    #expect(console.words.contains("Meanwhile 14 credentials would stop, not the ones shown."))
    #expect(console.text.contains("13 would have stopped, now it is 14."))
    #expect(console.text.contains("[ See all 14 ]"))
    #expect(console.site.policy.level == .standard)
  }

  @Test("has every tick set again when the ground moved under Maximum")
  func ticksMoved() {
    var console = raise(.migrating(at: .high))
    console.type("tab tab tab space tab space tab space tab space tab space tab '555-1234'")
    console.type("tab tab tab 'maximum'")
    #expect(console.text.contains("both Apply buttons are open"))
    console.site.stopping.append(.sample("mail", .password, used: 1, review: .migrated))

    console.type("tab tab tab enter pgdn")

    #expect(console.text.contains("[ ] Every integration in use"))
    #expect(console.text.contains("missing: 5 ticks"))
    #expect(console.text.contains("whom to call: [555-1234"))
  }

  @Test("says while another revision is pending that nothing can be applied, and names it")
  func pending() throws {
    var site = SampleSite.migrating(at: .standard)
    try site.revise(.property(.siteName, "Southwind"), within: .minutes(10))
    var console = raise(site)
    Golden.expect(console, "warning-pending")

    console.type(filled + " tab tab enter")

    #expect(console.footer.contains("Revision 42 by bob is pending until"))
    #expect(console.site.policy.level == .standard)
    console.type("shift-tab shift-tab shift-tab shift-tab shift-tab")
    #expect(console.text.contains("[INC-4711"))
  }
}
