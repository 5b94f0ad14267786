import Glibc

/// Which database a command works on.
struct DatabaseLocation: Equatable {
  let path: String
  /// Whether somebody named it; only where nobody did may a first start make one.
  let isNamed: Bool

  static let systemPath = "/var/lib/gatehouse/gatehouse.db"

  init(path: String, isNamed: Bool) {
    self.path = path
    self.isNamed = isNamed
  }

  /// The path given, else `$GATEHOUSE_DATABASE`, else the system's where it exists, else the user's.
  ///
  /// - Parameters:
  ///   - named: the value of `--database`.
  ///   - environment: gives a variable's value; an empty one counts as not set.
  ///   - exists: looks without opening: closing a file drops SQLite's locks on it.
  init(
    named: String?, environment: (String) -> String?,
    exists: (String) -> Bool = DatabaseLocation.exists
  ) {
    func variable(_ name: String) -> String? {
      environment(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    if let named = named ?? variable("GATEHOUSE_DATABASE") {
      self.init(path: named, isNamed: true)
    } else if exists(Self.systemPath) {
      self.init(path: Self.systemPath, isNamed: false)
    } else {
      // A relative $XDG_DATA_HOME is to be ignored (XDG Base Directory Specification).
      let data = variable("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
      let base = data ?? (variable("HOME") ?? ".") + "/.local/share"
      self.init(path: base + "/gatehouse/gatehouse.db", isNamed: false)
    }
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
