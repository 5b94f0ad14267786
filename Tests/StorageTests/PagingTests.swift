import Access
@testable import Storage
import Testing

@Suite("A list read page by page")
struct PagingTests {
  let generated: GeneratedSite
  let site: TestStore
  let policy = GeneratedSite.policy

  init() throws {
    generated = try GeneratedSite.shared.get()
    site = generated.site
  }

  @Test(
    "of tokens equals the whole list sorted, in every order and from both ends",
    arguments: TokenSort.allCases, [false, true])
  func tokens(sort: TokenSort, isDescending: Bool) throws {
    let tokens = generated.tokens.map(\.authorization)
    let expected = sorted(tokens, isDescending) { token in
      switch sort {
      case .end: .integer(endKey(of: token))
      case .name: .text(token.name)
      case .lastUsed: .integer(token.lastUsedAt?.milliseconds ?? 0)
      }
    }
    try expect(expected.map(\.id.text)) { anchor, limit, skipping in
      var request = PageRequest(
        filter: TokenFilter(), sort: sort, isDescending: isDescending, anchor: anchor, limit: limit)
      request.skipping = skipping
      return try site.store.read { try $0.tokens(request, under: policy) }
    }
  }

  @Test(
    "of accounts equals the whole list sorted, and says how many there are",
    arguments: AccountSort.allCases, [false, true])
  func accounts(sort: AccountSort, isDescending: Bool) throws {
    let expected = sorted(generated.accounts, isDescending) { account in
      sort == .login ? .bytes(account.login.text) : .text(account.name)
    }
    try expect(expected.map(\.id.text)) { anchor, limit, skipping in
      var request = PageRequest(
        filter: AccountFilter(), sort: sort, isDescending: isDescending, anchor: anchor,
        limit: limit)
      request.skipping = skipping
      let page = try site.store.read { try $0.accounts(request, under: policy) }
      #expect(page.total == expected.count)
      return page
    }
  }

  @Test(
    "of legacy keys equals the whole list sorted, latest use first unless asked otherwise",
    arguments: LegacyKeySort.allCases, [false, true])
  func keys(sort: LegacyKeySort, isDescending: Bool) throws {
    let isBackwards = (sort == .lastUsed) != isDescending
    let expected = sorted(generated.keys.map(\.key), isBackwards) { key in
      sort == .label ? .text(key.label) : .integer(key.lastUsedAt?.milliseconds ?? 0)
    }
    try expect(expected.map(\.id.text)) { anchor, limit, skipping in
      var request = PageRequest(
        filter: LegacyKeyFilter(), sort: sort, isDescending: isDescending, anchor: anchor,
        limit: limit)
      request.skipping = skipping
      let page = try site.store.read { try $0.keys(request, under: policy) }
      #expect(page.total == expected.count)
      return page
    }
  }

  @Test("of audit rows and revisions equals their numbers", arguments: [false, true])
  func numbered(isDescending: Bool) throws {
    let site = try TestStore()
    for number in 2...15 {
      try site.revise(.made { $0.properties.siteName = "\(number)" })
    }
    let numbers = (1...15).map(String.init)
    let expected = isDescending ? numbers.reversed() : numbers
    try expect(expected) { anchor, limit, skipping in
      var request = PageRequest(
        filter: AuditFilter(), sort: AuditSort.seq, isDescending: isDescending, anchor: anchor,
        limit: limit)
      request.skipping = skipping
      let page = try site.store.read { try $0.audit(request) }
      #expect(page.total == 15)
      return page
    }
    try expect(expected) { anchor, limit, skipping in
      var request = PageRequest(
        filter: NoFilter(), sort: RevisionSort.number, isDescending: isDescending, anchor: anchor,
        limit: limit)
      request.skipping = skipping
      let page = try site.store.read { try $0.revisions(request) }
      #expect(page.total == 15)
      return page
    }
  }

  @Test("has no page where a filter lets nothing through")
  func nothing() throws {
    for anchor in [Anchor.start, .end] {
      let request = PageRequest(
        filter: TokenFilter(words: ["nosuchtoken"]), sort: TokenSort.end, anchor: anchor, limit: 5)
      let page = try site.store.read { try $0.tokens(request, under: policy) }
      #expect(page == Page(rows: []))
    }
  }

  @Test("goes on from where a row was that has gone meanwhile")
  func goneRow() throws {
    let request = PageRequest(filter: AccountFilter(), sort: AccountSort.login, limit: 3)
    let page = try site.store.read { try $0.accounts(request, under: policy) }
    let second = try #require(page.rows.dropFirst().first)
    // Between two that exist: no row has this key.
    let gone = Access.RowCursor(key: .text(second.login + "!"), id: "0")
    for anchor in [Anchor.from(gone), .after(gone)] {
      var next = request
      next.anchor = anchor
      let rest = try site.store.read { try $0.accounts(next, under: policy) }
      #expect(rest.rows.first == page.rows.last)
      #expect(rest.hasBefore)
    }
  }

