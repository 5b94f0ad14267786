import Access
import Console
import TerminalKit
import Testing

@Suite("The properties")
struct PropertiesScreenTests {
  @Test("look like this", arguments: [Size.usual, .large, .small])
  func golden(size: Size) {
    Golden.expect(ConsoleHarness(size: size, screen: .properties), "properties", at: size)
  }

  @Test("offer Bearer support on top until it is on")
  func bearer() {
    let site = SampleSite(SampleSite.policy(mode: .legacy))
    var console = ConsoleHarness(site, screen: .properties)
    Golden.expect(console, "properties-legacy")

    #expect(console.cursorRow.contains("> Enable Bearer support"))
    #expect(console.footer.hasPrefix(" Enter enable Bearer support"))
    console.type("enter")
    #expect(console.performed == [], "a dialog comes first")
  }

  @Test("are found by name, value or meaning, round the end")
  func finding() {
    var console = ConsoleHarness(screen: .properties)

    console.type("/ 'northw' enter")
    #expect(console.cursorRow.contains("> SiteName"))
    console.type("/ ctrl-u 'token' enter")
    #expect(console.cursorRow.contains("> TokenAudience"))
    console.type("n n")
    #expect(console.cursorRow.contains("> EmulateLegacyAPIKey"))
    #expect(console.footer.contains("going round"))
    console.type("/ ctrl-u 'nothing like it' enter")
    #expect(console.footer == " ! “nothing like it” is not in this list.")
  }

  @Test("are edited with the editor of their kind")
  func editors() {
    var console = ConsoleHarness(screen: .properties)

    console.type("down enter")
    Golden.expect(console, "property-bool")
    console.type("esc home enter")
    Golden.expect(console, "property-lifetime")
  }

  @Test("refuse a value that is none, and say what would be right")
  func refused() {
    var console = ConsoleHarness(screen: .properties)

    console.type("enter shift-tab ctrl-u 'soon' tab tab tab")

    #expect(console.text.contains("ConsoleIdleTimeout: “soon” is not a lifetime."))
    #expect(console.performed == [])
  }

  @Test("show what a change does before it does")
  func review() {
    var console = ConsoleHarness(screen: .properties)

    console.type("enter shift-tab ctrl-u '30m' tab tab tab enter")

    #expect(console.text.contains("ConsoleIdleTimeout: 15m to 30m"))
    #expect(console.performed == [])
  }

  @Test("changed by somebody else meanwhile are not changed again unseen")
  func changedMeanwhile() throws {
    var console = ConsoleHarness(screen: .properties)
    console.type("enter shift-tab ctrl-u '30m' tab tab tab")
    try console.site.revise(.property(.consoleIdleTimeout, "1h"))
    console.pass(seconds: 1)

    console.type("enter")

    #expect(
      console.footer.hasPrefix(" ! ConsoleIdleTimeout was changed to “1h” by somebody else"))
    #expect(console.performed == [])
  }

  @Test("are only read by somebody who may not manage settings")
  func permission() {
    var console = ConsoleHarness(SampleSite().seen(by: "carol"), screen: .properties)

    console.type("enter")

    #expect(console.footer.contains("Your roles do not include Manage settings."))
  }
}
