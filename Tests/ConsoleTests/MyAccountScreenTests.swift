import Access
import Console
import TerminalKit
import Testing

@Suite("My account")
struct MyAccountScreenTests {
  @Test("sets one's own password, typed twice the same")
  func password() {
    var console = ConsoleHarness(screen: .account)
    console.type("p shift-tab shift-tab 'longenough' tab 'longenougg'")
    #expect(console.text.contains("The two are not the same yet."))
    #expect(!console.text.contains("longen"), "what is typed is not shown")

    console.type("backspace 'h' tab tab enter")

    #expect(
      console.performed == [.setPassword(SampleSite.name("alice"), Secret("longenough".utf8))])
    #expect(console.footer == " The password of alice is set.")
  }

  @Test("says why there is no access to the API, and whom to ask")
  func noAccess() {
    var site = SampleSite().seen(by: "dave")
    site.contact = "bob"
    let console = ConsoleHarness(site, screen: .account)

    Golden.expect(console, "account-member")
  }

  @Test("scrolls where not all of it fits")
  func scrolling() {
    var console = ConsoleHarness(size: .small, screen: .account)
    #expect(!console.text.contains("Manage roles and accounts"))

    console.type("end")

    #expect(console.text.contains("Manage roles and accounts"))
  }
}