  @Test("takes any number for its limit", arguments: [0, 1, Int.max])
  func limits(limit: Int) throws {
    let tokens = PageRequest(filter: TokenFilter(), sort: TokenSort.end, limit: limit)
    let page = try site.store.read { try $0.tokens(tokens, under: policy) }
    #expect(page.rows.count == min(limit, generated.tokens.count))
    #expect(page.hasAfter == (limit < generated.tokens.count))
    let shift = PolicyShift(from: .bearer(.standard), to: .bearer(.high))
    #expect(throws: Never.self) {
      try site.store.read { try $0.stopping(shift, anchor: .start, limit: limit) }
    }
  }
}

extension PagingTests {
  private enum Key: Comparable {
    case integer(Int64)
    /// As NOCASE compares: letters of ASCII without regard to case, all else by its bytes.
    case text(String)
    case bytes(String)

    static func < (left: Self, right: Self) -> Bool {
      switch (left, right) {
      case (.integer(let left), .integer(let right)): left < right
      default: left.folded.lexicographicallyPrecedes(right.folded)
      }
    }

    static func == (left: Self, right: Self) -> Bool { !(left < right) && !(right < left) }

    private var folded: [UInt8] {
      switch self {
      case .integer: []
      case .bytes(let text): Array(text.utf8)
      case .text(let text): Array(asciiLowercased(text).utf8)
      }
    }
  }

  /// What is to end comes first, then what never ends, what was revoked, and last what has ended.
  private func endKey(of token: Authorization) -> Int64 {
    if token.revocation != nil { return Schema.never + 1 }
    let end = token.expiresAt?.milliseconds ?? Schema.never
    return end > TestStore.start.milliseconds ? end : Schema.never + 2 + end
  }

  /// Values by key, and by their own order where keys are equal.
  private func sorted<Value>(
    _ values: [Value], _ isDescending: Bool, by key: (Value) -> Key
  ) -> [Value] {
    let order = values.enumerated().sorted { left, right in
      let (one, other) = (key(left.element), key(right.element))
      return one == other ? left.offset < right.offset : one < other
    }.map(\.element)
    return isDescending ? order.reversed() : order
  }

  /// Expects pages of several sizes, read forwards, backwards and from rows amid the list, to be
  /// these ids.
  private func expect<Row: ListRow>(
    _ ids: [String], _ fetch: (Anchor, _ limit: Int?, _ skipping: Int) throws -> Page<Row>
  ) throws {
    #expect(try fetch(.start, nil, 0).rows.map(\.id) == ids)
    #expect(try fetch(.end, nil, 0).rows.map(\.id) == ids)
    for limit in [1, 7, ids.count] {
      #expect(try forwards(limit, fetch).map(\.id) == ids)
      #expect(try backwards(limit, fetch).map(\.id) == ids)
    }
    let all = try fetch(.start, nil, 0).rows
    for index in stride(from: 0, to: all.count, by: 11) {
      let page = try fetch(.from(all[index].cursor), 5, 0)
      #expect(page.rows == Array(all[index...].prefix(5)))
      #expect(page.hasBefore == (index > 0))
      #expect(page.hasAfter == (index + 5 < all.count))
      for skipping in [1, all.count / 3, all.count - index] {
        let page = try fetch(.after(all[index].cursor), 5, skipping)
        #expect(page.rows == Array(all[(index + 1)...].dropFirst(skipping).prefix(5)))
        #expect(page.hasAfter == (index + 1 + skipping + 5 < all.count))
      }
    }
  }

  private func forwards<Row: ListRow>(
    _ limit: Int, _ fetch: (Anchor, _ limit: Int?, _ skipping: Int) throws -> Page<Row>
  ) throws -> [Row] {
    var page = try fetch(.start, limit, 0)
    #expect(!page.hasBefore)
    var rows = page.rows
    while page.hasAfter, let last = page.rows.last {
      page = try fetch(.after(last.cursor), limit, 0)
      #expect(page.hasBefore)
      rows += page.rows
    }
    return rows
  }

  private func backwards<Row: ListRow>(
    _ limit: Int, _ fetch: (Anchor, _ limit: Int?, _ skipping: Int) throws -> Page<Row>
  ) throws -> [Row] {
    var page = try fetch(.end, limit, 0)
    #expect(!page.hasAfter)
    var rows = page.rows
    while page.hasBefore, let first = page.rows.first {
      page = try fetch(.before(first.cursor), limit, 0)
      #expect(page.hasAfter)
      rows = page.rows + rows
    }
    return rows
  }
}

/// A text with its letters A to Z in lower case, and no other.
func asciiLowercased(_ text: String) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let isCapital = ("A"..."Z").contains(scalar)
    scalars.append(isCapital ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
  }
  return String(scalars)
}
