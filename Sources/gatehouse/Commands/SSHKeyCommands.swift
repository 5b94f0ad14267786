import Access
import ArgumentParser

/// The keys with which people come in over SSH; your own, or with the right to, everyone's.
struct SSHKeyCommand: ParsableCommand {
  static let configuration = noun(
    "ssh-key", "The keys with which an account comes in over SSH.",
    [Add.self, List.self, Remove.self])

  struct Add: DeskCommand {
    static let configuration = verb("add", "Let an account in with a public key.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Whose.") var login: String
    @Argument(
      help: "The public key's file, like ~/.ssh/id_ed25519.pub; - is standard input.",
      completion: .file())
    var file: String

    func run(at desk: Desk) throws {
      let text = try FileReading.text(try desk.world.input.content(file), of: file)
      try desk.report(
        try desk.perform(.addSSHKey(try Login(parsing: login), text: text)))
    }
  }

  struct List: DeskCommand {
    static let configuration = verb("list", "List an account's keys.")
    static let onlyReads = true
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Whose; else yours.") var login: String?

    func run(at desk: Desk) throws {
      let login = try login ?? desk.session().account.login.text
      try desk.show(try desk.account(login).sshKeys, as: .sshKeys(desk.world.clock))
    }
  }

  struct Remove: DeskCommand {
    static let configuration = verb("remove", "Let nobody in with a key any more, at once.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The key's id.") var id: String

    func run(at desk: Desk) throws {
      try desk.report(try desk.perform(.removeSSHKey(Identifier(id))))
    }
  }
}
