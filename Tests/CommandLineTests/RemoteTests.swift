import Access
import Testing

@testable import gatehouse

@Suite("What somebody asks for over SSH")
struct RemoteTests {
  @Test(
    "is split into words as a shell would, with nothing expanded",
    arguments: [
      ("token list --json", ["token", "list", "--json"]),
      ("  a\tb  ", ["a", "b"]), ("", []), ("''", [""]), ("a''b\"c\"", ["abc"]),
      ("'a b' \"c d\" e\\ f", ["a b", "c d", "e f"]), ("'$(id)'", ["$(id)"]),
      ("\"a\\\"b\\\\c\\n\"", ["a\"b\\c\\n"]), ("a\\;b", ["a;b"]), ("a#b a~b", ["a#b", "a~b"]),
      ("'naïve 🔑'", ["naïve 🔑"]), ("--note=x=y,z:1", ["--note=x=y,z:1"]),
    ])
  func words(text: String, words: [String]) throws {
    #expect(try ShellWords.split(text) == words)
  }

  @Test(
    "S01: is refused where only a shell would know what it means",
    arguments: [
      ("whoami; id", ";"), ("whoami & id", "&"), ("whoami | id", "|"), ("whoami > f", ">"),
      ("whoami < f", "<"), ("$(id)", "$"), ("a\"$(id)\"", "$"), ("`id`", "`"), ("\"`id`\"", "`"),
      ("whoami\nid", "\n"), ("whoami\rid", "\r"), ("a*", "*"), ("a?", "?"), ("[a]", "["),
      ("{a,b}", "{"), ("~/a", "~"), ("#a", "#"), ("!a", "!"), ("(id)", "("), ("a\u{1B}", "\u{1B}"),
    ])
  func special(text: String, character: Character) {
    #expect(throws: ShellWordsError.special(character)) { try ShellWords.split(text) }
  }

  @Test("is refused with a quote that does not end", arguments: ["'a", "\"a", "a\\", "a\\\n"])
  func open(text: String) {
    #expect(throws: ShellWordsError.openQuote) { try ShellWords.split(text) }
  }

  @Test("is refused where it is not text")
  func notText() {
    #expect(throws: ShellWordsError.notText) { try ShellWords.split("a\u{FFFD}") }
  }

  @Test("S02: has an environment of what is let through, with values that can be meant")
  func environment() {
    let sent = [
      "TERM": "xterm-256color", "LANG": "de_DE.UTF-8", "LC_ALL": "%n", "LANGUAGE": "../../etc",
      "LC_CTYPE": "C.UTF-8", "TZ": "Europe/Berlin", "NO_COLOR": "", "LD_PRELOAD": "/tmp/x.so",
      "GATEHOUSE_DATABASE": "/tmp/own.db", "PATH": "/tmp", "HOME": "/tmp", "TERMINFO": "/tmp",
      "SSH_CLIENT": "10.0.0.1 5 22", "SSH_ORIGINAL_COMMAND": "whoami", "XDG_DATA_HOME": "/tmp",
    ]
    #expect(
      RemoteEnvironment.filtered(sent) == [
        "TERM": "xterm-256color", "LANG": "de_DE.UTF-8", "LC_CTYPE": "C.UTF-8",
        "TZ": "Europe/Berlin", "NO_COLOR": "", "SSH_CLIENT": "10.0.0.1 5 22",
        "SSH_ORIGINAL_COMMAND": "whoami",
      ])
    #expect(
      RemoteEnvironment.suspicious(in: sent) == ["GATEHOUSE_*", "LD_*", "LC_ALL"])
    #expect(RemoteEnvironment.suspicious(in: ["LC_ALL": "", "TERM": "xterm", "FOO": "x"]).isEmpty)
    for zone in ["/etc/shadow", ":/etc/shadow", "../../etc/shadow", "a/../../b", "", "UTC\u{0}"] {
      #expect(RemoteEnvironment.filtered(["TZ": zone]).isEmpty)
    }
    for term in ["../x", "/tmp/x", "x y", String(repeating: "x", count: 65), "x\u{1B}"] {
      #expect(RemoteEnvironment.filtered(["TERM": term]).isEmpty)
    }
  }
}

