import Access
import Console
import TerminalKit
import Testing

@Suite("The warning before the level changes")
struct WarningDialogTests {
  private func raise(
    _ site: SampleSite = .migrating(), _ size: Size = .usual, glyphs: Glyphs = .unicode
  ) -> ConsoleHarness {
    var console = ConsoleHarness(site, size: size, screen: .security, glyphs: glyphs)
    console.type("down enter")
    return console
  }

  /// From *Cancel*: the name, the deadline left as it is, the reason, and back to *Cancel*.
  private let filled = "shift-tab 'high' shift-tab shift-tab 'INC-4711' tab tab tab"

  // MARK: - What it looks like

  @Test("looks like this for High", arguments: [Size.usual, .large, .small])
  func high(size: Size) {
    var console = raise(.migrating(), size)
    Golden.expect(console, "warning-high", at: size)

    console.type("pgdn pgdn pgdn")

    Golden.expect(console, "warning-high-end", at: size)
  }

  @Test("looks like this for Maximum", arguments: [Size.usual, .large, .small])
  func maximum(size: Size) {
    let console = raise(.migrating(at: .high), size)

    Golden.expect(console, "warning-maximum", at: size)
  }

  @Test("looks like this from Standard to Maximum at once")
  func bothSteps() {
    var console = ConsoleHarness(.migrating(), screen: .security)
    console.type("down down enter")

    Golden.expect(console, "warning-standard-maximum")
  }

  @Test("looks like this for lowering")
  func lowering() {
    var console = ConsoleHarness(.migrating(at: .maximum), screen: .security)

    console.type("up enter")
    Golden.expect(console, "warning-lower-high")
    console.type("esc up enter")

    Golden.expect(console, "warning-lower-standard")
  }

  @Test("looks like this while it is counted, and where that failed")
  func counting() {
    var console = ConsoleHarness(.migrating(), screen: .security)
    console.holds = true
    console.type("down enter")
    Golden.expect(console, "warning-counting")

    console.site.answers[.plan(.level(.high))] = .failure(FailureText("The disk cannot be read."))
    console.release()

    Golden.expect(console, "warning-failed")
  }

  @Test("shows all that stops, and comes back as it was left")
  func showAll() {
    var console = raise()
    console.type(filled)
    let before = console.text

    console.type("tab tab tab tab tab enter")
    Golden.expect(console, "warning-all")
    #expect(console.text.contains("1 of 13"))
    console.type("end esc shift-tab shift-tab shift-tab shift-tab shift-tab")

    #expect(console.text == before)
  }

  @Test("registers the password clients that would stop, and counts anew")
  func register() {
    var site = SampleSite.migrating()
    site.warnings = [
      .sample(.password, .stop, .high, "old-shop", owner: "dave", used: 7300, uses: 3)
    ]
    var console = raise(site)
    #expect(console.text.contains("[ Register this password client ]"))
    console.type("tab tab enter")
    Golden.expect(console, "register")
    #expect(console.text.contains("10.2.0.14"))
    console.type("enter")
    #expect(console.performed.isEmpty)
    #expect(console.text.contains("MIGRATION REQUIRED"))

    console.type("tab tab enter tab enter")
    guard case .registerIntegrations(let drafts)? = console.performed.last else {
      Issue.record("nobody was registered")
      return
    }
    #expect(drafts.map(\.login) == ["dave"])
    #expect(drafts.first?.networks.map(\.description) == ["10.2.0.14/32"])
    #expect(drafts.first?.reviewDate == CivilDate(parsing: "2027-02-21"))
    #expect(!console.text.contains("Register this"))
    #expect(console.text.contains("[ See all 12 ]"))
  }

  // MARK: - The rules of every dialog

  @Test("starts on Cancel, which Enter presses", arguments: ["enter", "esc", "space", "ctrl-c"])
  func cancel(key: String) {
    var console = raise()
    #expect(console.cursorRow.contains("[ Cancel ]"))
    #expect(console.flushes == 1, "what was typed ahead is dropped")

    console.type(key)

    #expect(!console.text.contains("MIGRATION REQUIRED"))
    #expect(console.performed == [])
  }

  @Test("gives letters to a field only")
  func letters() {
    var console = raise()
    let before = console.text

    console.type("'HIGHyqQ3u' '+:?'")

    #expect(console.text == before)
    #expect(console.farewell == nil)
  }

  @Test("moves on with Enter in a field, and never presses")
  func enterInField() {
    var console = raise()

    console.type("tab tab tab enter esc tab 'INC' enter enter 'high' enter")

    #expect(console.performed == [])
    #expect(console.cursorRow.contains("[ Cancel ]"))
  }

  @Test("opens both Apply buttons once nothing is missing", arguments: ["high", "HIGH", " High "])
  func name(text: String) {
    var console = raise()
    console.type("tab tab tab tab tab tab tab")
    #expect(console.cursorRow.contains("[ Cancel ]"), "there is nothing to apply yet")
    #expect(console.text.contains("missing: a reason"))

    console.type("shift-tab '\(text)' shift-tab shift-tab 'INC-4711'")
    #expect(console.text.contains("both Apply buttons are open"))
    console.type("tab tab tab tab tab enter")

    #expect(console.performed.count == 1)
    #expect(console.rows[0].contains("HIGH"))
    #expect(console.footer == " Level is High for 10m. + keeps it, or takes it back now.")
  }

  @Test("does not take another name for it", arguments: ["hig", "highh", "maximum", "h i g h"])
  func wrongName(text: String) {
    var console = raise(.migrating().reviewed)

    console.type("shift-tab '\(text)'")
    #expect(console.text.contains("opens the two Apply buttons"))
    console.type("tab tab tab tab")

    #expect(console.cursorRow.contains("[ See all 13 ]"), "Tab passes both Apply buttons by")
  }

