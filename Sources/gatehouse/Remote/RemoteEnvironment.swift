import Glibc

/// The environment of a process that sshd started for somebody: made anew, from what is let through.
enum RemoteEnvironment {
  /// Puts it in the place of what the process was started with, before anything else reads that, and
  /// names what looked as if it was meant to lead past it.
  static func rebuild() -> [String] {
    var sent: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee.map({ String(cString: $0) }) {
      // What is not UTF-8 is let through by none of the rules, or refused where it is read.
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { sent[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    clearenv()
    for (name, value) in filtered(sent) { setenv(name, value, 1) }
    setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1)
    if let home = ProcessEnvironment.variable("HOME") { setenv("HOME", home, 1) }
    return suspicious(in: sent)
  }

  /// What no client sends by habit: settings of ours or of the loader, and values that lead elsewhere.
  ///
  /// Named in words of ours, for what was sent may hold anything.
  static func suspicious(in environment: [String: String]) -> [String] {
    let leads = ["GATEHOUSE_", "LD_"].filter { lead in
      environment.keys.contains { $0.hasPrefix(lead) }
    }
    let values = isAllowed.filter { name, isFine in
      environment[name].map { !$0.isEmpty && !isFine($0) } ?? false
    }
    return leads.map { $0 + "*" } + values.keys.sorted()
  }

  /// What of it may stay: names that are known, with values that can be meant.
  static func filtered(_ environment: [String: String]) -> [String: String] {
    environment.filter { name, value in isAllowed[name]?(value) ?? false }
  }

  private static let isAllowed: [String: @Sendable (String) -> Bool] = [
    "TERM": { isName($0, also: "+._-") },
    "LANG": isLocale, "LC_ALL": isLocale, "LC_CTYPE": isLocale,
    // A zone by its name; a path, or a rule with a colon, would be opened.
    "TZ": { isName($0, also: "+_-/") && !$0.hasPrefix("/") },
    "NO_COLOR": { _ in true },
    // sshd's own, which no client can send.
    "SSH_CLIENT": isPrintable, "SSH_CONNECTION": isPrintable, "SSH_TTY": isPrintable,
    "SSH_ORIGINAL_COMMAND": { _ in true },
  ]

  @Sendable private static func isLocale(_ value: String) -> Bool { isName(value, also: "._@-") }

  @Sendable private static func isPrintable(_ value: String) -> Bool {
    value.utf8.count <= 256 && value.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
  }

  /// Whether it has letters, digits and these only, and no way up a path.
  private static func isName(_ value: String, also others: String) -> Bool {
    (1...64).contains(value.utf8.count) && !value.contains("..")
      && value.unicodeScalars.allSatisfy {
        $0.properties.numericType != nil && $0.isASCII
          || ("a"..."z").contains($0) || ("A"..."Z").contains($0)
          || others.unicodeScalars.contains($0)
      }
  }
}
