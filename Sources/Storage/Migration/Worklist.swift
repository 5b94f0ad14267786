import Access
import GRDB

/// The migration warnings as one list: sections by severity and kind, one behind the other.
///
/// Each section is a range of an index that exists for other reasons, so that a page costs the same
/// with a hundred warnings and with a hundred thousand; nothing is computed ahead or kept.
struct Worklist {
  private let snapshot: Snapshot
  private let policy: Policy
  private let filter: WarningFilter
  private let now: Instant
  private let observedSeconds: Int64?
  private let sections: [Section]

  /// Warnings of one kind and severity, in the order in which they are listed.
  struct Section {
    let kind: WarningKind
    let severity: WarningSeverity
    let breaks: WarningBreak
    let rows: Rows

    enum Rows {
      case table(Table)
      /// What concerns the whole site.
      case fixed([String])
    }
  }

  /// The columns a section has from a table of its own.
  struct Table {
    let name: String
    /// The columns `subject`, `name`, `owner`, `ownerLeft`, `lastUsedAt`, `source`, `agent`, `uses`,
    /// `endsAt` and `replacement`.
    let columns: String
    var joins = ""
    let subject: String
    let key: String
    var isDescending = false
    /// What words are looked for in.
    let searched: (String, String)
    let owner: String
    var conditions: [Clause]
  }

  init(_ filter: WarningFilter, under policy: Policy, in snapshot: Snapshot) throws {
    self.snapshot = snapshot
    self.policy = policy
    self.filter = filter
    now = try snapshot.now()
    observedSeconds = try snapshot.observedSeconds()
    sections =
      filter.isImpossible
      ? []
      : try Self.sections(policy, snapshot, now)
        .filter { section in
          (filter.kinds.isEmpty || filter.kinds.contains(section.kind))
            && (filter.severities.isEmpty || filter.severities.contains(section.severity))
            && (filter.breaks.isEmpty || filter.breaks.contains(section.breaks))
            && (filter.id.map { $0.hasPrefix(section.kind.rawValue + ":") } ?? true)
        }
  }

  // MARK: - Pages

  func page(_ request: PageRequest<WarningFilter, WarningSort>) throws -> Page<WarningRow> {
    let limit = min(request.limit ?? .max - 1, .max - 1)
    let backward = request.isDescending
    switch request.anchor {
    case .start:
      let rows = try rows(from: nil, backward: backward, limit + 1)
      return Page(rows: Array(rows.prefix(limit)), hasAfter: rows.count > limit)
    case .end:
      let rows = try rows(from: nil, backward: !backward, limit + 1)
      return Page(rows: rows.prefix(limit).reversed(), hasBefore: rows.count > limit)
    case .after(let cursor):
      if request.skipping > 0, !backward,
        let rows = try rows(within: Place(cursor, false), skipping: request.skipping, limit + 1)
      {
        return Page(rows: Array(rows.prefix(limit)), hasBefore: true, hasAfter: true)
      }
      let most = limit.addingReportingOverflow(request.skipping)
      let rows = try rows(
        from: Place(cursor, false), backward: backward,
        most.overflow ? limit : most.partialValue + 1
      ).dropFirst(request.skipping)
      return Page(
        rows: Array(rows.prefix(limit)), hasBefore: true, hasAfter: rows.count > limit)
    case .before(let cursor):
      let rows = try rows(from: Place(cursor, false), backward: !backward, limit + 1)
      return Page(
        rows: rows.prefix(limit).reversed(), hasBefore: rows.count > limit, hasAfter: true)
    case .from(let cursor):
      let rows = try rows(from: Place(cursor, true), backward: backward, limit + 1)
      let before = try self.rows(from: Place(cursor, false), backward: !backward, 1)
      return Page(
        rows: Array(rows.prefix(limit)), hasBefore: !before.isEmpty,
        hasAfter: rows.count > limit)
    }
  }

  /// How many there are of each severity; counts every row that the filter lets through.
  func count() throws -> [WarningSeverity: Int] {
    try sections.reduce(into: [:]) { counts, section in
      counts[section.severity, default: 0] += try count(section)
    }
  }

  private func count(_ section: Section) throws -> Int {
    guard case .table(let table) = section.rows else {
      return try fixed(section).count
    }
    // Reviews are few beside what they are about: those that are closed are taken off.
    guard filter.isOpen == true else {
      let joins = filter.states.isEmpty && filter.isOpen == nil ? table.joins : nil
      return try count(
        section, table, "\(table.name) \(joins ?? self.joins(section, table))", filter)
    }
    var all = filter
    all.isOpen = nil
    var closed = filter
    closed.isOpen = false
    let prefix = section.kind.rawValue + ":"
    let reviewed = """
      review CROSS JOIN \(table.name) ON \(table.subject) = substr(review.id, \(prefix.utf8.count + 1))
        AND review.id >= '\(prefix)' AND review.id < '\(section.kind.rawValue);' \(table.joins)
      """
    let whole = filter.states.isEmpty ? "\(table.name) \(table.joins)" : nil
    return try count(section, table, whole ?? "\(table.name) \(joins(section, table))", all)
      - count(section, table, reviewed, closed)
  }