  @Test("records the ground, the deadline and the reason")
  func commitment() throws {
    var console = raise()
    console.type(filled + " tab tab enter")

    guard case .revise(.level(.high), let commitment)? = console.performed.last else {
      Issue.record("nothing was applied")
      return
    }
    #expect(commitment.base == 41)
    #expect(commitment.within == .minutes(10))
    #expect(commitment.confirmation == .high)
    #expect(commitment.ground?.count == 13)
    #expect(commitment.reason == "INC-4711")
  }

  @Test("stays without a deadline where that was chosen")
  func stay() {
    var console = raise()

    console.type(filled + " tab tab tab enter")

    #expect(console.site.standing.pending == nil)
    #expect(console.site.policy.level == .high)
  }

  @Test("asks for no reason where all in use was reviewed, nor a name where nothing stops")
  func lessToFill() {
    var console = raise(.migrating().reviewed)
    #expect(console.text.contains("optional"))
    #expect(console.text.contains("Type HIGH"))

    console.type("esc")
    console.site.stopping = []
    console.type("R enter")

    #expect(!console.text.contains("Type HIGH"))
    console.type("tab tab")
    #expect(console.cursorRow.contains("[ Apply, back in 10m ]"))
  }

  @Test(
    "takes deadlines from 1m to 24h",
    arguments: [
      ("1m", true), ("24h", true), ("1d", true), ("59s", false), ("25h", false), ("0m", false),
      ("", false), ("soon", false), ("unlimited", false), ("99999999999999999999h", false),
    ])
  func deadline(text: String, isOne: Bool) {
    var console = raise(.migrating().reviewed)

    console.type("shift-tab 'high' shift-tab ctrl-u '\(text)'")
    #expect(console.text.contains("no deadline: write 1m to 24h, like 10m") != isOne)
    console.type("tab tab tab tab enter")

    #expect((console.site.standing.pending != nil) == isOne)
    // Without one there is still Apply to stay, which is what Tab came to.
    #expect(console.site.policy.level == .high)
  }

  @Test("does not refresh while it is open")
  func still() throws {
    var console = raise()
    let before = console.asked.count
    console.site.stopping = []
    try console.site.revise(.property(.siteName, "Southwind"))

    console.pass(seconds: 1)

    #expect(console.asked.dropFirst(before) == [.session])
    #expect(console.text.contains("[ See all 13 ]"))
  }

  @Test(
    "keeps within the terminal",
    arguments: [
      "down enter", "down down enter", "p", "u", "i a", "i enter", "i d", "end enter enter",
      "down down down enter", "down enter tab enter",
    ], EveryScreenTests.sizes)
  func widths(keys: String, size: Size) {
    var console = ConsoleHarness(.migrating(), size: size, screen: .security)

    for keys in [keys, "pgdn", "tab", "'ab'"] {
      console.type(keys)
      #expect(console.rows.count == size.rows)
      for row in console.rows { #expect(SafeText(row).width <= size.columns, "\(row)") }
    }
  }

  @Test("T06: keeps what was typed while the terminal is resized a hundred times")
  func resizing() {
    var console = raise()
    console.type(filled)
    let before = console.text

    for step in 0..<100 {
      console.resize(1 + step * 7 % 140, 1 + step * 3 % 50)
      for row in console.rows { #expect(SafeText(row).width <= console.frame.size.columns) }
    }
    console.resize(80, 24)

    #expect(console.text == before)
  }

  @Test("takes no key while the change is under way")
  func underWay() {
    var console = raise()
    console.type(filled)
    console.holds = true

    console.type("tab tab enter enter enter esc 'x'")
    console.release()

    #expect(console.performed.count == 1)
    #expect(console.footer.contains("Level is High for 10m."))
  }

  @Test("drops what is pasted beside a field, and cuts what is too long, saying so")
  func paste() {
    var console = raise()

    console.paste("high")
    #expect(console.footer.contains("Nothing here takes pasted text."))
    console.type("shift-tab")
    console.paste("high and more than fits")

    #expect(console.footer.contains("The field is full: 13 characters left out."))
  }

  // MARK: - Maximum

  @Test("opens for Maximum only with five ticks and whom to call")
  func ticks() {
    var console = raise(.migrating(at: .high))
    #expect(console.text.contains("missing: 5 ticks, whom to call"))
    console.type("tab tab tab space tab space tab space tab space")
    #expect(console.text.contains("missing: 1 tick, whom to call"))
    console.type("tab space tab '555-1234' tab tab tab 'maximum'")
    Golden.expect(console, "warning-maximum-filled")

    console.type("tab tab tab enter")

    #expect(console.site.policy.level == .maximum)
    #expect(console.site.standing.pending?.reason == "(to call: 555-1234)")
  }

  // MARK: - Lowering

  @Test("asks for a reason before the level is lowered, and for no name")
  func loweringReason() {
    var console = ConsoleHarness(.migrating(at: .high), screen: .security)
    console.type("up enter")
    #expect(console.words.contains("This lets 4 legacy keys and 2 password clients in again."))
    console.type("tab tab tab enter")
    #expect(console.performed == [])

    console.type("esc enter shift-tab shift-tab 'CRM down' tab tab tab tab enter")

    #expect(console.site.policy.level == .standard)
    #expect(console.site.revisions.last?.revision.reason == "CRM down")
  }

  @Test("says what is let in without numbers until they are counted")
  func loweringEarly() {
    var site = SampleSite.migrating(at: .high)
    site.answers[.overviewCounts] = .failure(FailureText("busy"))
    var console = ConsoleHarness(site, screen: .security)

    console.type("up enter")

    #expect(console.words.contains("This lets credentials in again that are refused now."))
  }
}
