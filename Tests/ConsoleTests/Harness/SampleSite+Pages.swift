import Access

// Filters, orders and pages over the rows.
extension SampleSite {
  func matching(_ filter: TokenFilter) -> [TokenRow] {
    var filter = filter
    // The real one knows a pasted token by its digest.
    if filter.words == [Self.tokenValue] {
      filter.words = []
      filter.id = pastedID
    }
    return tokens.filter { row in
      let owner = filter.account.map { $0.text == "account-\(row.owner)" } ?? true
      let text = "\(row.name) \(row.owner)".lowercased()
      return owner && filter.id.map { $0 == row.id } ?? true
        && filter.owner.map { $0 == row.owner } ?? true
        && (filter.states.isEmpty || filter.states.contains(row.state))
        && filter.scope.map { $0 == row.scope } ?? true
        && filter.words.allSatisfy { text.contains($0.lowercased()) }
    }
  }

  func tokenPage(_ request: PageRequest<TokenFilter, TokenSort>) -> Page<TokenRow> {
    let rows = matching(request.filter).map { row in
      switch request.sort {
      case .end: row.with(.integer(endKey(of: row)))
      case .name: row.with(.text(row.name.lowercased()))
      case .lastUsed: row.with(.integer(row.lastUsedAt?.milliseconds ?? .min))
      }
    }
    return page(sorted(rows, request.isDescending), request)
  }

  /// What ends next comes first, then what never ends, what was revoked, and what has ended.
  private func endKey(of row: TokenRow) -> Int64 {
    if row.revocation != nil { return .max - 1 }
    let end = row.expiresAt?.milliseconds ?? .max - 2
    return end <= now.milliseconds ? .max : end
  }

  func keyPage(_ request: PageRequest<LegacyKeyFilter, LegacyKeySort>) -> Page<LegacyKeyRow> {
    let filter = request.filter
    let rows = keys.filter { row in
      let text = "\(row.label) \(row.owner)".lowercased()
      return filter.owner.map { $0 == row.owner } ?? true
        && filter.account.map { $0.text == "account-\(row.owner)" } ?? true
        && (filter.states.isEmpty || filter.states.contains(row.state))
        && filter.words.allSatisfy { text.contains($0.lowercased()) }
    }.map { row in
      switch request.sort {
      case .lastUsed: row.with(.integer(-(row.lastUsedAt?.milliseconds ?? 0)))
      case .label: row.with(.text(row.label.lowercased()))
      }
    }
    return page(sorted(rows, request.isDescending), request)
  }

  func accountPage(_ request: PageRequest<AccountFilter, AccountSort>) -> Page<AccountRow> {
    let filter = request.filter
    let role =
      filter.role.flatMap { policy.role($0) } ?? filter.roleName.flatMap(policy.role(named:))
    let rows = accounts.filter { row in
      let text = "\(row.login) \(row.name)".lowercased()
      return filter.kind.map { $0 == row.kind } ?? true
        && filter.isActive.map { $0 == row.isActive } ?? true
        && (filter.role == nil && filter.roleName == nil
          || role.map { row.roles.contains($0.name) } ?? false)
        && filter.words.allSatisfy { text.contains($0.lowercased()) }
    }.map { $0.with(.text(request.sort == .login ? $0.login : $0.name.lowercased())) }
    return page(sorted(rows, request.isDescending), request)
  }

  func auditPage(_ request: PageRequest<AuditFilter, AuditSort>) -> Page<AuditRow> {
    let filter = request.filter
    let rows = audit.filter { row in
      let text = "\(row.actor) \(row.action) \(row.target)".lowercased()
      return filter.since.map { row.at >= $0 } ?? true
        && filter.actor.map { $0 == row.actor } ?? true
        && filter.action.map { row.action == $0 || row.action.hasPrefix($0 + ".") } ?? true
        && filter.target.map(row.target.contains) ?? true
        && filter.source.map { $0 == row.source } ?? true
        && filter.words.allSatisfy { text.contains($0.lowercased()) }
    }
    return page(sorted(rows, request.isDescending), request)
  }