  private func count(
    _ section: Section, _ table: Table, _ source: String, _ filter: WarningFilter
  ) throws -> Int {
    let conditions = try conditions(section, table, filter)
    let query: Clause =
      Clause(sql: "SELECT count(*) FROM \(source) WHERE ")
      + conditions.list.joined(separator: " AND ")
    return try query.number(snapshot.db, isCached: false)
  }

  /// Where a cursor is: the section, and the place in it.
  private struct Place {
    let section: Int
    let cursor: Access.RowCursor
    let isIncluded: Bool

    init(_ cursor: Access.RowCursor, _ isIncluded: Bool) {
      let parts = cursor.id.split(separator: " ")
      section = parts.first.flatMap { Int($0) } ?? 0
      self.cursor = Access.RowCursor(key: cursor.key, id: parts.last.map(String.init) ?? "")
      self.isIncluded = isIncluded
    }
  }

  /// Rows behind a place, or before it, nearest first.
  private func rows(from place: Place?, backward: Bool, _ limit: Int) throws -> [WarningRow] {
    var found: [WarningRow] = []
    for section in backward ? sections.reversed() : sections {
      let number = section.number
      if let place, backward ? number > place.section : number < place.section { continue }
      let start = place.flatMap { $0.section == number ? $0 : nil }
      found += try rows(of: section, start, backward: backward, limit - found.count)
      if found.count >= limit { break }
    }
    return found
  }

  /// Rows behind some that are counted off on the index; nil where the section ends before that many.
  private func rows(
    within place: Place, skipping: Int, _ limit: Int
  ) throws -> [WarningRow]? {
    guard let section = sections.first(where: { $0.number == place.section }),
      case .table(let table) = section.rows
    else { return nil }
    let rows = try keyset(section, table).page(
      snapshot.db, anchor: .after(place.cursor), skipping: skipping, limit: limit
    ) { try row($0, section) }.rows
    return rows.count == limit ? rows : nil
  }

  private func keyset(_ section: Section, _ table: Table) throws -> Keyset {
    let conditions = try conditions(section, table, filter)
    return Keyset(
      select: Clause(
        sql: """
          SELECT \(table.columns), \(table.key) AS sortKey, \(table.name).number AS place,
            review.state, review.note, review.until, review.reviewer, review.at,
            \(uses(section.kind, of: table.subject)) AS uses
          FROM \(table.name) \(joins(section, table))
          """),
      conditions: conditions.list, key: table.key, tie: "\(table.name).number",
      isDescending: table.isDescending, sortsMatches: conditions.isSelective)
  }

  private func rows(
    of section: Section, _ place: Place?, backward: Bool, _ limit: Int
  ) throws -> [WarningRow] {
    guard case .table(let table) = section.rows else {
      let rows = try fixed(section)
      let index = place.flatMap { Int($0.cursor.id) }
      let left = rows.enumerated().filter { entry in
        guard let index, let place else { return true }
        if entry.offset == index { return place.isIncluded }
        return backward ? entry.offset < index : entry.offset > index
      }.map(\.element)
      return Array((backward ? left.reversed() : left).prefix(limit))
    }
    let keyset = try keyset(section, table)
    func read(_ anchor: Anchor, _ limit: Int) throws -> [WarningRow] {
      try keyset.page(snapshot.db, anchor: anchor, limit: limit) { row in
        try self.row(row, section)
      }.rows
    }
    guard let place else {
      return backward ? try read(.end, limit).reversed() : try read(.start, limit)
    }
    guard backward else {
      return try read(place.isIncluded ? .from(place.cursor) : .after(place.cursor), limit)
    }
    let own = place.isIncluded ? try read(.from(place.cursor), 1) : []
    let isOwn = own.first.map { Place($0.cursor, false).cursor == place.cursor } ?? false
    return (isOwn ? own : [])
      + (try read(.before(place.cursor), max(limit - 1, 1)).reversed())
  }

  private func joins(_ section: Section, _ table: Table) -> String {
    "\(table.joins) LEFT JOIN review ON review.id = '\(section.kind.rawValue):' || \(table.subject)"
  }

  // MARK: - The filter

