import Access
@testable import Storage
import Testing

@Suite("A filter")
struct FilterTests {
  let generated: GeneratedSite
  let site: TestStore
  let policy = GeneratedSite.policy

  init() throws {
    generated = try GeneratedSite.shared.get()
    site = generated.site
  }

  static let words = [
    [], ["c"], ["C"], ["ch"], ["an"], ["AN"], ["1"], ["%"], ["_"], ["\""], ["\\"], ["checkout"],
    ["CHECKOUT"], ["out"], ["nn-"], ["ANN-"], ["100%"], ["a_b"], ["\"x\""], ["check", "ann"],
    ["out", "b"], ["nosuch"], ["中"], ["花子"], ["Иван"], ["Åsa"], ["åSA"], ["иван"], ["ПЕТРОВ"],
    ["и"], ["ИВ"], ["ελένη"], ["å"], ["ZOË"], ["OB\""], ["k\\s"], ["é"], [""],
    ["legacy/1"], ["🙂🙂🙂"],
  ]

  @Test("finds the tokens that have every word in name or owner", arguments: words)
  func tokenWords(words: [String]) throws {
    try expectTokens(TokenFilter(words: words)) { token in
      holds(words, token.authorization.name, token.owner)
    }
  }

  @Test("finds the accounts that have every word in login or name", arguments: words)
  func accountWords(words: [String]) throws {
    try expectAccounts(AccountFilter(words: words)) { account in
      holds(words, account.login.text, account.name)
    }
  }

  @Test(
    "of any of some roles finds active persons by login, and the first of them alone",
    arguments: [
      [], ["nobody-has-it"], ["gone"], ["site-administrator"], ["member", "callers"],
      ["member", "callers", "api-operator", "site-administrator", "gone"],
    ])
  func persons(roles: [String]) throws {
    let wanted = Set(roles.map(Identifier<Role>.init))
    let (all, first) = try site.store.read { snapshot in
      (
        try snapshot.activePersons(withAnyOf: wanted),
        try snapshot.firstActivePerson(withAnyOf: wanted)
      )
    }
    #expect(all.allSatisfy { $0.isActive && $0.kind == .person })
    #expect(all.allSatisfy { !wanted.isDisjoint(with: $0.roles) })
    #expect(all.map(\.login) == all.map(\.login).sorted())
    #expect(all.isEmpty == (roles.isEmpty || roles == ["nobody-has-it"]))
    #expect(first?.login == all.first?.login)
    #expect(first?.name == all.first?.name)
  }

  @Test("finds the legacy keys that have every word in label or owner", arguments: words)
  func keyWords(words: [String]) throws {
    try expectKeys(LegacyKeyFilter(words: words)) { key in
      holds(words, key.key.label, key.owner)
    }
  }

  @Test(
    "finds tokens by state just as the policy judges each",
    arguments: TokenState.allCases.map { [$0] } + [[.active, .expiring], [.revoked, .replaced]],
    TokenSort.allCases)
  func tokenStates(states: [TokenState], sort: TokenSort) throws {
    try expectTokens(TokenFilter(states: Set(states)), sort) { token in
      states.contains(token.authorization.state(at: TestStore.start, under: policy))
    }
  }

  @Test("finds tokens by state where no idle limit holds")
  func tokenStatesAtStandard() throws {
    for state in TokenState.allCases {
      try expectTokens(TokenFilter(states: [state]), under: .bearer(.standard)) { token in
        token.authorization.state(at: TestStore.start, under: .bearer(.standard)) == state
      }
    }
  }

  @Test("finds tokens by owner, account, scope, id and all of these at once")
  func tokenMembers() throws {
    let some = try #require(generated.tokens.first)
    let (owner, id) = (some.owner, some.authorization.id.text)
    try expectTokens(TokenFilter(owner: owner)) { $0.owner == owner }
    try expectTokens(TokenFilter(account: some.authorization.owner)) { $0.owner == owner }
    try expectTokens(TokenFilter(scope: .read)) { $0.authorization.scope == .read }
    try expectTokens(TokenFilter(id: id)) { $0.authorization.id.text == id }
    try expectTokens(TokenFilter(id: "")) { _ in false }
    let all = TokenFilter(
      account: some.authorization.owner, words: ["/"], owner: owner, states: [.revoked, .active],
      scope: .readWrite)
    try expectTokens(all) { token in
      let state = token.authorization.state(at: TestStore.start, under: policy)
      return token.owner == owner && holds(["/"], token.authorization.name, token.owner)
        && token.authorization.scope == .readWrite && (state == .revoked || state == .active)
    }
  }

  @Test("finds accounts by kind, state and role, an absent role too")
  func accountMembers() throws {
    try expectAccounts(AccountFilter(kind: .service)) { $0.kind == .service }
    try expectAccounts(AccountFilter(isActive: false)) { !$0.isActive }
    for role in ["member", "callers", "gone", "nosuch"] {
      let id = Identifier<Role>(role)
      try expectAccounts(AccountFilter(words: ["an"], kind: .person, isActive: true, role: id)) {
        $0.roles.contains(id) && $0.kind == .person && $0.isActive
          && holds(["an"], $0.login.text, $0.name)
      }
    }
  }

