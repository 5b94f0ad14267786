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

  @Test("are added from a file of the host, whose path is typed in the key's place")
  func file() {
    var console = ConsoleHarness(screen: .account)
    console.files["/home/alice/key.pub"] = Self.line + "\n"
    console.type("enter a shift-tab '~/none.pub' tab tab enter")
    #expect(console.text.contains("“~/none.pub” cannot be read"))
    #expect(console.performed.isEmpty)
    console.type("esc a shift-tab '/home/alice/key.pub' tab tab enter")
    #expect(
      console.performed == [.addSSHKey(SampleSite.name("alice"), text: Self.line + "\n")])
  }

  @Test("come by pasting only where the console itself is reached over SSH")
  func remote() {
    var console = ConsoleHarness(screen: .account, remote: "gatehouse@ops-1")
    console.type("enter a")
    #expect(!console.words.contains("its path does as well"))
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