  /// What rows of a table must meet, and whether few do.
  private func conditions(
    _ section: Section, _ table: Table, _ filter: WarningFilter
  ) throws -> (list: [Clause], isSelective: Bool) {
    var list = table.conditions
    if let id = filter.id {
      let subject = String(id.dropFirst(section.kind.rawValue.utf8.count + 1))
      list.append(Clause(sql: table.subject) + " = \(subject)")
    }
    if let owner = filter.owner { list.append(Clause(sql: table.owner) + " = \(owner)") }
    if !filter.states.isEmpty {
      list.append("coalesce(review.state, 'new') IN \(filter.states.map(\.rawValue).sorted())")
    }
    if let isOpen = filter.isOpen {
      let open: Clause = """
        (coalesce(review.state, 'new') IN ('new', 'notified')
          OR review.state = 'postponed' AND review.until <= \(now.milliseconds))
        """
      list.append(isOpen ? open : "NOT " + open)
    }
    let words = filter.words.filter { !section.kind.isMeant(by: $0) }
    let find = Find(
      in: snapshot, table: table.name, columns: [table.searched.0, table.searched.1])
    let found = try find.conditions(for: words)
    return (list + found.conditions, found.isSelective || filter.id != nil)
  }

  private func isLetThrough(_ row: WarningRow) -> Bool {
    (filter.id ?? row.id) == row.id && (filter.owner ?? row.owner) == row.owner
      && (filter.states.isEmpty || filter.states.contains(row.state))
      && (filter.isOpen ?? row.isOpen(at: now)) == row.isOpen(at: now)
      && filter.words.allSatisfy { row.kind.isMeant(by: $0) || row.name.contains($0) }
  }

  // MARK: - Rows

  private func row(_ row: Row, _ section: Section) throws -> WarningRow {
    let ends: Int64? = try row[cell: "endsAt"]
    let place: Int64 = try row[cell: "place"]
    return try WarningRow(
      kind: section.kind, severity: section.severity, breaks: section.breaks,
      subject: row[cell: "subject"], name: row[cell: "name"], owner: row[cell: "owner"],
      isOwnerActive: !(row[cell: "ownerLeft"] as Bool),
      lastUsedAt: Snapshot.instant(unlessZero: row[cell: "lastUsedAt"]),
      source: row[cell: "source"], agent: row[cell: "agent"],
      uses: row[cell: "uses"],
      endsAt: ends.flatMap { $0 >= Schema.never ? nil : Instant(milliseconds: $0) },
      replacement: (row[cell: "replacement"] as String?).flatMap(replacement),
      review: Snapshot.review(from: row), observedSeconds: observedSeconds,
      cursor: Access.RowCursor(
        key: .integer(row[cell: "sortKey"]), id: "\(section.number) \(place)"))
  }

  /// Requests within *UsageWindow*, as a part of a row's query.
  private func uses(_ kind: WarningKind, of subject: String) -> String {
    let credential: CredentialKind
    switch kind {
    case .legacyKey: credential = .legacyKey
    case .password: credential = .password
    case .tokenBeyondMaximum, .tokenExpiring, .tokenStale: credential = .bearer
    default: return "NULL"
    }
    let day = (now - policy.properties.usageWindow).milliseconds / 86_400_000
    return """
      (SELECT coalesce(sum(count), 0) FROM usage
        WHERE kind = '\(credential.rawValue)' AND credential = \(subject) AND day >= \(day))
      """
  }

  private func replacement(_ id: String) throws -> WarningRow.Replacement? {
    try snapshot.token(id: Identifier(id)).map { stored in
      WarningRow.Replacement(
        token: id, name: stored.authorization.name,
        lastUsedAt: stored.authorization.lastUsedAt)
    }
  }

  /// What concerns the whole site, as far as the filter lets it through.
  private func fixed(_ section: Section) throws -> [WarningRow] {
    guard case .fixed(let subjects) = section.rows else { return [] }
    return try subjects.enumerated().map { index, subject in
      WarningRow(
        kind: section.kind, severity: section.severity, breaks: section.breaks, subject: subject,
        name: subject, owner: section.kind == .oneAdministrator ? subject : nil,
        review: try snapshot.review("\(section.kind.rawValue):\(subject)"),
        observedSeconds: observedSeconds,
        cursor: Access.RowCursor(key: .integer(0), id: "\(section.number) \(index)"))
    }.filter(isLetThrough)
  }
}

extension WarningKind {
  /// Whether a word of a filter is one of its own.
  fileprivate func isMeant(by word: String) -> Bool {
    words.contains(word.lowercased()) || rawValue.contains(word.lowercased())
  }
}
