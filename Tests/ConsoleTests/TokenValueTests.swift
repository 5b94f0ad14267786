import Access
import Console
import TerminalKit
import Testing

@Suite("A token's value")
struct TokenValueTests {
  static let value = SampleSite.tokenValue

  /// A console that has just made a token.
  static func made(size: Size = .usual, remote: String? = nil) -> ConsoleHarness {
    var console = ConsoleHarness(size: size, screen: .tokens, remote: remote)
    console.type("a tab 'ci-deploy-2' tab tab tab tab tab tab enter")
    return console
  }

  /// Whatever the whole state holds, spelled out.
  static func contents(_ console: ConsoleHarness) -> String {
    var text = ""
    dump(console.state, to: &text)
    return text
  }

  // MARK: - Once

  @Test(
    "is shown whole, as one run that a mouse selection joins",
    arguments: [Size.usual, .large, .small])
  func shown(size: Size) throws {
    let console = Self.made(size: size)

    Golden.expect(console, "token-value", at: size)
    let run = try #require(console.frame.wrappedRun)
    #expect(run.text.string == Self.value)
    let rows = console.rows[run.firstRow..<run.firstRow + run.rowCount]
    #expect(rows.joined() == Self.value, "full-width lines with nothing beside them")
  }

  @Test("is not shown at all where there is no room for all of it")
  func tooSmall() {
    var site = SampleSite()
    site.now = SampleSite.start
    var console = Self.made(size: .small)
    let run = console.frame.wrappedRun
    #expect(run != nil)

    console.resize(58, 14)
    #expect(console.frame.wrappedRun == nil)
    console.resize(80, 24)
    #expect(console.frame.wrappedRun?.text.string == Self.value, "it waits")
  }

  @Test("asks before it is left without proof", arguments: ["esc", "enter", "ctrl-c"])
  func asksFirst(key: String) {
    var console = Self.made()

    console.type(key)
    Golden.expect(console, "token-value-leaving")
    console.type("enter")
    #expect(console.text.contains("Paste it back"), "Stay has the focus")

    console.type("esc tab enter")
    #expect(console.text.contains("Authorizations"))
  }

  @Test("is proven by pasting it back, and then left without a question")
  func proven() {
    var console = Self.made()

    console.paste(Self.value + "\n")
    #expect(console.text.contains("That is it, whole."))
    #expect(!Self.contents(console).contains(Self.value.prefix(40) + "x"))

    console.type("enter")
    #expect(console.text.contains("Authorizations"))
  }

  @Test("offers to revoke it until it is known to be somewhere else", arguments: ["", "w esc"])
  func revoking(keys: String) {
    var console = Self.made()
    #expect(console.text.contains("revoke it now"))

    console.paste(Self.value)
    console.type(keys)
    #expect(!console.text.contains("revoke it now"))

    console.type("shift-tab shift-tab enter")
    #expect(console.text.contains("Authorizations"), "Done is the only button")
  }

  @Test(
    "says what is wrong with what was pasted",
    arguments: [
      (String(SampleSite.tokenValue.dropLast(7)), "characters: cut off."),
      (SampleSite.tokenValue + "x", "It goes on after the token's end"),
      (SampleSite.tokenValue.prefix(80) + "\n" + SampleSite.tokenValue.dropFirst(80), "not joined"),
      ("x" + SampleSite.tokenValue, "Not the same from character 1 on."),
    ])
  func differs(pasted: String, verdict: String) {
    var console = Self.made()

    console.paste(pasted)

    #expect(console.text.contains(verdict))
    console.type("esc")
    #expect(console.text.contains("Leave without proof?"))
  }

  @Test("goes to the clipboard on y, but a y typed into the field is a letter")
  func clipboard() {
    var console = Self.made()
    console.type("y")
    #expect(console.copied == [Self.value])

    console.type("shift-tab y")
    #expect(console.copied.count == 1)
  }