@Suite("Over SSH")
struct RemoteSessionTests {
  private static let line =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKwarAS4CREqf4RBu9EI67ezD4tVfPHoZbI7Lio1OMi1"
  private static let other =
    """
    ecdsa-sha2-nistp256 \
    AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMULjEqzb8LCBbWd7jXH+YIbg8hp7sbuifDz+h9cGFaMPwWF/tQdAa8/EV7Uh4tFIJUywZtecWfTUCD/SFSJDAY=
    """

  private let site: CommandSite
  private let key: String

  init() throws {
    site = try CommandSite()
    try site.prepare(["account", "add", "alice", "--role", "Site Administrator"])
    key = try #require(try Self.add(Self.line, to: "alice", at: site))
  }

  /// The id of a key that was added.
  private static func add(_ line: String, to login: String, at site: CommandSite) throws -> String?
  {
    try site.run("account", "ssh-key", "add", login, "-", "--json", input: Array(line.utf8))
      .object()["id"] as? String
  }

  /// Runs what sshd would for the owner of the key.
  private func session(_ command: String, input: [UInt8]? = nil) -> Run {
    let database = site.database
    return site.run("ssh", "session", key, "--database", database, input: input) { world in
      world.environment = { name in
        ["SSH_ORIGINAL_COMMAND": command, "SSH_CLIENT": "203.0.113.9 50000 22"][name]
      }
    }
  }

  private func offer(_ line: String, to user: String = "mira") -> Run {
    let words = line.split(separator: " ").map(String.init)
    return site.run("ssh", "authorized-keys", user, words[0], words[1])
  }

