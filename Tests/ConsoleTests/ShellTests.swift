import Access
import Console
import TerminalKit
import Testing

@Suite("The console")
struct ShellTests {
  @Test("tells whoever holds tokens as it opens which end soon")
  func endingTokens() {
    var console = ConsoleHarness(screen: .overview, tellsEnding: true)
    #expect(
      console.footer == " Your token ci-deploy ends in 12d. 5 shows it; r makes its successor.")
    console.type("5")
    #expect(console.text.contains("ci-deploy"))

    var site = SampleSite()
    site.tokens += [.sample("another", ends: .days(3), state: .expiring)]
    console = ConsoleHarness(site, screen: .overview, tellsEnding: true)
    #expect(console.footer.hasPrefix(" 2 of your tokens end soon, "))
    site.tokens = []
    console = ConsoleHarness(site, screen: .overview, tellsEnding: true)
    #expect(console.footer.contains("Enter"))
  }

  @Test("shows only the tabs one may see")
  func tabs() {
    let site = SampleSite().seen(by: "dave")

    let console = ConsoleHarness(site)

    #expect(console.rows[1] == " 0 My account")
    #expect(console.text.contains("Your roles do not include Use REST API"))
    #expect(console.words.contains("alice can grant it."))
  }

  @Test("claims nothing in its first frame of what it has not read")
  func firstFrame() {
    let site = SampleSite().seen(by: "dave")
    var console = ConsoleHarness(site, knowsSurroundings: false)
    #expect(console.words.contains("Your roles do not include Use REST API, so there is nothing"))
    #expect(!console.words.contains("can grant it"))
    #expect(!console.words.contains("Nobody is named"))
    console.release()
    #expect(console.words.contains("alice can grant it."))
    #expect(console.asked.count { $0 == .session } == 1)
  }

  @Test("goes to a place by the beginning of its name")
  func command() {
    var console = ConsoleHarness(screen: .account)

    console.type(": 'overv' tab")
    #expect(console.footer.hasPrefix(" :[overview"))
    console.type("enter")

    #expect(console.state.place == .overview)
  }

  @Test("names the places where it knows none of that name")
  func unknownCommand() {
    var console = ConsoleHarness(screen: .account)

    console.type(": 'nowhere' enter")

    #expect(console.footer.hasPrefix(" ! “nowhere” is no screen here. Type one of account"))
    console.type("down")
    #expect(!console.footer.contains("nowhere"), "an error stays until a key")
  }

  @Test("quits on Q at once, and on q only after asking")
  func quitting() {
    var console = ConsoleHarness(screen: .account)

    console.type("q")
    #expect(console.text.contains("Quit Gatehouse?"))
    console.type("enter")
    #expect(console.farewell == nil, "the focus is on Stay")
    console.type("Q")

    #expect(console.farewell == .asked)
  }

  @Test("never quits on Ctrl-C or Esc")
  func escape() {
    var console = ConsoleHarness(screen: .account)

    console.type("esc ctrl-c esc ctrl-c")

    #expect(console.farewell == nil)
  }

  @Test("takes letters for words, not for actions, while a line is typed")
  func typing() {
    var console = ConsoleHarness(screen: .account)

    console.type(": 'Q'")

    #expect(console.farewell == nil)
    #expect(console.footer.hasPrefix(" :[Q"))
  }

  @Test("drops what is pasted where no field is, and says so")
  func paste() {
    var console = ConsoleHarness(screen: .account)

    console.paste("Q\nQ\n")

    #expect(console.farewell == nil)
    #expect(console.footer.hasPrefix(" ! Nothing here takes pasted text."))
  }

  @Test("takes Alt with a letter for Esc, as tmux sends it")
  func alt() {
    var console = ConsoleHarness(screen: .account)
    console.type("?")

    console.send(.key(.alt("Q")))

    #expect(console.farewell == nil)
    #expect(!console.text.contains("Keys: My account"))
  }

  @Test("lets go of an information after four seconds, and of an error only on a key")
  func messages() {
    var console = ConsoleHarness(screen: .account)
    console.send(.note(.information, "Nothing to return to."))
    console.pass(seconds: 3)
    #expect(console.footer.contains("Nothing to return to."))
    console.pass(seconds: 1)
    #expect(!console.footer.contains("Nothing to return to."))

    console.send(.note(.error, "The disk is full."))
    console.pass(seconds: 60)

    #expect(console.footer == " ! The disk is full.")
  }

  @Test("logs out after the idle timeout, and not a second before")
  func idle() {
    var console = ConsoleHarness(screen: .account)
    console.pass(seconds: 14 * 60 + 59)
    #expect(console.farewell == nil)

    console.pass(seconds: 1)

    #expect(
      console.farewell?.text
        == "Logged out after 15 minutes without a key. Nothing unsaved was applied.")
  }

  @Test("warns a minute before that, until a key comes")
  func idleWarning() {
    var console = ConsoleHarness(screen: .account)
    console.pass(seconds: 14 * 60 - 1)
    #expect(!console.footer.contains("Logging out"))
    console.pass(seconds: 1)
    #expect(
      console.footer == " ! Logging out in 60 seconds without a key. Any key keeps this open.")
    console.pass(seconds: 30)
    #expect(console.footer.contains("Logging out"))

    console.type("down")
    #expect(!console.footer.contains("Logging out"))
    console.pass(seconds: 14 * 60 - 1)
    #expect(!console.footer.contains("Logging out"))
    console.pass(seconds: 1)
    #expect(console.footer.contains("Logging out"))
  }

  @Test("counts idleness from the last key")
  func idleAfterKey() {
    var console = ConsoleHarness(screen: .account)
    console.pass(seconds: 10 * 60)
    console.type("down")

    console.pass(seconds: 10 * 60)

    #expect(console.farewell == nil)
  }

  @Test("logs out after twelve hours, however busy")
  func longest() {
    var site = SampleSite()
    site.revisions[1] = RevisedPolicy(
      revision: site.revisions[1].revision, policy: Self.neverIdle(site.policy))
    var console = ConsoleHarness(site, screen: .account)
    console.pass(seconds: 12 * 3600 - 1)
    #expect(console.farewell == nil)
    #expect(console.footer.contains("This session ends in"))

    console.pass(seconds: 1)

    #expect(console.farewell == .tooLong(.hours(12)))
  }

  private static func neverIdle(_ policy: Policy) -> Policy {
    var policy = policy
    policy.properties.consoleIdleTimeout = nil
    return policy
  }

  @Test("does nothing that was typed ahead of a dialog")
  func typedAhead() {
    var console = ConsoleHarness(screen: .account)

    console.type("?")

    #expect(console.flushes == 1)
  }

  @Test("hands what Ctrl-Z and Ctrl-L ask for to the terminal")
  func terminal() {
    var console = ConsoleHarness(screen: .account)

    console.type("ctrl-z ctrl-l")

    #expect(console.suspensions == 1)
    #expect(console.repaints == 1)
  }

  @Test("shows the command that does the same, also as typed from one's own machine")
  func commandLine() {
    var console = ConsoleHarness(screen: .account, remote: "gatehouse@ops-1")

    console.type("c")
    #expect(console.text.contains("ssh gatehouse@ops-1 whoami"))
    console.type("tab enter")

    #expect(console.copied == ["ssh gatehouse@ops-1 whoami"])
  }

  @Test("changes nothing with --read-only, and says so before anything is filled in")
  func readOnly() {
    var console = ConsoleHarness(screen: .account, isReadOnly: true)
    console.type("?")
    #expect(!console.footer.contains("only looks"))
    console.type("esc p")
    #expect(
      console.footer == " ! This console only looks: nothing of this can be applied in it.")
    console.type("esc")

    console.type("p tab tab tab tab 'longenough' tab 'longenough' tab tab enter")

    #expect(console.performed == [])
    #expect(console.rows[0].contains("read-only"))
  }

  @Test("says before anything is filled in why nothing can be changed in the site by anybody")
  func obstacle() {
    var console = ConsoleHarness(screen: .account)
    console.send(.obstacle("An older copy lies here."))
    #expect(console.footer == " ! An older copy lies here.")
    #expect(console.rows[0].contains("read-only"))
    console.type("?")
    #expect(!console.footer.contains("older copy"))
    console.type("esc p")
    #expect(console.footer == " ! An older copy lies here.")
  }

  @Test("leaves a place that a change of roles took away, and says so")
  func lostPlace() throws {
    var console = ConsoleHarness(screen: .overview)
    console.site.accounts[0] = console.site.accounts[0].with(roles: ["Member"])
    console.site.lastChange += 1

    console.pass(seconds: 1)

    #expect(console.state.place == .account)
    #expect(console.footer.contains("Your roles no longer include Overview."))
  }

  @Test("ends the session of an account that may no longer log in")
  func deactivated() {
    var console = ConsoleHarness(screen: .account)
    console.site.answers[.session] = .failure(
      FailureText("The account “alice” is deactivated.", kind: .notPermitted))

    console.pass(seconds: 1)

    #expect(
      console.farewell?.text
        == "Logged out. The account “alice” is deactivated. Nothing unsaved was applied.")
  }

  @Test("keeps each place as it was left")
  func kept() {
    var console = ConsoleHarness(screen: .properties)
    console.type("down down down")
    let before = console.text

    console.type("0 1 end 2")

    #expect(console.text == before)
    #expect(console.cursorRow.contains("> ExpiryNotice"))
  }

  @Test("goes on with a line that was being typed when the terminal was too small for it")
  func keptWhileTooSmall() {
    var console = ConsoleHarness(screen: .properties)
    console.type("/ 'site'")

    console.resize(20, 5)
    console.type("'x' enter esc")
    console.resize(80, 24)

    #expect(console.footer.hasPrefix(" Find [site_"))
  }
}