  @Test("is written to a new file only where there is no SSH")
  func file() {
    var console = Self.made()
    console.type("w")
    Golden.expect(console, "token-value-file")
    console.type("tab tab enter")
    #expect(console.written == ["~/ci-deploy-2.token": Secret(Self.value.utf8)])
    #expect(console.words.contains("for you alone to read"))
    #expect(console.text.contains("It is in the file, whole."))
    #expect(!console.text.contains("revoke it now"))
    console.type("enter")
    #expect(console.text.contains("Authorizations"), "it is held, so nothing is asked")

    var remote = Self.made(remote: "gatehouse@ops-1")
    remote.type("w")
    #expect(remote.words.contains("over SSH"))
    #expect(remote.written.isEmpty)
  }

  @Test("never overwrites a file")
  func fileExists() {
    var console = Self.made()
    console.type("w tab tab enter w tab tab enter")

    #expect(console.words.contains("exists and is never overwritten"))
  }

  @Test("is of no use any more once it is revoked for want of a copy")
  func revoke() {
    var console = Self.made()

    console.type("tab enter")

    #expect(
      console.performed.last
        == .revokeTokens(
          [Identifier("token-ci-deploy-2")], reason: "could not be copied when it was shown"))
    #expect(console.text.contains("Authorizations"))
  }

  @Test("is nowhere once its screen is closed")
  func wiped() {
    var console = Self.made()
    console.paste(Self.value)
    console.type("enter")

    #expect(console.frame.wrappedRun == nil)
    #expect(!console.text.contains(Self.value.prefix(20)))
    #expect(!Self.contents(console).contains(Self.value.prefix(20)))
    #expect(console.cursorRow.contains("ci-deploy-2"), "the cursor is on what was made")
  }

  // MARK: - Pasted to find its row

  @Test("pasted into the filter finds its row, and is neither shown nor kept")
  func pasted() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("f")
    console.paste(" \(Self.value)\n")

    #expect(console.cursorRow.contains("grafana-pull"))
    #expect(console.text.contains("filter “id:token-grafana-pull”"))
    #expect(!console.text.contains("eyJ"))
    #expect(!Self.contents(console).contains("eyJ"))
  }

  @Test("of somebody else shows everyone's tokens")
  func pastedOthers() {
    var console = ConsoleHarness(screen: .tokens)
    console.site.pastedID = "token-nightly"

    console.type("f")
    console.paste(Self.value)

    #expect(console.cursorRow.contains("nightly"))
    #expect(console.text.contains("everyone's 1 of 5"))
    #expect(console.words.contains("of carol"))
  }

  @Test("of nobody here, or cut off, is dropped with a word")
  func pastedUnknown() {
    var console = ConsoleHarness(screen: .tokens)
    console.site.pastedID = "none"
    console.type("f")
    console.paste(Self.value)
    #expect(console.words.contains("No token here has that value"))

    let before = console.asked.count
    console.type("f")
    console.paste(String(Self.value.prefix(90)))
    #expect(console.words.contains("not like a whole one"))
    #expect(console.asked.count == before)
    #expect(!Self.contents(console).contains("eyJ"))
  }

  @Test("that a terminal types key by key is hidden, and looked up on Enter")
  func typed() {
    var console = ConsoleHarness(screen: .tokens)

    console.type("f '\(Self.value)'")
    #expect(console.words.contains("Token ["))
    #expect(!console.text.contains("sample0token1value2"))

    console.type("enter")
    #expect(console.text.contains("filter “id:token-grafana-pull”"))
  }

  @Test("is found by its id too, as gateways pass that on")
  func pastedID() {
    var console = ConsoleHarness(screen: .tokens)
    let id = "AbCdEfGhIjKlMnOpQrStUv"
    let row = TokenRow.sample("by-id", owner: "carol")
    console.site.tokens.append(
      TokenRow(
        id: id, name: row.name, purpose: "", owner: row.owner, scope: row.scope,
        createdAt: row.createdAt, expiresAt: row.expiresAt, state: row.state, lastUsedAt: nil,
        lastSource: nil, uses: 0, revocation: nil,
        cursor: RowCursor(key: row.cursor.key, id: id)))

    console.type("f")
    console.paste(id)

    #expect(console.cursorRow.contains("by-id"))
  }
}
