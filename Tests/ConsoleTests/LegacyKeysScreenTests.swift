import Access
import Console
import TerminalKit
import Testing

@Suite("The legacy keys")
struct LegacyKeysScreenTests {
  static func site() -> SampleSite {
    var site = SampleSite()
    site.keys += [
      .sample("old-export", state: .disabled, used: 40 * 86_400, review: .acceptedBreak),
      .sample("fax", owner: "bob", state: .retired, used: 300 * 86_400, review: .migrated),
    ]
    return site
  }

  static func console(_ site: SampleSite = site(), size: Size = .usual) -> ConsoleHarness {
    var console = ConsoleHarness(site, size: size, screen: .migration)
    console.type("m")
    return console
  }

  static func ids(_ labels: String...) -> [Identifier<LegacyKey>] {
    labels.map { Identifier("key-\($0)") }
  }

  @Test("looks like this, used last first", arguments: [Size.usual, .large, .small])
  func golden(size: Size) {
    Golden.expect(Self.console(size: size), "legacy-keys", at: size)
  }

  @Test("shows which are marked")
  func marked() {
    var console = Self.console()
    console.type("space space")

    Golden.expect(console, "legacy-keys-marked")
  }

  @Test("says what it will hold, and what fills it", arguments: [Size.usual, .small])
  func empty(size: Size) {
    var site = SampleSite()
    site.keys = []
    let console = Self.console(site, size: size)

    #expect(console.words.contains("`gatehouse key import FILE` has brought them in."))
    Golden.expect(console, "legacy-keys-empty", at: size)
  }

  @Test("shows all there is to know of a key", arguments: [Size.usual, .small])
  func details(size: Size) {
    var console = Self.console(size: size)

    console.type("enter")

    Golden.expect(console, "legacy-keys-key", at: size)
  }

  @Test("shows an owner who left as left")
  func left() {
    var console = Self.console()

    console.type("/ 'wiki' enter")
    #expect(console.cursorRow.contains("(left) erin"))
    console.type("enter")

    #expect(console.text.contains("erin, left: deactivated"))
    #expect(console.text.contains("never seen in use"))
  }

  @Test(
    "is filtered by words, owner and state",
    arguments: [
      ("sync", 1), ("owner:carol", 3), ("state:disabled", 1), ("state:active owner:carol", 2),
    ])
  func filtering(text: String, count: Int) {
    var console = Self.console()

    console.type("f '\(text)' enter")

    #expect(console.text.contains("\(count) of 6 · filter “\(text)”"))
  }

