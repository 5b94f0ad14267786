import Access
import Glibc

/// What the process knows of itself.
enum ProcessEnvironment {
  /// A variable's value; `HOME` is never missing where the system knows the user.
  static func variable(_ name: String) -> String? {
    let value = getenv(name).flatMap { String(validatingCString: $0) }
    return name == "HOME" ? value ?? user?.home : value
  }

  /// A path as somebody types it: `~/` is their home.
  static func path(_ typed: String) -> String {
    guard typed.hasPrefix("~/"), let home = variable("HOME") else { return typed }
    return home + typed.dropFirst()
  }

  /// The login name of the user this process runs as, or the number where the system has no name.
  static var userName: String { user?.name ?? String(getuid()) }

  /// The path of the program that runs.
  static var program: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "gatehouse" }
    defer { free(path) }
    return String(cString: path)
  }

  /// Looked up once: asking getent(1) takes a process.
  private static let user = SystemDatabase().user(getuid())

  /// Where a command comes from, for the audit: the SSH client's address, else `os:USER`.
  static func source(_ environment: (String) -> String?, user: String) -> String {
    let client = environment("SSH_CLIENT")?.split(separator: " ").first
    // A link-local address carries its interface behind a percent sign (RFC 4007 §11).
    let address = client?.split(separator: "%").first.flatMap { IPAddress(parsing: String($0)) }
    return address?.description ?? "os:\(user)"
  }
}
