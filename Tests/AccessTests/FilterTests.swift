import Access
import Testing

@Suite("A filter")
struct FilterTests {
  @Test(
    "text is words, and keys with what they ask for",
    arguments: [
      ("", []), ("   ", []), ("ci", [(nil, "ci")]),
      (" ci  deploy ", [(nil, "ci"), (nil, "deploy")]),
      ("owner:bob", [("owner", "bob")]), ("OWNER:Bob", [("owner", "Bob")]),
      ("owner:", [(nil, "owner:")]), (":bob", [(nil, ":bob")]), (":", [(nil, ":")]),
      ("http://x", [(nil, "http://x")]), ("id:never_used:t1", [("id", "never_used:t1")]),
      ("漢字 state:active", [(nil, "漢字"), ("state", "active")]),
    ] as [(String, [(String?, String)])])
  func terms(text: String, expected: [(String?, String)]) {
    let terms = FilterTerm.terms(text)
    #expect(terms.map(\.key) == expected.map(\.0))
    #expect(terms.map(\.value) == expected.map(\.1))
  }

  @Test("of tokens reads owner, state, may and id")
  func tokens() {
    #expect(
      TokenFilter(parsing: "ci state:expiring owner:Bob STATE:Expired may:r deploy")
        == TokenFilter(
          words: ["ci", "deploy"], owner: "bob", states: [.expiring, .expired], scope: .read))
    #expect(TokenFilter(parsing: "may:rw").scope == .readWrite)
    #expect(TokenFilter(parsing: "id:t1").id == "t1")
    #expect(TokenFilter(parsing: "x", account: Identifier("a")).account == Identifier("a"))
  }

  @Test("of tokens matches nothing where it asks for what does not exist")
  func unknown() {
    #expect(TokenFilter(parsing: "state:gone").id == "")
    #expect(TokenFilter(parsing: "may:x").id == "")
    #expect(TokenFilter(parsing: "role:member").words == ["role:member"])
    #expect(LegacyKeyFilter(parsing: "state:gone").owner == "")
    #expect(AccountFilter(parsing: "kind:bot").role == Identifier(""))
    #expect(AccountFilter(parsing: "state:gone").role == Identifier(""))
  }

  @Test("of keys, accounts and the audit reads its own keys")
  func others() {
    #expect(
      LegacyKeyFilter(parsing: "wiki owner:Bob state:Disabled")
        == LegacyKeyFilter(words: ["wiki"], owner: "bob", states: [.disabled]))
    #expect(
      AccountFilter(parsing: "kind:Service state:deactivated role:Member x")
        == AccountFilter(words: ["x"], kind: .service, isActive: false, roleName: "Member"))
    #expect(AccountFilter(parsing: "state:active").isActive == true)
    let now = Instant(milliseconds: 0)
    #expect(
      AuditFilter(parsing: "actor:mira action:token.revoke target:t1 source:10.0.0.1 x", now: now)
        == AuditFilter(
          actor: "mira", action: "token.revoke", target: "t1", source: "10.0.0.1", words: ["x"]))
  }
}