  @Test("says which states there are where a filter has another")
  func unknownState() {
    var console = Self.console()

    console.type("f 'state:off'")

    #expect(
      console.words.contains(
        "state:off is no state of a key. They are active, disabled, retired."))
  }

  @Test("is sorted by label too")
  func sorting() {
    var console = Self.console()

    console.type("s down enter home")

    #expect(console.cursorRow.contains("> ci-deploy"))
    console.type("down")
    #expect(console.cursorRow.contains("> crm-sync"))
    console.type("down")
    #expect(console.cursorRow.contains("> fax"))
  }

  @Test("asks whether to switch off or to retire", arguments: [Size.usual, .large, .small])
  func dialog(size: Size) {
    var console = Self.console(size: size)

    console.type("d")

    Golden.expect(console, "legacy-keys-end", at: size)
    #expect(console.performed == [])
    console.type("enter")
    #expect(console.performed == [], "the focus begins on Cancel")
  }

  @Test("switches off what can be switched on again")
  func off() {
    var console = Self.console()

    console.type("d tab enter")
    #expect(console.performed == [.disableKeys(Self.ids("ci-deploy"))])
    #expect(console.footer == " 1 legacy key switched off. They can be switched on again.")
    #expect(console.cursorRow.contains("disabled"))

    console.type("e")
    #expect(console.performed.last == .enableKeys(Self.ids("ci-deploy")))
    #expect(console.footer == " 1 legacy key switched on.")
  }

  @Test("retires for good")
  func retire() {
    var console = Self.console()

    console.type("d tab tab enter")
    #expect(console.performed == [.retireKeys(Self.ids("ci-deploy"))])

    console.type("d")
    #expect(console.footer == " Retired for good already. A Bearer token takes its place.")
    console.type("e")
    #expect(console.footer == " Retired for good already. A Bearer token takes its place.")
  }

  @Test("does it to all that are marked, and names how many")
  func marks() {
    var console = Self.console()

    console.type("*")
    #expect(console.footer.contains("d switch off 6"))
    console.type("d")
    Golden.expect(console, "legacy-keys-end-many")
    console.type("tab enter")

    #expect(
      console.performed == [
        .disableKeys(Self.ids("ci-deploy", "crm-sync", "monthly", "wiki-export"))
      ], "what is off or retired stays as it is")
    #expect(console.footer.hasPrefix(" 4 legacy keys switched off."))
    #expect(!console.text.contains("marked"), "the marks are done with")
  }

  @Test("shows what is asked of several on a small terminal too")
  func manyOnSmall() {
    var console = Self.console(size: .small)

    console.type("* d")
    Golden.expect(console, "legacy-keys-end-many", at: .small)
    console.type("shift-tab 'ret'")

    #expect(console.text.contains("Type RETIRE  [ret"), "the field with the focus is in view")
  }

  @Test("retires several only once that was typed")
  func typed() {
    var console = Self.console()
    console.type("home space space d shift-tab 'retir' tab tab tab enter")
    #expect(console.performed == [], "the button is still shut")

    console.type("esc d shift-tab 'retire' tab tab tab enter")

    #expect(console.performed == [.retireKeys(Self.ids("ci-deploy", "crm-sync"))])
    #expect(console.footer == " 2 legacy keys retired for good.")
  }

  @Test("does it to marked keys that were never on the screen", arguments: [300, 1100])
  func farMarks(count: Int) {
    var site = SampleSite()
    site.keys = (1...count).map { .sample("key \($0)", used: Int64($0)) }
    var console = Self.console(site)

    console.type("down space * d")
    guard count == 300 else {
      #expect(console.footer.hasPrefix(" ! More than 1,000 rows are marked."))
      return
    }
    #expect(console.text.contains("Switch off or retire 299 legacy keys"))
    console.type("tab enter")

    guard case .disableKeys(let ids) = console.performed.last else {
      Issue.record("nothing was switched off")
      return
    }
    #expect(ids.count == 299 && !ids.contains(Identifier("key-key 2")))
  }

  @Test("copies the id, and shows what anybody wrote without obeying it")
  func hostile() {
    var site = SampleSite()
    site.keys = [
      .sample("\u{1B}]0;x\u{7}", owner: "carol", used: 60, agent: "curl\u{9B}2J\u{202E}")
    ]
    var console = Self.console(site)

    console.type("y enter")

    #expect(console.copied == ["key-\u{1B}]0;x\u{7}"], "a clipboard obeys nothing")
    #expect(console.text.contains(#"Legacy key \x1b]0;x\x07"#))
    #expect(console.text.contains(#"curl\x9b2J<U+202E>"#))
  }

  @Test("only retires what is switched off already")
  func offAlready() {
    var console = Self.console()

    console.type("/ 'old-export' enter")
    #expect(console.footer.contains("d retire"))
    console.type("d")
    #expect(console.text.contains("it is off already"))
    console.type("tab enter")

    #expect(console.performed == [.retireKeys(Self.ids("old-export"))])
  }

  @Test("says that nothing stops where the level refuses legacy keys anyway")
  func refused() throws {
    var site = Self.site()
    try site.revise(.level(.high))
    var console = Self.console(site)

    console.type("d")

    #expect(console.words.contains("legacy keys are refused anyway"))
    console.type("esc enter")
    #expect(console.words.contains("every legacy key is refused. Its program needs a Bearer token"))
  }

  /// CASES.md T07.
  @Test(
    "does nothing to a key that somebody else changed meanwhile", arguments: ["tab", "tab tab"])
  func changedMeanwhile(way: String) {
    var console = Self.console()
    console.type("d")
    console.site.keys[0] = console.site.keys[0].with(state: way == "tab" ? .disabled : .retired)
    console.site.lastChange += 1

    console.type("\(way) enter")

    #expect(console.footer == " ! " + Guidance.changedMeanwhile)
    #expect(!console.text.contains("Switch off or retire"))
    #expect(console.cursorRow.contains(way == "tab" ? "disabled" : "retired"), "it is shown anew")
  }

  /// CASES.md T07.
  @Test("leaves the details of a key that is gone")
  func gone() {
    var console = Self.console()
    console.type("enter")
    console.site.keys.removeFirst()
    console.site.lastChange += 1

    console.pass(seconds: 1)

    #expect(console.text.contains("Migration: legacy keys"))
    #expect(console.footer == " " + Guidance.goneMeanwhile)
  }

  @Test("is done from the details too")
  func fromDetails() {
    var console = Self.console()

    console.type("enter d tab enter")
    #expect(console.text.contains("disabled, until switched on again"))
    console.type("e")

    #expect(console.text.contains("State      active"))
    #expect(console.performed.count == 2)
  }

  @Test("is only read by somebody who may not manage all tokens", arguments: ["d", "e", "enter d"])
  func permission(keys: String) {
    var console = Self.console(Self.site().seen(by: "carol"))
    #expect(console.footer.contains("switch off"), "it is there, and says why not")

    console.type(keys)

    #expect(console.footer.contains("Your roles do not include Manage all tokens."))
    #expect(console.performed == [])
  }

  @Test("gives the command that lists or shows the same")
  func command() {
    var console = Self.console()
    console.type("c")
    #expect(console.text.contains("gatehouse key list"))

    console.type("esc enter c")
    #expect(console.text.contains("gatehouse key show key-ci-deploy"))
  }
}
