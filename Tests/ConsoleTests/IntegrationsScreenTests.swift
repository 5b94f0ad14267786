import Access
import Console
import TerminalKit
import Testing

@Suite("The essential integrations")
struct IntegrationsScreenTests {
  private func console(
    _ site: SampleSite = SampleSite(), _ size: Size = .usual
  ) -> ConsoleHarness {
    var console = ConsoleHarness(site, size: size, screen: .security)
    console.type("i")
    return console
  }

  @Test("look like this", arguments: [Size.usual, .large, .small])
  func golden(size: Size) {
    Golden.expect(console(SampleSite(), size), "integrations", at: size)
  }

  @Test("say what they will hold and the key that fills them")
  func empty() {
    var site = SampleSite()
    site.integrations = []

    Golden.expect(console(site), "integrations-empty")
  }

  @Test("are added with the account, its networks and a day of review")
  func add() {
    var console = console()
    console.type("a")
    Golden.expect(console, "integration-new")

    console.type("tab 'wiki' tab 'Old wiki' tab '10.2.0.0/24, 2001:db8::/32' tab 'carol'")
    Golden.expect(console, "integration-ready")
    console.type("tab tab tab enter")

    guard case .addIntegration(let draft)? = console.performed.last else {
      Issue.record("nothing was added")
      return
    }
    #expect(draft.login == "wiki")
    #expect(draft.networks.map(\.description) == ["10.2.0.0/24", "2001:db8::/32"])
    #expect(draft.reviewDate.description == "2027-02-21")
    #expect(console.text.contains("wiki "))
  }

  @Test(
    "are refused with what is wrong",
    arguments: [
      ("", "Wiki", "10.2.0.0/24", "2027-01-01", "Account: write the login"),
      ("No Login", "Wiki", "10.2.0.0/24", "2027-01-01", "is not a login."),
      ("wiki", "", "10.2.0.0/24", "2027-01-01", "purpose"),
      ("wiki", "Wiki", "", "2027-01-01", "needs at least one network"),
      ("wiki", "Wiki", "10.2.0.0/33", "2027-01-01", "10.2.0.0/33"),
      ("wiki", "Wiki", "10.2.0.0/24", "2027-02-29", "write a day that exists"),
    ])
  func wrong(login: String, purpose: String, network: String, review: String, text: String) {
    var console = console()

    console.type("a tab '\(login)' tab '\(purpose)' tab '\(network)' tab 'carol' tab ctrl-u")
    console.type("'\(review)'")

    #expect(console.words.contains(text))
    console.type("tab tab")
    #expect(!console.cursorRow.contains("[ Cancel ]"), "Add cannot be pressed")
    #expect(console.performed == [])
  }

  @Test("warn of a day of review that is past")
  func past() {
    var console = console()

    console.type("enter shift-tab ctrl-u '2026-11-22'")

    #expect(console.words.contains("That day is past"))
  }

  @Test("are edited as they are")
  func edit() {
    var console = console()
    console.type("enter")
    Golden.expect(console, "integration-edit")

    console.type("tab tab end ' and more' shift-tab shift-tab")

    #expect(console.performed == [])
  }

  @Test("T07: changed by somebody else meanwhile are not changed again unseen")
  func changedMeanwhile() {
    var console = console()
    console.type("enter")
    console.site.integrations[0] = .sample("crm", purpose: "Taken over")

    console.type("tab tab enter")
    #expect(console.performed == [])

    console.type("esc enter tab tab")
    console.site.integrations[0] = .sample("crm", purpose: "And again")
    console.type("esc R enter shift-tab shift-tab")

    #expect(console.performed == [])
  }

  @Test("T07: say that somebody else changed the entry, and take it with the next press")
  func editedMeanwhile() {
    var console = console()
    console.type("enter")
    console.site.integrations[0] = .sample("crm", purpose: "Taken over")

    console.type("tab enter")
    #expect(console.footer.contains("Somebody else changed the entry just now."))
    #expect(console.performed == [])
    console.type("enter")

    #expect(console.performed.count == 1)
  }

  @Test("ask before one is removed, and say what stops", arguments: ["standard", "high"])
  func remove(level: String) throws {
    let level = try #require(SecurityLevel(rawValue: level))
    var console = console(SampleSite(SampleSite.policy(level: level)))
    console.type("d")
    Golden.expect(console, "integration-remove-\(level)")
    console.type("enter")
    #expect(console.performed == [])

    console.type("d tab enter")

    #expect(console.performed == [.removeIntegration("crm")])
    #expect(console.cursorRow.contains("> payroll"))
  }

  @Test("T07: gone meanwhile are not removed again")
  func goneMeanwhile() {
    var console = console()
    console.type("d")
    console.site.integrations.removeFirst()

    console.type("tab enter")

    #expect(console.footer.contains("Somebody else took it off the list just now."))
    #expect(console.performed == [])
  }

  @Test("are only read by somebody who may not manage settings")
  func permission() {
    var console = console(SampleSite().seen(by: "carol"))

    for key in ["a", "e", "d", "enter"] {
      console.type(key)
      #expect(console.footer.contains("Your roles do not include Manage settings."))
    }
  }

  @Test("are copied by their login")
  func copy() {
    var console = console()

    console.type("down y")

    #expect(console.copied == ["payroll"])
  }
}
