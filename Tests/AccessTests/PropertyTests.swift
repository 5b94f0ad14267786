import Access
import Testing

@Suite("A system property")
struct PropertyTests {
  @Test(
    "takes what its kind allows, and shows it in one form",
    arguments: [
      (.consoleIdleTimeout, "0", "0"), (.consoleIdleTimeout, "60m", "1h"),
      (.consoleIdleTimeout, "1d", "1d"), (.emulateLegacyAPIKey, "TRUE", "true"),
      (.enableLegacyAPIKey, "False", "false"), (.expiryNotice, "2w", "14d"),
      (.legacyKeyHeader, "X-API-Key", "x-api-key"), (.siteName, " Größe ", "Größe"),
      (.staleAfter, "1y", "1y"), (.tokenAudience, "api", "api"),
      (.tokenIssuer, "https://api.example.org/a", "https://api.example.org/a"),
      (.usageWindow, "36h", "36h"),
    ] as [(PropertyKey, String, String)])
  func valid(key: PropertyKey, text: String, shown: String) throws {
    var properties = SystemProperties()
    try properties.set(key, to: text)
    #expect(properties[key] == shown)
    for other in PropertyKey.allCases where other != key {
      #expect(properties[other] == other.defaultText)
    }
  }

  @Test(
    "refuses anything else, naming itself and what would be right",
    arguments: [
      (
        .consoleIdleTimeout, "25h", "ConsoleIdleTimeout: “25h” is longer than 1d."
      ),
      (.emulateLegacyAPIKey, "yes", "EmulateLegacyAPIKey: “yes” is neither true nor false."),
      (
        .staleAfter, "0",
        "StaleAfter: “0” is not a lifetime. Write a number and a unit, like 15m, 8h, 30d, 12w, 1y, "
          + "or unlimited."
      ),
      (
        .legacyKeyHeader, "Authorization",
        "LegacyKeyHeader: “Authorization” cannot carry a key. Use a header name of your own, like "
          + "rest-api-key."
      ),
      (
        .legacyKeyHeader, "a\r\nb",
        "LegacyKeyHeader: “a\\x0d\\x0ab” cannot carry a key. Use a header name of your own, like "
          + "rest-api-key."
      ),
      (.siteName, "", "SiteName: The SiteName is empty. Give it at least one visible character."),
      (
        .tokenIssuer, "api.example.org",
        "TokenIssuer: “api.example.org” is not a site's URL. Write it like https://api.example.org."
      ),
    ] as [(PropertyKey, String, String)])
  func invalid(key: PropertyKey, text: String, expected: String) {
    var properties = SystemProperties()
    let error = #expect(throws: PropertyError.self) { try properties.set(key, to: text) }
    #expect(error?.description == expected)
    #expect(properties == SystemProperties())
  }

  @Test(
    "for the issuer is an absolute http or https URL without query or fragment",
    arguments: [
      "", "https://", "http:///x", "ftp://x", "HTTPS://x", "https://x?y", "https://x#y",
      "https://u@x", "https://x y", "https://ü", "https://" + String(repeating: "x", count: 193),
    ])
  func issuer(text: String) {
    var properties = SystemProperties()
    #expect(throws: PropertyError.notAURL(.tokenIssuer, text)) {
      try properties.set(.tokenIssuer, to: text)
    }
  }

  @Test("is found by its name in any case, and named where there is none")
  func names() throws {
    for key in PropertyKey.allCases {
      #expect(try PropertyKey(parsing: key.rawValue.uppercased()) == key)
    }
    let error = #expect(throws: PropertyError.self) { try PropertyKey(parsing: "Site\u{7}") }
    #expect(
      error?.description
        == "There is no property “Site\\x07”. `gatehouse property list` shows them all.")
  }
}

@Suite("The difference of two policies")
struct DifferenceTests {
  @Test("is nothing where they are equal")
  func equal() {
    #expect(Policy().differences(to: Policy()).isEmpty)
  }

  @Test("names every member that differs, in the order people read a policy")
  func everything() {
    let own = Role(id: Identifier("r1"), name: "Integrators", permissions: [.useAPI])
    var renamed = own
    renamed.name = "Partners"
    let gone = Role(id: Identifier("r2"), name: "Guests", permissions: [])
    let new = Role(id: Identifier("r3"), name: "Night", permissions: [.viewAudit, .useAPI])
    let before = Policy.sample(
      .legacy, .standard, expiration: ExpirationPolicy(roleMaxima: [own.id: .days(7)]),
      roles: Role.builtIn + [own, gone])
    var after = Policy.sample(
      .bearer, .high, passwords: .all,
      expiration: ExpirationPolicy(
        offered: [.days(30), .year], default: .year, maximum: .year, allowsUnlimited: true,
        idleLimit: .days(45)), roles: Role.builtIn + [renamed, new])
    after.properties.siteName = "Harbour"

    #expect(
      before.differences(to: after).map(\.line) == [
        "API mode: legacy to bearer", "Security level: Standard to High",
        "EmulateLegacyAPIKey: false to true", "EnableLegacyAPIKey: true to false",
        "SiteName: Gatehouse to Harbour", "Passwords at High: registered to all",
        "Offered lifetimes: 7d, 30d, 90d to 30d, 1y", "Default lifetime: 30d to 1y",
        "Maximum lifetime: 90d to 1y", "Unlimited tokens: no to yes", "Idle limit: none to 45d",
        "Maximum of role Integrators removed: 7d",
        "Name of role Integrators: Integrators to Partners", "Role Guests removed: nothing",
        "Role Night added: Use REST API, View audit",
      ])
  }

  @Test("is found both ways wherever one document differs from another")
  func bothWays() throws {
    let before = Policy()
    let changes: [PolicyChange] = [
      .enableBearer(.standard), .passwordsAtHigh(.all), .property(.siteName, "Harbour"),
      .expiration(ExpirationPolicy(idleLimit: .days(1))),
      .roles([.grant(Role.member.id, .useAPI)]),
      .roles([.add(id: Identifier("r1"), name: "Night")]),
    ]
    for change in changes {
      let after = try change.applied(to: before)
      let there = before.differences(to: after)
      let back = after.differences(to: before)
      #expect(!there.isEmpty)
      #expect(there.map(\.before) == back.map(\.after))
      #expect(there.map(\.after) == back.map(\.before))
    }
  }
}
