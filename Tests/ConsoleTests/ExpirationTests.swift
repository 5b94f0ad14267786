import Access
import Console
import TerminalKit
import Testing

@Suite("The expiration policy")
struct ExpirationTests {
  private func editor(
    _ site: SampleSite = .migrating(at: .high), _ size: Size = .usual
  ) -> ConsoleHarness {
    var console = ConsoleHarness(site, size: size, screen: .security)
    console.type("p")
    return console
  }

  /// From *Cancel*: all lifetimes 7d; then on to *Review*, which is pressed.
  private let tightened =
    "tab ctrl-u '7d' tab ctrl-u '7d' tab ctrl-u '7d' shift-tab shift-tab shift-tab enter"

  @Test("is edited beside its good practice", arguments: [Size.usual, .large, .small])
  func golden(size: Size) {
    Golden.expect(editor(.migrating(at: .high), size), "expiration", at: size)
  }

  @Test("says at Standard that it takes no effect yet")
  func standard() {
    Golden.expect(editor(.migrating()), "expiration-standard")
  }

  @Test("is not reviewed before anything changed, and cancelled by Enter")
  func unchanged() {
    var console = editor()
    console.type("shift-tab")
    #expect(!console.cursorRow.contains("[ Cancel ]"), "Review cannot be reached yet")

    console.type("tab enter")

    #expect(!console.text.contains("Good practice"))
  }

  @Test(
    "names the field that is wrong",
    arguments: [
      ("", "30d", "90d", "Offered: no lifetime is left to choose."),
      ("7x", "30d", "90d", "Offered: “7x” is not a lifetime."),
      ("7d", "30d", "90d", "Default: 30d is not offered. Choose one of 7d."),
      ("30d, 1y", "30d", "90d", "Offered: 1y is longer than the maximum of 90d."),
      ("30d", "30d", "unlimited", "Maximum: unlimited has a tick of its own."),
      ("30d", "", "90d", "Default: “” is not a lifetime."),
    ])
  func wrong(offered: String, lifetime: String, maximum: String, text: String) {
    var console = editor()

    console.type(
      "tab ctrl-u '\(offered)' tab ctrl-u '\(lifetime)' tab ctrl-u '\(maximum)' home")

    #expect(console.words.contains(text))
    console.type("shift-tab shift-tab shift-tab")
    #expect(console.cursorRow.contains("[ Cancel ]"), "Review stays closed")
  }

  @Test("refuses a role's maximum beyond the general one, naming the role")
  func roleMaximum() {
    var console = editor()

    console.type("shift-tab '1y'")

    #expect(console.words.contains("Maximum of Integrators: 1y is longer"))
  }

  @Test("shows what is tightened and how many tokens outlive it, before anything happens")
  func review() {
    var console = editor()

    console.type(tightened)

    Golden.expect(console, "warning-expiration")
    #expect(console.performed == [])
  }

  @Test("leads from the review back to what was typed")
  func back() {
    var console = editor()

    console.type(tightened + " esc")

    #expect(console.text.contains("[7d____"))
    #expect(console.performed == [])
  }

  @Test("keeps tokens that exist unless that is chosen otherwise")
  func keep() {
    var console = editor()

    console.type(tightened + " tab tab enter")

    #expect(Self.existing(console) == .keep)
    #expect(console.site.policy.expiration.maximum == .days(7))
  }

  @Test("ends tokens spread over days, at a date or now, and then only to stay")
  func existing() {
    var console = editor()
    console.type(tightened + " shift-tab shift-tab shift-tab down space")
    Golden.expect(console, "warning-expiration-spread")
    #expect(console.text.contains("ended tokens do not come back: Apply to stay"))

    console.type("tab ctrl-u '20' tab tab tab enter")

    #expect(Self.existing(console) == .spread(days: 20))
    #expect(console.site.standing.pending == nil)
  }

  @Test("ends tokens at a day to come, and at no other")
  func date() throws {
    var console = editor()
    console.type(tightened + " shift-tab shift-tab shift-tab down down space")
    #expect(console.text.contains("[2026-12-23"), "a month ahead is proposed")
    console.type("tab ctrl-u '2026-11-23'")
    #expect(console.text.contains("Missing: a day to come"))
    console.type("tab tab")
    #expect(console.cursorRow.contains("[ Cancel ]"))
    console.type("tab")
    #expect(!console.cursorRow.contains("[ Cancel ]"), "nothing can be applied")

    console.type("tab ctrl-u '2027-01-01' tab tab tab enter")

    let day = try #require(CivilDate(parsing: "2027-01-01"))
    #expect(Self.existing(console) == .at(day.start))
  }

  @Test("ends tokens at once")
  func atOnce() {
    var console = editor()

    console.type(tightened + " shift-tab shift-tab shift-tab down down down space")
    console.type("tab tab tab enter")

    #expect(Self.existing(console) == .now)
  }

  @Test("takes from 1 to 3650 days for it", arguments: ["0", "3651", "", "x", "-1"])
  func days(text: String) {
    var console = editor()

    console.type(tightened + " shift-tab shift-tab shift-tab down space tab ctrl-u '\(text)'")

    #expect(console.text.contains("Missing: 1 to 3650 days"))
  }

  @Test("asks nothing about tokens where none outlives it")
  func looser() {
    var site = SampleSite.migrating()
    site.stopping = []
    var console = editor(site)

    console.type("tab end ', 15m' tab tab tab tab tab tab tab tab tab tab enter")

    #expect(console.text.contains("Offered lifetimes: 7d, 30d, 90d to 15m, 7d, 30d, 90d"))
    #expect(!console.text.contains("What becomes of"))
  }

  private static func existing(_ console: ConsoleHarness) -> ExistingTokens? {
    guard case .revise(_, let commitment)? = console.performed.last else { return nil }
    return commitment.existing
  }
}
