import Access
import Glibc

/// Where the host keeps what its services say, out of reach of whoever can write the database.
enum SystemLog {
  /// Hands on the head of the audit after each change; does nothing where the host keeps no log.
  @Sendable static func keep(_ heads: [AuditHead], of database: String) {
    guard access("/dev/log", W_OK) == 0 else { return }
    for head in heads {
      let line = "audit \(head.text) \(Visible.text(database))"
      line.withCString { text in
        withVaList([text]) { vsyslog(LOG_AUTHPRIV | LOG_NOTICE, "%s", $0) }
      }
    }
  }
}
