import Access
import Testing

@Suite("A policy's document")
struct DocumentTests {
  private static let rich: Policy = {
    let own = Role(id: Identifier("r1"), name: "Größe “Q”", permissions: [.useAPI, .manageAccess])
    var policy = Policy.sample(
      .bearer, .maximum, passwords: .all,
      expiration: ExpirationPolicy(
        offered: [.days(90), .hours(8), .days(90)], default: .hours(8), maximum: .year,
        allowsUnlimited: true, idleLimit: .days(45), roleMaxima: [own.id: .days(7)]),
      roles: Role.builtIn + [own])
    policy.properties.consoleIdleTimeout = nil
    policy.properties.siteName = "Мир \\ 漢字"
    return policy
  }()

  @Test("comes back as it went, always in the same bytes")
  func roundTrip() throws {
    for policy in [Policy(), Self.rich, .sample(.closed, .high)] {
      let text = policy.documentText(base: 41)
      let read = try PolicyDocument(parsing: text)
      #expect(read == PolicyDocument(base: 41, policy: policy))
      #expect(read.policy.documentText(base: 41) == text)
      #expect(try PolicyDocument(parsing: read.json.pretty) == read)
    }
  }

  @Test("has one form, which is pinned: revisions stored in it must be read for ever")
  func canonical() {
    #expect(
      Policy().documentText(base: 0) == """
        {"format":1,"base":0,"properties":{"ConsoleIdleTimeout":"15m",\
        "EmulateLegacyAPIKey":"false","EnableLegacyAPIKey":"true","ExpiryNotice":"14d",\
        "LegacyKeyHeader":"rest-api-key","SiteName":"Gatehouse","StaleAfter":"90d",\
        "TokenAudience":"api","TokenIssuer":"http://localhost:8484","UsageWindow":"30d"},\
        "level":"standard","passwords_at_high":"registered","expiration":{"offered":["7d","30d",\
        "90d"],"default":"30d","maximum":"90d","unlimited":false,"idle":null,"role_maxima":{}},\
        "roles":[{"id":"site-administrator","name":"Site Administrator","permissions":["use-api",\
        "create-tokens","manage-tokens","review-migration","view-audit","manage-settings",\
        "manage-access"]},{"id":"api-operator","name":"API Operator","permissions":["use-api",\
        "review-migration","view-audit"]},{"id":"member","name":"Member","permissions":[]}]}
        """)
  }

  @Test("is refused without any one of its members, which is named by its path")
  func missing() {
    for path in Self.paths(Self.rich.json) where !path.isFree {
      let text = Self.rich.json.editing(path.steps) { _ in nil }.compact
      #expect(
        problem(text) == "\(path.text): this member is missing.", "without \(path.text)")
    }
  }

  @Test("is refused with a member too many or misspelt, which is named by its path")
  func unknown() {
    for path in Self.paths(Self.rich.json) where !path.isFree {
      let parent = path.text.split(separator: ".").dropLast().joined(separator: ".")
      let text = Self.rich.json.editing(path.steps) { [$0, .init("Extra", 1)] }.compact
      #expect(
        problem(text) == (parent.isEmpty ? "" : parent + ".")
          + "Extra: there is no such member. Look at an exported document.",
        "beside \(path.text)")
    }
  }

  @Test("is refused with a member that stands there twice")
  func duplicate() {
    for path in Self.paths(Self.rich.json) {
      let text = Self.rich.json.editing(path.steps) { [$0, $0] }.compact
      let name = path.steps.last?.name ?? ""
      #expect(problem(text) == "The member “\(name)” stands here twice.")
    }
  }

  @Test("is refused with a member of another kind, which is named by its path")
  func wrongKind() {
    for path in Self.paths(Self.rich.json) {
      let text = Self.rich.json.editing(path.steps) { [.init($0.name, .number("1.5"))] }.compact
      let found = problem(text) ?? ""
      #expect(found.hasPrefix(path.text + ": ") && found.hasSuffix(" should be here."))
    }
  }

  @Test(
    "says what is wrong and where",
    arguments: [
      ("\"format\":1", "\"format\":2", "format: 2 is not known here; this Gatehouse reads 1."),
      ("\"base\":0", "\"base\":-1", "base: a revision's number should be here."),
      ("\"base\":0", "\"base\":1e3", "base: a whole number should be here."),
      ("\"base\":0", "\"base\":9223372036854775808", "base: a whole number should be here."),
      ("\"standard\"", "\"High\"", "level: “High” is none of standard, high, maximum."),
      (
        "\"15m\"", "\"15\"",
        "properties.ConsoleIdleTimeout: ConsoleIdleTimeout: “15” is not a lifetime. Write a number "
          + "and a unit, like 15m, 8h, 30d, 12w, 1y, or unlimited."
      ),
      (
        "\"maximum\":\"90d\"", "\"maximum\":\"unlimited\"",
        "expiration.maximum: “unlimited” is not a lifetime. Write a number and a unit, like 15m, "
          + "8h, 30d, 12w, 1y, or unlimited."
      ),
      (
        "\"role_maxima\":{}", "\"role_maxima\":{\"member\":1}",
        "expiration.role_maxima.member: a text in quotes should be here."
      ),
      (
        "\"role_maxima\":{}", "\"role_maxima\":{\"gone\":\"7d\"}",
        "There is no role “gone”. `gatehouse role list` shows the roles."
      ),
      (
        "\"Member\",\"permissions\":[]", "\"Member\",\"permissions\":[\"root\"]",
        "roles[2].permissions: “root” is no permission. They are use-api, create-tokens, "
          + "manage-tokens, review-migration, view-audit, manage-settings, manage-access."
      ),
      (
        "\"Member\"", "\"Mem\\u202eber\"",
        "roles[2].name: The role name contains <U+202E>, which cannot be seen. Remove it."
      ),
      (
        "\"Member\"", "\"Guest\"",
        "“Member” is a built-in role: it cannot be renamed or removed. Add a role of your own."
      ),
      (
        "\"default\":\"30d\"", "\"default\":\"45d\"",
        "Default: 45d is not offered. Choose one of 7d, 30d, 90d."
      ),
    ])
  func texts(part: String, instead: String, expected: String) {
    let text = Policy().documentText(base: 0)
    let edited = text.split(separator: part, maxSplits: 1).joined(separator: instead)
    #expect(edited != text)
    #expect(problem(edited) == expected)
  }

  @Test("names line and column of what is wrong")
  func place() {
    let text = Policy().json(base: 0).pretty
    let edited = text.split(separator: "\"standard\"").joined(separator: "\"low\"")
    let error = #expect(throws: ContentError.self) { try PolicyDocument(parsing: edited) }
    #expect(
      error?.description == "line 16, column 12: level: “low” is none of standard, high, maximum.")
    #expect(error?.exitCode == .badContent)
  }

  @Test("never traps, whatever single byte of it is changed, or wherever it is cut")
  func mutations() throws {
    var generator = Numbers(state: 7)
    let bytes = Array(Self.rich.documentText(base: 3).utf8)
    for _ in 0..<400 {
      var mutant = bytes
      let index = Int(generator.next() % UInt64(bytes.count))
      mutant[index] = UInt8(truncatingIfNeeded: generator.next())
      if let read = try? PolicyDocument(parsing: mutant) {
        #expect(throws: Never.self) { try read.policy.validate() }
        #expect(try PolicyDocument(parsing: read.json.compact) == read)
      }
    }
    for end in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: ContentError.self) {
        try PolicyDocument(parsing: Array(bytes.prefix(end)))
      }
    }
  }

  private func problem(_ text: String) -> String? {
    do {
      _ = try PolicyDocument(parsing: text)
      return nil
    } catch {
      return error.problem
    }
  }

  // MARK: - Every member of a document

  struct Path {
    enum Step { case member(String), element(Int) }
    var steps: [Step] = []
    var text = ""
    /// Whether its name is data, so that it may be missing.
    var isFree: Bool { text.hasPrefix("expiration.role_maxima.") }
  }

  private static func paths(_ json: JSONValue, below: Path = Path()) -> [Path] {
    switch json {
    case .object(let members):
      members.flatMap { member in
        let path = Path(
          steps: below.steps + [.member(member.name)],
          text: below.text.isEmpty ? member.name : "\(below.text).\(member.name)")
        return [path] + paths(member.value, below: path)
      }
    case .array(let values):
      values.enumerated().flatMap { index, value in
        paths(
          value,
          below: Path(steps: below.steps + [.element(index)], text: "\(below.text)[\(index)]"))
      }
    default: []
    }
  }
}

extension DocumentTests.Path.Step {
  fileprivate var name: String? { if case .member(let name) = self { name } else { nil } }
}

extension Policy {
  fileprivate func json(base: Int) -> JSONValue { PolicyDocument(base: base, policy: self).json }
  fileprivate var json: JSONValue { json(base: 3) }
}

extension JSONValue {
  /// This value with the member at `steps` replaced by what `edit` makes of it; nil removes it.
  fileprivate func editing(
    _ steps: [DocumentTests.Path.Step], _ edit: (Member) -> [Member]?
  ) -> JSONValue {
    guard let step = steps.first else { return self }
    let rest = Array(steps.dropFirst())
    switch (self, step) {
    case (.object(let members), .member(let name)):
      return .object(
        members.flatMap { member in
          guard member.name == name else { return [member] }
          return rest.isEmpty
            ? edit(member) ?? [] : [Member(name, member.value.editing(rest, edit))]
        })
    case (.array(let values), .element(let index)):
      return .array(
        values.enumerated().map { $0.offset == index ? $0.element.editing(rest, edit) : $0.element }
      )
    default: return self
    }
  }
}

/// Numbers that look random and are the same on every run (SplitMix64).
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
