import Access
import Glibc

/// The system's users and groups.
///
/// First its files, then getent(1), which asks whatever nsswitch.conf(5) names: LDAP, sssd. Their
/// modules are for programs that are linked dynamically, and this one is not.
struct SystemDatabase {
  /// The folder of `passwd` and `group`.
  var files = "/etc"
  /// The path of getent(1).
  var getent = "/usr/bin/getent"

  /// Bytes of the longest line that is read.
  private static let longest = 65_536

  struct User: Equatable {
    let name: String
    let home: String?
  }

  func user(_ id: uid_t) -> User? {
    find("passwd", "\(id)") { file, buffer in
      var entry = passwd()
      var found: UnsafeMutablePointer<passwd>?
      while fgetpwent_r(file, &entry, buffer, Self.longest, &found) == 0 {
        guard entry.pw_uid == id, let name = text(entry.pw_name) else { continue }
        return User(name: name, home: text(entry.pw_dir))
      }
      return nil
    }
  }

  /// The number of the group of this name.
  func group(_ name: String) -> gid_t? {
    find("group", name) { file, buffer in
      var entry = Glibc.group()
      var found: UnsafeMutablePointer<Glibc.group>?
      while fgetgrent_r(file, &entry, buffer, Self.longest, &found) == 0 {
        if text(entry.gr_name) == name { return entry.gr_gid }
      }
      return nil
    }
  }

  /// What `search` finds in the file of `database`, else in what getent(1) says of `key`.
  private func find<Found>(
    _ database: String, _ key: String,
    _ search: (_ lines: UnsafeMutablePointer<FILE>, _ buffer: UnsafeMutablePointer<CChar>) -> Found?
  ) -> Found? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.longest) { memory in
      guard let buffer = memory.baseAddress else { return nil }
      if let file = fopen("\(files)/\(database)", "re") {
        defer { fclose(file) }
        if let found = search(file, buffer) { return found }
      }
      guard let (answer, process) = ask(database, key) else { return nil }
      defer {
        fclose(answer)
        while waitpid(process, nil, 0) < 0, errno == EINTR {}
      }
      return search(answer, buffer)
    }
  }

  private func text(_ field: UnsafePointer<CChar>?) -> String? {
    field.flatMap { String(validatingCString: $0) }
  }

  private func ask(_ database: String, _ key: String) -> (UnsafeMutablePointer<FILE>, pid_t)? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    let words = ([getent, "--", database, key] as [String]).map { strdup($0) }
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    guard posix_spawn(&process, getent, &actions, nil, words + [nil], [nil]) == 0 else {
      close(ends[0])
      return nil
    }
    return fdopen(ends[0], "r").map { ($0, process) }
  }
}

struct NoSuchGroup: Failure {
  let name: String

  var description: String {
    "There is no group “\(Visible.text(name))”. `getent group` lists them."
  }

  var exitCode: ExitCode { .unavailable }
}