  @Test("sshd is told one line for a key that is known, and nothing for any other")
  func authorizedKeys() throws {
    #expect(
      offer(Self.line).output
        == "restrict,pty,command=\"/usr/bin/gatehouse ssh session \(key)\" \(Self.line)\n")
    #expect(offer(Self.other).output.isEmpty)
    #expect(offer(Self.line, to: "root").output.isEmpty)
    let run = site.run("ssh", "authorized-keys", "mira", "ssh-ed25519", "AAAA\" command=\"sh")
    #expect(run.status == 0 && run.output.isEmpty)
    try site.prepare(["account", "deactivate", "alice"])
    #expect(offer(Self.line).output.isEmpty)
    try site.prepare(["account", "reactivate", "alice"])
    #expect(!offer(Self.line).output.isEmpty)
    try site.prepare(["account", "ssh-key", "add", "mira", try site.file(Self.other.utf8)])
    try site.prepare(["account", "ssh-key", "remove", key])
    #expect(offer(Self.line).output.isEmpty)
  }

  @Test("a database that was named is named again, if no shell would read it differently")
  func namedDatabase() throws {
    let words = Self.line.split(separator: " ").map(String.init)
    let ask = ["ssh", "authorized-keys", "mira"] + words
    let run = site.run(ask + ["--database", site.database])
    #expect(
      run.output.contains("gatehouse --database \(site.database) ssh session \(key)\""))
  }

  @Test("one command is run as the owner of the key, from the client's address")
  func command() throws {
    let run = session("gatehouse role add 'Night shift'")
    #expect(run.status == 0, "\(run.errors)")
    let row = try #require(try site.audit().last)
    #expect(row.actor == "alice" && row.source == "203.0.113.9" && row.through == "command")
    #expect(session("whoami").output.contains("alice"))
    #expect(session("whoami --help").output.contains("USAGE"))
    let people = Array("login,name\ncarol,Carol\n".utf8)
    #expect(session("account import -", input: people).status == 0)
  }

  @Test(
    "S01: what would lead past oneself is refused and audited, and changes nothing",
    arguments: [
      ("console --account mira", 1, "the option --account"),
      ("whoami --account mira", 1, "the option --account"),
      ("whoami --account=mira", 1, "the option --account"),
      ("--account mira whoami", 1, "the option --account"),
      ("whoami --database /tmp/own.db", 1, "the option --database"),
      ("--database=/tmp/own.db whoami", 1, "the option --database"),
      ("console --database /tmp/own.db", 1, "the option --database"),
      ("init --site X", 1, "the command init"),
      ("gatehouse init", 1, "the command init"),
      ("serve", 1, "the command serve"),
      ("backup /tmp/b", 1, "the command backup"),
      ("doctor", 1, "the command doctor"),
      ("doctor --clock", 1, "the command doctor"),
      ("bench-site", 1, "the command bench-site"),
      ("ssh session ID", 1, "the command session"),
      ("ssh authorized-keys mira a b", 1, "the command authorized-keys"),
      ("account import /etc/passwd", 1, "a file of the host"),
      ("account ssh-key add alice /etc/passwd", 1, "a file of the host"),
      ("key import ./-", 1, "a file of the host"),
      ("revision apply /dev/stdin", 1, "a file of the host"),
      ("whoami; id", 64, "a command line with what only a shell reads"),
      ("whoami\nid", 64, "a command line with what only a shell reads"),
      ("$(id)", 64, "a command line with what only a shell reads"),
      ("/usr/lib/openssh/sftp-server", 1, "sftp-server, a transfer of files"),
      ("internal-sftp", 1, "internal-sftp, a transfer of files"),
      ("scp -f /etc/passwd", 1, "scp, a transfer of files"),
      ("scp -t /tmp", 1, "scp, a transfer of files"),
      ("rsync --server -vlogDtpr . /tmp", 1, "rsync, a transfer of files"),
      ("sh -c id", 64, "an unknown command"), ("/bin/sh", 64, "an unknown command"),
      ("eyJhbGciOiJFUzI1NiJ9", 64, "an unknown command"),
    ])
  func refused(command: String, status: Int32, what: String) throws {
    let before = try site.audit().count
    let run = session(command)

    #expect(run.status == status, "\(run.errors)")
    #expect(run.output.isEmpty)
    let rows = try site.audit()
    #expect(rows.count == before + 1)
    let row = try #require(rows.last)
    #expect(row.action == "ssh.refuse" && row.actor == "alice" && row.reason == what)
    #expect(row.source == "203.0.113.9")
  }

  @Test("a key that is removed, or of an account that is deactivated, does nothing more")
  func removed() throws {
    try site.prepare(["account", "deactivate", "alice"])
    #expect(session("whoami").status == 77)
    #expect(session("role add X").status == 77)
    try site.prepare(["account", "reactivate", "alice"])
    try site.prepare(["account", "ssh-key", "add", "mira", try site.file(Self.other.utf8)])
    try site.prepare(["account", "ssh-key", "remove", key])
    let run = session("whoami")
    #expect(run.status == 77 && run.errors.contains("is removed"))
  }

  @Test("S05: a key opens one account alone, and the last administrator keeps theirs")
  func ownership() throws {
    let again = site.run("account", "ssh-key", "add", "alice", "-", input: Array(Self.line.utf8))
    #expect(again.status == 1 && again.errors.contains("has this key already"))
    let taken = site.run("account", "ssh-key", "add", "mira", "-", input: Array(Self.line.utf8))
    #expect(taken.status == 1 && taken.errors.contains("“alice”"))
    try site.prepare(["account", "add", "carol"])
    let hidden = site.run(
      "account", "ssh-key", "add", "carol", "-", as: "carol", input: Array(Self.line.utf8))
    #expect(hidden.status == 1 && !hidden.errors.contains("alice"))
    let tried = try #require(try site.audit().last)
    #expect(tried.action == "account.ssh-key-refuse" && tried.target == "account carol")
    #expect(tried.actor == "carol" && tried.reason == "a key of another account")

    let last = site.run("account", "ssh-key", "remove", key)
    #expect(last.status == 1 && last.errors.contains("nobody would be left"))
    let own = try #require(try Self.add(Self.other, to: "carol", at: site))
    #expect(site.run("account", "ssh-key", "remove", key).status == 1)
    #expect(site.run("account", "ssh-key", "remove", own, as: "carol").status == 0)
    #expect(site.run("account", "ssh-key", "list", "alice", as: "carol").status == 77)
    #expect(site.run("account", "ssh-key", "remove", key, as: "carol").status == 1)
  }

  @Test("S05: a private key by mistake is refused, and nothing of it is kept or shown")
  func privateKey() throws {
    let text = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n"
    let before = try site.audit().count
    let run = site.run("account", "ssh-key", "add", "alice", "-", input: Array(text.utf8))
    #expect(run.status == 65 && run.errors.contains("private key"))
    #expect(!run.errors.contains("b3Bl"))
    let rows = try site.audit()
    #expect(rows.count == before + 1)
    #expect(rows.last?.action == "account.ssh-key-refuse" && rows.last?.reason == "a private key")
  }
}