  func revisionPage(_ request: PageRequest<NoFilter, RevisionSort>) -> Page<RevisionRow> {
    let rows = revisions.map { revised in
      RevisionRow(
        revision: revised.revision, state: revised.revision.state(at: now),
        isInForce: revised.revision.number == standing.current.revision.number)
    }
    return page(sorted(rows, request.isDescending), request)
  }

  private func page<Row, Filter, Sort>(
    _ rows: [Row], _ request: PageRequest<Filter, Sort>
  ) -> Page<Row> {
    page(
      rows, request.anchor, skipping: request.skipping, limit: request.limit,
      isDescending: request.isDescending)
  }

  /// The part of sorted rows that an anchor names.
  func page<Row: ListRow>(
    _ rows: [Row], _ anchor: Anchor, skipping: Int = 0, limit: Int?, isDescending: Bool = false
  ) -> Page<Row> {
    let limit = limit ?? rows.count
    func place(of cursor: RowCursor, past: Bool) -> Int {
      rows.firstIndex { row in
        let isBefore = isDescending ? cursor < row.cursor : row.cursor < cursor
        return !isBefore && !(past && row.cursor == cursor)
      } ?? rows.count
    }
    let range =
      switch anchor {
      case .start: 0..<min(limit, rows.count)
      case .end: max(rows.count - limit, 0)..<rows.count
      case .after(let cursor):
        Self.range(from: place(of: cursor, past: true) + skipping, limit, of: rows.count)
      case .from(let cursor):
        Self.range(from: place(of: cursor, past: false), limit, of: rows.count)
      case .before(let cursor):
        max(place(of: cursor, past: false) - limit, 0)..<place(of: cursor, past: false)
      }
    return Page(
      rows: Array(rows[range]), hasBefore: range.lowerBound > 0,
      hasAfter: range.upperBound < rows.count, total: rows.count)
  }

  private static func range(from start: Int, _ limit: Int, of count: Int) -> Range<Int> {
    min(start, count)..<min(start + limit, count)
  }

  private func sorted<Row: ListRow>(_ rows: [Row], _ isDescending: Bool) -> [Row] {
    rows.sorted { isDescending ? $1.cursor < $0.cursor : $0.cursor < $1.cursor }
  }
}

extension RowCursor {
  fileprivate static func < (left: RowCursor, right: RowCursor) -> Bool {
    switch (left.key, right.key) {
    case (.integer(let one), .integer(let other)) where one != other: one < other
    case (.text(let one), .text(let other)) where one != other: one < other
    default: left.id < right.id
    }
  }
}

extension TokenRow {
  /// The same row in another order, or in another state.
  func with(_ key: RowCursor.Key? = nil, state: TokenState? = nil) -> TokenRow {
    TokenRow(
      id: id, name: name, purpose: purpose, owner: owner, scope: scope, createdAt: createdAt,
      expiresAt: expiresAt, state: state ?? self.state, lastUsedAt: lastUsedAt,
      lastSource: lastSource, lastAgent: lastAgent, uses: uses, revocation: revocation,
      cursor: key.map { RowCursor(key: $0, id: id) } ?? cursor)
  }
}

extension LegacyKeyRow {
  /// The same row in another order, or in another state.
  func with(_ key: RowCursor.Key? = nil, state: LegacyKeyState? = nil) -> LegacyKeyRow {
    LegacyKeyRow(
      id: id, label: label, owner: owner, isOwnerActive: isOwnerActive, state: state ?? self.state,
      createdAt: createdAt, lastUsedAt: lastUsedAt, lastSource: lastSource, lastAgent: lastAgent,
      uses: uses, review: review, cursor: key.map { RowCursor(key: $0, id: id) } ?? cursor)
  }
}

extension AccountRow {
  /// The same row in another order, or changed.
  func with(
    _ key: RowCursor.Key? = nil, name: String? = nil, kind: AccountKind? = nil,
    isActive: Bool? = nil, roles: [String]? = nil, hasPassword: Bool? = nil
  ) -> AccountRow {
    AccountRow(
      id: id, login: login, name: name ?? self.name, kind: kind ?? self.kind,
      isActive: isActive ?? self.isActive,
      roles: roles ?? self.roles, liveTokens: liveTokens, liveKeys: liveKeys,
      hasPassword: hasPassword ?? self.hasPassword,
      cursor: key.map { RowCursor(key: $0, id: id) } ?? cursor)
  }
}
