import Access
import ArgumentParser
import Glibc

/// What sshd calls; see the set-up in the README.
struct SSHCommand: ParsableCommand {
  static let configuration = noun(
    "ssh", "What sshd calls, to let people in and to run what they ask for.",
    [AuthorizedKeys.self, Session.self])

  struct AuthorizedKeys: WorldCommand {
    static let configuration = verb(
      "authorized-keys", "Answer sshd's AuthorizedKeysCommand with %u %t %k.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Whom sshd wants to let in: %u.") var user: String
    @Argument(help: "The type of the key that is offered: %t.") var type: String
    @Argument(help: "The key in base64: %k.") var key: String

    func run(in world: World) throws {
      // Only the user that owns the data opens the console.
      guard user == world.userName else { return }
      // Not for reading only: after an update, this may be what comes first.
      let door = try world.doors.open(global.location(in: world).path, false)
      guard let (id, line) = try door.authorizedKey(type: type, encoded: key) else { return }
      var words = [world.program]
      if let database = global.database { words += ["--database", database] }
      words += ["ssh", "session", id.text]
      if let word = words.first(where: { !Self.isPlain($0) }) { throw UnsafeWord(word: word) }
      try world.output.line("restrict,pty,command=\"\(words.joined(separator: " "))\" \(line)")
    }

    /// Whether a shell and sshd's own quotes leave a word as it is.
    private static func isPlain(_ word: String) -> Bool {
      !word.isEmpty
        && word.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"):
            true
          default: false
          }
        }
    }
  }

  struct Session: WorldCommand {
    static let configuration = verb(
      "session", "Open the console for the owner of a key, or run SSH_ORIGINAL_COMMAND.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The key's id.") var key: String

    func run(in world: World) throws {
      let remote = Remote(
        key: Identifier(key), location: global.location(in: world),
        source: ProcessEnvironment.source(world.environment, user: world.userName))
      if !world.suspicious.isEmpty {
        // They are of no effect, and what was asked for is done all the same.
        remote.record("variables: \(world.suspicious.joined(separator: ", "))", in: world)
      }
      let status = remote.run(world.environment("SSH_ORIGINAL_COMMAND") ?? "", in: world)
      if status != 0 { throw AlreadyTold(status: status) }
    }
  }
}

/// A path that would be read as something else in an `authorized_keys` line.
struct UnsafeWord: Failure {
  let word: String

  var description: String {
    """
    “\(Visible.text(word))” cannot stand in sshd's command: use a path of letters, digits and / . _ - +.
    """
  }

  var exitCode: Access.ExitCode { .unusable }
}