  @Test("finds legacy keys by state and owner", arguments: LegacyKeyState.allCases)
  func keyMembers(state: LegacyKeyState) throws {
    try expectKeys(LegacyKeyFilter(states: [state])) { $0.key.state == state }
    let owner = try #require(generated.keys.first?.owner)
    try expectKeys(LegacyKeyFilter(owner: owner, states: [state])) {
      $0.owner == owner && $0.key.state == state
    }
    let account = try #require(generated.keys.first?.key.owner)
    try expectKeys(LegacyKeyFilter(account: account)) { $0.owner == owner }
  }

  @Test("finds audit rows by time, actor, action, target, source and words")
  func audit() throws {
    let site = try TestStore()
    let others = Actor(
      account: nil, login: "bob", through: .command, source: "10.0.0.1")
    for (number, action) in ["token.create", "token.revoke", "tokens.odd", "token"].enumerated() {
      site.clock.advance(.minutes(1))
      try site.store.write(by: number % 2 == 0 ? others : site.mira) { _ in
        Recorded((), AuditEvent(action, target: "token T\(number) 100%"))
      }
    }
    let since = TestStore.start + .minutes(2)
    let cases: [(AuditFilter, (AuditRow) -> Bool)] = [
      (AuditFilter(), { _ in true }),
      (AuditFilter(since: since), { $0.at >= since }),
      (AuditFilter(since: since + .days(1)), { _ in false }),
      (AuditFilter(since: Instant(milliseconds: 0)), { _ in true }),
      (AuditFilter(actor: "bob"), { $0.actor == "bob" }),
      (AuditFilter(action: "token"), { $0.action == "token" || $0.action.hasPrefix("token.") }),
      (AuditFilter(action: "token.revoke"), { $0.action == "token.revoke" }),
      (AuditFilter(target: "t1"), { $0.target.contains("T1") }),
      (AuditFilter(target: "0%"), { $0.target.contains("0%") }),
      (AuditFilter(target: "%0"), { _ in false }),
      (AuditFilter(source: "10.0.0.1"), { $0.source == "10.0.0.1" }),
      (AuditFilter(words: ["bob", "rev"]), { _ in false }),
      (AuditFilter(words: ["mira", "rev"]), { $0.action == "token.revoke" }),
      (
        AuditFilter(since: since, actor: "mira", action: "token", words: ["t"]),
        { $0.at >= since && $0.actor == "mira" && $0.action.hasPrefix("token") }
      ),
    ]
    let rows = try site.audit()
    for (filter, isWanted) in cases {
      let page = try site.store.read { snapshot in
        try snapshot.audit(PageRequest(filter: filter, sort: .seq))
      }
      #expect(page.rows == rows.filter(isWanted), "\(filter)")
      #expect(page.total == page.rows.count, "\(filter)")
    }
  }
}

extension FilterTests {
  private func expectTokens(
    _ filter: TokenFilter, _ sort: TokenSort = .end, under other: Policy? = nil,
    _ isWanted: (GeneratedSite.Token) -> Bool
  ) throws {
    let policy = other ?? policy
    let expected = generated.tokens.filter(isWanted).map(\.authorization.id.text)
    let (page, total) = try site.store.read { snapshot in
      (
        try snapshot.tokens(PageRequest(filter: filter, sort: sort), under: policy),
        try snapshot.tokenTotal(filter, under: policy)
      )
    }
    #expect(Set(page.rows.map(\.id)) == Set(expected))
    #expect(page.rows.count == expected.count)
    #expect(total == expected.count)
    for row in page.rows {
      let token = try #require(generated.tokens.first { $0.authorization.id.text == row.id })
      #expect(row.state == token.authorization.state(at: TestStore.start, under: policy))
    }
  }

  private func expectAccounts(_ filter: AccountFilter, _ isWanted: (Account) -> Bool) throws {
    let expected = generated.accounts.filter(isWanted).map(\.id.text)
    let page = try site.store.read { snapshot in
      try snapshot.accounts(PageRequest(filter: filter, sort: .name), under: policy)
    }
    #expect(Set(page.rows.map(\.id)) == Set(expected))
    #expect(page.total == expected.count)
  }

  private func expectKeys(
    _ filter: LegacyKeyFilter, _ isWanted: (GeneratedSite.Key) -> Bool
  ) throws {
    let expected = generated.keys.filter(isWanted)
    let page = try site.store.read { snapshot in
      try snapshot.keys(PageRequest(filter: filter, sort: .lastUsed), under: policy)
    }
    #expect(Set(page.rows.map(\.id)) == Set(expected.map(\.key.id.text)))
    #expect(page.total == expected.count)
    for key in expected {
      let row = try #require(page.rows.first { $0.id == key.key.id.text })
      #expect(row.state == key.key.state)
      #expect(row.uses == key.uses)
      #expect(row.review == generated.reviews["legacy_key:\(row.id)"] ?? .new)
    }
  }

  /// Whether every word is in one of two texts: as a beginning up to two characters, else anywhere.
  private func holds(_ words: [String], _ first: String, _ second: String) -> Bool {
    words.filter { !$0.isEmpty }.allSatisfy { word in
      let wanted = Array(word.lowercased().utf8)
      return [first, second].contains { text in
        let bytes = Array(text.lowercased().utf8)
        return word.unicodeScalars.count < 3
          ? bytes.starts(with: wanted) : !bytes.ranges(of: wanted).isEmpty
      }
    }
  }
}
