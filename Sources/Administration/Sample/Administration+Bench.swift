import Access
import Credentials
import Storage

extension Administration {
  /// Makes a site for measuring: in mode `bearer` at Standard, with many tokens nobody can present.
  ///
  /// A twentieth as many accounts as tokens, and ``BenchSite/keys`` legacy keys, all in one
  /// transaction that the audit keeps as one row.
  ///
  /// - Parameters:
  ///   - database: where; nothing may be there yet.
  ///   - tokens: how many.
  ///   - osUser: becomes the Site Administrator.
  ///   - progress: told of tokens done and tokens in all, from the calling thread.
  /// - Throws: a ``Failure`` that exits 73 where the database or its secrets file exists; also
  ///   where the OS user's name is no login. Nothing is left behind then.
  package static func makeBench(
    database: String, tokens: Int, osUser: String,
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) throws {
    let administrator = try Login(parsing: osUser)
    let site = try make(
      database: database, siteName: "Bench", administrator: administrator, osUser: osUser,
      clock: systemClock)
    do {
      let actor = try site.actor(
        login: administrator.text, osUser: osUser, through: .command, source: "os:\(osUser)")
      for change in BenchSite.policy {
        _ = try site.perform(.revise(change, Commitment(reason: "To measure with")), by: actor)
      }
      let kid = try site.secrets().currentKeyID
      try site.write(by: actor, isLarge: true) { office, transaction in
        var rows = BenchSite(tokens: tokens, present: try office.snapshot.now(), kid: kid)
        try rows.insert(into: transaction, by: office.account.login, progress: progress)
        return Recorded(
          (),
          AuditEvent(
            "bench-site", target: "\(tokens) tokens",
            after: "accounts: \(rows.owners)\nlegacy keys: \(BenchSite.keys)"))
      }
    } catch {
      site.files.discard()
      throw error
    }
  }
}
