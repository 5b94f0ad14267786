import Access
import Console
import TerminalKit
import Testing

@Suite("SSH keys")
struct SSHKeysScreenTests {
  private static let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKwarAS4 alice@phone"

  @Test("are listed from one's own account, and one is added by pasting it")
  func add() {
    var console = ConsoleHarness(screen: .account)
    console.type("enter")
    Golden.expect(console, "ssh-keys")

    console.type("a shift-tab")
    console.paste(Self.line + "\n")
    Golden.expect(console, "ssh-key-add")
    console.type("tab tab enter")

    #expect(console.performed == [.addSSHKey(SampleSite.name("alice"), text: Self.line)])
    #expect(console.text.contains("alice@phone"))
  }

  @Test("that are refused stay in the field, with the reason")
  func refused() {
    var site = SampleSite()
    site.refusal = FailureText("This key opens the account “bob” already.")
    var console = ConsoleHarness(site, screen: .account)
    console.type("enter a shift-tab")
    console.paste(Self.line)
    console.type("tab tab enter")
    #expect(console.text.contains("opens the account “bob” already"))
    #expect(console.text.contains("ssh-ed25519 AAAAC3"))
  }

  @Test("are removed only after a question, whose focus is on Cancel")
  func remove() {
    var console = ConsoleHarness(screen: .account)
    console.type("enter d")
    Golden.expect(console, "ssh-key-remove")
    console.type("enter")
    #expect(console.performed.isEmpty)
    console.type("d tab enter")
    #expect(console.performed == [.removeSSHKey(Identifier("ssh-alice@laptop"))])
    Golden.expect(console, "ssh-keys-none")
  }

  @Test("of another account are reached from it")
  func others() {
    var console = ConsoleHarness(screen: .accounts)
    console.type("enter down down enter")
    #expect(console.text.contains("SSH keys of"))
  }
}
