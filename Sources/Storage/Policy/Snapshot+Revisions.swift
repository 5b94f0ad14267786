package import Access
import GRDB
import Synchronization

/// Policies by revision number; a revision's document never changes once it is committed.
///
/// A transaction has one of its own over that of all: what it decodes is everybody's once it is
/// committed, and nobody's if it is not.
final class PolicyCache: Sendable {
  private let policies = Mutex(Dictionary<Int, Policy>())
  private let committed: PolicyCache?

  init(over committed: PolicyCache? = nil) { self.committed = committed }

  func policy(_ number: Int, orDecode decode: () throws -> Policy) rethrows -> Policy {
    if let known = known(number) ?? committed?.known(number) { return known }
    let policy = try decode()
    policies.withLock { $0.add(policy, number) }
    return policy
  }

  /// Hands what was decoded to the cache of all, once it is committed.
  func commit() {
    let decoded = policies.withLock { $0 }
    committed?.policies.withLock { for (number, policy) in decoded { $0.add(policy, number) } }
  }

  private func known(_ number: Int) -> Policy? { policies.withLock { $0[number] } }
}

extension [Int: Policy] {
  /// Beyond this many it begins anew: hardly anybody looks at more.
  private static var limit: Int { 64 }

  fileprivate mutating func add(_ policy: Policy, _ number: Int) {
    if count >= Self.limit { removeAll() }
    self[number] = policy
  }
}

extension Snapshot {
  /// The policy in force, and what returns if it is pending and not kept.
  ///
  /// - Throws: ``StoreError/damaged(_:detail:)`` where no revision counts, or one cannot be read.
  package func standing() throws -> Standing {
    let now = try now()
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          \(Self.revisionSelect)
          WHERE verdict = 'confirmed'
            OR (verdict IS NULL AND (deadline IS NULL OR deadline > ?))
          ORDER BY number DESC LIMIT 2
          """), arguments: [now.milliseconds])
    // What it falls back on is read where it may have to.
    let isPending = try rows.first.map { try revision(from: $0).state(at: now) == .pending }
    let needed = rows.prefix(isPending == true ? 2 : 1)
    guard let standing = Standing(newestFirst: try needed.map(revisedPolicy), at: now) else {
      throw StoreError.damaged("revision", detail: "no revision is in force")
    }
    return standing
  }

  /// One revision with its policy; nil if there is none of this number.
  package func revision(_ number: Int) throws -> RevisedPolicy? {
    try Row.fetchOne(
      db.cachedStatement(sql: "\(Self.revisionSelect) WHERE number = ?"), arguments: [number]
    ).map(revisedPolicy)
  }

  /// Revisions by number, without their policies.
  package func revisions(
    _ request: PageRequest<NoFilter, RevisionSort>
  ) throws -> Page<RevisionRow> {
    let now = try now()
    let inForce = try standing().current.revision.number
    let list = Keyset(
      select: Clause(sql: Self.revisionSelect), conditions: [], key: "number", tie: "number",
      isDescending: request.isDescending)
    var page = try list.page(
      db, anchor: request.anchor, skipping: request.skipping, limit: request.limit
    ) { row in
      let revision = try revision(from: row)
      return RevisionRow(
        revision: revision, state: revision.state(at: now), isInForce: revision.number == inForce)
    }
    page.total = try Int.fetchOne(db, sql: "SELECT max(number) FROM revision") ?? 0
    return page
  }

  static let revisionSelect = """
    SELECT number, base, author, at, reason, summary, deadline, document, verdict, verdictAt,
      verdictBy
    FROM revision
    """

  /// What ``revisionSelect`` selects, in its order.
  private enum RevisionColumn: Int {
    case number, base, author, at, reason, summary, deadline, document
    case verdict, verdictAt, verdictBy
  }

  func revisedPolicy(from row: Row) throws -> RevisedPolicy {
    let revision = try revision(from: row)
    let decode = {
      do {
        return try Policy(documentText: row[cell: RevisionColumn.document])
      } catch let error as ContentError {
        throw StoreError.damaged("revision \(revision.number)", detail: error.description)
      }
    }
    return RevisedPolicy(
      revision: revision,
      policy: try policies.policy(revision.number, orDecode: decode))
  }

  func revision(from row: Row) throws -> Revision {
    try Revision(
      number: row[cell: RevisionColumn.number], base: row[cell: RevisionColumn.base],
      author: try login(row[cell: RevisionColumn.author]),
      at: Instant(milliseconds: row[cell: RevisionColumn.at]),
      reason: row[cell: RevisionColumn.reason],
      summary: row[cell: RevisionColumn.summary],
      deadline: (row[cell: RevisionColumn.deadline] as Int64?).map(Instant.init(milliseconds:)),
      verdict: try verdict(from: row))
  }

  private func verdict(from row: Row) throws -> Revision.Verdict? {
    guard let word = try row[cell: RevisionColumn.verdict] as String?,
      let at = try row[cell: RevisionColumn.verdictAt] as Int64?,
      let by = try row[cell: RevisionColumn.verdictBy] as String?
    else { return nil }
    let instant = Instant(milliseconds: at)
    let login = try login(by)
    return word == "confirmed"
      ? .confirmed(at: instant, by: login) : .cancelled(at: instant, by: login)
  }

  /// A login as it is stored; the schema has checked it.
  func login(_ text: String) throws -> Login {
    do {
      return try Login(parsing: text)
    } catch {
      throw StoreError.damaged("account", detail: error.description)
    }
  }
}
