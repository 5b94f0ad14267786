import Access
import Testing

@Suite("A draft")
struct DraftTests {
  @Test("of a token has a visible name and a purpose of at most 200 characters")
  func token() throws {
    let draft = try TokenDraft(name: " ci ", purpose: " nightly ").checked()
    #expect(draft.name == "ci" && draft.purpose == "nightly")
    #expect(throws: NameError.empty(what: "name")) { try TokenDraft(name: " ").checked() }
    #expect(throws: NameError.tooLong(what: "purpose", limit: 200)) {
      try TokenDraft(name: "ci", purpose: String(repeating: "x", count: 201)).checked()
    }
  }

  @Test("of an account may leave out all but its login, and hides nothing in the rest")
  func account() throws {
    #expect(try AccountDraft(login: .mira).checked() == AccountDraft(login: .mira))
    #expect(throws: NameError.invisible(what: "mail", scalar: 10)) {
      try AccountDraft(login: .mira, mail: "a@b\nBcc: c@d").checked()
    }
    #expect(throws: NameError.tooLong(what: "contact", limit: 128)) {
      try AccountDraft(login: .mira, contact: String(repeating: "x", count: 129)).checked()
    }
  }

  @Test("of an integration has a purpose and a network")
  func integration() throws {
    var draft = IntegrationDraft(
      login: "mira", purpose: "nightly import", networks: [], contact: "",
      reviewDate: .sample("2027-01-31"))
    let error = #expect(throws: IntegrationError.self) { try draft.checked() }
    #expect(
      error?.description
        == "An essential integration needs at least one network it may come from, like 10.2.0.14/32."
    )
    draft.networks = [.sample("10.2.0.14/32")]
    #expect(try draft.checked() == draft)
    draft.purpose = ""
    #expect(throws: NameError.empty(what: "purpose")) { try draft.checked() }
  }

  @Test("made outside bearer is refused with both properties and the way out")
  func outsideBearer() {
    #expect(
      TokenError.notInBearerMode(.conflict).description == """
        Tokens cannot be made while the API mode is conflict: it needs EnableLegacyAPIKey=false \
        and EmulateLegacyAPIKey=true. `gatehouse bearer enable` sets both.
        """)
    #expect(
      AccountError.notPermitted(.mira, .useAPI, contact: "bob").description
        == "“mira” may not do this: no role grants Use REST API. bob can grant it.")
    #expect(AccountError.notPermitted(.mira, .useAPI, contact: nil).exitCode == .notPermitted)
  }
}

@Suite("A legacy key")
struct LegacyKeyTests {
  @Test("is retired for good before it is switched off, and otherwise active")
  func state() {
    var key = LegacyKey(id: Identifier("k1"), owner: Identifier("mira"), label: "wiki")
    #expect(key.state == .active)
    key.disabledAt = noon
    #expect(key.state == .disabled)
    key.retiredAt = noon
    #expect(key.state == .retired)
  }
}
